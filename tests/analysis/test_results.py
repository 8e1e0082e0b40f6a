"""Files are opened lazily, and scenarios are chosen or refused with a reason."""

import h5py
import numpy as np
import pytest
import scipy.stats
import xarray as xr
from conftest import SOURCE, firesweep
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
    assert results.main_axis(weather) == "wind_speed"
    alone = weather.isel(wind_speed=[0], humidity=[0], temperature=[0], vegetation_density=[0])
    assert results.main_axis(alone) == "wind_speed"  # a file need not have danger levels


def test_axes_are_named_or_numbers_whatever_xarray_calls_their_type():
    texts = [np.array(["a", "b"], kind) for kind in (object, "U1", "S1")]
    assert all(results.is_named(xr.DataArray(text)) for text in texts)
    assert not any(results.is_named(xr.DataArray(np.array([1, 2], kind))) for kind in ("f8", "f4", "i4", "u8"))


def test_values_have_an_order_if_they_are_numbers_or_danger_levels():
    assert list(results.places_in_order(xr.DataArray([3.0, 1.0, 2.0]))) == [1, 2, 0]
    assert list(results.places_in_order(xr.DataArray(["extreme", "low"]))) == [1, 0]
    assert results.places_in_order(xr.DataArray(["ridge", "low"])) is None


def test_of_many_values_some_are_taken_evenly_with_both_ends(weather):
    chosen = results.at(weather)
    assert list(results.thinned(chosen, 4).wind_speed.values) == [20, 40, 60, 80]
    assert results.thinned(chosen, 7) is chosen


def test_counts_can_be_subtracted(data):
    steps = data.steps.sel(ignition_set="centre")
    difference = (steps.sel(danger_level="catastrophic") - steps.sel(danger_level="extreme")).mean()
    assert -300 < float(difference) < 0
    assert all(variable.dtype.kind != "u" for name, variable in data.variables.items() if name not in ("seed", "status"))


def test_what_is_not_known_is_in_no_mean(folder):
    firesweep("run", SOURCE / "experiments/danger_levels.yaml", "--set", "matrix.seed.count=20", "--shard", "1/2", "--quiet",
              "-o", folder / "half.h5")
    half = open_results(folder / "half.h5")
    assert 0 < int((half.status == 0).sum())
    known = half.steps.values[half.status.values == 1]
    assert float(half.steps.mean()) == pytest.approx(known.mean())


def test_the_fires_that_started_are_told_from_the_runs(data):
    fires = results.given_start(data)
    at = {"danger_level": "catastrophic", "ignition_set": "centre"}
    sizes = data.burn_fraction.sel(at).values[data.ignitions.sel(at).values >= 1]
    one = fires.sel(at)
    assert int(one.runs_ok) == sizes.size < 120
    assert float(one.started) == sizes.size / 120
    wilson = scipy.stats.binomtest(sizes.size, 120).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(one.started_ci, [wilson.low, wilson.high], rtol=1e-9)
    assert float(one.burn_fraction_mean) == pytest.approx(sizes.mean())
    assert float(one.burn_fraction_sd) == pytest.approx(sizes.std(ddof=1))
    np.testing.assert_allclose(one.burn_fraction_mean_ci, scipy.stats.t.interval(
        0.95, sizes.size - 1, sizes.mean(), scipy.stats.sem(sizes)), rtol=1e-9)
    np.testing.assert_allclose(one.burn_fraction_quantile, np.quantile(sizes, data["quantile"]), rtol=1e-9)
    large = scipy.stats.binomtest(int((sizes > 0.1).sum()), sizes.size)
    assert float(one.exceedance.sel(threshold=0.1)) == pytest.approx(large.statistic)
    interval = large.proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(one.exceedance_ci.sel(threshold=0.1), [interval.low, interval.high], rtol=1e-9)
    assert float(one.burning_cells_mean[0]) == pytest.approx(1)  # each began with its one cell


def test_nothing_started_is_not_known_instead_of_0(others):
    fires = results.given_start(open_results(others / "no-fire.h5"))
    assert int(fires.runs_ok.sum()) == 0
    assert fires.burn_fraction_mean.isnull().all() and fires.exceedance.isnull().all()


def test_values_are_written_with_their_unit(weather):
    assert results.value_text(weather.wind_speed[1]) == "30\u00a0km/h"
    assert results.value_text(weather.humidity[0]) == "5\u00a0%"
    assert results.value_text(weather.vegetation_density[0]) == "0.75"
    assert results.value_text(xr.DataArray("very_high")) == "very high"
    assert results.scenario_name(("very_high", 40.0)) == "very high, 40"
