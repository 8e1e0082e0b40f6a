#!/usr/bin/env python3
"""How often the intervals of paired differences cover the truth, and how many cells of a difference map are falsely marked.

The program burns large ensembles of two densities of vegetation in the same weather, which share their seeds; each is cut
into ensembles of `--seeds` fires, which are compared here, in numpy, by the formulas of
include/firesweep/statistics/paired.hpp. Shared seeds compare fires of one seed; independent ones those of the next ensemble
of the other density. That the numbers are the program's is checked on the first ensembles. The truth is the difference
over all seeds. For maps both sides are one landscape, lit in the centre and a cell beside it: away from there they hardly
differ, so that what is marked is marked by chance, and under shared seeds they have the same luck.

usage: FIRESWEEP=path/to/firesweep paired_coverage.py [--ensembles 1000] [--seeds 50 200] [--checked 2] [--maps 100]
"""

import argparse
import collections
import json
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
THRESHOLDS = [0.05, 0.5]
EXPERIMENT = f"""
name: paired-coverage
landscape: {{width: 48, height: 48}}
matrix:
  danger_level: [extreme]
  vegetation_density: [0.7, 0.85]
  ignition_set:
    centre: [[24, 24]]
    beside: [[25, 24]]
  seed: {{first: 1, count: 1}}
on_bare_ground: force
outputs: {{maps: false, curves: false, thresholds: {THRESHOLDS}, confidence: {CONFIDENCE}}}
"""


def burn(folder, first, count, *extra):
    """Runs the experiment with these seeds and returns its file's name."""
    output = folder / f"{first}-{count}.h5"
    output.unlink(missing_ok=True)
    subprocess.run([os.environ["FIRESWEEP"], "run", str(folder / "paired.yaml"), "-o", str(output), "--quiet", "--set",
                    f"matrix.seed={{first: {first}, count: {count}}}", *extra], check=True, stdin=subprocess.DEVNULL)
    return output


def intervals(first, second):
    """(name, interval) of all that a pair of ensembles has, second less first."""
    yield "mean, t", again.t_interval(second - first, CONFIDENCE)
    for threshold in THRESHOLDS:
        over = (second > threshold).astype(int) - (first > threshold)
        yield f"over {threshold:g}, Bonett-Price", again.share_difference_interval(over, CONFIDENCE)


def truths(first, second):
    """The same names with what all fires say."""
    yield "mean, t", (second - first).mean()
    for threshold in THRESHOLDS:
        yield f"over {threshold:g}, Bonett-Price", (second > threshold).mean() - (first > threshold).mean()


def check(folder, fires, seeds, ensembles):
    """Has the program compare the first ensembles. Raises AssertionError where it has other numbers."""
    for ensemble in range(ensembles):
        block = slice(ensemble * seeds, (ensemble + 1) * seeds)
        with h5py.File(burn(folder, 1 + block.start, seeds, "--threads", "1")) as file:
            group = file["paired_vegetation_density"]
            found = [group["difference_ci"][0, 0, 0], *group["exceedance_difference_ci"][0, 0, 0]]
        for one, (name, interval) in zip(found, intervals(*fires[:, 0, block])):
            np.testing.assert_allclose(one, interval, rtol=1e-9, atol=1e-12, err_msg=name)


def coverage(fires, seeds, ensembles, shift):
    """How often each interval covers, where the second density's ensembles are `shift` ensembles later."""
    first, second = fires[:, 0]
    truth = dict(truths(first, second))
    covered, width = collections.Counter(), collections.Counter()
    for ensemble in range(ensembles):
        one = first[ensemble * seeds:(ensemble + 1) * seeds]
        place = (ensemble + shift) % ensembles
        other = second[place * seeds:(place + 1) * seeds]
        for name, (low, high) in intervals(one, other):
            covered[name] += low <= truth[name] <= high
            width[name] += high - low
    for name, true in truth.items():
        share = covered[name] / ensembles
        yield name, true, width[name] / ensembles, share, math.sqrt(share * (1 - share) / ensembles)


def burn_counts(folder, seeds, maps):
    """How often each cell burnt in so many ensembles of one landscape, lit at the centre and a cell beside it, shape (maps, ignition
    sets, height, width). The program marks the cells of the first as `marked` does."""
    counts = []
    for number in range(maps):
        path = burn(folder, 1 + number * seeds, seeds, "--threads", "1", "--set", "outputs.maps=true",
                    "matrix.vegetation_density=[0.85]")
        with h5py.File(path) as file:
            counts.append(file["burn_count"][0, 0])
        if number == 0:
            done = subprocess.run([os.environ["FIRESWEEP"], "compare", str(path), "--between", "ignition_set=centre,beside", "--map",
                                   str(folder / "map.tif"), "--json"], check=True, capture_output=True, text=True)
            found = json.loads(done.stdout)["map"]
            assert found["marked_less"] + found["marked_more"] == marked(*counts[0], seeds).sum()
        path.unlink()
    return np.array(counts)


def marked(first, second, seeds):
    """Where Newcombe's interval excludes 0."""
    wilsons = np.array([again.wilson(count, seeds, CONFIDENCE) for count in range(seeds + 1)])
    p, q = first / seeds, second / seeds
    (low, high), (low_q, high_q) = (np.moveaxis(wilsons[count], -1, 0) for count in (first, second))
    return (q - p - np.hypot(q - low_q, high - p) > 0) | (q - p + np.hypot(high_q - q, p - low) < 0)


def false_marks(first, second, seeds):
    """The share of cells marked, of those that could differ, of pairs of maps of shape (maps, height, width), with its standard
    error. Cells about the two places of ignition are left out: there is a difference."""
    shares = []
    for one, other in zip(first, second):
        could = one + other > 0
        could[21:28, 21:29] = False
        shares.append((marked(one, other, seeds) & could).sum() / max(could.sum(), 1))
    return np.mean(shares), np.std(shares, ddof=1) / math.sqrt(len(shares))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ensembles", type=int, default=1000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--checked", type=int, default=2, help="ensembles that the program compares as well")
    parser.add_argument("--maps", type=int, default=100, help="pairs of maps of no difference")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "paired.yaml").write_text(EXPERIMENT)
        total = options.ensembles * max(options.seeds)
        with h5py.File(burn(folder, 1, total)) as file:
            fires = file["burn_fraction"][0]  # shape (densities, ignition sets, seeds)
        print(f"{options.ensembles} ensembles; truth from {total} seeds")
        for seeds in options.seeds:
            check(folder, fires, seeds, options.checked)
            for name, shift in (("shared", 0), ("independent", 1)):
                print(f"\n| {seeds} seeds, {name}, 95 % | truth | mean width | covers |\n|---|---|---|---|")
                for of, true, width, share, error in coverage(fires, seeds, options.ensembles, shift):
                    print(f"| {of} | {true:.4g} | {width:.3g} | {100 * share:.1f} ± {100 * error:.1f} % |", flush=True)
        print("\n| cells marked where there is no difference, 95 % | of those that could differ |\n|---|---|")
        for seeds in options.seeds:
            counts = burn_counts(folder, seeds, options.maps)
            for name, other in (("shared", counts[:, 1]), ("independent", np.roll(counts[:, 1], 1, axis=0))):
                share, error = false_marks(counts[:, 0], other, seeds)
                print(f"| {seeds} seeds, {name} | {100 * share:.2f} ± {100 * error:.2f} % |", flush=True)


if __name__ == "__main__":
    main()
