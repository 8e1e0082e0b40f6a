"""Estimates with their intervals, as pandas tables and in words."""

import numpy as np
import pandas as pd
import xarray as xr

from .results import words


def with_interval(title, estimate, interval):
    """The three columns of an estimate, shape (..), and its interval, shape (.., bound), for `frame`: with this title, and with
    "lower" and "upper" after it."""
    return {title: estimate, f"{title} lower": interval.sel(bound="lower", drop=True),
            f"{title} upper": interval.sel(bound="upper", drop=True)}


def frame(columns, always=()):
    """Columns as a pandas table, with rows along axes of several values and along the dimensions that are in it `always`."""
    table = xr.Dataset({name: column.reset_coords(drop=True) for name, column in columns.items()})
    table = table.squeeze([dim for dim, size in table.sizes.items() if size == 1 and dim not in always], drop=True)
    if not table.dims:
        return pd.DataFrame({name: [float(column)] for name, column in table.items()})
    order = dict.fromkeys(dim for column in table.values() for dim in column.dims)  # axes first
    return table.to_dataframe(dim_order=list(order))[list(columns)]


def named_rows(table, level, title, write):
    """Has the rows of a table speak: of the level with this title, and of the axes."""
    rows = table.reset_index()
    rows[level] = rows[level].map(write)
    axes = [name for name in table.index.names if name != level]
    return rows.rename(columns={level: title} | {axis: words(axis) for axis in axes}).set_index([*map(words, axes), title])


def written(row, name, write):
    """An estimate of a table and its interval in words: "1.51 (1.43 to 1.59)"."""
    low, high = row[f"{name} lower"], row[f"{name} upper"]
    return write(row[name]) if np.isnan(low) else f"{write(row[name])} ({between(low, high, write)})"


def between(low, high, write):
    """An interval in words, its unit once: "385 to 512 ha", "57.7 or more"."""
    if not np.isfinite(high):
        return f"{write(low)} or more"
    first, last = write(low), write(high)
    unit = last[last.index("\N{NO-BREAK SPACE}"):] if "\N{NO-BREAK SPACE}" in last else ""
    return f"{first.removesuffix(unit)} to {last}"
