"""How likely is a fire larger than x? Exceedance curves with Wilson's pointwise intervals and a simultaneous band."""

import numpy as np
import xarray as xr

from . import style
from .intervals import dkw, wilson
from .results import labels


def curve(burn_fraction, thresholds=None, confidence=0.95):
    """The exceedance curve P(burn fraction > threshold), as a dataset.

    `burn_fraction` has dimensions (.., seed) and NaN for runs that are not ok; it may be a dask array, and is read once
    for each threshold. `thresholds` are burn fractions [1]; by default some hundred from the smallest fire to the
    largest, evenly on a logarithmic scale and at quantiles of the fires. Returns

        exceedance       (.., threshold)         share of runs above the threshold
        exceedance_ci    (.., threshold, bound)  Wilson's interval: holds for this threshold
        exceedance_band  (.., threshold, bound)  the DKW band: holds for all thresholds at once
        runs             (..)                    runs behind it
    """
    if thresholds is None:
        thresholds = _thresholds(burn_fraction)
    thresholds = xr.DataArray(np.asarray(thresholds, float), dims="threshold", name="threshold", attrs={"units": "1"})
    runs = burn_fraction.notnull().sum("seed")
    over = xr.concat([(burn_fraction > value).sum("seed") for value in thresholds.values],
                     thresholds).transpose(..., "threshold").compute()
    runs = runs.compute()
    share = over / runs.where(runs > 0)
    return xr.Dataset({"exceedance": share, "exceedance_ci": wilson(over, runs, confidence),
                       "exceedance_band": dkw(share, runs, confidence), "runs": runs}, attrs={"confidence": confidence})


def undecided(data, threshold):
    """How many fires `max_steps` cut off at or below a threshold [burn fraction]: they might have exceeded it. (..)"""
    return ((data.burning_cells > 0) & (data.burn_fraction <= threshold)).sum("seed").compute()


def _thresholds(burn_fraction):
    positive = burn_fraction.where(burn_fraction > 0)
    smallest, largest = float(positive.min()), float(positive.max())
    if not largest > 0:
        return [0.0]
    series = int(np.prod([size for dim, size in burn_fraction.sizes.items() if dim != "seed"]))
    over = "seed" if series <= 12 else burn_fraction.dims
    loaded = burn_fraction.compute()  # quantiles need all runs at once; the counting does not
    steps = loaded.quantile(np.append(np.linspace(0, 0.95, 39), 1 - 0.05 / 2.0 ** np.arange(1, 8)), over).values
    return np.unique(np.append(np.geomspace(smallest / 1.2, largest, 90), steps[np.isfinite(steps)]))


def plot(curves, by=None, axes=None, bands=("exceedance_ci",), legend=True):
    """Draws exceedance curves on logarithmic scales, one for each value of the dimension `by`.

    `bands` may name "exceedance_ci" and "exceedance_band". A curve ends where no fire is larger: below one fire in all
    there is no data, only the upper bounds that `curve` returns.
    """
    axes = style.axes_or_new(axes)
    by = by or next((name for name in curves.exceedance.dims if name != "threshold"), None)
    series = [curves] if by is None else [curves.isel({by: place}) for place in range(curves.sizes[by])]
    names = [None] if by is None else labels(curves[by])
    looks = style.looks([None] if by is None else curves[by].values)
    floor = 0.7 / max(float(curves.runs.max()), 1)
    for one, name, look in zip(series, names, looks):
        seen = one.exceedance > 0
        for band in bands:
            low, high = (one[band].sel(bound=bound).clip(floor / 2) for bound in ("lower", "upper"))
            axes.fill_between(one.threshold, low.where(seen), high.where(seen), color=look["color"], linewidth=0,
                              alpha=0.28 if band == "exceedance_ci" else 0.14)
        last = int(seen.sum())
        marks = np.unique(np.linspace(0.1 * last, max(last - 1, 0), 4).astype(int)) if last else []
        axes.plot(one.threshold, one.exceedance.where(seen), label=name, markevery=list(marks), **look)
    axes.set(xscale="log", yscale="log", ylim=(floor, 1.25), xlabel="burnt share of the landscape x",
             ylabel="probability that a fire burns more than x")
    style.percent_axis(axes.xaxis)
    style.percent_axis(axes.yaxis)
    if legend and by is not None:
        style.legend_beside(axes, style.axis_label(curves[by]))
    return axes
