"""The module as it is built (`FIRESWEEP_PYTHON` names the folder it is in), and results files of the program (`FIRESWEEP`)."""

import os
import pathlib
import subprocess
import sys
import textwrap

import pytest

SOURCE = pathlib.Path(__file__).parents[2]


def built_module():
    """Without the variable: that of the same build as the program."""
    if "FIRESWEEP_PYTHON" in os.environ:
        return pathlib.Path(os.environ["FIRESWEEP_PYTHON"]).resolve()
    return pathlib.Path(os.environ["FIRESWEEP"]).resolve().parents[1] / "python"


sys.path[:0] = [str(built_module()), str(SOURCE / "analysis")]
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])  # for the processes that tests start


class Program:
    """Runs firesweep in a folder."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *arguments):
        command = [os.environ["FIRESWEEP"], *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=self.folder)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def results(self, name, experiment):
        """The results file of an experiment, given as YAML."""
        source = self.folder / f"{name}.yaml"
        source.write_text(f"name: {name}\n{textwrap.dedent(experiment)}", encoding="utf-8")
        output = self.folder / f"{name}.h5"
        self("run", source, "-o", output, "--quiet")
        return output

    def refusal(self, *arguments):
        """What it says when it refuses what it is asked for."""
        command = [os.environ["FIRESWEEP"], *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=self.folder)
        assert done.returncode == 2, done
        return done.stderr.strip()


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    return Program(tmp_path_factory.mktemp("program"))


def python(code, **options):
    """Runs code in a process of its own, whose end says whether it crashed."""
    return subprocess.run([sys.executable, "-B", "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=300,
                          **options)
