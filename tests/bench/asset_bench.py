#!/usr/bin/env python3
"""Measures what it costs to look after assets while fires burn: prints one table.

usage: tests/bench/asset_bench.py [--program build/release/src/app/firesweep] [--repetitions 7]

Compute time of one thread, as the results file has it, of runs with assets over that of the same runs without, medians of
repetitions that take turns.
"""

import argparse
import pathlib
import random
import statistics
import subprocess
import tempfile

import h5py

SIDE = 1024
EXPERIMENT = """
name: bench
landscape: {{width: {side}, height: {side}}}
matrix:
  danger_level: [{level}]
  ignition_set: {{corner: [[40, 40]]}}
  seed: {{count: {seeds}}}
outputs: {{maps: {maps}, curves: false}}
{assets}
"""
FIRES = {"catastrophic": 30, "severe": 3000, "high": 20_000}


def points(count, low=0, high=SIDE):
    draws = random.Random(count)
    return "[" + ", ".join(f"[{draws.randrange(low, high)}, {draws.randrange(low, high)}]" for _ in range(count)) + "]"


SETS = {
    "none": "",
    "10 000 cells in one set": f"assets: {{all: {{cells: {points(10_000)}}}}}",
    "100 sets of 100 cells": "assets: {" + ", ".join(f"s{i}: {{cells: {points(100 + i)}}}" for i in range(100)) + "}",
    "a town that few reach": f"assets: {{town: {{box: [{SIDE - 60}, {SIDE - 60}, {SIDE - 20}, {SIDE - 20}]}}}}",
}


def seconds(program, folder, path):
    """What its fires took one thread [s]."""
    output = folder / "bench.h5"
    output.unlink(missing_ok=True)
    subprocess.run([program, "run", path, "-o", output, "--quiet", "--threads", "1"], check=True)
    with h5py.File(output) as file:
        performance = file["performance"]
        phases = [name.decode() for name in performance["phase"][:]]
        return performance["phase_seconds_total"][phases.index("compute")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/release/src/app/firesweep"))
    parser.add_argument("--repetitions", type=int, default=7)
    options = parser.parse_args()
    program = options.program.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="firesweep-assets-"))
    print(f"{'fires':>24}  " + "  ".join(f"{name:>24}" for name in SETS))
    for level, seeds in FIRES.items():
        for maps in ("false", "true"):
            paths = {}
            for number, (name, assets) in enumerate(SETS.items()):
                paths[name] = folder / f"{number}.yaml"
                paths[name].write_text(EXPERIMENT.format(side=SIDE, level=level, seeds=seeds, maps=maps, assets=assets))
            times = {name: [] for name in SETS}
            for _ in range(options.repetitions):
                for name, path in paths.items():
                    times[name].append(seconds(program, folder, path))
            ratios = [statistics.median(with_assets / without for with_assets, without in zip(times[name], times["none"]))
                      for name in SETS]
            print(f"{level + (' with maps' if maps == 'true' else ''):>24}  " + "  ".join(f"{ratio:>24.3f}" for ratio in ratios))


if __name__ == "__main__":
    main()
