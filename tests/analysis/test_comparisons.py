"""Values of any axis are compared as the file says."""

import numpy as np
import pytest
from firesweep_analysis import comparisons, report_comparisons


def test_danger_levels_are_compared_unless_another_axis_is_named(folder, data):
    path = folder / "danger-levels.h5"
    assert comparisons.compared_axes(path) == ["danger_level", "ignition_set"]
    assert comparisons.open_comparison(path).attrs["axis"] == "danger_level"
    sets = comparisons.open_comparison(path, "ignition_set")
    assert list(zip(sets.first.values, sets.second.values)) == [("centre", "ridge"), ("centre", "lightning"), ("ridge", "lightning")]
    fires = data.burn_fraction
    expected = (fires.sel(ignition_set="ridge") - fires.sel(ignition_set="centre")).mean("seed")
    np.testing.assert_allclose(sets.difference_mean.isel(pair=0), expected, rtol=1e-9, atol=1e-12)


def test_a_table_says_which_intervals_exclude_0(folder):
    table = comparisons.table(comparisons.open_comparison(folder / "danger-levels.h5", "ignition_set"))
    assert table.index.names == ["danger_level", "pair"]
    assert ((table["lower"] > 0) | (table["upper"] < 0)).equals(table["excludes 0"])
    assert table.loc[("catastrophic", "ridge - centre"), "excludes 0"]


def test_steps_are_between_neighbours_of_an_order_and_between_all_names(folder):
    path = folder / "danger-levels.h5"
    levels = comparisons.open_comparison(path)
    assert len(comparisons.steps(levels)) == 6
    assert comparisons.pair_text(levels, comparisons.steps(levels)[-1]) == "extreme to catastrophic"
    assert comparisons.steps(comparisons.open_comparison(path, "ignition_set")) == [0, 1, 2]


def test_an_axis_that_is_not_compared_is_refused(folder):
    with pytest.raises(ValueError, match="compares no axis wind_speed; it compares danger_level, ignition_set"):
        comparisons.open_comparison(folder / "danger-levels.h5", "wind_speed")


def test_the_report_has_a_table_for_each_axis(folder, data):
    page = "".join(report_comparisons.section(folder / "danger-levels.h5", data))
    assert page.count("<table") == 2 and "centre to lightning" in page and "extreme to catastrophic" in page
