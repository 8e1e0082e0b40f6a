"""The landscape of experiments/valley.yaml is what its script makes, on this machine too, and holds what it promises."""

import csv

import numpy as np
import pytest
from conftest import SOURCE
from scipy import ndimage

gdal = pytest.importorskip("osgeo.gdal", reason="GDAL's Python bindings are not installed")
gdal.UseExceptions()
import make_valley  # noqa: E402  (needs GDAL)

FOLDER = SOURCE / "experiments/valley"
TREATMENTS = ("burnt_block", "burnt_mosaic", "fuel_break", "treated")
LAYERS = ("fuel", *TREATMENTS, "houses", "elevation")


def layer(folder, name):
    """The raster `name` of `folder`: its cells, and what else there is to know about it."""
    raster = gdal.Open(str(folder / f"{name}.tif"))
    band = raster.GetRasterBand(1)
    place = raster.GetSpatialRef().GetAuthorityCode(None), raster.GetGeoTransform()
    return raster.ReadAsArray(), (*place, band.DataType, band.GetDescription(), band.GetUnitType(), band.GetNoDataValue())


@pytest.fixture(scope="module")
def committed():
    return {name: layer(FOLDER, name) for name in LAYERS}


def test_the_script_makes_the_committed_rasters_again(committed, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.argv", ["make_valley.py", "-o", str(tmp_path)])
    make_valley.main()
    for name in LAYERS:
        cells, rest = layer(tmp_path, name)
        np.testing.assert_array_equal(cells, committed[name][0], err_msg=name)
        assert rest == committed[name][1]


def test_the_layers_lie_on_one_grid_and_miss_no_cell(committed):
    for name in LAYERS:
        cells, (crs, transform, *_, missing) = committed[name]
        assert cells.shape == (240, 300) and crs == "28355" and missing is None
        assert transform == (372000, 25, 0, 5846000, 0, -25)
    assert 200 < committed["elevation"][0].min() and committed["elevation"][0].max() < 900


def test_every_code_has_a_class_and_every_class_a_cell(committed):
    with open(FOLDER / "fuels.csv", encoding="utf-8", newline="") as table:
        rows = {int(row["code"]): row for row in csv.DictReader(table)}
    assert set(rows) == set(make_valley.COLOURS)
    assert set(np.unique([committed["fuel"][0], committed["treated"][0]])) == set(rows)
    assert {code for code, row in rows.items() if row["burnable"] == "no"} == {91, 98, 99}


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_treatment_touches_what_burns_and_nothing_else(committed, treatment):
    fuel, treated = committed["fuel"][0], committed[treatment][0]
    changed = fuel != treated
    assert 300 < changed.sum() < 5000
    assert set(np.unique(treated[changed])) <= {make_valley.BURNT_LAST_YEAR, make_valley.FUEL_BREAK}
    assert not np.isin(fuel[changed], (make_valley.TOWN, make_valley.WATER, make_valley.ROCK)).any()


def test_both_burning_programmes_burn_as_much(committed):
    block, mosaic = (np.sum(committed[name][0] != committed["fuel"][0]) for name in ("burnt_block", "burnt_mosaic"))
    assert abs(block - mosaic) < 0.07 * block


def test_houses_stand_in_gardens_and_on_farms(committed):
    fuel, houses = committed["fuel"][0], committed["houses"][0]
    stands_on = set(np.unique(fuel[houses > 0]))
    assert stands_on == {make_valley.GARDENS, make_valley.GRASS, make_valley.PASTURE}
    assert (houses[fuel == make_valley.GARDENS] > 0).all() and houses.max() == 4


def test_no_fire_slips_through_the_river(committed):
    """Cells that touch at a corner let a fire pass between them; water cells all touch along sides."""
    water = committed["fuel"][0] == make_valley.WATER
    assert ndimage.label(water)[1] == 1
    banks, count = ndimage.label(~water[150:, :40], np.ones((3, 3)))
    assert count == 2  # downstream, where it crosses the window


def test_the_rasters_are_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 300_000
