"""Confidence intervals of shares and means, for xarray data of any shape."""

import numpy as np
import xarray as xr
from scipy.special import ndtri, stdtrit


def wilson(successes, trials, confidence=0.95):
    """Wilson's score interval of a proportion; adds a dimension `bound`. NaN for no trials.

    Source: E. B. Wilson, JASA 22 (1927) 209-212.
    """
    z = ndtri((1 + confidence) / 2)
    trials = xr.where(trials > 0, trials, np.nan)
    share = successes / trials
    centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    lower = xr.where(successes == 0, 0.0 * half, centre - half)  # exactly 0, without what rounding leaves
    upper = xr.where(successes == trials, 1 + 0.0 * half, centre + half)
    return bounds(lower, upper).clip(0, 1)


def dkw(share, trials, confidence=0.95):
    """The band of Dvoretzky, Kiefer and Wolfowitz at a share, with Massart's constant; adds a dimension `bound`.

    It covers the whole curve at once with at least `confidence`, where Wilson's interval covers each of its points.
    """
    half = np.sqrt(np.log(2 / (1 - confidence)) / (2 * xr.where(trials > 0, trials, np.nan)))
    return bounds(share - half, share + half).clip(0, 1)


def student(mean, standard_error, count, confidence=0.95):
    """Student's t interval of the mean of `count` values; adds a dimension `bound`. NaN for fewer than two."""
    half = stdtrit(xr.where(count > 1, count - 1, np.nan), (1 + confidence) / 2) * standard_error
    return bounds(mean - half, mean + half)


def bounds(lower, upper):
    """Both along a last dimension `bound`."""
    bound = xr.DataArray(["lower", "upper"], dims="bound", name="bound")
    both = xr.concat([xr.DataArray(lower), xr.DataArray(upper)], bound)
    return both.transpose(..., "bound")
