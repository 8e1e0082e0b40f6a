"""Curves and maps of an ensemble, put together again from ensembles of one run each."""

import numpy as np
import pytest
import xarray as xr

SEEDS = [3, 1, 4, 15, 9, 2]

EXPERIMENT = """
    landscape: {{width: 30, height: 25, vegetation_density: 0.8}}
    matrix:
      danger_level: [severe, catastrophic]
      ignition_set:
        pair: [[15, 12], [0, 0]]
      seed: {seeds}
    outputs: {{arrival: true}}
"""


@pytest.fixture(scope="module")
def together(firesweep):
    path = firesweep.run("together", EXPERIMENT.format(seeds=SEEDS))
    with xr.open_dataset(path) as d, xr.open_dataset(path, group="sums") as sums:
        yield d.load(), sums.load()


@pytest.fixture(scope="module")
def alone(firesweep):
    """One dataset per seed, their curves continued to the same length: nothing burns, nothing changes."""
    runs = []
    for seed in SEEDS:
        with xr.open_dataset(firesweep.run(f"seed-{seed}", EXPERIMENT.format(seeds=[seed]))) as d:
            runs.append(d.load())
    length = max(run.sizes["step"] for run in runs)
    return [continued(run, length) for run in runs]


def continued(run, length):
    missing = length - run.sizes["step"]
    run = run[["burning_cells_mean", "burnt_fraction_mean", "burn_count", "arrival_step_mean", "burnt_cells",
               "peak_burning_cells", "peak_step", "steps"]]
    tail = run.isel(step=[-1] * missing)
    tail["burning_cells_mean"] = tail.burning_cells_mean * 0
    whole = xr.concat([run, tail], dim="step", data_vars="minimal")
    return whole.assign_coords(step=np.arange(length))


def stacked(runs, name):
    return np.stack([run[name].values for run in runs])


def test_a_single_run_is_its_own_mean(alone):
    for run in alone:
        for i in range(2):
            one = run.isel(danger_level=i, ignition_set=0)
            curve = one.burning_cells_mean.values
            assert curve.max() == one.peak_burning_cells.item()
            assert curve.argmax() == one.peak_step.item()
            assert np.count_nonzero(curve) == one.steps.item()
            assert curve.sum() == one.burnt_cells.item()
            np.testing.assert_allclose(one.burnt_fraction_mean.values[1:], np.cumsum(curve)[:-1] / 750, rtol=1e-12)
            assert one.burnt_fraction_mean.values[0] == 0


def test_curves_are_means_and_deviations_of_the_runs(together, alone):
    d, _ = together
    for name in ("burning_cells", "burnt_fraction"):
        curves = stacked(alone, f"{name}_mean")
        np.testing.assert_allclose(d[f"{name}_mean"], curves.mean(axis=0), rtol=1e-12)
        np.testing.assert_allclose(d[f"{name}_sd"], curves.std(axis=0, ddof=1), rtol=1e-9, atol=1e-13)


def test_the_last_state_of_the_curves_is_the_mean_burn_fraction(together):
    d, _ = together
    assert (d.burning_cells == 0).all()
    np.testing.assert_allclose(d.burnt_fraction_mean.isel(step=-1), d.burn_fraction_mean, rtol=1e-12)
    assert (d.burning_cells_mean.isel(step=-1) == 0).all()
    assert (d.burning_cells_mean.isel(step=-2) > 0).any()


def test_sums_are_exact(together, alone):
    _, sums = together
    burning = stacked(alone, "burning_cells_mean").astype(int)
    burnt = np.cumsum(burning, axis=-1) - burning
    np.testing.assert_array_equal(sums.burning_cells_sum, burning.sum(axis=0))
    for name, cells in (("burning_cells_square_sum", burning), ("burnt_cells_square_sum", burnt)):
        np.testing.assert_array_equal(sums[name].sel(word="low"), (cells**2).sum(axis=0))
        assert (sums[name].sel(word="high") == 0).all()


def test_maps_are_sums_of_the_maps_of_the_runs(together, alone):
    d, sums = together
    counts = stacked(alone, "burn_count")
    arrivals = np.nan_to_num(stacked(alone, "arrival_step_mean")).astype(int)
    np.testing.assert_array_equal(d.burn_count, counts.sum(axis=0))
    np.testing.assert_array_equal(sums.arrival_step_sum, arrivals.sum(axis=0))
    with np.errstate(invalid="ignore"):
        expected = arrivals.sum(axis=0) / counts.sum(axis=0)
    np.testing.assert_allclose(d.arrival_step_mean, expected, rtol=1e-6)


def test_a_burn_count_is_the_cells_that_have_caught_fire(together):
    d, _ = together
    np.testing.assert_array_equal(d.burn_count.sum(["y", "x"]), (d.burnt_cells + d.burning_cells).sum("seed"))


def test_only_the_ignition_points_burn_from_the_start(together):
    d, _ = together
    at_once = d.arrival_step_mean == 0
    assert at_once.sum() > 0
    assert not at_once.where((d.x != 15) | (d.y != 12), False).where((d.x != 0) | (d.y != 0), False).any()
