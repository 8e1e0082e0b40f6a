"""The curves of single runs, and their quantiles."""

import os
import subprocess

import h5py
import numpy as np
import pytest
import xarray as xr

PARTS = """
    name: parts
    landscape: {{width: 30, height: 25}}
    matrix:
      danger_level: [severe, catastrophic]
      ignition_set:
        centre: [[15, 12]]
      seed: {{first: 1, count: {seeds}}}
    max_steps: 12
    outputs: {{curves: false, run_curves: true, maps: false}}
"""


@pytest.fixture
def d(full):
    with xr.open_dataset(full) as dataset:
        yield dataset.load()


def content(path):
    with h5py.File(path, "r") as f:
        return f.attrs["content_sha256"]


def test_a_runs_curve_is_that_of_its_record(d):
    curves = d.run_burning_cells
    np.testing.assert_array_equal(curves.sum("step"), d.burnt_cells + d.burning_cells)
    np.testing.assert_array_equal(curves.isel(step=0), d.ignitions)
    np.testing.assert_array_equal(curves.max("step"), d.peak_burning_cells)
    np.testing.assert_array_equal(curves.argmax("step"), d.peak_step)
    np.testing.assert_array_equal((curves > 0).sum("step"), d.steps)


def test_curves_of_runs_add_up_to_those_of_their_scenario(d, full):
    with xr.open_dataset(full, group="sums") as sums:
        np.testing.assert_array_equal(d.run_burning_cells.sum("seed"), sums.burning_cells_sum)
    np.testing.assert_allclose(d.run_burning_cells.mean("seed"), d.burning_cells_mean, rtol=1e-12)


def test_bands_are_numpys_quantiles_of_the_runs_at_each_step(d):
    burning = d.run_burning_cells.values.astype(float)
    burnt = (np.cumsum(burning, axis=-1) - burning) / (40 * 30)
    for name, values in (("burning_cells_quantile", burning), ("burnt_fraction_quantile", burnt)):
        expected = np.quantile(values, d["quantile"].values, axis=2)  # the quantiles come first
        np.testing.assert_allclose(d[name], np.moveaxis(expected, 0, 2), rtol=1e-12, atol=1e-15)


def test_runs_cut_short_failed_and_missing_have_the_curves_they_should(firesweep):
    path = firesweep.run("cut", PARTS.format(seeds=30) + "    max_failed: 4\n", "--shard", "1/2",
                         fail_seeds="3,20")
    with xr.open_dataset(path) as cut:
        ok = cut.status == 1
        assert 0 < ok.sum() < 60 and (cut.status == 2).any() and cut.sizes["step"] == 13
        assert cut.run_burning_cells.where(~ok).isnull().all()
        np.testing.assert_array_equal(cut.run_burning_cells.isel(step=-1).where(ok, 0), cut.burning_cells.where(ok, 0))
        for place in np.ndindex(2, 1):
            runs = cut.run_burning_cells.values[place][ok.values[place]]
            np.testing.assert_allclose(cut.burning_cells_quantile.values[place],
                                       np.quantile(runs, cut["quantile"].values, axis=0), rtol=1e-12)


def test_curves_survive_resuming_and_merging(firesweep, tmp_path):
    whole = firesweep.run("curves-whole", PARTS.format(seeds=20))
    firesweep.run("curves-more", PARTS.format(seeds=9))
    assert content(firesweep.run("curves-more", PARTS.format(seeds=20))) == content(whole)
    parts = [firesweep.run(f"curves-{i}", PARTS.format(seeds=20), "--shard", f"{i}/3")
             for i in (1, 2, 3)]
    merged = tmp_path / "merged.h5"
    done = subprocess.run([os.environ["FIRESWEEP"], "merge", "-o", merged, *parts[::-1]], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert content(merged) == content(whole)
