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

HEIGHT, WIDTH = 240, 300  # [cells]
CELL = 25.0               # their side [m]
WEST, NORTH = 372000.0, 5846000.0  # of the upper left corner [m]
EPSG = 28355              # GDA94 / MGA zone 55
STEEPEST = 0.62           # slope [1] at which soil slides
CREEK, RIVER, WIDE_RIVER = 3000, 8000, 25000  # catchments [cells]: from there on a valley has a floor, a stream is
                                              # water, and it is two cells wide
MARGIN = 16               # cells around the landscape, so that its edges are as natural as its middle

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

SIDE, DIAGONAL = 1.0, math.sqrt(2.0)
NEIGHBOURS = [(-1, 0, SIDE), (0, -1, SIDE), (0, 1, SIDE), (1, 0, SIDE),
              (-1, -1, DIAGONAL), (-1, 1, DIAGONAL), (1, -1, DIAGONAL), (1, 1, DIAGONAL)]


def smooth_step(share):
    return share * share * (3 - 2 * share)


def enlarge(values, factor):
    """Values, shape (m, n), between them smoothly interpolated ones: shape (factor * (m - 1), factor * (n - 1))."""
    for axis in (0, 1):
        share = smooth_step((np.arange(factor) + 0.5) / factor)
        share = share.reshape((1, -1, 1) if axis == 0 else (1, 1, -1))
        low, high = (values[:-1, None, :], values[1:, None, :]) if axis == 0 else (values[:, :-1, None], values[:, 1:, None])
        mixed = low + (high - low) * share
        values = mixed.reshape((-1, values.shape[1]) if axis == 0 else (values.shape[0], -1))
    return values


def noise(shape, coarsest, finest, seed):
    """Fractal noise, shape `shape`, about -1 to 1: lattices of `coarsest`, half of that, .. `finest` cells, each half
    as high as the one before."""
    draws = np.random.RandomState(seed)
    total, weight = np.zeros(shape), 1.0
    while coarsest >= finest:
        lattice = [size // coarsest + 2 for size in shape]
        total += weight * enlarge(2 * draws.random_sample(lattice) - 1, coarsest)[:shape[0], :shape[1]]
        coarsest, weight = coarsest // 2, weight / 2
    return total


# ---------------------------------------------------------------------------------------------------------- the ground


def drainage(ground, outlet):
    """Where water runs from each cell of `ground`, shape (height, width) [m], to leave it at the cell `outlet`.

    Returns (order, receiver): cell numbers from the outlet upwards, and the cell that each cell drains into. Hollows
    overflow at their lowest edge.

    Source: R. Barnes, C. Lehman, D. Mulla, Computers & Geosciences 62 (2014) 117-127 (priority flood).
    """
    wide = ground.shape[1] + 2  # with a border, so that every cell has eight neighbours
    level = np.pad(ground, 1).ravel().tolist()
    is_dry = np.pad(np.ones(ground.shape, bool), 1).ravel().tolist()
    steps = [dy * wide + dx for dy, dx, _ in NEIGHBOURS]
    outlet += wide + 1 + 2 * (outlet // ground.shape[1])
    is_dry[outlet] = False
    order, shore = [], [(level[outlet], outlet)]
    while shore:
        water, cell = heapq.heappop(shore)
        order.append(cell)
        for step in steps:
            other = cell + step
            if is_dry[other]:
                is_dry[other] = False
                level[other] = max(level[other], water + 1e-6)
                heapq.heappush(shore, (level[other], other))
    y, x = np.divmod(order, wide)
    return ((y - 1) * ground.shape[1] + x - 1).tolist(), steepest_ways(np.reshape(level, (-1, wide))[1:-1, 1:-1])


def steepest_ways(level):
    """The neighbour down the steepest way from each cell, as a list; of a cell without any, itself."""
    height, width = level.shape
    levels = np.full((height + 2, width + 2), math.inf)
    levels[1:-1, 1:-1] = level
    drops = np.stack([(levels[1:-1, 1:-1] - levels[1 + dy:height + 1 + dy, 1 + dx:width + 1 + dx]) / distance
                      for dy, dx, distance in NEIGHBOURS])
    offsets = np.array([dy * width + dx for dy, dx, _ in NEIGHBOURS])
    return (np.arange(level.size) + np.where(drops.max(axis=0) > 0, offsets[drops.argmax(axis=0)], 0).ravel()).tolist()


def catchment(order, receiver):
    """The number of cells that drain through each cell, itself among them: a list."""
    area = [1] * len(order)
    for cell in reversed(order):
        if receiver[cell] != cell:
            area[receiver[cell]] += area[cell]
    return area


def erode(ground, outlet, side, steps, uplift, cutting):
    """Raises the ground by `uplift` [m] in each of so many steps while rivers cut into it: by `cutting` times slope
    times root of the catchment [cells of 25 m], in implicit steps, so that any length of step is stable.

    Source: J. Braun, S. D. Willett, Geomorphology 180-181 (2013) 170-179.
    """
    height, width = ground.shape
    for _ in range(steps):
        order, receiver = drainage(ground, outlet)
        area = catchment(order, receiver)
        level = (ground + uplift).ravel().tolist()
        level[outlet] = float(ground.ravel()[outlet])
        for cell in order[1:]:
            below = receiver[cell]
            distance = side * (SIDE if abs(cell - below) in (1, width) else DIAGONAL)
            force = cutting * math.sqrt(area[cell]) * side / distance
            cut = (level[cell] + force * level[below]) / (1 + force)
            level[cell] = min(cut, level[below] + STEEPEST * CELL * distance)
        ground = creep(np.reshape(level, (height, width)), 0.35)
    return ground


def creep(ground, share):
    """Soil moves downhill: each cell goes a share of the way to the mean of its four neighbours."""
    wide = np.pad(ground, 1, mode="edge")
    mean = (wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]) / 4
    return ground + share * (mean - ground)


def terrain():
    """The ground [m] before its valleys are filled, with the margin, and the cell where all water leaves it."""
    shape = (HEIGHT + 2 * MARGIN) // 4, (WIDTH + 2 * MARGIN) // 4
    outlet = int(shape[0] * 0.75)  # its row at the western edge
    ground = 200 + 60 * noise(shape, 16, 2, seed=1) + 100 * off_axis(shape) ** 2
    for side, steps in ((4, 40), (2, 8), (1, 2)):  # large things first, on large cells
        if side < 4:
            ground = creep(creep(ground.repeat(2, axis=0).repeat(2, axis=1), 0.5), 0.5)
            ground += 1.5 * side * noise(ground.shape, 8, 2, seed=side)
            outlet *= 2
        hills = np.maximum(1 + 0.5 * noise(ground.shape, 64 // side, 16 // side, seed=10), 0.2)
        valley = 0.12 + smooth_step(np.minimum(np.abs(off_axis(ground.shape)) / 0.42, 1))
        ground = erode(ground, outlet * ground.shape[1], side, steps, 9.0 * hills * valley, 0.1)
    return ground, outlet * ground.shape[1]


def off_axis(shape):
    """How far south of the valley's axis, which runs from the east north east to the west south west, each cell lies
    [height of the grid]."""
    y, x = ((np.arange(size) + 0.5) / size for size in shape)
    return y[:, None] - (0.75 - 0.5 * smooth_step(x))[None, :]


def fill_floor(ground, order, receiver, area, depth=45.0):
    """Fills valleys up: returns the new ground, and its height above the creek or river where its water gets there [m]."""
    level, base = ground.ravel().tolist(), [0.0] * ground.size
    for cell in order:
        base[cell] = level[cell] if area[cell] >= CREEK else base[receiver[cell]]
    base = np.reshape(base, ground.shape)
    above = np.maximum(ground - base, 0)
    above = above * above / (above + depth)
    return base + above, above


def river(order, receiver, area, shape):
    """Where there is water, shape `shape`: no two cells of it meet at a corner only, where a fire could slip through."""
    width = shape[1]
    water = np.zeros(shape, bool)
    for cell in order:
        if area[cell] >= RIVER:
            (y, x), (below_y, below_x) = divmod(cell, width), divmod(receiver[cell], width)
            water[y, x] = water[below_y, x] = True
            if area[cell] >= WIDE_RIVER:
                water[y, below_x] = water[min(y + 1, shape[0] - 1), x] = True
    return water


def gradient(ground):
    """Its rise [1] to the south and to the east, shape (height, width) each; one cell less wide at the edges."""
    wide = np.pad(ground, 1, mode="edge")
    return (wide[2:, 1:-1] - wide[:-2, 1:-1]) / (2 * CELL), (wide[1:-1, 2:] - wide[1:-1, :-2]) / (2 * CELL)


def surroundings(values, radius):
    """The mean over the square of so many cells to each side."""
    for axis in (0, 1):
        pad = [(radius + 1, radius) if along == axis else (0, 0) for along in (0, 1)]
        sums = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis)
        size, window = values.shape[axis], 2 * radius + 1
        values = (np.take(sums, range(window, window + size), axis) - np.take(sums, range(size), axis)) / window
    return values


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
