#!/usr/bin/env python3
"""How often the intervals of a year of fires cover the truth: many small ensembles of one very large one.

The program burns one large ensemble; its seeds are cut into ensembles of `--seeds` fires of each danger level, and each is
estimated here, in numpy, by the formulas of include/firesweep/statistics/season.hpp. That these are the program's is
checked on the first ensembles, which the program estimates as well. The truth is that of all seeds. For each interval the
share of ensembles that it covers the truth in is printed with its standard error, and how often the interval is known.

usage: FIRESWEEP=path/to/firesweep season_coverage.py [--ensembles 1000] [--seeds 50 200] [--checked 3]
"""

import argparse
import collections
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

sys.path[:0] = [str(pathlib.Path(__file__).parents[1] / "python")]
import independent_statistics as again  # noqa: E402  (after the path)

CONFIDENCE = 0.95
THRESHOLDS = [0.05, 0.2, 0.5]
RETURN_PERIODS = [0.5, 1.0, 2.0, 5.0]
RATES = np.array([2.0, 1.0])  # of fires in severe and in extreme weather [year-1]
EXPERIMENT = f"""
name: season-coverage
landscape: {{width: 48, height: 48}}
matrix:
  danger_level: [severe, extreme]
  seed: {{first: 1, count: 1}}
season:
  days_per_year: {{severe: 100, extreme: 50}}
  fires_per_day: 0.02
  return_periods: {RETURN_PERIODS}
outputs: {{maps: false, curves: false, thresholds: {THRESHOLDS}, confidence: {CONFIDENCE}}}
"""
FEWEST_BEYOND = 10


def burn(folder, first, count, *extra):
    """Runs the experiment with these seeds and returns its file's name."""
    output = folder / "season.h5"
    output.unlink(missing_ok=True)
    subprocess.run([os.environ["FIRESWEEP"], "run", str(folder / "season.yaml"), "-o", str(output), "--quiet", "--set",
                    f"matrix.seed={{first: {first}, count: {count}}}", *extra], check=True, stdin=subprocess.DEVNULL)
    return output


def rate_over(values, threshold):
    return RATES @ (values > threshold).mean(axis=1)


def rate_interval(values, threshold):
    """The joined limits of Wilson's intervals of both levels."""
    seeds = values.shape[1]
    over = values > threshold
    share = over.mean(axis=1)
    wilsons = np.array([again.wilson(int(count), seeds, CONFIDENCE) for count in over.sum(axis=1)])
    spread = np.sqrt(share * (1 - share))
    both = np.prod(spread)
    correlation = ((over[0] & over[1]).mean() - np.prod(share)) / both if both > 0 else 0.0
    limits = []
    for side, sign in ((0, -1), (1, 1)):
        one, other = RATES * np.abs(share - wilsons[:, side])
        limits.append(RATES @ share + sign * math.sqrt(max(one**2 + other**2 + 2 * correlation * one * other, 0.0)))
    return max(limits[0], 0.0), min(limits[1], RATES.sum())


def least_size(sizes, falls_below):
    """The least of the sizes at which a rate that falls is low enough; NaN if it is at none."""
    low, high = 0, sizes.size
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if falls_below(sizes[middle]) else (middle + 1, high)
    return sizes[low] if low < sizes.size else np.nan


def size_interval(values, years):
    """Limits of the size exceeded once in so many years, NaN where the ensemble cannot know it."""
    sizes = np.unique(np.append(values, 0.0))
    size = least_size(sizes, lambda x: rate_over(values, x) <= 1 / years)
    if (values > size).sum() < FEWEST_BEYOND:
        return np.nan, np.nan
    return tuple(least_size(sizes, lambda x: rate_interval(values, x)[side] <= 1 / years) for side in (0, 1))


def intervals(values, rng):
    """(name, interval) of all that a year of these fires, shape (levels, seeds), has."""
    sums = RATES @ values
    yield "expected burn fraction, t", again.t_interval(sums, CONFIDENCE)
    yield "expected burn fraction, BCa bootstrap", again.bca_mean_interval(sums, CONFIDENCE, rng)
    for threshold in THRESHOLDS:
        yield f"rate over {threshold:g}", rate_interval(values, threshold)
    for years in RETURN_PERIODS:
        yield f"size once in {years:g} years", size_interval(values, years)


def truths(values):
    """The same names with what all fires say."""
    yield "expected burn fraction, t", (RATES @ values).mean()
    yield "expected burn fraction, BCa bootstrap", (RATES @ values).mean()
    for threshold in THRESHOLDS:
        yield f"rate over {threshold:g}", rate_over(values, threshold)
    sizes = np.unique(np.append(values, 0.0))
    for years in RETURN_PERIODS:
        yield f"size once in {years:g} years", least_size(sizes, lambda x: rate_over(values, x) <= 1 / years)


def programs(path):
    """The same names with the intervals that the program wrote."""
    with h5py.File(path) as file:
        season = file["season"]  # with an axis of one ignition set
        yield "expected burn fraction, t", season["expected_burn_fraction_ci"][0]
        yield "expected burn fraction, BCa bootstrap", season["expected_burn_fraction_bootstrap_ci"][0]
        for threshold, interval in zip(THRESHOLDS, season["exceedance_rate_ci"][0]):
            yield f"rate over {threshold:g}", interval
        for years, interval in zip(RETURN_PERIODS, season["size_ci"][0]):
            yield f"size once in {years:g} years", interval


def check(folder, values, seeds, ensembles, rng):
    """Has the program estimate the first ensembles. Raises AssertionError where it has other numbers; of the bootstrap, by
    more than a tenth of the interval's width, some of its Monte Carlo errors."""
    for ensemble in range(ensembles):
        block = values[:, ensemble * seeds:(ensemble + 1) * seeds]
        found = dict(programs(burn(folder, 1 + ensemble * seeds, seeds, "--threads", "1")))
        for name, interval in intervals(block, rng):
            tolerance = 0.1 * (interval[1] - interval[0]) if "BCa" in name else 1e-12
            np.testing.assert_allclose(found[name], interval, rtol=1e-12, atol=tolerance, err_msg=name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ensembles", type=int, default=1000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--checked", type=int, default=3, help="ensembles that the program estimates as well")
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "season.yaml").write_text(EXPERIMENT)
        total = options.ensembles * max(options.seeds)
        with h5py.File(burn(folder, 1, total)) as file:
            values = file["burn_fraction"][:].reshape(RATES.size, -1)
        truth = dict(truths(values))
        print(f"{options.ensembles} ensembles; truth from {total} seeds")
        for seeds in options.seeds:
            check(folder, values, seeds, options.checked, rng)
            covered = collections.defaultdict(list)
            for ensemble in range(options.ensembles):
                for name, (low, high) in intervals(values[:, ensemble * seeds:(ensemble + 1) * seeds], rng):
                    if not math.isnan(low):  # an upper limit beyond all runs is NaN, and holds
                        covered[name].append(low <= truth[name] and not truth[name] > high)
            print(f"\n| {seeds} seeds, 95 % | truth | known | covers |\n|---|---|---|---|")
            for name, true in truth.items():
                share, n = np.mean(covered[name] or [np.nan]), len(covered[name])
                error = math.sqrt(share * (1 - share) / n) if n else math.nan
                print(f"| {name} | {true:.4g} | {n} | {100 * share:.1f} ± {100 * error:.1f} % |", flush=True)


if __name__ == "__main__":
    main()
