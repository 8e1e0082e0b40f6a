"""Fires on landscapes are distributed as those of an implementation which shares nothing with the program."""

import os
import subprocess

import numpy as np
import pytest
import scipy.stats

from independent_landscape import Case

FIRES = 2500
HOT = {"humidity": 10, "temperature": 40}
GRASS = [(1.0, None, True)]


def plane(side, degrees, towards):
    """Ground that rises evenly towards a direction of the grid, clockwise from north."""
    y, x = np.mgrid[:side, :side]
    rise = np.tan(np.radians(degrees)) * 30
    return rise * (np.sin(np.radians(towards)) * x - np.cos(np.radians(towards)) * y)


def hills(side):
    """Broad slopes that all differ a little, so that there are more gradients than bins."""
    y, x = np.mgrid[:side, :side]
    return plane(side, 11, 70) + 25 * np.sin(x / 9) + 20 * np.cos(y / 11 + x / 23)


def mosaic(side, classes):
    """Classes cell by cell, but for the centre, which burns."""
    fuel = np.random.default_rng(3).integers(0, classes, (side, side))
    fuel[side // 2, side // 2] = 0
    return fuel


def flat(side):
    return np.zeros((side, side), dtype=int)


CASES = {
    "wind_and_convergence": Case(flat(61), GRASS, cell=(30.0, 50.0), convergence=-14.13, start=(30, 30), max_steps=30,
                                 parameters={**HOT, "wind_speed": 40, "wind_direction": 305, "wind_directionality": 0.036,
                                             "fuel_scale": 1.5}),
    "plane": Case(flat(61), GRASS, plane(61, 17, 200), start=(30, 30), max_steps=30,
                  parameters={**HOT, "wind_speed": 20, "fuel_scale": 1.3}),
    "hills": Case(flat(81), GRASS, hills(81), start=(20, 40), max_steps=60,
                  parameters={**HOT, "wind_speed": 10, "fuel_scale": 1.1}),
    "hills_to_extinction": Case(flat(61), GRASS, hills(61), start=(30, 30), parameters={**HOT, "wind_speed": 10}),
    "classes": Case(mosaic(61, 4), [(0.8, 0.9, True), (1.8, None, True), (2.5, 0.7, True), (1.0, None, False)],
                    start=(30, 30), max_steps=40, parameters={**HOT, "wind_speed": 50, "wind_direction": 90, "fuel_scale": 1.6,
                                                             "wind_directionality": 0.02, "independent": 1}),
    "alexandridis": Case(mosaic(61, 2), [(0.7, 1.0, True), (1.1, 0.95, True)], hills(61), start=(30, 30), max_steps=18,
                         parameters={"wind_speed": 20, "wind_direction": 180, "wind_directionality": 0.131 / 3.6,
                                     "slope_coefficient": 0.078, "alexandridis": 1}),
}


@pytest.mark.parametrize("name", CASES)
def test_fires_pass_two_sample_kolmogorov_smirnov_tests(name):
    case = CASES[name]
    output = subprocess.run([os.environ["LANDSCAPE_FIRES"]], input=case.text(FIRES), capture_output=True, text=True, check=True)
    burnt, steps = np.loadtxt(output.stdout.splitlines(), dtype=int, unpack=True)
    expected_burnt, expected_steps, _ = case.burn(FIRES, np.random.default_rng(20261128))
    assert scipy.stats.ks_2samp(burnt, expected_burnt).pvalue > 1e-3  # seeds are fixed, so never by chance
    assert scipy.stats.ks_2samp(steps, expected_steps).pvalue > 1e-3
    assert np.std(burnt) > 10  # or there would be nothing to compare
