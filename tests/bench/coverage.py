#!/usr/bin/env python3
"""How often the intervals of results files cover the truth: many small ensembles against one very large one.

Every interval is read from a file that the program wrote; nothing is estimated here but the truth. An ensemble of
`--seeds` fires is repeated with other seeds, and the share of ensembles whose interval covers is printed with its
standard error, beside what the interval claims.

usage: FIRESWEEP=path/to/firesweep coverage.py [--ensembles 2000] [--seeds 50 200] [--truth 1000000]
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
  ignition_set: {centre: [[24, 24]], edge: [[4, 24]]}
  seed: {first: 0, count: 1}
outputs: {curves: false, thresholds: [0.05, 0.5], quantiles: [0.5, 0.9], confidence: 0.95}
"""
SCENARIOS = [(level, ignitions) for level in ("severe", "extreme") for ignitions in ("centre", "edge")]
AXES = ("danger_level", "ignition_set")


def burn(folder, first, count, extra=()):
    """Runs the experiment with these seeds and returns its file's name."""
    output = folder / "coverage.h5"
    output.unlink(missing_ok=True)
    subprocess.run([os.environ["FIRESWEEP"], "run", str(folder / "coverage.yaml"), "-o", str(output), "--quiet", "--set",
                    f"matrix.seed={{first: {first}, count: {count}}}", *extra], check=True, stdin=subprocess.DEVNULL)
    return output


GIVEN_START = "_given_start"


class Truth:
    """What a very large ensemble says, by scenario: of all runs, or of those in which a fire started."""

    def __init__(self, path, suffix):
        with h5py.File(path) as file:
            self.thresholds = file["threshold"][:]
            self.quantiles = file["quantile"][:]
            self.burn_probability = file["burn_probability"][:]
            self.effects = {name: file["sensitivity"][name + suffix][:]
                            for name in ("mean_effect", "mean_share", "exceedance_effect", "exceedance_share")}
            counted = [file["ignitions"][at] > 0 if suffix else slice(None) for at in np.ndindex(2, 2)]
            fractions = [file["burn_fraction"][at][counted[s]] for s, at in enumerate(np.ndindex(2, 2))]
            self.started = [(file["ignitions"][at] > 0).mean() for at in np.ndindex(2, 2)]
        self.mean = [sizes.mean() for sizes in fractions]
        self.quantile = [np.quantile(sizes, self.quantiles) for sizes in fractions]
        self.exceedance = [[(sizes > threshold).mean() for threshold in self.thresholds] for sizes in fractions]
        self.exceedance_size = [[sizes[sizes > threshold].mean() for threshold in self.thresholds] for sizes in fractions]


def covers(interval, value):
    """Share of intervals, shape (..., bound), that cover their value."""
    return np.mean((interval[..., 0] <= value) & (value <= interval[..., 1]))


def found(name, interval, value):
    """(name, share that covers), or nothing where an interval is NaN."""
    if not np.isnan(interval).any():
        yield name, covers(interval, value)


def intervals(file, truth, suffix):
    """(name, share that covers) of every kind of interval in one ensemble's file that is there with this suffix."""
    for s, (level, ignitions) in enumerate(SCENARIOS):
        at, of = divmod(s, 2), f"{level}, {ignitions}"
        yield from found(f"mean, t: {of}", file[f"burn_fraction_mean_ci{suffix}"][at], truth.mean[s])
        yield from found(f"mean, BCa bootstrap: {of}", file[f"burn_fraction_mean_bootstrap_ci{suffix}"][at], truth.mean[s])
        for i, q in enumerate(truth.quantiles):
            yield from found(f"quantile {q:g}: {of}", file[f"burn_fraction_quantile_ci{suffix}"][at][i],
                             truth.quantile[s][i])
        for i, threshold in enumerate(truth.thresholds):
            yield from found(f"exceedance of {threshold:g}, Wilson: {of}", file[f"exceedance_ci{suffix}"][at][i],
                             truth.exceedance[s][i])
        band = file[f"exceedance_band{suffix}"][at]
        if not np.isnan(band).any():
            yield f"exceedance, band at {len(truth.thresholds)} thresholds: {of}", all(
                covers(band[i], truth.exceedance[s][i]) for i in range(len(truth.thresholds)))
    for i, ignitions in enumerate(("centre", "edge")):
        paired, of = file["paired"], f"extreme less severe, {ignitions}"
        yield from found(f"difference of means, paired t: {of}", paired[f"difference_ci{suffix}"][i, 0],
                         truth.mean[2 + i] - truth.mean[i])
        for j, threshold in enumerate(truth.thresholds):
            yield from found(f"difference of exceedance of {threshold:g}, paired: {of}",
                             paired[f"exceedance_difference_ci{suffix}"][i, 0, j],
                             truth.exceedance[2 + i][j] - truth.exceedance[i][j])
    for name, true in truth.effects.items():
        for i, axis in enumerate(AXES):
            for at in np.ndindex(true.shape[1:]):
                over = "".join(f" of {truth.thresholds[j]:g}" for j in at)
                yield from found(f"sensitivity, {name}{over}: {axis}",
                                 file["sensitivity"][f"{name}_ci{suffix}"][(i, *at)], true[(i, *at)])


def intervals_of_all(file, truth):
    """The same for the intervals that have no suffix: about starts, maps, and fires over a threshold."""
    for s, (level, ignitions) in enumerate(SCENARIOS):
        at, of = divmod(s, 2), f"{level}, {ignitions}"
        yield from found(f"share that started, Wilson: {of}", file["started_ci"][at], truth.started[s])
        for i, threshold in enumerate(truth.thresholds):
            yield from found(f"mean of those over {threshold:g}, t: {of}", file["exceedance_size_ci"][at][i],
                             truth.exceedance_size[s][i])
        yield (f"burn probability, Wilson, mean over cells: {of}",
               covers(file["burn_probability_ci"][at].astype(float), truth.burn_probability[at]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ensembles", type=int, default=2000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--truth", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "coverage.yaml").write_text(EXPERIMENT)
        large = burn(folder, 10**9, options.truth)
        truth = {suffix: Truth(large, suffix) for suffix in ("", GIVEN_START)}
        print(f"{options.ensembles} ensembles; truth from {options.truth} seeds")
        for seeds in options.seeds:
            counts = collections.defaultdict(list)
            for ensemble in range(options.ensembles):
                with h5py.File(burn(folder, ensemble * seeds, seeds, ("--threads", "1"))) as file:
                    for name, is_covered in intervals_of_all(file, truth[""]):
                        counts[name].append(is_covered)
                    for suffix, words in (("", "of all runs"), (GIVEN_START, "given a start")):
                        for name, is_covered in intervals(file, truth[suffix], suffix):
                            counts[f"{name}, {words}"].append(is_covered)
            print(f"\n| {seeds} seeds, 95 % | ensembles | covers |\n|---|---|---|")
            for name, covered in sorted(counts.items()):
                share, n = np.mean(covered), len(covered)
                error = np.std(covered) / math.sqrt(n)
                print(f"| {name} | {n} | {100 * share:.1f} ± {100 * error:.1f} % |", flush=True)


if __name__ == "__main__":
    main()
