"""The ground of the valley that make_valley.py makes: what rain, soil that creeps and mud leave of rising land.

Of real numbers only sums, products, quotients and roots are taken, so that it is the same on any machine.
"""

import heapq
import math

import numpy as np

HEIGHT, WIDTH = 240, 300  # [cells]
CELL = 25.0               # their side [m]
STEEPEST = 0.62           # slope [1] at which soil slides
CREEK, RIVER, WIDE_RIVER = 3000, 8000, 25000  # catchments [cells]: from there on a valley has a floor, a stream is
                                              # water, and it is two cells wide
MARGIN = 16               # cells around the landscape, so that its edges are as natural as its middle

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
