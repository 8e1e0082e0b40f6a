"""Files are opened lazily, and scenarios are chosen or refused with a reason."""

import h5py
import numpy as np
import pytest
import xarray as xr
from firesweep_analysis import open_results, results


def test_nothing_is_read_before_it_is_used(folder):
    data = open_results(folder / "danger-levels.h5")
    assert not data.burn_fraction.variable._in_memory
    assert not data.burn_probability.variable._in_memory


def test_a_large_file_comes_in_the_chunks_it_is_stored_in(folder, data, monkeypatch):
    monkeypatch.setattr(results, "LARGE_FILE", 0)
    chunked = open_results(folder / "danger-levels.h5")
    assert chunked.burn_probability.chunks[2:] == ((256,), (256,))
    np.testing.assert_array_equal(chunked.burn_fraction.mean("seed"), data.burn_fraction.mean("seed"))


def test_a_group_gets_the_coordinates_of_the_root(folder, data):
    paired = open_results(folder / "danger-levels.h5", "paired")
    assert list(paired.ignition_set.values) == list(data.ignition_set.values)
    assert list(paired.bound.values) == ["lower", "upper"]
    assert list(paired.threshold.values) == list(data.threshold.values)


def test_a_foreign_file_is_refused(tmp_path):
    with h5py.File(tmp_path / "foreign.h5", "w") as file:
        file["x"] = 1
    with pytest.raises(ValueError, match="not a results file of firesweep"):
        open_results(tmp_path / "foreign.h5")


def test_groups_are_there_or_not(folder):
    assert results.has_group(folder / "danger-levels.h5", "paired")
    assert not results.has_group(folder / "danger-levels.h5", "nonsense")


def test_one_value_of_every_axis_but_one_is_chosen(data):
    chosen = results.at(data, ignition_set="ridge")
    assert chosen.burn_fraction.dims == ("danger_level", "seed")
    assert results.conditions(chosen) == "ignition set ridge"
    assert results.series_axis(chosen) == "danger_level"
    assert results.at(data).ignition_set == data.ignition_set[0]


def test_a_value_or_an_axis_that_is_not_there_is_refused_with_those_that_are(data):
    with pytest.raises(ValueError, match="ignition_set has no value nowhere; there are centre, ridge, lightning"):
        results.at(data, ignition_set="nowhere")
    with pytest.raises(ValueError, match="there is no axis wind_speed; there are danger_level, ignition_set"):
        results.at(data, wind_speed=3)


def test_the_main_axis_is_the_danger_level_if_it_varies(data, weather):
    assert results.main_axis(data) == "danger_level"
    assert results.main_axis(weather.isel(danger_level=[0])) == "wind_speed"


def test_values_are_written_with_their_unit(weather):
    assert results.value_text(weather.wind_speed[1]) == "30\u00a0km/h"
    assert results.value_text(weather.humidity[0]) == "5\u00a0%"
    assert results.value_text(weather.vegetation_density[0]) == "0.75"
    assert results.value_text(xr.DataArray("very_high")) == "very high"
    assert results.scenario_name(("very_high", 40.0)) == "very high, 40"
