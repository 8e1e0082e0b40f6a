"""Exceedance curves and their bands, against scipy and by hand."""

import numpy as np
import scipy.stats
import xarray as xr
from firesweep_analysis import exceedance


def test_wilsons_interval_is_scipys():
    for successes, trials, confidence in ((0, 10, 0.95), (3, 10, 0.9), (684, 1000, 0.95), (7, 7, 0.99)):
        found = exceedance.wilson(xr.DataArray(successes), xr.DataArray(trials), confidence)
        expected = scipy.stats.binomtest(successes, trials).proportion_ci(confidence, method="wilson")
        np.testing.assert_allclose(found, [expected.low, expected.high], atol=1e-12)
    assert np.isnan(exceedance.wilson(xr.DataArray(0), xr.DataArray(0))).all()


def test_the_simultaneous_band_has_massarts_height_and_stays_within_0_and_1():
    half = np.sqrt(np.log(2 / 0.05) / 200)
    np.testing.assert_allclose(exceedance.dkw(xr.DataArray(0.5), xr.DataArray(100)), [0.5 - half, 0.5 + half])
    np.testing.assert_allclose(exceedance.dkw(xr.DataArray(0.01), xr.DataArray(100)), [0, 0.01 + half])


def test_a_curve_counts_the_runs_above_each_threshold(fractions):
    curves = exceedance.curve(fractions, [0.0, 0.02, 0.3, 0.9])
    np.testing.assert_array_equal(curves.runs, [5, 4])
    np.testing.assert_allclose(curves.exceedance.sel(danger_level="severe"), [4 / 5, 1 / 5, 0, 0])
    np.testing.assert_allclose(curves.exceedance.sel(danger_level="extreme"), [3 / 4, 3 / 4, 2 / 4, 0])
    assert curves.exceedance_ci.dims == ("danger_level", "threshold", "bound")


def test_a_curve_is_that_of_the_file_where_the_file_has_one(data):
    curves = exceedance.curve(data.burn_fraction, data.threshold.values, data.attrs["confidence"])
    np.testing.assert_allclose(curves.exceedance, data.exceedance, atol=1e-12)
    np.testing.assert_allclose(curves.exceedance_ci, data.exceedance_ci, atol=1e-9)
    np.testing.assert_allclose(curves.exceedance_band, data.exceedance_band, atol=1e-12)


def test_the_default_curve_reaches_from_the_smallest_fire_to_the_largest(data):
    curves = exceedance.curve(data.burn_fraction.isel(ignition_set=0))
    sizes = data.burn_fraction.isel(ignition_set=0).values
    assert curves.threshold[0] < sizes[sizes > 0].min() and curves.threshold[-1] == sizes.max()
    assert (np.diff(curves.exceedance, axis=-1) <= 0).all()
    assert (curves.exceedance.isel(threshold=-1) == 0).all()


def test_a_curve_of_dask_chunks_is_the_same(fractions):
    chunked = exceedance.curve(fractions.chunk({"seed": 2}), [0.01, 0.1])
    xr.testing.assert_identical(chunked, exceedance.curve(fractions, [0.01, 0.1]))


def test_no_fire_at_all_is_a_curve_of_nothing():
    curves = exceedance.curve(xr.DataArray(np.zeros((1, 4)), dims=("danger_level", "seed"),
                                           coords={"danger_level": ["low"]}))
    assert (curves.exceedance == 0).all()
    exceedance.plot(curves)


def test_every_curve_is_drawn_on_logarithmic_axes(data):
    axes = exceedance.plot(exceedance.curve(data.burn_fraction.isel(ignition_set=0)),
                           bands=("exceedance_ci", "exceedance_band"))
    assert len(axes.lines) == 7 and len(axes.collections) == 14
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert [text.get_text() for text in axes.get_legend().get_texts()][:2] == ["low", "moderate"]
