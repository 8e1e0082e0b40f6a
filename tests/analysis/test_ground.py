"""Areas, relief and fuel under maps, by hand on a landscape of 4 x 6 cells of 50 x 100 m."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr
from firesweep_analysis import ground, maps

FUEL = [[1, 1, 3, 3, -1, 3],
        [1, 1, 3, 3, 98, 3],
        [1, 91, 3, 3, 98, 3],
        [1, 1, 3, 3, 98, 3]]

EXPERIMENT = '''name: slope
landscape:
  fuel_classes: {1: {name: "cured \\"grass\\", long", spread: 2}, 3: {name: forest, spread: 1}, 98: {spread: 0, burnable: false}}
'''
GRASS = 'cured "grass", long'


@pytest.fixture
def land():
    """Two danger levels of ten fires; rises by 50 m from column to column; a cell in the north is no land."""
    fuel = np.array(FUEL, float)
    missing = fuel < 0
    count = np.where(np.isin(FUEL, (1, 3)), np.arange(6) * 2, 0)
    elevation = np.where(missing, np.nan, np.arange(6) * 50.0 + np.zeros((4, 1)))
    return xr.Dataset(
        {"burn_count": (("danger_level", "y", "x"), np.stack([count // 2, count])), "runs_ok": ("danger_level", [10, 10]),
         "runs_started": ("danger_level", [10, 10]), "runs_planned": ("danger_level", [10, 10]),
         "burn_fraction": (("danger_level", "seed"), [[0.1] * 10, [0.5] * 10]),
         "ignitions": (("danger_level", "seed"), np.ones((2, 10), int)),
         "fuel_code": (("y", "x"), np.where(missing, np.nan, fuel)), "elevation": (("y", "x"), elevation)},
        {"danger_level": ["severe", "extreme"], "x": 500025.0 + 50 * np.arange(6), "y": 6000350.0 - 100 * np.arange(4)},
        {"axes": "danger_level", "name": "slope", "cell_area": 0.5, "burnable_cells": 19, "land_cells": 23, "width": 6,
         "height": 4, "confidence": 0.95, "experiment": EXPERIMENT})


def test_a_share_of_the_land_is_an_area(land):
    np.testing.assert_allclose(ground.hectares(land, land.burn_fraction.mean("seed")), [0.1 * 19 * 0.5, 0.5 * 19 * 0.5])


def test_a_landscape_without_rasters_burns_everywhere(land):
    del land.attrs["burnable_cells"]
    assert ground.hectares(land, 1) == 24 * 0.5


def test_slopes_that_face_the_north_west_are_light(land):
    light = ground.hillshade(land)
    assert np.isnan(light[0, 4]) and np.isnan(light).sum() == 1
    away = ground.hillshade(land.assign(elevation=land.elevation[:, ::-1].assign_coords(x=land.x)))
    assert light[2, 1:4].min() > away[2, 1:4].max()  # rising eastwards it faces the west


def test_fuels_are_shares_of_the_land(land):
    shares = ground.fuels(land)
    assert shares.index.tolist() == [1, 3, 91, 98]
    np.testing.assert_allclose(shares, np.array([7, 12, 1, 3]) / 23)


def test_burn_probability_by_fuel_is_a_mean_over_its_cells(land):
    table = ground.by_fuel(land, maps.probability(land))
    assert table.index.tolist() == [GRASS, "forest", "91", "98"]
    np.testing.assert_allclose(table["area [ha]"], [3.5, 6, 0.5, 1.5])
    np.testing.assert_allclose(table.loc[GRASS][["severe", "extreme"]], [3 / 70, 6 / 70])
    np.testing.assert_allclose(table["extreme"][["91", "98"]], 0)


def test_classes_are_called_as_the_experiment_calls_them(land):
    assert ground.names(land) == {1: GRASS, 3: "forest"}
    del land.attrs["experiment"]
    assert ground.names(land) == {}


def test_what_is_near_a_class_is_reckoned_in_metres(land):
    close = ground.near(land, 91, 100)
    assert set(zip(*map(list, np.nonzero(close)))) == {(2, 0), (2, 2), (2, 3), (1, 1), (3, 1)}
    assert not ground.near(land, 77, 100).any()


def test_the_page_of_a_landscape_shows_fuel_and_a_map_for_each_level(land):
    figure = ground.overview(land)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert {"What grows", "severe", "extreme"} <= set(titles)
    legend = figure.axes[titles.index("What grows")].get_legend()
    assert [text.get_text() for text in legend.get_texts()][0] == f"{GRASS}, 30\N{NO-BREAK SPACE}%"
    assert "12 ha of land" in figure.texts[0].get_text()
    figure.canvas.draw()


def test_relief_lies_under_maps_with_a_bar_of_a_round_length(land):
    figure = ground.plot_panels(land, maps.probability(land))
    figure.canvas.draw()
    for axes in figure.axes[:2]:
        assert len(axes.images) == 2 and axes.images[1].get_zorder() < axes.images[0].get_zorder()
        assert [text.get_text() for text in axes.texts if text.get_text()] == ["50 m", "N"]


def test_maps_have_coordinates_and_an_arrow_of_a_wind_that_turns_fires(land):
    land["wind_direction"] = ("danger_level", [315.0, 270.0])
    still = ground.plot_panels(land, maps.probability(land))
    assert "wind" not in [text.get_text() for text in still.axes[0].texts]
    land.attrs["experiment"] += "model:\n  wind_directionality: 0.015\n"
    assert [ground.wind_to(land.isel(danger_level=level)) for level in (0, 1)] == [135, 90]
    axes = ground.plot_panels(land, maps.probability(land)).axes[0]
    assert [text.get_text() for text in axes.texts if text.get_text()] == ["50 m", "N", "wind"]
    places = dict(zip((label.get_text() for label in axes.get_yticklabels()), axes.get_yticks()))
    assert places["6000.2"] == pytest.approx(1.5)  # between the rows at 6000250 and 6000150
    assert axes.get_aspect() == 2  # of cells


def test_an_axis_that_turns_fires_says_how_much(land):
    land["wind_direction"] = 90.0
    for strength, to in ((0.0, None), (0.03, 270.0)):
        assert ground.wind_to(land.assign_coords(wind_directionality=strength)) == to


def test_a_row_of_cells_and_feet_have_sides_in_metres(land):
    assert ground.cell_sides(land) == (50, 100)
    assert ground.cell_sides(land.isel(y=[0])) == (50, 100)
    crs = ("crs", [0], {"metres_per_unit": 0.5})
    assert ground.cell_sides(land.drop_vars("elevation").assign(crs=crs)) == (25, 50)
    ground.orient(plt.subplots()[1], land.isel(x=[0], y=[0]))


def test_areas_and_times_are_written_for_people():
    assert [ground.area(hectares) for hectares in (0.625, 4402.2)] == ["0.62\N{NO-BREAK SPACE}ha",
                                                                      "4\N{NARROW NO-BREAK SPACE}402\N{NO-BREAK SPACE}ha"]
    assert [ground.duration(minutes) for minutes in (0, 65.4)] == ["0:00\N{NO-BREAK SPACE}h", "1:05\N{NO-BREAK SPACE}h"]


def test_a_file_without_fuel_is_refused_and_told_what_it_needs(data):
    assert not ground.has_ground(data) and not ground.has_fuel(data)
    with pytest.raises(ValueError, match="landscape.fuel"):
        ground.overview(data)
    plt.close("all")
