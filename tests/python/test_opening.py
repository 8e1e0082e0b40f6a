"""Every usual reader opens a results file with no options."""

import subprocess
import warnings

import h5py
import netCDF4  # noqa: F401  (imported here, since its own import may warn)
import numpy as np
import pytest
import xarray as xr

GROUPS = [None, "sums", "paired", "sensitivity", "provenance", "provenance/sessions", "performance"]


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
@pytest.mark.parametrize("group", GROUPS)
def test_xarray_opens_and_loads_every_group_without_a_warning(path, engine, group):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with xr.open_dataset(path, engine=engine, group=group) as dataset:
            dataset.load()


def test_both_engines_of_xarray_see_the_same(path):
    with xr.open_dataset(path, engine="h5netcdf") as one, xr.open_dataset(path, engine="netcdf4") as other:
        xr.testing.assert_identical(one.load(), other.load())


def test_xarray_guesses_the_engine(path):
    with xr.open_dataset(path, engine=None) as dataset:
        assert "burn_fraction" in dataset


def test_the_mean_over_seeds_has_the_axes_of_the_matrix(full):
    with xr.open_dataset(full, engine="h5netcdf") as d:
        mean = d.burn_fraction.mean("seed")
        assert mean.dims == ("danger_level", "ignition_set")
        assert list(mean.danger_level.values) == ["low", "severe", "catastrophic"]
        assert list(mean.ignition_set.values) == ["centre", "foudre_é"]


def test_pandas_gets_one_row_per_run(full):
    with xr.open_dataset(full, engine="h5netcdf") as d:
        frame = d[["burn_fraction", "steps"]].to_dataframe()
    assert len(frame) == 3 * 2 * 60
    assert frame.index.names == ["danger_level", "ignition_set", "seed"]


def test_h5py_reads_every_dataset(path):
    read = []
    with h5py.File(path, "r") as f:
        f.visititems(lambda name, item: read.append(item[()]) if isinstance(item, h5py.Dataset) else None)
    assert len(read) > 20


def test_ncdump_lists_the_file(path):
    done = subprocess.run(["ncdump", "-h", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "double burn_fraction(" in done.stdout
    assert "phony_dim" not in done.stdout


def test_ncdump_prints_all_values(swept):
    done = subprocess.run(["ncdump", swept], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_seeds_are_in_the_order_of_the_experiment(swept):
    with xr.open_dataset(swept) as d:
        np.testing.assert_array_equal(d.seed, [17, 3, 42])
