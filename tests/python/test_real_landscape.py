"""Fires on public rasters drive where those of an implementation do which shares nothing with the program."""

import json
import os
import pathlib

import numpy as np
import pytest
import xarray as xr

from independent_landscape import Case

gdal = pytest.importorskip("osgeo.gdal", reason="GDAL's Python bindings are not installed")
osr = pytest.importorskip("osgeo.osr")
pytestmark = pytest.mark.skipif("FIRESWEEP_PUBLIC_DATA" not in os.environ,
                                reason="FIRESWEEP_PUBLIC_DATA names no folder of public rasters")

START = (130, 260)  # column and row, in a wood without roads
STEPS = 60
FIRES, INDEPENDENT_FIRES = 2000, 800  # standard errors of their directions: 0.1 to 0.3, and 0.3 to 0.4 degrees
WEATHER = {"wind_speed": 40, "wind_direction": 270, "humidity": 10, "temperature": 40}
WIND_DIRECTIONALITY, FUEL_SCALE = 0.036, 2.4
NONBURNABLE = range(91, 100)
SPREAD = {10: 1.5, 12: 1.3, 14: 1.2, 16: 1.0, 18: 0.8}
"""Of grass, grass and shrub, shrub, timber and litter, by the tens of their codes: invented."""


class Ground:
    """The rasters of a part of Vermont, with all fuels alike or not, flat or not."""

    def __init__(self, fuels_differ, is_hilly):
        folder = pathlib.Path(os.environ["FIRESWEEP_PUBLIC_DATA"]) / "landfire_vermont"
        self.fuel = gdal.Open(str(folder / "LC22_F40_230.tif"))
        self.elevation = gdal.Open(str(folder / "LC20_Elev_220.tif")) if is_hilly else None
        self.fuels_differ = fuels_differ

    def spread(self, code):
        return SPREAD.get(code // 10, 1.0) if self.fuels_differ else 1.0

    def burns(self, code):
        return not self.fuels_differ or code not in NONBURNABLE

    def start(self):
        """Easting and northing."""
        west, cell, _, north, _, _ = self.fuel.GetGeoTransform()
        return west + cell * (START[0] + 0.5), north - cell * (START[1] + 0.5)

    def convergence(self):
        """Where true north lies at the centre, clockwise from the columns [degrees]."""
        west, cell, _, north, _, _ = self.fuel.GetGeoTransform()
        centre = west + cell * self.fuel.RasterXSize / 2, north - cell * self.fuel.RasterYSize / 2
        degrees = osr.SpatialReference()
        degrees.ImportFromEPSG(4326)
        degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        longitude, latitude, _ = osr.CoordinateTransformation(self.fuel.GetSpatialRef(), degrees).TransformPoint(*centre)
        back = osr.CoordinateTransformation(degrees, self.fuel.GetSpatialRef())
        easting, northing, _ = back.TransformPoint(longitude, latitude + 0.001)
        return np.degrees(np.arctan2(easting - centre[0], northing - centre[1]))


def direction(burns, east, north):
    """Of the centroid of burnt cells from where they were lit, clockwise from the columns [degrees]."""
    return float(np.degrees(np.arctan2((burns * east).sum(), (burns * north).sum())))


def independent_direction(ground):
    """The square that fires can reach in that time is enough."""
    side = 2 * STEPS + 1
    around = np.s_[START[1] - STEPS:START[1] + STEPS + 1, START[0] - STEPS:START[0] + STEPS + 1]
    codes, indices = np.unique(ground.fuel.ReadAsArray()[around], return_inverse=True)
    case = Case(indices.reshape(side, side), [(ground.spread(code), None, ground.burns(code)) for code in codes],
                ground.elevation and ground.elevation.ReadAsArray()[around].astype(float), convergence=ground.convergence(),
                parameters={**WEATHER, "wind_directionality": WIND_DIRECTIONALITY, "fuel_scale": FUEL_SCALE},
                start=(STEPS, STEPS), max_steps=STEPS)
    _, _, burns = case.burn(INDEPENDENT_FIRES, np.random.default_rng(20261128))
    away = np.arange(-STEPS, STEPS + 1)
    return direction(burns, away, -away[:, None])


def program_direction(firesweep, ground):
    codes = set(np.unique(ground.fuel.ReadAsArray()).tolist()) - {ground.fuel.GetRasterBand(1).GetNoDataValue()}
    landscape = {"fuel": ground.fuel.GetDescription(), "fuel_scale": FUEL_SCALE,
                 "fuel_classes": {code: {"spread": ground.spread(code), "burnable": ground.burns(code)} for code in codes}}
    if ground.elevation:
        landscape["elevation"] = ground.elevation.GetDescription()
    experiment = {"name": "vermont", "landscape": landscape, "weather": WEATHER, "max_steps": STEPS, "on_bare_ground": "force",
                  "model": {"wind_directionality": WIND_DIRECTIONALITY},
                  "matrix": {"ignition_set": {"wood": {"at": [ground.start()]}}, "seed": {"count": FIRES}}}
    with xr.open_dataset(firesweep.run("vermont", json.dumps(experiment), "--fresh"), engine="h5netcdf") as data:
        easting, northing = ground.start()
        return direction(data.burn_probability.squeeze().fillna(0), data.x - easting, data.y - northing)


@pytest.mark.parametrize("fuels_differ, is_hilly", [(False, False), (True, False), (True, True)],
                         ids=["fuels_alike", "fuels", "fuels_and_hills"])
def test_fires_drive_where_those_of_an_independent_model_do(firesweep, fuels_differ, is_hilly):
    ground = Ground(fuels_differ, is_hilly)
    found = program_direction(firesweep, ground)
    assert found == pytest.approx(independent_direction(ground), abs=3)
    if not is_hilly:  # from true north; the lattice turns them by a few degrees
        assert found == pytest.approx(90 + ground.convergence(), abs=5)
