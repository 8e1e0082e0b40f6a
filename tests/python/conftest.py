"""Results files to open: `FIRESWEEP` names the executable that makes them."""

import os
import pathlib
import re
import subprocess
import textwrap

import numpy as np
import pytest

DOCUMENT = pathlib.Path(__file__).parents[2] / "analysis" / "results-format.md"

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
      run_curves: true
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

# An ensemble of which not everything is known: of 90 seeds the first 60, two of them failed, and a third of the others;
# a scenario is excluded, and some have two modes.
PATCHY = """
    name: patchy
    landscape: {{width: 40, height: 36}}
    matrix:
      danger_level: [severe, extreme, catastrophic]
      humidity: [5, 30, 60]
      ignition_set:
        centre: [[20, 18]]
        corner: [[0, 0]]
      seed: {{first: 3, count: {seeds}}}
    exclude:
      - {{danger_level: severe, humidity: 60}}
    max_failed: 0.5
"""

# More runs than are resampled.
MANY = """
    name: many
    landscape: {width: 24, height: 24}
    matrix:
      danger_level: [high, catastrophic]
      ignition_set:
        centre: [[12, 12]]
      seed: {first: 1, count: 2500}
"""


# Two landscapes, given as ASCII grids of fuel and elevation, with a corner that is no land.
GROUND = """
    name: ground
    landscape: {elevation: dem.asc, fuel_classes: {1: {name: grass}, 2: {name: forest, spread: 0.5}, 9: {name: water, burnable: false}}}
    matrix:
      landscape: {today: {fuel: today.asc}, treated: {fuel: treated.asc}}
      danger_level: [severe, catastrophic]
      ignition_set:
        lightning: {random: 3}
        ridges: {raster: dem.asc, random: 1}
      seed: {first: 1, count: 30}
    model: {step_length: 5 min}
    outputs: {arrival: true, compare: [landscape, danger_level, ignition_set], paired_maps: true}
"""

# Cells that burn for several steps, and embers.
JUMPING = """
    name: jumping
    landscape: {fuel: fuel.asc, fuel_classes: {1: {}, 2: {burn_steps: 5, spread: 0.7}}}
    model: {spotting: {rate: 0.1, distance: {median: 6 m}}}
    weather: {wind_direction: 270}
    matrix:
      danger_level: [severe, extreme]
      seed: {count: 30}
    outputs: {run_curves: true}
"""

# Weather that changes and is known for a time only, and a year of fires.
YEAR = """
    name: year
    landscape: {width: 40, height: 30, cell_size: 25 m}
    weather: {changes: [{step: 6, wind_speed: 10}], known_until: 20}
    matrix:
      danger_level: [severe, catastrophic]
      vegetation_density: [0.8, 0.9]
      ignition_set: {centre: [[20, 15]], lightning: {random: 2}}
      seed: {count: 30}
    season:
      days_per_year: {severe: 30, catastrophic: 2}
      fires_per_day: 0.1
      share: {ignition_set: {centre: 0.5, lightning: 0.5}}
      return_periods: [2, 1000]
    outputs: {arrival: true}
"""


# Samples of a design; of Sobol' with the indices of pairs.
SAMPLED = """
    name: sampled
    landscape: {{width: 30, height: 20}}
    design:
      method: {method}
      samples: 8
      second_order: {second_order}
      parameters: {{wind_speed: [20, 90], humidity: {{triangular: [5, 10, 40]}}, vegetation_density: [0.7, 1]}}
    matrix:
      danger_level: [severe, catastrophic]
      seed: {{count: 6, until: {{mean: burn_fraction, half_width: 0.2}}, most: 12}}
"""


class Firesweep:
    """Runs experiments in a folder."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def run(self, name: str, experiment: str, *options: str, fail_seeds: str = "") -> pathlib.Path:
        """Returns the results file of an experiment, given as YAML, in which the runs of some seeds fail."""
        source = self.folder / f"{name}.yaml"
        source.write_text(textwrap.dedent(experiment), encoding="utf-8")
        output = self.folder / f"{name}.h5"
        command = [os.environ["FIRESWEEP"], "run", str(source), "-o", str(output), "--quiet", *options]
        environment = os.environ | ({"FIRESWEEP_FAIL_SEEDS": fail_seeds} if fail_seeds else {})
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)
        assert done.returncode == (3 if fail_seeds else 0), f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
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


@pytest.fixture(scope="session")
def patchy(firesweep) -> pathlib.Path:
    firesweep.run("patchy", PATCHY.format(seeds=60), fail_seeds="7,31")
    return firesweep.run("patchy", PATCHY.format(seeds=90), "--shard", "1/3", fail_seeds="7,31")


@pytest.fixture(scope="session")
def jumping(firesweep) -> pathlib.Path:
    row = "1 2 " * 12 + "\n"
    (firesweep.folder / "fuel.asc").write_text("ncols 24\nnrows 20\nxllcorner 0\nyllcorner 0\ncellsize 1\n" + 20 * row)
    return firesweep.run("jumping", JUMPING)


@pytest.fixture(scope="session")
def sampled(firesweep) -> pathlib.Path:
    return firesweep.run("sampled", SAMPLED.format(method="sobol", second_order="true"))


@pytest.fixture(scope="session")
def sampled_otherwise(firesweep) -> list[pathlib.Path]:
    """Files of designs that say other things of their parameters."""
    return [firesweep.run(f"sampled-{method}", SAMPLED.format(method=method, second_order="false"))
            for method in ("morris", "random")]


@pytest.fixture(scope="session")
def year(firesweep) -> pathlib.Path:
    return firesweep.run("year", YEAR)


@pytest.fixture(scope="session")
def many(firesweep) -> pathlib.Path:
    return firesweep.run("many", MANY)


@pytest.fixture(scope="session")
def ground(firesweep) -> pathlib.Path:
    head = "ncols 40\nnrows 30\nxllcorner 440000\nyllcorner 5980000\ncellsize 25\nNODATA_value -9999\n"
    fuel = np.ones((30, 40), int)
    fuel[20, :] = 9
    fuel[:5, :5] = -9999
    for name, cells in (("today", fuel), ("treated", np.where((fuel == 1) & (np.arange(40) > 30), 2, fuel)),
                        ("dem", np.tile(np.arange(40) * 3, (30, 1)))):
        rows = "".join(" ".join(map(str, row)) + "\n" for row in cells)
        (firesweep.folder / f"{name}.asc").write_text(head + rows, encoding="ascii")
    return firesweep.run("ground", GROUND)


@pytest.fixture(scope="session", params=["full", "swept"])
def path(request) -> pathlib.Path:
    """Either of the files that one run made whole, for what holds for both."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session", params=["full", "swept", "patchy", "many", "ground", "year", "sampled"])
def any_path(request) -> pathlib.Path:
    """Each of the files, for what holds for all."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def content_sha256():
    """The function that the documentation gives to its readers."""
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    names = {}
    exec(next(block for block in blocks if "def content_sha256" in block), names)
    return names["content_sha256"]
