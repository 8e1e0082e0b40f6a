"""The program under test (`FIRESWEEP`), and a library that lets its calls fail (`FIRESWEEP_FAULTS`; see faults.c)."""

import os
import pathlib
import signal
import subprocess
import time

import h5py
import pytest

EXPERIMENT = """
name: tiny
landscape: {width: 8, height: 8}
matrix:
  danger_level: [severe, extreme]
  ignition_set: {centre: [[4, 4]]}
  seed: {first: 1, count: 6}
outputs: {maps: false, curves: false, thresholds: [0.5], quantiles: [0.5]}
"""
HALF = ("--set", "matrix.seed.count=3")
# Another experiment, of hours, whose file is there after a moment.
LONG = ("--kernel", "dense", "--set", "landscape.width=300", "--set", "landscape.height=300", "--set", "matrix.seed.count=5000",
        "--checkpoint", "0.1")


class Case:
    """A folder with an experiment, whose results, tiny.h5, lie in a folder of their own: that of the victim."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.victim = folder / "victim"
        self.results = self.victim / "tiny.h5"
        self.victim.mkdir(parents=True)
        (folder / "tiny.yaml").write_text(EXPERIMENT, encoding="utf-8")

    def start(self, *options, first=None, last=None, action="", calls=None):
        """Starts a run whose calls number `first` to `last` on the victim's files fail."""
        environment = dict(os.environ)
        if first is not None:
            # Preloaded by its name, as a path with a space would be taken for two.
            folder, name = os.path.split(os.environ["FIRESWEEP_FAULTS"])
            environment |= {"LD_PRELOAD": name, "LD_LIBRARY_PATH": folder, "FAULT_FILES": "victim", "FAULT_FIRST": str(first),
                            "FAULT_LAST": str(last or first), "FAULT_ACTION": str(action), "FAULT_REPORT": str(self.folder / "hits")}
            if calls:
                environment["FAULT_CALLS"] = calls
        return self.command("run", "tiny.yaml", "-o", "victim/tiny.h5", "--quiet", *options, environment=environment)

    def command(self, *arguments, environment=None):
        """Starts the program."""
        return subprocess.Popen([os.environ["FIRESWEEP"], *arguments], cwd=self.folder, env=environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *options, **fault):
        """Returns (exit code, standard error)."""
        return finished(self.start(*options, **fault))

    def hits(self):
        """The calls that failed, e.g. ["write", "write"]."""
        report = self.folder / "hits"
        return [line.split()[1] for line in report.read_text().splitlines()] if report.exists() else []

    def names(self):
        return sorted(path.name for path in self.victim.iterdir())


def finished(process):
    """(exit code, standard error) of a process that must not hang."""
    try:
        _, errors = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        raise
    return process.returncode, errors


def wait_for_checkpoint(case, process):
    """Returns when the process has published something."""
    for _ in range(600):
        if case.results.exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    assert process.poll() is None, finished(process)
    content_of(case.results)


def content_of(path):
    """The content hash of a complete results file, whose numbers must agree."""
    with h5py.File(path, "r") as file:
        total, ok, failed, missing = (int(file.attrs[f"runs_{name}"]) for name in ("total", "ok", "failed", "missing"))
        status = file["status"][()]
        assert ok + failed + missing == total == status.size
        assert ((status == 1).sum(), (status == 2).sum(), (status == 0).sum()) == (ok, failed, missing)
        assert file["runs_ok"][()].sum() == ok
        return file.attrs["content_sha256"]


@pytest.fixture
def case(tmp_path) -> Case:
    return Case(tmp_path / "case")


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """What results are like if nothing goes wrong: bytes of half the runs, content of all."""
    case = Case(tmp_path_factory.mktemp("undisturbed") / "case")
    assert case.run(*HALF) == (0, "")
    half = case.results.read_bytes()
    assert case.run() == (0, "")
    return half, content_of(case.results)
