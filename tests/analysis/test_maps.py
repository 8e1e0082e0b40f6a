"""Maps, their intervals, and differences between danger levels."""

import numpy as np
import pytest
import scipy.stats
import xarray as xr
from conftest import firesweep
from firesweep_analysis import maps, results
from PIL import Image


def counts(first, runs_first, second, runs_second):
    burnt = np.array([first, second], "u4").reshape(2, 1, -1)
    return xr.Dataset({"burn_count": (("danger_level", "y", "x"), burnt),
                       "runs_ok": ("danger_level", [runs_first, runs_second])},
                      {"danger_level": ["severe", "extreme"]}, {"confidence": 0.95, "axes": "danger_level"})


@pytest.mark.parametrize("one, other, expected", [((56, 70), (48, 80), (0.0524, 0.3339)),
                                                  ((9, 10), (3, 10), (0.1705, 0.8090)),
                                                  ((10, 10), (0, 20), (0.6791, 1.0))])
def test_the_interval_of_a_difference_is_that_of_newcombes_table_ii(one, other, expected):
    differences = maps.difference(counts([other[0]], other[1], [one[0]], one[1]), "severe", "extreme")
    assert differences.difference.item() == pytest.approx(one[0] / one[1] - other[0] / other[1])
    np.testing.assert_allclose(differences.difference_ci.values.ravel(), expected, atol=6e-5)
    assert differences.clear.item()


def test_a_difference_is_clear_only_if_its_interval_excludes_0(data):
    differences = maps.difference(data.isel(ignition_set=0), "severe", "extreme")
    lower, upper = (differences.difference_ci.sel(bound=bound) for bound in ("lower", "upper"))
    np.testing.assert_array_equal(differences.clear, (lower > 0) | (upper < 0))
    assert differences.clear.any()
    assert (lower <= differences.difference + 1e-12).all() and (differences.difference <= upper + 1e-12).all()
    same = maps.difference(data.isel(ignition_set=0), "severe", "severe")
    assert not same.clear.any()
    maps.plot_difference(same)


def test_maps_of_differences_share_one_scale_and_speak_of_points(data):
    centre = data.isel(ignition_set=0)
    steps = [maps.difference(centre, *pair) for pair in (("severe", "extreme"), ("extreme", "catastrophic"))]
    figure = maps.plot_differences(steps)
    assert len({axes.images[0].get_clim() for axes in figure.axes[:2]}) == 1
    assert figure.axes[0].get_title(loc="left") == "extreme − severe"
    assert figure.axes[-1].get_ylabel() == "difference [percentage points]"
    assert not any("%" in tick.get_text() for tick in figure.axes[-1].get_yticklabels())


@pytest.mark.parametrize("shape, columns", [((60, 600), 1), ((50, 100), 2), ((40, 40), 4), ((400, 20), 4)])
def test_maps_of_any_shape_have_room(shape, columns):
    field = xr.DataArray(np.full((5, *shape), 0.5), dims=("danger_level", "y", "x"), coords={"danger_level": list("abcde")})
    figure = maps.plot_panels(field)
    assert len({axes.get_subplotspec().colspan.start for axes in figure.axes[:5]}) == columns
    assert max(figure.get_size_inches()) < 24


def test_a_map_of_the_fires_that_started_has_them_below_the_line(data):
    at = data.sel(danger_level="extreme", ignition_set="centre")
    expected = at.burn_count / int((at.ignitions >= 1).sum())
    np.testing.assert_allclose(maps.probability(results.given_start(at)), expected)


def test_half_the_width_of_a_cells_interval_is_wilsons(data):
    width = maps.half_width(data.isel(ignition_set=0)).sel(danger_level="extreme")
    burnt = data.burn_count.isel(ignition_set=0).sel(danger_level="extreme")
    expected = scipy.stats.binomtest(int(burnt[40, 40]), 120).proportion_ci(0.95, method="wilson")
    assert float(width[40, 40]) == pytest.approx((expected.high - expected.low) / 2, rel=1e-5)
    maps.plot_half_width(width)


def test_a_cell_is_on_alert_open_or_clear():
    data = counts([0, 1, 9, 100], 400, [0, 0, 0, 0], 400)
    alert = maps.alert_map(data.sel(danger_level="severe"), tolerable=0.02)
    np.testing.assert_array_equal(alert.values, [[-1, -1, 0, 1]])
    maps.plot_alert_map(alert)


def test_cells_that_never_burnt_stay_white(data):
    figure = maps.plot_panels(data.burn_probability.isel(ignition_set=0))
    image = figure.axes[0].images[0]
    never = data.burn_count.isel(ignition_set=0, danger_level=0).values == 0
    np.testing.assert_array_equal(np.ma.getmaskarray(image.get_array()), never)
    assert [axes.get_title(loc="left") for axes in figure.axes[:7]][-1] == "catastrophic"


def test_the_profile_is_the_middle_row(data):
    centre = data.isel(ignition_set=0)
    np.testing.assert_array_equal(maps.profile(centre.burn_probability), centre.burn_probability[:, 128])
    assert len(maps.plot_profile(centre).lines) == 7


def test_the_pictures_that_firesweep_exports_have_the_colours_of_the_figures(folder, tmp_path):
    firesweep("export", folder / "danger-levels.h5", "--maps", "--scenario", "danger_level=extreme", "-o", tmp_path)
    with Image.open(next(tmp_path.glob("*.png"))) as picture:
        palette = np.reshape(picture.getpalette("RGB"), (-1, 3))
    shades = palette[3:]  # after paper, ink and what is not known
    places = np.linspace(0, len(maps.FIRE.colors) - 1, len(shades))
    figures = [np.interp(places, range(len(maps.FIRE.colors)), 255 * np.array(maps.FIRE.colors)[:, i]) for i in range(3)]
    np.testing.assert_allclose(shades, np.transpose(figures), atol=6)
