#!/usr/bin/env python3
"""How often the intervals of results files cover the truth: many small ensembles against one very large one.

Every interval is read from a file that the program wrote; nothing is estimated here but the truth. An ensemble of
`--seeds` fires is repeated with other seeds, and the share of ensembles whose interval covers is printed with its
binomial standard error, beside what the interval claims.

usage: FIRESWEEP=path/to/firesweep coverage.py [--ensembles 2000] [--seeds 50] [--truth 1000000]
"""

import argparse
import collections
import math
import os
import pathlib
import subprocess
import tempfile

import h5py
import numpy as np

EXPERIMENT = """
name: coverage
landscape: {width: 48, height: 48}
matrix:
  danger_level: [severe, extreme]
  ignition_set: {centre: [[24, 24]]}
  seed: {first: 0, count: 1}
outputs: {maps: false, curves: false, thresholds: [0.05, 0.5], quantiles: [0.5, 0.9], confidence: 0.95}
"""
LEVELS = ("severe", "extreme")


def burn(folder, first, count, extra=()):
    """Runs the experiment with these seeds and returns its file's name."""
    output = folder / "coverage.h5"
    output.unlink(missing_ok=True)
    subprocess.run([os.environ["FIRESWEEP"], "run", str(folder / "coverage.yaml"), "-o", str(output), "--quiet", "--set",
                    f"matrix.seed={{first: {first}, count: {count}}}", *extra], check=True, stdin=subprocess.DEVNULL)
    return output


class Truth:
    """What a very large ensemble says, by level."""

    def __init__(self, path):
        with h5py.File(path) as file:
            self.fractions = file["burn_fraction"][:, 0]
            self.thresholds = file["threshold"][:]
            self.quantiles = file["quantile"][:]
        self.mean = self.fractions.mean(axis=1)
        self.quantile = np.quantile(self.fractions, self.quantiles, axis=1).T
        self.exceedance = (self.fractions[:, :, None] > self.thresholds).mean(axis=1)

    def escape(self, level, border):
        """Probability of escape, and size given escape, for the border that an ensemble drew."""
        escaped = self.fractions[level] > border
        return escaped.mean(), self.fractions[level][escaped].mean()


def covers(interval, value):
    return bool(interval[0] <= value <= interval[1])


def intervals(file, truth):
    """(name, whether it covers) of every interval in one ensemble's file; those that are NaN are left out."""
    def found(name, interval, value):
        if not np.isnan(interval).any():
            yield name, covers(interval, value)

    for level, name in enumerate(LEVELS):
        yield from found(f"mean, t: {name}", file["burn_fraction_mean_ci"][level, 0], truth.mean[level])
        yield from found(f"mean, BCa bootstrap: {name}", file["burn_fraction_mean_bootstrap_ci"][level, 0], truth.mean[level])
        for i, q in enumerate(truth.quantiles):
            yield from found(f"quantile {q:g}: {name}", file["burn_fraction_quantile_ci"][level, 0, i], truth.quantile[level, i])
        for i, threshold in enumerate(truth.thresholds):
            yield from found(f"exceedance of {threshold:g}, Wilson: {name}", file["exceedance_ci"][level, 0, i],
                             truth.exceedance[level, i])
        band = file["exceedance_band"][level, 0]
        yield f"exceedance, band at {len(truth.thresholds)} thresholds: {name}", all(
            covers(band[i], truth.exceedance[level, i]) for i in range(len(truth.thresholds)))
        border = file["escape_border"][level, 0]
        if not np.isnan(border):
            probability, size = truth.escape(level, border)
            yield from found(f"probability of escape: {name}", file["escape_probability_ci"][level, 0], probability)
            yield from found(f"size given escape: {name}", file["escape_size_ci"][level, 0], size)
    paired = file["paired"]
    yield from found("difference of means, paired t", paired["difference_ci"][0, 0], truth.mean[1] - truth.mean[0])
    for i, threshold in enumerate(truth.thresholds):
        yield from found(f"difference of exceedance of {threshold:g}, paired", paired["exceedance_difference_ci"][0, 0, i],
                         truth.exceedance[1, i] - truth.exceedance[0, i])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ensembles", type=int, default=2000)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--truth", type=int, default=1_000_000)
    options = parser.parse_args()
    counts = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "coverage.yaml").write_text(EXPERIMENT)
        truth = Truth(burn(folder, 10**9, options.truth))
        for ensemble in range(options.ensembles):
            with h5py.File(burn(folder, ensemble * options.seeds, options.seeds, ("--threads", "1"))) as file:
                for name, is_covered in intervals(file, truth):
                    counts[name].append(is_covered)
    print(f"{options.ensembles} ensembles of {options.seeds} seeds; truth from {options.truth}\n")
    print("| interval, 95 % | ensembles | covers |\n|---|---|---|")
    for name, covered in sorted(counts.items()):
        share, n = np.mean(covered), len(covered)
        print(f"| {name} | {n} | {100 * share:.1f} ± {100 * math.sqrt(share * (1 - share) / n):.1f} % |")


if __name__ == "__main__":
    main()
