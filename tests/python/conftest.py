"""Results files to open: `FIRESWEEP` names the executable that makes them."""

import os
import pathlib
import subprocess
import textwrap

import pytest

# Every output, string axes only; the fires are few enough for numpy and many enough for two modes.
FULL = """
    name: full
    landscape: {width: 40, height: 30}
    matrix:
      danger_level: [low, severe, catastrophic]
      ignition_set:
        centre: [[20, 15]]
        foudre_é: {random: 4}
      seed: {first: 5, count: 60}
    outputs:
      arrival: true
      cell_counts: true
"""

# A swept parameter before the danger level, seeds in no order, an excluded scenario, fires cut short, few outputs.
SWEPT = """
    name: swept
    landscape: {width: 50, height: 20, vegetation_density: 0.9}
    matrix:
      wind_speed: [20, 42.5, 80]
      danger_level: [high, extreme]
      ignition_set:
        pair: [[3, 3], [10, 10]]
      seed: [17, 3, 42]
    model: {combination: independent, base_rate: 0.5}
    exclude:
      - {wind_speed: 20, danger_level: high}
    max_steps: 3
    outputs:
      maps: false
      curves: false
      thresholds: [0.001, 0.01]
      quantiles: [0.5]
      confidence: 0.8
"""


class Firesweep:
    """Runs experiments in a folder."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def run(self, name: str, experiment: str, *options: str) -> pathlib.Path:
        """Returns the results file of an experiment, given as YAML."""
        source = self.folder / f"{name}.yaml"
        source.write_text(textwrap.dedent(experiment), encoding="utf-8")
        output = self.folder / f"{name}.h5"
        command = [os.environ["FIRESWEEP"], "run", str(source), "-o", str(output), "--quiet", *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return output


@pytest.fixture(scope="session")
def firesweep(tmp_path_factory) -> Firesweep:
    return Firesweep(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="session")
def full(firesweep) -> pathlib.Path:
    return firesweep.run("full", FULL)


@pytest.fixture(scope="session")
def swept(firesweep) -> pathlib.Path:
    return firesweep.run("swept", SWEPT)


@pytest.fixture(scope="session", params=["full", "swept"])
def path(request) -> pathlib.Path:
    """Either of the files, for what holds for all."""
    return request.getfixturevalue(request.param)
