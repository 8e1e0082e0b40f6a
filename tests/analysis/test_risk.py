"""Likelihood and consequence: classes, alerts and their confidence."""

import numpy as np
import pytest
import scipy.stats
import xarray as xr
from firesweep_analysis import risk


def test_the_matrix_counts_fires_of_each_class_and_beyond(fractions):
    classes = risk.matrix(fractions, {"any": 0.0, "medium": 0.01, "large": 0.1})
    np.testing.assert_allclose(classes.at_least.sel(danger_level="severe"), [4 / 5, 2 / 5, 1 / 5])
    np.testing.assert_allclose(classes.share.sel(danger_level="severe"), [2 / 5, 1 / 5, 1 / 5])
    np.testing.assert_allclose(classes.share.sum("consequence"), classes.at_least.sel(consequence="any"))


def test_a_consequence_or_worse_is_never_likelier_than_a_milder_one(data):
    classes = risk.matrix(data.burn_fraction.isel(ignition_set=0))
    assert (np.diff(classes.at_least, axis=-1) <= 0).all()
    expected = scipy.stats.binomtest(int(120 * classes.at_least.values[5, 3]), 120).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(classes.at_least_ci.values[5, 3], [expected.low, expected.high], rtol=1e-9)


def test_every_class_is_written_into_the_matrix(data):
    classes = risk.matrix(data.burn_fraction.isel(ignition_set=0))
    axes = risk.plot_matrix(classes)
    assert len(axes.texts) == 7 * 5
    assert sum("none seen" in text.get_text() for text in axes.texts) == int((classes.at_least == 0).sum())


def test_a_level_stands_in_the_class_of_its_likelihood(fractions):
    classes = risk.matrix(fractions, {"any": 0.0, "large": 0.1})
    axes = risk.plot_likelihood_classes(classes, likelihoods={"rare": 0.0, "even": 0.3, "sure": 0.75})
    filled = [line for line in axes.lines if line.get_xdata().size and line.get_markerfacecolor() != "white"]
    assert sorted((round(line.get_xdata()[0]), line.get_ydata()[0]) for line in filled) == [(0, 2), (0, 2), (1, 0),
                                                                                            (1, 2)]


def test_alerts_need_the_one_sided_bound_beyond_what_is_tolerable():
    sizes = np.zeros((4, 400))
    for row, large in enumerate((0, 4, 8, 40)):
        sizes[row, :large] = 0.5
    levels = ["low", "high", "severe", "extreme"]
    data = xr.Dataset({"burn_fraction": (("danger_level", "seed"), sizes), "burning_cells": (("danger_level", "seed"), sizes * 0),
                       "status": (("danger_level", "seed"), np.ones((4, 400)))}, {"danger_level": levels})
    table = risk.alerts(data, threshold=0.1, tolerable=0.02, confidence=0.95)
    assert table.verdict.to_dict() == {"extreme": "alert", "high": "open", "severe": "open", "low": "clear"}
    assert list(table.index)[0] == "extreme" and list(table.index)[-1] == "low"
    for level, large in zip(levels, (0, 4, 8, 40)):
        expected = scipy.stats.binomtest(large, 400).proportion_ci(0.9, method="wilson")  # 5 % on either side
        np.testing.assert_allclose([table.lower[level], table.upper[level]], [expected.low, expected.high], atol=1e-12)
    assert risk.alert_sentence(table, 0.1, 0.02) == (
        "In 1 of 4 scenarios more than 2\u00a0% of the fires burn more than 10\u00a0% of the landscape (95\u00a0% "
        "confidence each): extreme. 2 cannot be decided with these seeds.")


def test_a_fire_cut_off_below_the_threshold_may_have_exceeded_it(fractions):
    burning = xr.zeros_like(fractions)
    burning[0, 1:3] = 7  # at severe, fires of 0.1 and 0.2 % were cut off
    data = xr.Dataset({"burn_fraction": fractions, "burning_cells": burning, "status": xr.ones_like(fractions)})
    row = risk.alerts(data, threshold=0.1, tolerable=0.02).loc["severe"]
    bounds = [scipy.stats.binomtest(large, 5).proportion_ci(0.9, method="wilson") for large in (1, 3)]
    assert (row["lower"], row["upper"]) == (pytest.approx(bounds[0].low), pytest.approx(bounds[1].high))
    classes = risk.matrix(fractions, burning_cells=burning)
    np.testing.assert_array_equal(classes.undecided.sel(danger_level="severe"), [0, 1, 2, 2, 2])
    texts = [text.get_text() for text in risk.plot_matrix(classes).texts]
    assert texts[4] == "cut off\nbefore" and texts[3].startswith("≥ 20.0")


def test_the_worst_are_drawn_from_the_file(data):
    axes = risk.plot_worst(data.isel(ignition_set=0), 0.95)
    worst = next(line for line in axes.lines if "CVaR" in line.get_label())
    np.testing.assert_array_equal(worst.get_xdata(), data.burn_fraction_cvar.sel(quantile=0.95).isel(ignition_set=0))
