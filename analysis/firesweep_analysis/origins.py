"""Where do the fires that hurt begin? The losses of fires from random places, over blocks of the landscape."""

import numpy as np
import xarray as xr

from . import ground, maps, season, style
from .results import unit_of, words

FIRES_A_BLOCK = 10
"""Fires that begin in a block of `of_losses`, on average over the landscape."""
FEWEST_FIRES = 3
"""Fires of which the mean loss of a block is drawn."""


def known(data):
    """Whether runs say where their fires began: an ignition set is random."""
    return "ignition_x" in data and bool((data.ignition_x >= 0).any())


def of_losses(data, name, year=None, across=None):
    """Where the fires that hurt begin, as a dataset over blocks of the landscape.

        loss   (row, column)  mean loss of the fires that begin in the block [unit], NaN where none does
        share  (row, column)  share of the whole loss that comes from them [1]
        fires  (row, column)  starting points: seeds, which scenarios share
        x (column), y (row)   the block's middle [cells]; `first_x`, `first_y` (start) are all starting points

    There are `across` blocks in a row, by default so many that `FIRES_A_BLOCK` begin in one on average; they are about square.
    Scenarios count by their `fires_per_year`, or where there is no year all alike; `data` should have one value of axes of
    treatments. Runs of sets that are not random are left out. The attribute `reaching` counts starting points of fires with a
    loss.
    """
    lost = data[f"{name}_lost"]
    lost_unit = unit_of(lost)
    rate = xr.ones_like(lost.isel(seed=0, drop=True)) if year is None else year.fires_per_year.reset_coords(drop=True)
    lost, rate, x, y, seed = (part.transpose(*lost.dims).values.ravel() for part in
                              xr.broadcast(lost, rate, data.ignition_x, data.ignition_y, data.seed))
    counted = ~np.isnan(lost) & (rate > 0) & (x >= 0)
    lost, rate, x, y, seed = (part[counted] for part in (lost, rate, x, y, seed.astype(float)))
    size = int(data.attrs["height"]), int(data.attrs["width"])
    points = np.unique(np.stack([x, y, seed]), axis=1)
    side = np.sqrt(size[0] * size[1] * FIRES_A_BLOCK / max(points.shape[1], 1)) if across is None else size[1] / across
    shape = tuple(int(np.clip(round(cells / side), 1, cells)) for cells in size)

    def summed(x, y, weights=None):
        place = (y * shape[0] // size[0]).astype(int) * shape[1] + (x * shape[1] // size[1]).astype(int)
        return np.bincount(place, weights, minlength=shape[0] * shape[1]).reshape(shape)

    whole, weight = summed(x, y, rate * lost), summed(x, y, rate)
    rows, columns = ((np.arange(count) + 0.5) * cells / count - 0.5 for count, cells in zip(shape, size))
    dims = ("row", "column")
    return xr.Dataset({"loss": (dims, np.divide(whole, weight, out=np.full(shape, np.nan), where=weight > 0)),
                       "share": (dims, whole / whole.sum() if whole.sum() > 0 else whole),
                       "fires": (dims, summed(points[0], points[1])), "x": ("column", columns), "y": ("row", rows),
                       "first_x": ("start", points[0]), "first_y": ("start", points[1])},
                      attrs={"name": name, "unit": lost_unit,
                             "reaching": np.unique(np.stack([x, y, seed])[:, lost > 0], axis=1).shape[1]})


def sentence(data, found):
    """Where the fires that hurt begin, in a sentence."""
    order = np.argsort(-found.share.values, axis=None)
    share = found.share.values.ravel()[order]
    if found.attrs["reaching"] < FIRES_A_BLOCK:
        return (f"Where the fires begin that reach {words(found.attrs['name'])} is not known: {found.attrs['reaching']} starting points "
                "of such fires are too few.")
    blocks = int(np.searchsorted(np.cumsum(share), 0.5)) + 1
    row, column = np.unravel_index(order[0], found.share.shape)
    part = style.percent(blocks / share.size, 2)
    return (f"Half of the loss of {words(found.attrs['name'])} comes from fires that begin on {part} of the landscape, "
            f"most of it around {_place(data, float(found.x[column]), float(found.y[row]))}.")


def _place(data, x, y):
    """A place of the landscape in words, by its coordinates where it has some."""
    if not ground.has_ground(data) or data.sizes.get("x", 0) < 2:
        return f"column {x:.0f}, row {y:.0f}"
    east, north = (float(np.interp(cell, np.arange(data.sizes[name]), data[name].values)) / 1000 for cell, name in ((x, "x"), (y, "y")))
    return f"easting {east:.1f} km, northing {north:.1f} km"


def plot(data, found, axes=None):
    """Draws the mean loss of fires by the block where they began, where at least `FEWEST_FIRES` did; dots are all starting points,
    and outlines the cells of the assets."""
    axes = style.axes_or_new(axes)
    height, width = int(data.attrs["height"]), int(data.attrs["width"])
    loss = np.ma.masked_where(~(found.fires.values >= FEWEST_FIRES), found.loss.values)
    image = axes.imshow(loss, cmap=maps.FIRE, vmin=0, interpolation="nearest", extent=(-0.5, width - 0.5, height - 0.5, -0.5))
    style.frame_only(axes)
    if ground.has_ground(data) and {"x", "y"} <= set(data.coords):
        ground.put_under(axes, data, season.common_wind(data))
    axes.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
    axes.plot(found.first_x, found.first_y, ".", color="black", markersize=1.5, alpha=0.6, zorder=2)
    held = data[f"{found.attrs['name']}_value"].values > 0
    axes.contour(np.pad(held, 1), levels=[0.5], colors="#0072B2", linewidths=1.2, extent=(-1, width, -1, height))
    of = f" [{found.attrs['unit']}]" if found.attrs["unit"] else ""
    axes.figure.colorbar(image, ax=axes, label=f"mean loss of a fire that begins here{of}", shrink=0.85)
    axes.set_title(f"{words(found.attrs['name'])}: where the fires that hurt begin")
    return axes
