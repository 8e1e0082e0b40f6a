#!/usr/bin/env python3
"""Measures how often intervals hold the truth after seeds have grown until they were narrow enough: prints one table.

usage: tests/bench/until_coverage.py danger-levels.h5 [--ensembles 2000]

The truth is that of all fires of a scenario, from which ensembles are drawn with replacement. Each grows in stages of count, 2 count,
4 count, ... fires until the half-width of its interval at the confidence that is judged is at most the target, and is then reported
at 95 %. `plain` judges the interval that is reported, `strict` one of 97.5 % unless all fires are alike, as firesweep does.
"""

import argparse

import h5py
import numpy as np
from scipy import stats

CONFIDENCE = 0.95
MOST = 64


def t_interval(values, confidence):
    half = stats.t.ppf((1 + confidence) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def wilson(values, confidence):
    n, share, z = len(values), values.mean(), stats.norm.ppf((1 + confidence) / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def of_quantile(q):
    def interval(values, confidence):
        n, ordered = len(values), np.sort(values)
        low, high = stats.binom.ppf([(1 - confidence) / 2, (1 + confidence) / 2], n, q).astype(int)
        return (ordered[low - 1] if low > 0 else 0.0), (ordered[high] if high < n else 1.0)
    return interval


def covered(population, truth, interval, count, target, judged, ensembles, draws):
    """The share of ensembles whose interval holds the truth, and the mean number of fires."""
    held = fires = 0
    for _ in range(ensembles):
        values = draws.choice(population, count * MOST)
        n = count
        while n < len(values):
            alike = values[0] == values[:n].max() == values[:n].min()
            low, high = interval(values[:n], CONFIDENCE if alike else judged)
            if (high - low) / 2 <= target:
                break
            n *= 2
        low, high = interval(values[:n], CONFIDENCE)
        held += low <= truth <= high
        fires += n
    return held / ensembles, fires / ensembles


def cases(path):
    with h5py.File(path) as file:
        levels = list(file["danger_level"].asstr())
        for level in ("very_high", "severe", "extreme"):
            sizes = file["burn_fraction"][levels.index(level), 0]
            for name, population, interval, truth in (
                    ("mean", sizes, t_interval, sizes.mean()),
                    ("exceedance of 0.1", (sizes > 0.1).astype(float), wilson, (sizes > 0.1).mean()),
                    ("quantile 0.95", sizes, of_quantile(0.95), np.sort(sizes)[int(np.ceil(0.95 * len(sizes))) - 1])):
                if population.std() > 0:
                    yield f"{level}: {name}", population, interval, truth
    for p in (0.01, 0.05, 0.3):
        yield f"share of {p:g}", (np.arange(100_000) < p * 100_000).astype(float), wilson, p


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results")
    parser.add_argument("--ensembles", type=int, default=2000)
    options = parser.parse_args()
    print(f"coverage of {CONFIDENCE:.0%} intervals after stopping, {options.ensembles} ensembles each, "
          f"standard error {np.sqrt(0.05 * 0.95 / options.ensembles):.2%}")
    print(f"{'estimate':32} {'count':>6} {'half-width':>10}   {'plain':>6} {'fires':>7}   {'strict':>6} {'fires':>7}")
    for name, population, interval, truth in cases(options.results):
        for count in (50, 200):
            low, high = interval(np.random.default_rng(1).choice(population, count), CONFIDENCE)
            for factor in (0.7, 0.4, 0.2):  # of the width that the first stage has
                target = factor * max(high - low, 1e-4) / 2
                row = []
                for judged in (CONFIDENCE, 1 - (1 - CONFIDENCE) / 2):
                    row += covered(population, truth, interval, count, target, judged, options.ensembles,
                                   np.random.default_rng(count))
                print(f"{name:32} {count:>6} {target:>10.2g}   {row[0]:>6.1%} {row[1]:>7.0f}   {row[2]:>6.1%} {row[3]:>7.0f}", flush=True)


if __name__ == "__main__":
    main()
