"""What holds for every figure: named axes, looks that differ without colour, numbers that can be read."""

import matplotlib as mpl
import numpy as np
import pytest
import xarray as xr
from firesweep_analysis import convergence, exceedance, maps, overview, risk, sensitivity, sizes, style


def drawings(data, weather):
    centre = data.isel(ignition_set=0)
    course = convergence.running(centre.burn_fraction, 0.1)
    classes = risk.matrix(centre.burn_fraction)
    response = weather.exceedance.sel(threshold=0.1, temperature=50,
                                      vegetation_density=0.85).isel(ignition_set=0)
    yield sizes.plot_sizes(centre.burn_fraction)
    yield sizes.plot_escape(centre)
    yield sizes.plot_course(centre)
    yield sizes.plot_course(centre, burning=False)
    yield exceedance.plot(exceedance.curve(centre.burn_fraction))
    yield risk.plot_matrix(classes)
    yield risk.plot_likelihood_classes(classes)
    yield risk.plot_worst(centre)
    yield maps.plot_profile(centre)
    yield sensitivity.plot_response(response)
    yield sensitivity.plot_collapse(sensitivity.collapse(weather, 0.1))
    yield convergence.plot_standard_error(course)
    yield convergence.plot_running(course)


def test_every_axis_has_a_name_and_no_text_leaves_its_figure(data, weather):
    for axes in drawings(data, weather):
        assert axes.get_xlabel() and axes.get_ylabel()
        figure = axes.figure
        figure.draw_without_rendering()
        drawn = figure.get_tightbbox()  # in inches
        width, height = figure.get_size_inches()
        assert -0.02 <= drawn.x0 and drawn.x1 <= width + 0.02, axes.get_xlabel()
        assert -0.02 <= drawn.y0 and drawn.y1 <= height + 0.02, axes.get_ylabel()


def test_danger_levels_differ_by_line_and_marker_and_not_only_by_colour():
    looks = style.looks(style.DANGER_LEVELS)
    assert len({(str(look["linestyle"])) for look in looks}) == len({look["marker"] for look in looks}) == 7
    assert style.looks(["extreme"])[0] == looks[5]  # a level always looks the same


def test_many_values_get_shades_that_darken_steadily():
    colours = [mpl.colors.to_rgb(look["color"]) for look in style.looks(np.arange(9.0))]
    lightness = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in colours]
    assert (np.diff(lightness) > 0).all()


def test_the_colours_of_maps_and_fires_differ_in_grey():
    steps = maps.FIRE(np.linspace(0, 1, 9))[:, :3] @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(steps) < -0.02).all()
    from firesweep_analysis import fire
    greys = sorted(np.dot(mpl.colors.to_rgb(colour), [0.2126, 0.7152, 0.0722]) for colour in fire.COLOURS)
    assert min(np.diff(greys)) > 0.12


@pytest.mark.parametrize("share, text", [(0, "0 %"), (1, "100 %"), (0.684, "68.4 %"), (0.0000301, "0.00301 %"),
                                         (np.nan, "–"), (0.999999, "100 %"), (0.02, "2.00 %"),
                                         (0.59, "59.0 %"), (1e-7, "0.0000100 %")])
def test_estimated_shares_are_written_in_percent_with_all_their_digits(share, text):
    assert style.percent(share).replace("\u00a0", " ") == text


@pytest.mark.parametrize("share, text", [(0.1, "10 %"), (0.95, "95 %"), (0.005, "0.5 %"), (0.07, "7 %"), (1, "100 %")])
def test_shares_that_somebody_chose_are_written_as_they_are(share, text):
    assert style.stated(share).replace("\u00a0", " ") == text


@pytest.mark.parametrize("difference, text", [(0.123, "+12.3"), (-0.005, "−0.500"), (0, "0")])
def test_differences_are_written_in_points_with_their_sign(difference, text):
    assert style.points(difference) == text


def test_the_overview_is_one_page_with_four_maps(data):
    figure = overview.overview(data, ignition_set="ridge")
    assert sum(bool(axes.images) for axes in figure.axes) == 4
    assert "ignition set ridge" in figure._suptitle.get_text()
    with pytest.raises(ValueError, match="outputs.maps: true"):
        overview.overview(data.drop_vars("burn_count"))


def test_the_table_of_sizes_has_the_files_numbers(data):
    table = sizes.table(data)
    assert len(table) == 21
    row = table.loc[("catastrophic", "centre")]
    sizes_of = data.burn_fraction.sel(danger_level="catastrophic", ignition_set="centre").values
    assert row["mean"] == pytest.approx(sizes_of.mean(), rel=1e-12)
    assert row["median"] == pytest.approx(np.median(sizes_of), rel=1e-12)
    assert row["size if escaped"] == pytest.approx(sizes_of[sizes_of > 0.1].mean(), rel=1e-12)
    assert row["started"] == pytest.approx((data.ignitions.sel(danger_level="catastrophic", ignition_set="centre") > 0).mean())


def test_fires_that_are_all_alike_have_no_interval(data):
    alike = data.assign(burn_fraction_sd=data.burn_fraction_sd * 0)
    assert sizes.table(alike)[["mean lower", "mean upper"]].isna().all(axis=None)


def curves_of(count):
    values = np.linspace(10, 90, count)
    fractions = np.random.default_rng(1).uniform(0.1, 1, (count, 50))
    data = xr.DataArray(fractions, {"wind_speed": values, "seed": np.arange(50)}, name="burn_fraction")
    return exceedance.plot(exceedance.curve(data))


def test_legends_of_many_series_stay_within_their_figure():
    axes = curves_of(style.MOST_ENTRIES)
    axes.figure.draw_without_rendering()
    drawn, (width, height) = axes.get_legend().get_window_extent(), axes.figure.get_size_inches() * axes.figure.dpi
    assert 0 <= drawn.y0 and drawn.y1 <= height and drawn.x1 <= width


@pytest.mark.parametrize("count", [style.MOST_ENTRIES + 1, 400])
def test_legends_of_more_series_are_scales_of_their_colours(count):
    axes = curves_of(count)
    scale = axes.figure.axes[-1]
    axes.figure.draw_without_rendering()
    assert axes.get_legend() is None and scale is not axes
    assert scale.get_ylabel() == "wind speed" and scale.get_ylim() == (-0.5, count - 0.5)
    named = [text.get_text() for text in scale.get_yticklabels()]
    assert len(named) == 7 and (named[0], named[-1]) == ("10", "90")
    drawn, width = axes.figure.get_tightbbox(), axes.figure.get_size_inches()[0]
    assert drawn.x1 <= width + 0.02
    strip = scale.collections[-1] if scale.collections else scale.images[-1]
    lines = [line.get_color() for line in axes.get_lines()]
    assert np.allclose(strip.cmap(strip.norm([0, count - 1]))[:, :3], [mpl.colors.to_rgb(lines[0]), mpl.colors.to_rgb(lines[-1])])
