"""One fire as a user would write it with numpy: whole-grid shifts, one random number per cell and step."""

import time

import numpy as np


def spread_probability(wind, humidity, temperature):
    factor = 0.35 * (1 + wind / 120) * (1.15 - humidity / 100) * (0.85 + temperature / 120) * 0.45
    return np.minimum(np.arange(9) * factor, 0.7 if wind > 65 else 0.6)


def burn(p, side, rng, density=0.85):
    """Burns one fire from the centre of a side x side landscape; returns the number of burnt cells."""
    vegetation = rng.random((side, side)) < density
    burning = np.zeros((side, side), dtype=bool)
    burning[side // 2, side // 2] = True
    vegetation &= ~burning
    burnt = 0
    while burning.any():
        burnt += np.count_nonzero(burning)
        padded = np.pad(burning, 1).astype(np.uint8)
        neighbours = sum(padded[1 + dy:1 + dy + side, 1 + dx:1 + dx + side]
                         for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0))
        burning = vegetation & (rng.random((side, side)) < p[neighbours])
        vegetation &= ~burning
    return burnt


def seconds_per_fire(weather, side, fires):
    """Mean time of a fire [s] that starts at once or not: the seeds 0 .. fires - 1."""
    p = spread_probability(*weather)
    start = time.perf_counter()
    for seed in range(fires):
        burn(p, side, np.random.default_rng(seed))
    return (time.perf_counter() - start) / fires
