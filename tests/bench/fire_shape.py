#!/usr/bin/env python3
"""How long and narrow fires are, and where they go: prints the tables of analysis/your-own-landscape.md.

usage: FIRESWEEP=build/release/src/app/firesweep python3 tests/bench/fire_shape.py

Fires start in one cell of flat ground of one fuel, in the air of an extreme day, and burn for 240 steps; those that burn
fewer than 2000 cells died young and do not count. Numbers are means, in brackets of fewer than 10 of the 40 fires.
"""

import os
import pathlib
import subprocess
import tempfile

import h5py
import numpy as np

WINDS = [20, 40, 60, 80]
DIRECTIONALITIES = [0, 0.005, 0.01, 0.02, 0.036, 0.04]
FROM = {"rows": 270, "diagonals": 315}  # the wind blows along
STEPS, SIDE, FIRES, LEAST_CELLS = 240, 640, 40, 2000

EXPERIMENT = f"""
name: shape
landscape: {{width: {SIDE}, height: {SIDE}}}
weather: {{humidity: 8, temperature: 48}}
matrix:
  wind_directionality: {DIRECTIONALITIES}
  wind_speed: {WINDS}
  wind_direction: {list(FROM.values())}
  ignition_set: {{centre: [[{SIDE // 2}, {SIDE // 2}]]}}
  seed: {{count: 1}}
on_bare_ground: force
max_steps: {STEPS}
outputs: {{curves: false}}
"""


def anderson(wind):
    """Length to breadth of real fires in a wind [km/h] in the open. Source: Anderson 1983, INT-305; at most 8."""
    mid_flame = 0.4 * wind / 1.609
    return min(8.0, 0.936 * np.exp(0.2566 * mid_flame) + 0.461 * np.exp(-0.1548 * mid_flame) - 0.397)


def extent(positions):
    return positions.max() - positions.min() + 1.0


def shape(burnt, blows_to):
    """Length to breadth along the wind, and the direction of the centroid from the start [degrees of the grid]."""
    y, x = np.nonzero(burnt)
    east, north = x - SIDE // 2, SIDE // 2 - y
    towards = np.radians(blows_to)
    along = east * np.sin(towards) + north * np.cos(towards)
    across = east * np.cos(towards) - north * np.sin(towards)
    return extent(along) / extent(across), np.degrees(np.arctan2(east.mean(), north.mean())) % 360


def fires(folder):
    """The burnt cells of every fire, by seed: arrays of shape (directionality, wind, direction, row, column)."""
    path = pathlib.Path(folder)
    (path / "shape.yaml").write_text(EXPERIMENT)
    for seed in range(1, FIRES + 1):
        subprocess.run([os.path.abspath(os.environ["FIRESWEEP"]), "run", "shape.yaml", "-o", "fires.h5", "--quiet", "--set",
                        f"matrix.seed.first={seed}"], cwd=path, check=True, stdout=subprocess.DEVNULL)
        with h5py.File(path / "fires.h5") as file:
            yield file["burn_count"][..., 0, :, :] == 1
        (path / "fires.h5").unlink()


def text_of(ratios):
    if not ratios:
        return "-"
    return f"{np.mean(ratios):.1f}" if len(ratios) >= 10 else f"({np.mean(ratios):.1f})"


def main():
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for maps in fires(folder):
            for place in np.ndindex(maps.shape[:3]):
                if maps[place].sum() >= LEAST_CELLS:
                    found.setdefault(place, []).append(shape(maps[place], list(FROM.values())[place[2]] + 180))
    print("| wind | " + " | ".join(map(str, DIRECTIONALITIES)) + " | Anderson |")
    print("|---|" + "---|" * (len(DIRECTIONALITIES) + 1))
    for w, wind in enumerate(WINDS):
        cells = [" / ".join(text_of([ratio for ratio, _ in found.get((k, w, d), [])]) for d in range(len(FROM)))
                 for k in range(len(DIRECTIONALITIES))]
        print(f"| {wind} km/h | " + " | ".join(cells) + f" | {anderson(wind):.1f} |")


if __name__ == "__main__":
    main()
