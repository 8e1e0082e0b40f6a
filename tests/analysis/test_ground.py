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
        assert [text.get_text() for text in axes.texts] == ["50 m"]


def test_a_file_without_fuel_is_refused_and_told_what_it_needs(data):
    assert not ground.has_ground(data) and not ground.has_fuel(data)
    with pytest.raises(ValueError, match="landscape.fuel"):
        ground.overview(data)
    plt.close("all")
