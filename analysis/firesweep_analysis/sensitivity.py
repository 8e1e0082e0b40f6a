"""What changes the answer? Tornado, interaction of two axes, and the point where small fires tip into large ones."""

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.patheffects import withStroke

from . import style
from .exceedance import curve
from .results import number_or_words, unit_of, with_unit, words

ONE_NEIGHBOUR = 1


def effects(sensitivity, threshold=None):
    """The effect of every axis, largest first, as a pandas table, from the group "sensitivity" of a file.

    An effect is the mean over the other axes where it is highest less that where it is lowest: of the burn fraction [1]
    or, with a `threshold` of the file, of the probability that it is exceeded. "share" is the axis' share of the
    variance (first-order index).
    """
    name, chosen = ("mean", sensitivity) if threshold is None else ("exceedance", sensitivity.sel(threshold=threshold))
    columns = {"effect": chosen[f"{name}_effect"], "normalised": chosen[f"{name}_effect_normalised"],
               "share": chosen[f"{name}_share"]}
    for quantity in ("effect", "share"):
        for bound in ("lower", "upper"):
            columns[f"{quantity} {bound}"] = chosen[f"{name}_{quantity}_ci"].sel(bound=bound)
    if threshold is None:
        for column in ("lowest", "highest", "lowest at", "highest at"):
            columns[column] = chosen[f"mean_{column.replace(' ', '_')}"]
    table = xr.Dataset({key: column.reset_coords(drop=True) for key, column in columns.items()}).to_dataframe()
    return table.dropna(subset=["effect"]).sort_values("effect", ascending=False)


def plot_tornado(sensitivity, data=None, axes=None):
    """The tornado of the mean: for every axis a bar from the lowest to the highest mean burn fraction, the strongest
    axis on top.

    At the ends stand the values of the axis; the whisker on the bar's upper end is the interval of its length. `data`,
    the file's root, gives units to the values.
    """
    axes = style.axes_or_new(axes)
    table = effects(sensitivity)
    for end in ("effect lower", "effect upper"):
        table[end] = table[end].fillna(table["effect"])  # one seed has no interval
    for row, (axis, effect) in enumerate(table.iterrows()):
        axes.barh(row, effect["effect"], left=effect["lowest"], height=0.55, color=style.OKABE_ITO["sky blue"],
                  edgecolor=style.GREY, linewidth=0.8)
        axes.errorbar(effect["highest"], row, color="black", capsize=3, fmt="none",
                      xerr=[[max(effect["effect"] - effect["effect lower"], 0)],
                            [max(effect["effect upper"] - effect["effect"], 0)]])
        unit = unit_of(data[axis]) if data is not None else ""
        lowest, highest = (with_unit(effect[end], unit) for end in ("lowest at", "highest at"))
        axes.annotate(lowest, (effect["lowest"], row), (-5, 0), textcoords="offset points", ha="right", va="center",
                      fontsize=8.5)
        end = effect["lowest"] + max(effect["effect upper"], effect["effect"])
        axes.annotate(highest, (end, row), (6, 0), textcoords="offset points", ha="left", va="center", fontsize=8.5)
    low, high = table["lowest"].min(), (table["lowest"] + table["effect upper"]).max()
    if high > low:
        axes.set_xlim(low - 0.25 * (high - low), high + 0.25 * (high - low))
    axes.set(yticks=range(len(table)), yticklabels=[words(axis) for axis in table.index], ylim=(len(table) - 0.4, -0.6),
             xlabel="mean burnt share of the landscape, over all values of the other axes")
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= 1])
    axes.grid(visible=False, axis="y")
    style.percent_axis(axes.xaxis)
    return axes


def plot_shares(sensitivity, axes=None):
    """How much of the variance each axis explains alone, what axes explain only together, and what is left to chance."""
    axes = style.axes_or_new(axes)
    table = effects(sensitivity).sort_values("share", ascending=False)
    chance = float(sensitivity.attrs["chance_of_mean"])
    names = [words(axis) for axis in table.index] + ["axes together", "chance (seed)"]
    shares = list(table["share"]) + [max(1 - table["share"].sum() - chance, 0.0), chance]
    rows = np.arange(len(names))
    colours = [style.OKABE_ITO["sky blue"]] * len(table) + [style.OKABE_ITO["orange"], "#CFCFCF"]
    axes.barh(rows, shares, color=colours, edgecolor=style.GREY, linewidth=0.8, height=0.6)
    low, high = table["share"] - table["share lower"], table["share upper"] - table["share"]
    axes.errorbar(table["share"], rows[:len(table)], xerr=[low.clip(lower=0), high.clip(lower=0)], fmt="none",
                  ecolor="black", capsize=3)
    axes.set(yticks=rows, yticklabels=names, ylim=(len(names) - 0.4, -0.6), xlim=(0, None),
             xlabel="share of the variance of the burnt share")
    axes.grid(visible=False, axis="y")
    style.percent_axis(axes.xaxis)
    return axes


def interaction(response, first, second):
    """How far two axes work together in `response`, dimensions (.., first, second): what is left when both act alone.

    Each other dimension is averaged over. Returns a dataset: `mean` (first, second), `alone` (first, second) = the sum
    of the two main effects, and `together` = mean - alone [unit of the response], which is 0 everywhere if the axes do
    not interact.
    """
    mean = response.mean([dim for dim in response.dims if dim not in (first, second)]).transpose(first, second)
    alone = mean.mean(second) + mean.mean(first) - mean.mean()
    return xr.Dataset({"mean": mean, "alone": alone.transpose(first, second), "together": mean - alone})


def plot_response(response, axes=None, label="probability of a large fire"):
    """A map of `response` [1] over two axes, shape (rows, columns), with the line at one half: where it tips."""
    axes = style.axes_or_new(axes)
    vertical, horizontal = response.dims
    x, y = response[horizontal].values, response[vertical].values
    image = axes.pcolormesh(x, y, response, cmap="cividis", vmin=0, vmax=1, shading="nearest")
    if float(response.min()) < 0.5 < float(response.max()):
        line = axes.contour(x, y, response, levels=[0.5], colors="white", linewidths=2)
        outline = [withStroke(linewidth=4, foreground="black")]
        axes.collections[-1].set_path_effects(outline)  # the line: in `line` only before matplotlib 3.10
        plt.setp(axes.clabel(line, fmt={0.5: "50 %"}, fontsize=10, colors="white"), path_effects=outline)
    axes.set(xlabel=style.axis_label(response[horizontal]), ylabel=style.axis_label(response[vertical]))
    axes.grid(visible=False)
    bar = axes.figure.colorbar(image, ax=axes, label=label)
    style.percent_axis(bar.ax.yaxis)
    return axes


def plot_together(together, axes=None, label="more than both axes explain alone"):
    """A map of what two axes do together, shape (rows, columns), from `interaction`."""
    axes = style.axes_or_new(axes)
    vertical, horizontal = together.dims
    most = max(float(np.abs(together).max()), 1e-3)
    image = axes.pcolormesh(together[horizontal], together[vertical], together, cmap="PuOr_r", vmin=-most, vmax=most,
                            shading="nearest")
    axes.set(xlabel=style.axis_label(together[horizontal]), ylabel=style.axis_label(together[vertical]))
    axes.grid(visible=False)
    bar = axes.figure.colorbar(image, ax=axes, label=label)
    style.percent_axis(bar.ax.yaxis)
    return axes


def crossing(response, along, level=0.5):
    """Where `response` first crosses `level` along an axis, interpolated, in the axis' unit; NaN if nowhere."""

    def first_crossing(values):
        side = values > level
        change = np.flatnonzero(side[1:] != side[:-1])
        if not change.size:
            return np.nan
        i = change[0]
        return x[i] + (level - values[i]) / (values[i + 1] - values[i]) * (x[i + 1] - x[i])

    x = response[along].values.astype(float)
    return xr.apply_ufunc(first_crossing, response, input_core_dims=[[along]], vectorize=True).rename("crossing")


def crossing_interval(exceedances, along, level=0.5):
    """`crossing` of an exceedance with the bounds that its interval gives: a dataset of `crossing` and `crossing_ci`
    (.., bound).

    `exceedances` comes from `exceedance.curve` at one threshold. The bounds are where the interval's upper and lower
    bound cross.
    """
    bounds = xr.concat([crossing(exceedances.exceedance_ci.sel(bound=bound, drop=True), along, level)
                        for bound in ("lower", "upper")],
                       exceedances.bound).transpose(..., "bound")
    ordered = bounds.copy(data=np.sort(bounds.values, axis=-1))
    return xr.Dataset({"crossing": crossing(exceedances.exceedance, along, level), "crossing_ci": ordered})


def collapse(data, threshold, confidence=0.95):
    """Every scenario as a point: the ignition probability with one burning neighbour against how often fires exceed
    `threshold`.

    Returns a dataset over `scenario`, sorted, with `ignition_probability`, `exceedance` and `exceedance_ci`. If weather
    works through that probability only, all points lie on one curve, and the tipping point is a value of it, whatever
    wind and humidity make it.
    """
    over = curve(data.burn_fraction, [threshold], confidence).isel(threshold=0, drop=True)
    over["ignition_probability"] = data.ignition_probability.sel(burning_neighbours=ONE_NEIGHBOUR, drop=True)
    dims = over.exceedance.dims
    points = over.stack(scenario=dims).dropna("scenario", subset=["exceedance"]).reset_index("scenario")
    return points.sortby("ignition_probability")


def plot_collapse(points, axes=None, by=None):
    """Draws the points of `collapse`, with a look of its own for each value of the coordinate `by`."""
    axes = style.axes_or_new(axes)
    values = [None] if by is None else np.unique(points[by].values).tolist()
    for value, look in zip(values, style.looks(values)):
        group = points if by is None else points.isel(scenario=points[by].values == value)
        low, high = (abs(group.exceedance_ci.sel(bound=bound) - group.exceedance) for bound in ("lower", "upper"))
        axes.errorbar(group.ignition_probability, group.exceedance, yerr=[low, high], fmt=look["marker"],
                      color=look["color"],
                      markersize=5, elinewidth=0.8, label=None if by is None else number_or_words(value))
    axes.set(xlabel="ignition probability with one burning neighbour, per step", ylabel="probability of a large fire",
             ylim=(-0.03, 1.03))
    style.percent_axis(axes.yaxis)
    if by is not None:
        axes.legend(title=style.axis_label(points[by]), loc="center left", bbox_to_anchor=(1.01, 0.5))
    return axes
