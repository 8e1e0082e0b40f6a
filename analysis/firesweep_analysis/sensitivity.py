"""What changes the answer? Tornado, two axes together, and the point where small fires tip into large ones."""

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.collections import Collection
from matplotlib.patheffects import withStroke

from . import style
from .exceedance import curve
from .results import is_named, labels, number_or_words, unit_of, with_unit, words

ONE_NEIGHBOUR = 1
ROUND_OFF = 1e-12
"""Below it an effect or a share [1] is what rounding left of 0."""


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
    numbers = table.select_dtypes("number").columns
    table[numbers] = table[numbers].mask(table[numbers].abs() < ROUND_OFF, 0.0)
    return table.dropna(subset=["effect"]).sort_values("effect", ascending=False)


def plot_tornado(sensitivity, data=None, axes=None):
    """The tornado of the mean: for every axis a bar from the lowest to the highest mean burn fraction, the strongest
    axis on top.

    At the ends stand the values of the axis; the whisker on the bar's upper end is the interval of its length. `data`,
    the file's root, gives units to the values and the range that was compared, on which the length depends.
    """
    axes = style.axes_or_new(axes)
    table = effects(sensitivity)
    names = [words(axis) if data is None else f"{words(axis)}\n{range_text(data[axis])}" for axis in table.index]
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
    axes.set(yticks=range(len(table)), yticklabels=names, ylim=(len(table) - 0.4, -0.6),
             xlabel="mean burnt share of the landscape, over all values of the other axes")
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= 1])
    axes.grid(visible=False, axis="y")
    style.percent_axis(axes.xaxis)
    return axes


def range_text(coordinate):
    """The values of an axis that are compared, in words: "5 to 35 %", "3 values"."""
    if is_named(coordinate):
        return ", ".join(labels(coordinate)) if coordinate.size <= 2 else f"{coordinate.size} values"
    low, high = (number_or_words(float(end)) for end in (coordinate.min(), coordinate.max()))
    return f"{low} to {with_unit(high, unit_of(coordinate))}"


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


def plot_response(response, axes=None, label="probability of a large fire"):
    """A map of `response` [1] over two axes, shape (rows, columns), with the line at one half: where it tips."""
    axes = style.axes_or_new(axes)
    vertical, horizontal = response.dims
    x, y = response[horizontal].values, response[vertical].values
    image = axes.pcolormesh(x, y, response, cmap="cividis", vmin=0, vmax=1, shading="nearest")
    if float(response.min()) < 0.5 < float(response.max()):
        line = axes.contour(x, y, response, levels=[0.5], colors="white", linewidths=2)
        outline = [withStroke(linewidth=4, foreground="black")]
        parts = [line] if isinstance(line, Collection) else line.collections  # which matplotlib 3.10 has no more
        plt.setp(parts, path_effects=outline)
        plt.setp(axes.clabel(line, fmt={0.5: "50 %"}, fontsize=10, colors="white"), path_effects=outline)
    axes.set(xlabel=style.axis_label(response[horizontal]), ylabel=style.axis_label(response[vertical]))
    axes.grid(visible=False)
    bar = axes.figure.colorbar(image, ax=axes, label=label)
    style.percent_axis(bar.ax.yaxis)
    return axes


def plot_along(exceedances, along, axes=None, label="probability of a large fire"):
    """Exceedances with their intervals along the axis `along`, one line for each value of the other axis, if there is.

    `exceedances` comes from `exceedance.curve` at one threshold and has dimensions (along) or (along, other). The lines
    are parallel if the axes do not depend on each other: what one does is then the same at every value of the other.
    """
    axes = style.axes_or_new(axes)
    other = next((dim for dim in exceedances.exceedance.dims if dim != along), None)
    lines = [exceedances] if other is None else [exceedances.isel({other: i}) for i in range(exceedances.sizes[other])]
    names = [None] if other is None else labels(exceedances[other])
    looks = style.looks(names if other is None else exceedances[other].values)
    named = is_named(exceedances[along])
    places = np.arange(exceedances.sizes[along]) if named else exceedances[along].values
    for one, name, look in zip(lines, names, looks):
        low, high = (one.exceedance_ci.sel(bound=bound).values for bound in ("lower", "upper"))
        axes.fill_between(places, low, high, color=look["color"], alpha=0.2, linewidth=0)
        axes.plot(places, one.exceedance.values, label=name, markevery=max(places.size // 12, 1), **look)
    if named:
        axes.set(xticks=places, xticklabels=labels(exceedances[along]))
    axes.set(xlabel=style.axis_label(exceedances[along]), ylabel=label, ylim=(-0.03, 1.03))
    style.percent_axis(axes.yaxis)
    if other is not None:
        style.legend_beside(axes, style.axis_label(exceedances[other]))
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
        style.legend_beside(axes, style.axis_label(points[by]))
    return axes
