"""Results files made once by the built program (`FIRESWEEP`), and fires small enough to reckon by hand."""

import os
import pathlib
import shutil
import subprocess
import sys
import textwrap

import numpy as np
import pytest
import xarray as xr

SOURCE = pathlib.Path(__file__).parents[2]
sys.path[:0] = [str(SOURCE / "analysis"), str(SOURCE / "analysis/notebooks")]
sys.path.append(str(SOURCE / "tests/python"))  # independent_statistics; its conftest is not the first
sys.path.append(str(pathlib.Path(os.environ.get("FIRESWEEP", ".")).resolve().parents[1] / "python"))  # the module, if it is built

OTHERS = {
    "dry-edge": """
        landscape: {width: 90, height: 60, vegetation_density: 0.8}
        matrix:
          danger_level: [severe, extreme]
          humidity: [5, 10, 15, 20]
          ignition_set: {north: [[30, 0], [60, 0]]}
          seed: {first: 1, count: 30}
        """,
    "wind-only": """
        landscape: {width: 60, height: 40}
        weather: {humidity: 10, temperature: 40}
        matrix:
          wind_speed: [30, 60]
          seed: {first: 1, count: 30}
        outputs: {thresholds: [0.2]}
        """,
    "bare": """
        landscape: {width: 40, height: 40}
        matrix:
          danger_level: [extreme]
          seed: {first: 1, count: 20}
        outputs: {maps: false, curves: false, thresholds: [0.3], quantiles: [0.6]}
        """,
    "cut-off": """
        landscape: {width: 80, height: 60}
        max_steps: 10
        matrix:
          danger_level: [severe, extreme]
          seed: {first: 1, count: 60}
        """,
    "no-fire": """
        landscape: {width: 40, height: 40, vegetation_density: 0}
        matrix:
          danger_level: [extreme, severe]
          seed: {first: 1, count: 20}
        """,
    "alike": """
        landscape: {width: 200, height: 100, vegetation_density: 0.0001}
        on_bare_ground: force
        matrix:
          danger_level: [low]
          seed: {first: 1, count: 20}
        """,
    "one-wide": """
        landscape: {width: 600, height: 60}
        matrix:
          danger_level: [extreme]
          seed: {first: 1, count: 30}
        """,
    "many-winds": """
        landscape: {width: 40, height: 30}
        matrix:
          danger_level: [extreme]
          wind_speed: {from: 10, to: 90, count: 400}
          seed: {first: 1, count: 12}
        """,
    "town": """
        landscape: {width: 60, height: 40}
        matrix:
          danger_level: [severe, extreme]
          seed: {first: 1, count: 30}
        assets:
          houses: {box: [40, 10, 49, 19], value: 2}
          bridge: {cells: [[59, 0]]}
        outputs: {maps: false}
        """,
}
"""Experiments as readers have them: with other axes, thresholds and outputs, one scenario, assets without a year, or hardly a fire."""

import matplotlib  # noqa: E402  (after the path)

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from firesweep_analysis import open_results, style  # noqa: E402


def firesweep(*arguments, code=0):
    command = [os.environ["FIRESWEEP"], *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == code, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="session")
def treatments(tmp_path_factory):
    """The results file of the treatments of the valley, with fewer seeds."""
    path = tmp_path_factory.mktemp("treatments") / "treatments.h5"
    firesweep("run", SOURCE / "experiments/treatments.yaml", "--set", "matrix.seed.count=40", "--quiet", "-o", path)
    return path


@pytest.fixture(scope="session")
def folder(tmp_path_factory, treatments):
    """The folder that the notebooks expect, with fewer seeds."""
    folder = tmp_path_factory.mktemp("results")
    shutil.copy(treatments, folder)
    for name, seeds in (("danger_levels", 120), ("wind_humidity", 100), ("valley", 20), ("season", 40)):
        firesweep("run", SOURCE / f"experiments/{name}.yaml", "--set", f"matrix.seed.count={seeds}", "--quiet",
                  "-o", folder / f"{name.replace('_', '-')}.h5")
    firesweep("replay", folder / "danger-levels.h5", "--danger-level", "extreme", "--ignition-set", "centre",
              "--seed", 5, "-o", folder / "fire.h5", "--no-gif")
    return folder


@pytest.fixture(scope="session")
def others(folder):
    """The files of `OTHERS`, in the folder of the notebooks."""
    for name, experiment in OTHERS.items():
        source = folder / f"{name}.yaml"
        source.write_text(f"name: {name}\n{textwrap.dedent(experiment)}")
        firesweep("run", source, "--quiet", "-o", folder / f"{name}.h5")
    return folder


@pytest.fixture(scope="session")
def data(folder):
    """The fires of all danger levels, loaded."""
    return open_results(folder / "danger-levels.h5").load()


@pytest.fixture(scope="session")
def weather(folder):
    """The fires of wind, humidity and vegetation density, loaded."""
    return open_results(folder / "wind-humidity.h5").load()


@pytest.fixture(autouse=True)
def figures():
    """Every test draws in the package's style and leaves no figure behind."""
    style.use()
    yield
    plt.close("all")


@pytest.fixture
def fractions():
    """Burn fractions of two danger levels and five seeds; the fourth run of the second failed."""
    values = [[0.0, 0.001, 0.002, 0.02, 0.2], [0.0, 0.3, 0.6, np.nan, 0.7]]
    return xr.DataArray(values, [("danger_level", np.array(["severe", "extreme"], object)), ("seed", [1, 2, 3, 4, 5])],
                        name="burn_fraction")


@pytest.fixture
def states():
    """A fire in a row of vegetation with a gap, 3 x 9 cells: it starts at x = 2 and burns one cell to each side in a
    step."""
    row = [[1, 1, 2, 1, 1, 1, 0, 1, 1],
           [1, 2, 3, 2, 1, 1, 0, 1, 1],
           [2, 3, 3, 3, 2, 1, 0, 1, 1],
           [3, 3, 3, 3, 3, 2, 0, 1, 1],
           [3, 3, 3, 3, 3, 3, 0, 1, 1]]
    cells = np.zeros((5, 3, 9), "u1")
    cells[:, 1] = row
    return xr.DataArray(cells, dims=("step", "y", "x"), coords={"step": np.arange(5)}, name="states")
