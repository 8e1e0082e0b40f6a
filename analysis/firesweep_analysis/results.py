"""Opens results files, and chooses scenarios in them."""

import os
from importlib.util import find_spec

import h5netcdf
import numpy as np
import xarray as xr

from . import version_1

LARGE_FILE = 256 * 2**20
"""Files of this size [bytes] or more are opened in dask chunks: what is computed from them streams through memory."""

DANGER_LEVELS = ("low", "moderate", "high", "very_high", "severe", "extreme", "catastrophic")
UNITS = {"1": "", "km h-1": "km/h", "percent": "%", "degC": "°C", "degree": "°", "step": "steps"}

NEEDED = ("status", "burn_fraction", "burning_cells", "ignitions", "runs_planned", "runs_ok", "runs_failed",
          "burn_fraction_mean", "burn_fraction_mean_ci", "burn_fraction_sd", "burn_fraction_se", "exceedance",
          "exceedance_ci")
"""Datasets that every results file has."""

OF_STARTED = "_given_start"
"""Ends the name of an estimate over the fires that started; without it, it is over all runs."""


class UnusableFile(ValueError):
    """A file that is none of firesweep's, or lacks what all of them have."""


def open_results(path, group=None, chunks=None, root=None):
    """Opens a results file of firesweep, or a group of it ("paired", "sensitivity", "performance",
    "provenance/sessions" ...).

    Nothing but coordinates is read until it is used, except of files of format 1, which get what format 2 has. Large
    files come in dask chunks, if there is dask: those in which they are stored; `chunks` as for `xarray.open_dataset`
    overrides this. A group's dimensions get their coordinates from the root, which is `root` if it is open.

    Raises UnusableFile if the file is none of firesweep's or lacks what all have.
    """
    with h5netcdf.File(path, "r") as file:
        if file.attrs.get("file_type") != "firesweep results":
            raise UnusableFile(f"{path} is not a results file of firesweep (its attribute file_type does not say so)")
        is_old = file.attrs["format_version"] < 2
        in_root = set(file.variables)
    if chunks is None and os.path.getsize(path) >= LARGE_FILE and find_spec("dask"):
        chunks = {}
    if group is not None:
        return _group(path, group, chunks, is_old, in_root, root)
    root = _decoded(path, chunks)
    missing = [name for name in NEEDED if name not in root]
    if missing:
        raise UnusableFile(f"{path} is damaged: it has no dataset '{missing[0]}', which every results file has; "
                           "run the experiment again")
    return version_1.as_version_2(root) if is_old else root


def _group(path, group, chunks, is_old, in_root, root):
    data = _decoded(path, chunks, group)
    shared = [name for name in data.dims if name in in_root and name not in data.coords]
    has_wrong_shares = group == "sensitivity" and is_old
    if not shared and not has_wrong_shares:
        return data
    root = _decoded(path, chunks) if root is None or has_wrong_shares else root
    if has_wrong_shares:
        data = version_1.without_wrong_shares(data, root)
    return data.assign_coords({name: root[name].load() for name in shared})


def _decoded(path, chunks, group=None):
    raw = xr.open_dataset(path, engine="h5netcdf", group=group, chunks=chunks, decode_cf=False)
    return xr.decode_cf(version_1.read_as_signed(raw))


def has_group(path, group):
    """Whether a results file has a group of this name: "paired" and "sensitivity" need something to compare."""
    with h5netcdf.File(path, "r") as file:
        return group in file and isinstance(file[group], h5netcdf.Group)


def axes_of(data):
    """The axes of the matrix, in the order of the experiment: those of the scenarios, without the seed."""
    return data.attrs["axes"].split()


def main_axis(data):
    """The axis that pictures compare: of those with several values the danger level, else the first."""
    axes = [axis for axis in axes_of(data) if data.sizes.get(axis, 1) > 1] or axes_of(data)
    return "danger_level" if "danger_level" in axes else axes[0]


def places_in_order(coordinate):
    """The places of an axis' values from the least to the greatest; None if they are names that have no order."""
    values = coordinate.values.tolist()
    if is_named(coordinate):
        if not set(values) <= set(DANGER_LEVELS):
            return None
        values = [DANGER_LEVELS.index(value) for value in values]
    return np.argsort(values, kind="stable")


def given_start(data):
    """The same file about the fires that started alone: a fire that never did is not a fire of size 0.

    `burn_fraction` is NaN where none started, `runs_ok` counts those that did, and every estimate is that over them.
    Estimates that have no such form, as those of maps, are left out; `maps.probability` has them.
    """
    instead = {name.removesuffix(OF_STARTED): data[name] for name in data if str(name).endswith(OF_STARTED)}
    gone = [name for name in data if str(name).endswith(OF_STARTED) or str(name).startswith("burn_probability")]
    return data.drop_vars(gone).assign(instead).assign(
        runs_ok=data.runs_started, burn_fraction=data.burn_fraction.where(data.ignitions >= 1))


def all_started(data):
    """Whether a fire started in every run that is known."""
    return bool((data.runs_started == data.runs_ok).all())


def at(data, keep=None, **choice):
    """One value of every axis but `keep` (a name or names; by default the main axis): the chosen one, else the first.

    `at(data, ignition_set="ridge").burn_fraction` has dimensions (danger_level, seed). What was chosen stays as scalar
    coordinates, for `conditions`. Raises ValueError, with the values there are, if an axis or a value is not in the
    file.
    """
    for axis, value in choice.items():
        if axis not in axes_of(data):
            raise ValueError(f"there is no axis {axis}; there are {', '.join(axes_of(data))}")
        if value not in data[axis].values:
            raise ValueError(f"{axis} has no value {value}; there are "
                             f"{', '.join(str(one) for one in data[axis].values)}")
    kept = [main_axis(data)] if keep is None else [keep] if isinstance(keep, str) else list(keep)
    first = {axis: 0 for axis in axes_of(data) if axis in data.dims and axis not in kept and axis not in choice}
    return data.sel(choice).isel(first)


def parse_choice(data, texts):
    """Turns ["ignition_set=ridge", "humidity=5"] into a choice for `results.at`."""
    choice = {}
    for text in texts:
        axis, equals, value = text.partition("=")
        if not equals or axis not in axes_of(data):
            raise ValueError(f"--at {text} is not AXIS=VALUE with one of the axes {', '.join(axes_of(data))}")
        if axis in choice:
            raise ValueError(f"--at {text}: {axis} is given twice")
        values = data[axis].values.tolist()
        try:
            choice[axis] = values[values.index(value if is_named(data[axis]) else float(value))]
        except ValueError:
            known = (one if isinstance(one, str) else f"{one:.12g}" for one in values)
            raise ValueError(f"{axis} has no value {value}; there are {', '.join(known)}") from None
    return choice


def series_axis(chosen):
    """The axis that is left in a dataset that `at` has made, along which pictures compare."""
    return chosen.runs_planned.dims[0]


def thinned(chosen, most):
    """Of a dataset that `at` has made, at most so many values along its axis, evenly spaced, with the first and the
    last."""
    by = series_axis(chosen)
    count = chosen.sizes[by]
    return chosen if count <= most else chosen.isel({by: np.linspace(0, count - 1, most).round().astype(int)})


def is_named(coordinate):
    """Whether the values of an axis are names, which have no order of their own, rather than numbers."""
    return not np.issubdtype(coordinate.dtype, np.number)  # how text is held differs between xarray's versions


def conditions(data):
    """What every scenario in `data` has in common, in words: "ignition set centre, wind speed 40 km/h"."""
    common = [axis for axis in axes_of(data) if axis in data.coords and axis not in data.dims]
    return ", ".join(f"{words(axis)} {value_text(data[axis])}" for axis in common)


def words(name):
    """A name as it is written in a sentence."""
    return str(name).replace("_", " ")


def unit_of(variable):
    """The unit of a variable as it is written in a figure; nothing for what is a number or a text."""
    unit = variable.attrs.get("units", "1")
    return UNITS.get(unit, unit)


def number_or_words(value):
    """A value of an axis as text, without its unit: names that the user gave as they are, those of danger levels as
    words."""
    if not isinstance(value, str):
        return f"{value:g}"
    return words(value) if value in DANGER_LEVELS else value


def value_text(coordinate):
    """A single value of an axis, shape (), with its unit: "very high", "40 km/h"."""
    return with_unit(coordinate.item(), unit_of(coordinate))


def with_unit(value, unit):
    """A value of an axis as text with its unit, which may be empty; the space between does not break."""
    return number_or_words(value) + (f"\N{NO-BREAK SPACE}{unit}" if unit else "")


def labels(coordinate):
    """All values of an axis, shape (n), as a list of texts without unit."""
    return [number_or_words(value) for value in coordinate.values.tolist()]


def scenario_name(index):
    """The scenario of a row of a pandas table over the axes: "extreme, ridge"."""
    return ", ".join(number_or_words(value) for value in (index if isinstance(index, tuple) else (index,)))
