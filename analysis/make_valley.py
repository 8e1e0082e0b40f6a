#!/usr/bin/env python3
"""Makes the landscape of experiments/valley.yaml: an invented valley in the hills of Victoria, Australia.

    analysis/make_valley.py                     # fuel, elevation, houses and treatments in experiments/valley
    analysis/make_valley.py -o FOLDER

Rain cuts a river and its creeks into rising ground, soil creeps down the slopes, and mud fills the valley's floor. What
grows follows from that: pasture on the floor, wet forest where slopes face away from the sun, heath on the ridges. Then
come people: paddocks, a plantation, a road, a town.

The same rasters come out on any machine: of real numbers only sums, products, quotients and roots are taken, which
IEEE 754 rounds alike everywhere, and the draws are RandomState's, which NumPy has frozen (NEP 19).

Needs numpy and GDAL (Debian: python3-numpy python3-gdal).
"""

import argparse
import heapq
import math
import pathlib
import sys

try:
    import numpy as np
    from osgeo import gdal, osr
except ModuleNotFoundError as missing:
    sys.exit(f"make_valley.py: {sys.executable} has no module {missing.name}. Install it (on Debian and Ubuntu: apt-get "
             "install python3-numpy python3-gdal), or start this with a Python that has it, such as "
             f"/usr/bin/python3 {sys.argv[0]}")

from valley_terrain import (CELL, MARGIN, NEIGHBOURS, catchment, drainage, fill_floor, gradient, noise, river, surroundings,
                            terrain)  # needs numpy

WEST, NORTH = 372000.0, 5846000.0  # of the upper left corner [m]
EPSG = 28355              # GDA94 / MGA zone 55

GRASS, PASTURE, OPEN_FOREST, WET_FOREST, HEATH, PLANTATION, GARDENS, ROADSIDE = range(1, 9)
BURNT_LAST_YEAR, FUEL_BREAK = 11, 12
TOWN, WATER, ROCK = 91, 98, 99
"""Codes of fuel; experiments/valley/fuels.csv says what they are."""

COLOURS = {GRASS: (226, 209, 130), PASTURE: (170, 200, 105), OPEN_FOREST: (120, 145, 84), WET_FOREST: (46, 93, 66),
           HEATH: (176, 140, 118), PLANTATION: (72, 130, 110), GARDENS: (205, 180, 185), ROADSIDE: (245, 240, 225),
           BURNT_LAST_YEAR: (140, 120, 160), FUEL_BREAK: (255, 255, 170), TOWN: (150, 60, 70), WATER: (70, 130, 190),
           ROCK: (190, 190, 190)}

TOWN_CENTRE, PINES, BURN = (110, 149), (102, 98), (72, 117)  # rows and columns of the landscape
ROAD_ENDS = (170, -8), (75, 308), (-8, 143), (205, 308)     # beyond its edges


# ------------------------------------------------------------------------------------------------------- what grows


def vegetation(ground, above, area):
    """Codes of fuel, shape (height, width), as they would be without people."""
    south, east = gradient(ground)
    slope = np.sqrt(south * south + east * east)
    shape = ground.shape
    patches, specks = noise(shape, 16, 2, seed=20), noise(shape, 4, 1, seed=21)
    prominence = (ground - surroundings(ground, 12)) / 40  # ridges are over 1, gullies under -1
    moisture = -2.2 * south - 0.6 * prominence + 0.35 * patches + np.minimum(area / 400, 1)
    fuel = np.full(shape, OPEN_FOREST)
    fuel[(prominence + 0.3 * patches + (ground - 450) / 300 > 1.25) & (moisture < 0.4)] = HEATH
    fuel[moisture > 0.6] = WET_FOREST
    fuel[(slope > 0.42) & (prominence + 0.5 * specks > 0.9) | (prominence + 0.4 * specks > 2.2)] = ROCK
    is_floor = (above + 60 * slope + 6 * patches < 20)
    fuel[is_floor] = GRASS
    fuel[is_floor & (specks + patches > 1.25)] = OPEN_FOREST
    return fuel


# ------------------------------------------------------------------------------------------------------ what people do


def squares(shape, length, breadth, seed):
    """Fields in rows that lie askew: a number from 0 to 1 for each, and whether a cell is on the edge of one."""
    y, x = np.arange(shape[0])[:, None], np.arange(shape[1])[None, :]
    along, across = (4 * x - 3 * y) // 5 + shape[0], (3 * x + 4 * y) // 5
    draws = np.random.RandomState(seed).random_sample((2 * sum(shape) // length + 1, 2 * sum(shape) // breadth + 1))
    return draws[along // length, across // breadth], (along % length == 0) | (across % breadth == 0)


def distance_from(shape, y, x):
    """From each cell to a place of the landscape [cells]."""
    south, east = np.arange(shape[0])[:, None] - MARGIN - y, np.arange(shape[1])[None, :] - MARGIN - x
    return np.sqrt(1.0 * south * south + east * east)


def farm(fuel, above):
    """Irrigates the lower fields, and plants pines in rectangles with tracks between them."""
    draws, _ = squares(fuel.shape, 13, 9, seed=40)
    fuel[(fuel == GRASS) & (draws + above / 25 < 0.45)] = PASTURE
    compartments, is_track = squares(fuel.shape, 15, 10, seed=41)
    is_estate = distance_from(fuel.shape, *PINES) + 8 * noise(fuel.shape, 16, 8, seed=42) < 30
    is_estate &= (compartments < 0.8) & np.isin(fuel, (OPEN_FOREST, WET_FOREST))
    fuel[is_estate] = np.where(is_track, ROADSIDE, PLANTATION)[is_estate]


def settle(fuel):
    """Builds the town: streets without fuel, gardens between them and around."""
    away = distance_from(fuel.shape, *TOWN_CENTRE) / (11 + 2.5 * noise(fuel.shape, 8, 4, seed=50))
    draws = np.random.RandomState(51).random_sample(fuel.shape)
    fuel[(away < 1.5) & (draws < 0.5)] = GARDENS
    fuel[away < 1] = np.where(draws < 0.75, TOWN, GARDENS)[away < 1]


def build_roads(fuel, ground, start, ends):
    """Builds the roads that are least trouble from a place of the landscape: steep ground is, and water more."""
    width = ground.shape[1]
    first, *ends = ((y + MARGIN) * width + x + MARGIN for y, x in (start, *ends))
    before = least_trouble(ground, fuel == WATER, first)
    for cell in ends:
        while cell != first:
            if fuel.flat[cell] != WATER:
                fuel.flat[cell] = ROADSIDE
            cell = before[cell]


def least_trouble(ground, is_water, first):
    """The cell before each one on the best way to it from the cell `first` (Dijkstra's algorithm)."""
    width = ground.shape[1]
    level, is_water = ground.ravel().tolist(), is_water.ravel().tolist()
    is_edge = np.pad(np.zeros((ground.shape[0] - 2, width - 2), bool), 1, constant_values=True).ravel().tolist()
    trouble, before, reached = [math.inf] * len(level), [-1] * len(level), [(0.0, first)]
    while reached:
        so_far, cell = heapq.heappop(reached)
        if is_edge[cell] or so_far > trouble[cell]:
            continue
        for dy, dx, distance in NEIGHBOURS:
            other = cell + dy * width + dx
            rise = (level[other] - level[cell]) / 3
            cost = so_far + distance + rise * rise + 30 * is_water[other]
            if cost < trouble[other]:
                trouble[other], before[other] = cost, cell
                heapq.heappush(reached, (cost, other))
    return before


def burn(fuel, where):
    """The same fuel after the forest and heath of a programme were burnt last year."""
    return np.where(where & np.isin(fuel, (OPEN_FOREST, WET_FOREST, HEATH)), BURNT_LAST_YEAR, fuel)


def block(shape):
    """A burn in one piece, north-west of the town."""
    patches = noise(shape, 16, 4, seed=60)
    return (distance_from(shape, *BURN) + 6 * patches < 26) & (patches > -0.9)


def mosaic(fuel, area):
    """The same area [cells] in blocks spread over the whole landscape."""
    draws, is_edge = squares(fuel.shape, 12, 12, seed=61)
    forest = np.isin(fuel, (OPEN_FOREST, WET_FOREST, HEATH)) & ~is_edge
    inside = np.zeros(fuel.shape, bool)
    inside[MARGIN:-MARGIN, MARGIN:-MARGIN] = True
    shares = np.sort(draws[forest & inside])
    return (draws < shares[area]) & ~is_edge


def mow_break(fuel):
    """The same fuel after a break was mown around the town."""
    away = distance_from(fuel.shape, *TOWN_CENTRE) + 2 * noise(fuel.shape, 16, 4, seed=60)
    is_break = (away > 19) & (away < 22.5) & np.isin(fuel, (GRASS, PASTURE, OPEN_FOREST, GARDENS))
    return np.where(is_break, FUEL_BREAK, fuel)


def count_houses(fuel):
    """Houses in each cell: up to four in a garden, and here and there one on a farm."""
    draws = np.random.RandomState(70).random_sample(fuel.shape)
    return np.where(fuel == GARDENS, 1 + (3.99 * draws).astype(int), (np.isin(fuel, (GRASS, PASTURE)) & (draws < 0.004)).astype(int))


def landscape():
    """The layers, shape (height, width), by the names of their files: codes of fuel as they are and after treatments,
    houses, and elevation [m]."""
    ground, outlet = terrain()
    order, receiver = drainage(ground, outlet)
    ground, above = fill_floor(ground, order, receiver, catchment(order, receiver))
    ground = ground + 2 * noise(ground.shape, 32, 2, seed=30)  # for the river to wind through
    order, receiver = drainage(ground, outlet)
    area = catchment(order, receiver)
    fuel = vegetation(ground, above, np.reshape(area, ground.shape))
    farm(fuel, above)
    settle(fuel)
    fuel[river(order, receiver, area, ground.shape)] = WATER
    build_roads(fuel, ground, TOWN_CENTRE, ROAD_ENDS)
    inside = slice(MARGIN, -MARGIN), slice(MARGIN, -MARGIN)
    in_block = burn(fuel, block(fuel.shape))
    in_mosaic = burn(fuel, mosaic(fuel, int((in_block != fuel)[inside].sum())))
    codes = {"fuel": fuel, "burnt_block": in_block, "burnt_mosaic": in_mosaic, "fuel_break": mow_break(fuel),
             "treated": mow_break(in_block), "houses": count_houses(fuel)}
    layers = {name: layer[inside].astype("u1") for name, layer in codes.items()}
    return layers | {"elevation": (np.rint(10 * ground[inside]) / 10).astype("f4")}


def write(path, values, description, unit=""):
    """Writes a layer as a GeoTIFF; codes of fuel get their colours."""
    is_real = values.dtype == np.float32
    height, width = values.shape
    raster = gdal.GetDriverByName("GTiff").Create(
        str(path), width, height, 1, gdal.GDT_Float32 if is_real else gdal.GDT_Byte,
        ["COMPRESS=DEFLATE", "ZLEVEL=9", f"PREDICTOR={3 if is_real else 2}"])
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    raster.SetProjection(reference.ExportToWkt())
    raster.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    band = raster.GetRasterBand(1)
    band.SetDescription(description)
    if unit:
        band.SetUnitType(unit)
    if description == "fuel":
        colours = gdal.ColorTable()
        for code, colour in COLOURS.items():
            colours.SetColorEntry(code, colour)
        band.SetColorTable(colours)
    band.WriteArray(values)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="FOLDER", help="where to write (default: %(default)s)",
                        default=pathlib.Path(__file__).resolve().parent.parent / "experiments/valley")
    output = parser.parse_args().output
    gdal.UseExceptions()
    output.mkdir(parents=True, exist_ok=True)
    for name, layer in landscape().items():
        description = name if name in ("houses", "elevation") else "fuel"
        write(output / f"{name}.tif", layer, description, "m" if name == "elevation" else "")


if __name__ == "__main__":
    main()
