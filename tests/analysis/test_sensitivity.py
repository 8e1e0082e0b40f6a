"""Effects, interactions and tipping points."""

import numpy as np
import pytest
import scipy.stats
import xarray as xr
from firesweep_analysis import exceedance, open_results, sensitivity, version_1


@pytest.fixture(scope="module")
def effects(folder):
    return open_results(folder / "wind-humidity.h5", "sensitivity").load()


def test_the_effects_are_those_of_the_runs_and_come_largest_first(weather, effects):
    table = sensitivity.effects(effects)
    assert (np.diff(table["effect"]) <= 0).all()
    for axis, row in table.iterrows():
        means = weather.burn_fraction.mean([dim for dim in weather.burn_fraction.dims if dim != axis])
        assert row["effect"] == pytest.approx(float(means.max() - means.min()), rel=1e-9)
        assert row["effect lower"] <= row["effect"] <= row["effect upper"]
    large = sensitivity.effects(effects, threshold=0.1)
    means = (weather.burn_fraction > 0.1).mean([dim for dim in weather.burn_fraction.dims if dim != "wind_speed"])
    assert large["effect"]["wind_speed"] == pytest.approx(float(means.max() - means.min()), rel=1e-9)


def test_the_tornado_has_a_bar_for_every_axis_with_its_values_and_units(weather, effects):
    axes = sensitivity.plot_tornado(effects, weather)
    assert len(axes.patches) == 4
    texts = {text.get_text() for text in axes.texts}
    assert {"20\u00a0km/h", "80\u00a0km/h", "35\u00a0%", "5\u00a0%"} <= texts
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert "wind speed\n20 to 80\u00a0km/h" in names  # as the length of a bar depends on the range


def test_shares_and_chance_add_up_to_all(effects):
    axes = sensitivity.plot_shares(effects)
    assert sum(patch.get_width() for patch in axes.patches) == pytest.approx(1, abs=1e-6)


def test_shares_of_older_files_with_scenarios_left_out_are_not_known(folder, effects):
    root = open_results(folder / "wind-humidity.h5")
    less = version_1.without_wrong_shares(effects.assign_attrs(scenarios=293), root)
    assert less.mean_share.isnull().all() and less.mean_share_ci.isnull().all() and less.mean_effect.notnull().all()
    assert version_1.without_wrong_shares(effects, root) is effects


def test_what_rounding_leaves_of_nothing_is_nothing(effects):
    nothing = effects.assign(mean_share=effects.mean_share * 0 + 6e-36)
    assert (sensitivity.effects(nothing)["share"] == 0).all()


def test_lines_along_one_axis_stand_for_the_values_of_the_other(weather):
    chosen = weather.sel(temperature=50, vegetation_density=0.85).isel(ignition_set=0)
    curves = exceedance.curve(chosen.burn_fraction, [0.1]).isel(threshold=0)
    axes = sensitivity.plot_along(curves, "wind_speed")
    assert len(axes.lines) == len(axes.collections) == 7
    np.testing.assert_array_equal(axes.lines[0].get_xdata(), weather.wind_speed)
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), curves.exceedance.isel(humidity=0))
    assert len(sensitivity.plot_along(curves.isel(humidity=0), "wind_speed").lines) == 1


def test_a_crossing_is_interpolated_and_is_nan_where_there_is_none():
    likelihood = xr.DataArray([[0.0, 0.2, 0.6, 0.9], [0.0, 0.0, 0.1, 0.3]], dims=("humidity", "wind_speed"),
                              coords={"humidity": [5.0, 30.0], "wind_speed": [20.0, 40.0, 60.0, 80.0]})
    np.testing.assert_allclose(sensitivity.crossing(likelihood, "wind_speed"), [55.0, np.nan])


def test_the_interval_of_a_crossing_contains_it(weather):
    chosen = weather.sel(temperature=50, vegetation_density=0.85, humidity=5).isel(ignition_set=0)
    found = sensitivity.crossing_interval(exceedance.curve(chosen.burn_fraction, [0.1]).isel(threshold=0), "wind_speed")
    low, high = found.crossing_ci.values
    assert 35 < low < found.crossing < high < 60


def test_all_weathers_fall_on_one_curve_which_is_a_threshold(weather):
    points = sensitivity.collapse(weather, 0.1)
    assert points.sizes["scenario"] == weather.runs_ok.size
    dense = points.isel(scenario=points.vegetation_density.values == 0.85)
    assert (np.diff(dense.ignition_probability) >= 0).all()
    assert scipy.stats.spearmanr(dense.ignition_probability, dense.exceedance).statistic > 0.7
    below, above = dense.ignition_probability < 0.27, dense.ignition_probability > 0.325
    assert float(dense.exceedance.values[below].max()) == 0 and float(dense.exceedance.values[above].min()) > 0.5
    sensitivity.plot_collapse(points, by="vegetation_density")
    sensitivity.plot_collapse(points)


def test_the_map_of_a_response_shows_where_it_tips(weather):
    response = weather.exceedance.sel(threshold=0.1, temperature=50,
                                      vegetation_density=0.85).isel(ignition_set=0)
    axes = sensitivity.plot_response(response)
    assert axes.get_xlabel() == "humidity [%]" and axes.get_ylabel() == "wind speed [km/h]"
    assert any(text.get_text() == "50 %" for text in axes.texts)
