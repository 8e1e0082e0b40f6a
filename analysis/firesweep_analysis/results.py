"""Opens results files, and chooses scenarios in them."""

import os
from importlib.util import find_spec

import numpy as np
import xarray as xr

LARGE_FILE = 256 * 2**20
"""Files of this size [bytes] or more are opened in dask chunks: what is computed from them streams through memory."""

DANGER_LEVELS = ("low", "moderate", "high", "very_high", "severe", "extreme", "catastrophic")
UNITS = {"1": "", "km h-1": "km/h", "percent": "%", "degC": "°C", "degree": "°", "step": "steps"}


def open_results(path, group=None, chunks=None):
    """Opens a results file of firesweep, or a group of it ("paired", "sensitivity", "performance",
    "provenance/sessions" ...).

    Nothing but coordinates is read until it is used. Large files come in dask chunks, if there is dask: those in which
    they are stored; `chunks` as for `xarray.open_dataset` overrides this. A group's dimensions get their coordinates
    from the root.

    Raises ValueError if the file is none of firesweep's.
    """
    if chunks is None and os.path.getsize(path) >= LARGE_FILE and find_spec("dask"):
        chunks = {}
    root = xr.open_dataset(path, engine="h5netcdf", chunks=chunks)
    if root.attrs.get("file_type") != "firesweep results":
        raise ValueError(f"{path} is not a results file of firesweep (its attribute file_type does not say so)")
    if group is None:
        return root
    data = xr.open_dataset(path, engine="h5netcdf", group=group, chunks=chunks)
    shared = [name for name in data.dims if name in root.coords and name not in data.coords]
    return data.assign_coords({name: root[name].load() for name in shared})


def has_group(path, group):
    """Whether a results file has a group of this name: "paired" and "sensitivity" need something to compare."""
    try:
        open_results(path, group).close()
    except OSError:
        return False
    return True


def axes_of(data):
    """The axes of the matrix, in the order of the experiment: those of the scenarios, without the seed."""
    return data.attrs["axes"].split()


def main_axis(data):
    """The axis that pictures compare: the danger level if it has several values, else the first axis that has."""
    several = [axis for axis in axes_of(data) if data.sizes.get(axis, 1) > 1]
    return "danger_level" if "danger_level" in several or not several else several[0]


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


def series_axis(chosen):
    """The axis that is left in a dataset that `at` has made, along which pictures compare."""
    return chosen.runs_ok.dims[0]


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
