"""The fire model a second time, from its written definition: numpy, lists of burning cells, numpy's own random numbers."""

import numpy as np

WEATHER = {  # wind [km/h], humidity [%], temperature [degC]
    "low": (15, 65, 25),
    "moderate": (20, 50, 30),
    "high": (30, 35, 35),
    "very_high": (40, 25, 40),
    "severe": (50, 15, 45),
    "extreme": (65, 8, 48),
    "catastrophic": (80, 5, 50),
}


def spread_probability(level):
    """p(0..8) of a danger level."""
    wind, humidity, temperature = WEATHER[level]
    factor = 0.35 * (1 + wind / 120) * (1.15 - humidity / 100) * (0.85 + temperature / 120) * 0.45
    return np.minimum(np.arange(9) * factor, 0.7 if wind > 65 else 0.6)


def burn_fraction(level, side, rng, density=0.85):
    """Burnt share of a side x side landscape after one fire, started at its centre on forced vegetation."""
    p = spread_probability(level)
    stride = side + 2  # a border where nothing grows
    fuel = np.zeros((stride, stride), dtype=bool)
    fuel[1:-1, 1:-1] = rng.random((side, side)) < density
    fuel = fuel.ravel()
    neighbours = np.array([dy * stride + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)])
    burning = np.array([(side // 2 + 1) * stride + side // 2 + 1])
    fuel[burning] = False
    burnt = 0
    while burning.size:
        burnt += burning.size
        candidates = (burning[:, None] + neighbours).ravel()
        reached, heat = np.unique(candidates[fuel[candidates]], return_counts=True)
        burning = reached[rng.random(reached.size) < p[heat]]
        fuel[burning] = False
    return burnt / side**2
