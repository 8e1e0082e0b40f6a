"""How many seeds are enough, and what do they cost?"""

import numpy as np
import pandas as pd
import xarray as xr
from scipy.special import ndtri

from . import style
from .intervals import student, wilson
from .results import labels, number_or_words


def running(burn_fraction, threshold, counts=None, confidence=0.95):
    """What the first N seeds alone would have said, as a dataset over `seeds`.

    `burn_fraction` has dimensions (.., seed).

        mean, standard_error, mean_ci     (.., seeds)  of the burn fraction [1], Student's t interval (.., bound)
        exceedance, exceedance_ci         (.., seeds)  of `threshold`, Wilson's interval (.., bound)

    `counts` are the N; by default some forty from 2 to all, evenly spaced on a logarithmic scale. NaN (runs not ok) is
    left out.
    """
    total = burn_fraction.sizes["seed"]
    if counts is None:
        counts = np.unique(np.geomspace(min(2, total), total, 40).round().astype(int))
    counts = np.asarray(counts)
    at = {"seed": counts - 1}
    ok = burn_fraction.notnull()
    values = burn_fraction.fillna(0)
    n = ok.cumsum("seed").isel(at).compute()
    mean = values.cumsum("seed").isel(at) / n
    # About the overall mean, as a difference of large sums of squares would lose digits.
    centred = (burn_fraction - burn_fraction.mean("seed")).fillna(0)
    square = (centred**2).cumsum("seed").isel(at) - centred.cumsum("seed").isel(at) ** 2 / n
    error = np.sqrt(square.clip(0) / (n - 1).where(n > 1) / n)
    over = ((burn_fraction > threshold) & ok).cumsum("seed").isel(at)
    result = xr.Dataset({"mean": mean, "standard_error": error, "mean_ci": student(mean, error, n, confidence),
                         "exceedance": over / n, "exceedance_ci": wilson(over, n, confidence)}).compute()
    return result.rename(seed="seeds").assign_coords(seeds=counts)


def seeds_for_mean(standard_deviation, half_width, confidence=0.95):
    """Seeds after which the interval of a mean is about mean -+ half_width: (z sd / half_width)^2, of any shape."""
    return np.ceil((ndtri((1 + confidence) / 2) * standard_deviation / half_width) ** 2)


def seeds_for_share(share, half_width, confidence=0.95):
    """Seeds after which Wilson's interval of a probability near `share` is no wider than 2 half_width, of any shape.

    Solved exactly: the squared half width is a quotient of polynomials of the number of seeds.
    """
    z2 = ndtri((1 + confidence) / 2) ** 2
    h2 = np.square(half_width)
    linear = 2 * h2 * z2 - z2 * share * (1 - share)
    constant = h2 * z2**2 - z2**2 / 4
    return np.ceil(np.maximum((-linear + np.sqrt(linear**2 - 4 * h2 * constant)) / (2 * h2), 1))


def needed(data, half_width, threshold):
    """Seeds needed for intervals of `half_width` [1], by scenario, for the mean and for P(> threshold): a pandas table.

    "have" is what the file has, and "enough" whether both are reached. The standard deviation is that of the file,
    which for a few seeds of a bimodal scenario is itself uncertain: ask again with more. Fires that are all alike do
    not say that few are enough: a kind of fire that has not come yet could take the whole landscape, and must be shown
    to be too rare to move the mean by more than the interval is wide.
    """
    confidence = data.attrs["confidence"]
    share = data.exceedance.sel(threshold=threshold, method="nearest")
    for_mean = seeds_for_mean(data.burn_fraction_sd, half_width, confidence)
    for_mean = for_mean.clip(seeds_for_share(0.0, half_width, confidence))
    columns = {"have": data.runs_ok, "for the mean": for_mean,
               "for the likelihood": seeds_for_share(share, half_width, confidence)}
    scenarios = xr.Dataset({name: column.reset_coords(drop=True) for name, column in columns.items()})
    table = scenarios.to_dataframe().dropna().astype(int)
    table["enough"] = table["have"] >= table[["for the mean", "for the likelihood"]].max(axis=1)
    return table


def paired(burn_fraction, along, confidence=0.95):
    """Neighbouring values of the axis `along` compared seed by seed, as a pandas table: the second less the first.

    `burn_fraction` has dimensions (along, seed). As both have the same landscape and the same luck, the difference is
    known better than either mean: "variance reduction" is how many independent runs a pair of runs is worth. Only seeds
    known at both count.
    """
    rows = []
    for place in range(burn_fraction.sizes[along] - 1):
        one, other = (burn_fraction.isel({along: side}) for side in (place, place + 1))
        both = one.notnull() & other.notnull()
        first, second = (side.values[both.values] for side in (one, other))
        count = first.size
        difference = second - first
        error = difference.std(ddof=1) / np.sqrt(count) if count > 1 else np.nan
        low, high = student(difference.mean(), error, np.array(count), confidence).values if count else (np.nan, np.nan)
        spread = [values.var(ddof=1) if count > 1 else np.nan for values in (first, second, difference)]
        vary = count > 1 and spread[0] > 0 and spread[1] > 0
        worth = (spread[0] + spread[1]) / spread[2] if count > 1 and spread[2] > 0 else np.nan
        rows.append({"first": number_or_words(one[along].item()), "second": number_or_words(other[along].item()),
                     "seeds": count, "difference": difference.mean() if count else np.nan, "lower": low, "upper": high,
                     "correlation": np.corrcoef(first, second)[0, 1] if vary else np.nan,
                     "variance reduction": worth})
    return pd.DataFrame(rows, columns=["first", "second", "seeds", "difference", "lower", "upper", "correlation",
                                       "variance reduction"])


def cost(performance, scenarios, half_widths=(0.05, 0.02, 0.01, 0.005), standard_deviation=0.5, confidence=0.95):
    """What precision costs, as a pandas table: seeds, runs, and core seconds at the file's speed (group "performance").

    `standard_deviation` [1] is that of the scenario that decides; a burn fraction's cannot be above 0.5 by much, nor
    that of a likelihood.
    """
    seconds = float(performance.phase_seconds_total.sel(phase="compute")) / float(performance.attrs["total_runs"])
    rows = []
    for half in half_widths:
        seeds = int(seeds_for_mean(standard_deviation, half, confidence))
        rows.append({"half width": half, "seeds": seeds, "runs": seeds * scenarios,
                     "core seconds": seeds * scenarios * seconds})
    return pd.DataFrame(rows).set_index("half width")


def plot_standard_error(course, axes=None):
    """The standard error of the mean against the number of seeds, for each series of `running`, and the law 1 / √N."""
    axes = style.axes_or_new(axes)
    by = next(dim for dim in course.standard_error.dims if dim != "seeds")
    n = course.seeds.values
    for place, (label, look) in enumerate(zip(labels(course[by]), style.looks(course[by].values))):
        error = course.standard_error.isel({by: place})
        error = error.where(error > 0)
        axes.plot(n, error.values[-1] * np.sqrt(n[-1] / n), color=look["color"], linewidth=0.8, alpha=0.7)
        axes.plot(n, error, label=label, markevery=(place % 4, 6), **look)
    axes.set(xscale="log", xlabel="seeds N", ylabel="standard error of the mean burnt share")
    if bool((course.standard_error > 0).any()):
        axes.set_yscale("log")
    style.count_axis(axes.xaxis)
    style.percent_axis(axes.yaxis)
    style.legend_beside(axes, style.axis_label(course[by]))
    return axes


def plot_running(course, name="exceedance", axes=None, label="probability of a large fire"):
    """How an estimate ("exceedance" or "mean") and its interval settle as seeds are added, from `running`."""
    axes = style.axes_or_new(axes)
    by = next(dim for dim in course[name].dims if dim != "seeds")
    for place, (text, look) in enumerate(zip(labels(course[by]), style.looks(course[by].values))):
        one = course.isel({by: place})
        low, high = (one[f"{name}_ci"].sel(bound=bound).clip(0, 1) for bound in ("lower", "upper"))
        axes.fill_between(one.seeds, low, high, color=look["color"], alpha=0.22, linewidth=0)
        axes.plot(one.seeds, one[name], label=text, markevery=(place % 4, 6), **look)
    axes.set(xscale="log", xlabel="seeds N", ylabel=label, ylim=(-0.02, 1.02))
    style.count_axis(axes.xaxis)
    style.percent_axis(axes.yaxis)
    style.legend_beside(axes, style.axis_label(course[by]))
    return axes
