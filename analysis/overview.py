#!/usr/bin/env python3
"""Draws what a results file says on one page: how likely a fire of each size is, and where it burns.

    analysis/overview.py danger-levels.h5 -o overview.png

Needs xarray, h5netcdf and matplotlib (Debian: python3-xarray python3-h5netcdf python3-matplotlib).
"""

import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.colors import LogNorm

# Okabe and Ito's palette without its yellow: distinct for the colour-blind, and dark enough for print.
COLOURS = ["#56B4E9", "#0072B2", "#009E73", "#999999", "#E69F00", "#D55E00", "#7B1FA2"]


def draw_exceedance(axes, fractions):
    """Share of the fires that burn more than a given share of the landscape, one curve per danger level."""
    smallest = 1.0
    for colour, level in zip(COLOURS, fractions.danger_level.values):
        sizes = np.sort(fractions.sel(danger_level=level).dropna("seed").values)
        larger = 1 - np.arange(1, sizes.size + 1) / sizes.size
        axes.step(sizes, larger, where="post", color=colour, label=level.replace("_", " "), linewidth=1.8)
        smallest = min(smallest, sizes[sizes > 0].min(initial=1.0))
    axes.set(xscale="log", yscale="log", xlim=(smallest, 1), ylim=(0.9 / fractions.sizes["seed"], 1.1),
             xlabel="burn fraction x [share of all cells]", ylabel="P(burn fraction > x)",
             title="How likely is a larger fire?")
    axes.grid(alpha=0.3)
    axes.legend(title="danger level", fontsize="small", loc=(0.69, 0.44))


def draw_map(axes, probability, title):
    # On a logarithmic scale, as what is rare on a severe day is what matters; cells that never burnt stay black.
    scale = LogNorm(vmin=1e-3, vmax=1, clip=True)
    image = axes.imshow(probability, norm=scale, cmap="inferno", origin="upper", interpolation="nearest")
    axes.set(title=title, xticks=[], yticks=[])
    return image


def overview(data, ignition_set):
    """Returns the page as a figure, at the first value of every further axis. `data` is an opened results file."""
    chosen = data.sel(ignition_set=ignition_set)
    further = [axis for axis in data.attrs["axes"].split() if axis not in ("danger_level", "ignition_set")]
    chosen = chosen.isel({axis: 0 for axis in further})
    conditions = "".join(f", {axis.replace('_', ' ')} {chosen[axis].item():g}" for axis in further)
    levels = chosen.danger_level.values[-4:]  # the worst, which are the ones that spread
    figure, axes = plt.subplot_mosaic([["curves", "a", "b"], ["curves", "c", "d"]], figsize=(12, 5.6),
                                      width_ratios=[1.7, 1, 1], constrained_layout=True)
    draw_exceedance(axes["curves"], chosen.burn_fraction)
    for panel, level in zip("abcd", levels):
        image = draw_map(axes[panel], chosen.burn_probability.sel(danger_level=level), level.replace("_", " "))
    for panel in "abcd"[len(levels):]:
        axes[panel].set_axis_off()
    figure.colorbar(image, ax=[axes[panel] for panel in "abcd"], label="burn probability [1]", shrink=0.9)
    figure.suptitle(f"{data.attrs['name']}: {chosen.sizes['seed']} fires per danger level, ignition set "
                    f"'{ignition_set}'{conditions}, {chosen.sizes['x']} x {chosen.sizes['y']} cells")
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", help="a results file with a danger_level axis and maps")
    parser.add_argument("-o", "--output", default="overview.png", help="the picture to write (default: %(default)s)")
    parser.add_argument("--ignition-set", help="which to show (default: the first)")
    arguments = parser.parse_args()
    with xr.open_dataset(arguments.results, engine="h5netcdf") as data:
        for needed, remedy in (("danger_level", "a danger_level axis"), ("burn_probability", "outputs.maps: true")):
            if needed not in data:
                parser.error(f"{arguments.results} cannot be drawn like this: it takes an experiment with {remedy}")
        ignition_set = arguments.ignition_set or data.ignition_set.values[0]
        overview(data, ignition_set).savefig(arguments.output, dpi=110)


if __name__ == "__main__":
    main()
