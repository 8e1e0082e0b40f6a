"""The program under test: `FIRESWEEP` names the executable."""

import os
import pathlib
import subprocess
import textwrap

import pytest
from grounds import write_patchy

SMALL = """
    name: small
    landscape: {width: 40, height: 30}
    matrix:
      danger_level: [low, severe, catastrophic]
      ignition_set:
        centre: [[20, 15]]
        lightning: {random: 3}
      seed: {first: 1, count: 40}
    on_bare_ground: force
    outputs: {arrival: true, cell_counts: true}
"""


class Program:
    """Runs firesweep in a folder of its own."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(textwrap.dedent(text), encoding="utf-8")
        return name

    def __call__(self, *arguments, ranks=None, environment=None, launcher=()):
        """Returns the finished process; with `ranks`, run by mpirun."""
        command = [*launcher, os.environ["FIRESWEEP"], *map(str, arguments)]
        if ranks is not None:
            command = ["mpirun", "-n", str(ranks), "--oversubscribe", "--bind-to", "none", *command]
        return subprocess.run(command, cwd=self.folder, env={**os.environ, **(environment or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)

    def start(self, *arguments, **streams):
        """Returns the started process."""
        return subprocess.Popen([os.environ["FIRESWEEP"], *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, **streams)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def program(tmp_path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def small(program) -> str:
    return program.write("small.yaml", SMALL)


@pytest.fixture
def patchy(program):
    """The landscape of grounds.py: its codes of fuel, shape (height, width)."""
    return write_patchy(program)
