#!/usr/bin/env python3
"""How far the lattice turns fires away from where the wind blows to: prints the table of analysis/your-own-landscape.md.

usage: FIRESWEEP=build/release/src/app/firesweep python3 tests/bench/fire_direction.py

Fires start in one cell of flat ground of one fuel, in the air of an extreme day, and burn for 120 steps. Numbers are the
direction of the centroid of the map of burn probability, seen from that cell, less that of the wind [degrees, clockwise];
"+-" is the largest standard error of a row, from batches of fires. The lattice looks the same from 0 to 45 degrees as, turned
and mirrored, everywhere else.
"""

import os
import pathlib
import subprocess
import tempfile

import h5py
import numpy as np

WEATHERS = [(20, 0.036), (40, 0.01), (40, 0.02), (40, 0.036), (60, 0.02), (60, 0.036), (80, 0.036)]  # km/h, directionality
BLOWS_TO = list(range(0, 46, 5))
STEPS, BATCHES, FIRES = 120, 8, 2000
SIDE = 2 * STEPS + 1  # as far as fires can come

EXPERIMENT = f"""
name: direction
landscape: {{width: {SIDE}, height: {SIDE}}}
weather: {{humidity: 8, temperature: 48}}
matrix:
  wind_direction: {[direction + 180 for direction in BLOWS_TO]}
  ignition_set: {{centre: [[{STEPS}, {STEPS}]]}}
  seed: {{count: {FIRES}}}
on_bare_ground: force
max_steps: {STEPS}
outputs: {{curves: false}}
"""


def burn_counts(folder, wind, directionality, batch):
    """Of shape (direction, row, column)."""
    subprocess.run([os.path.abspath(os.environ["FIRESWEEP"]), "run", "direction.yaml", "-o", "fires.h5", "--quiet", "--set",
                    f"weather.wind_speed={wind}", f"model.wind_directionality={directionality}",
                    f"matrix.seed.first={batch * FIRES}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with h5py.File(folder / "fires.h5") as file:
        counts = file["burn_count"][:, 0]
    (folder / "fires.h5").unlink()
    return counts


def turned(counts):
    """By how much, of shape (direction,)."""
    away = np.arange(-STEPS, STEPS + 1)
    east, north = (counts * away).sum(axis=(1, 2)), (counts * -away[:, None]).sum(axis=(1, 2))
    return (np.degrees(np.arctan2(east, north)) - BLOWS_TO + 180) % 360 - 180


def main():
    print("| wind | `wind_directionality` | " + " | ".join(map(str, BLOWS_TO)) + " | +- |")
    print("|---|---|" + "---|" * (len(BLOWS_TO) + 1))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "direction.yaml").write_text(EXPERIMENT)
        for wind, directionality in WEATHERS:
            found = np.array([turned(burn_counts(folder, wind, directionality, batch)) for batch in range(BATCHES)])
            error = found.std(axis=0, ddof=1).max() / np.sqrt(BATCHES)
            cells = [f"{round(mean, 1) + 0:+.1f}" for mean in found.mean(axis=0)]  # + 0: no -0.0
            print(f"| {wind} km/h | {directionality} | " + " | ".join(cells) + f" | {error:.1f} |", flush=True)


if __name__ == "__main__":
    main()
