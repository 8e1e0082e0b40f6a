"""Where does it burn? Burn-probability maps, how sure they are, and where scenarios differ."""

import matplotlib as mpl
import numpy as np
import xarray as xr
from matplotlib.colors import LogNorm

from . import style
from .intervals import bounds, wilson
from .results import labels, main_axis, number_or_words

RARE = 1e-3
"""Burn probability [1] below which a map shows no difference any more."""

FIRE = mpl.colors.ListedColormap(mpl.colormaps["inferno_r"](np.linspace(0.04, 0.93, 256)), "fire")
"""Its lightness falls steadily from rare to certain, so it survives grey print and colour-blindness."""


def has_maps(data):
    """Whether a results file has maps; the experiment needs `outputs.maps: true`."""
    return "burn_count" in data


def probability(data):
    """The burn probability [1] of every cell, dimensions (.., y, x): the share of the runs, or with `data` from
    `results.given_start` of the fires that started, in which it caught fire."""
    return (data.burn_count / data.runs_ok.where(data.runs_ok > 0)).rename("burn_probability")


def plot_burn_probability(probability, axes=None, colorbar=True, norm=None):
    """Draws a map, shape (y, x), of burn probabilities [1], on a logarithmic scale, by default from `RARE` to 1; what never
    burnt stays white."""
    axes = style.axes_or_new(axes)
    norm = LogNorm(vmin=RARE, vmax=1, clip=True) if norm is None else norm
    image = _draw(axes, np.ma.masked_less_equal(probability.values, 0), norm=norm, cmap=FIRE)
    axes.set_xlabel(f"mean {style.percent(float(probability.mean()))}", fontsize=9)
    if colorbar:
        share_bar(axes.figure, image, axes, "burn probability", extend="min")
    return image


def plot_panels(probability, columns=4):
    """A figure of one map for each value of the first dimension of `probability`, shape (series, y, x)."""
    by = probability.dims[0]
    count = probability.sizes[by]
    figure, panels = style.panels(count, **layout(probability, count, columns))
    for panel, label, place in zip(panels, labels(probability[by]), range(count)):
        image = plot_burn_probability(probability.isel({by: place}), panel, colorbar=False)
        panel.set_title(label)
    share_bar(figure, image, figure.axes, "burn probability", extend="min")
    return figure


def layout(field, count, columns):
    """How many maps go beside each other, and their size [inch], so that wide and high landscapes can be seen."""
    across = field.sizes["x"] / field.sizes["y"]
    columns = min(columns, count, 4 if across <= 1.6 else 2 if across <= 4 else 1)
    width = min(9.2 / columns, 4.2 if across <= 1.6 else 9.2)
    height = width / across
    if height > 4:
        width, height = max(4 * across, 1.4), 4
    return {"columns": columns, "width": width, "height": height + 0.55}


def interval(data, confidence=None):
    """Wilson's interval of `probability`, dimensions (.., y, x, bound)."""
    return wilson(data.burn_count, data.runs_ok, data.attrs["confidence"] if confidence is None else confidence)


def half_width(data):
    """Half the width of the interval of the burn probability of every cell, dimensions (.., y, x)."""
    both = interval(data)
    return ((both.sel(bound="upper") - both.sel(bound="lower")) / 2).rename("half_width")


def plot_half_width(width, axes=None):
    """Draws the half width [1] of the intervals of a map, shape (y, x): where the map is least sure."""
    axes = style.axes_or_new(axes)
    image = _draw(axes, width.values, cmap="cividis_r", vmin=0, vmax=max(float(width.max()), 1e-9))
    bar = axes.figure.colorbar(image, ax=axes, label="half width of the interval [percentage points]", shrink=0.85)
    bar.ax.yaxis.set_major_formatter(lambda share, _: style.stated(share)[:-2])
    return image


def difference(data, first, second, along=None, confidence=None, pairs=None):
    """Burn probability at `second` less that at `first`, cell by cell, as a dataset. Both are
    values of the axis `along`, by default the main axis.

        difference     (.., y, x)         second - first [1]
        difference_ci  (.., y, x, bound)  its interval
        clear          (.., y, x)         whether the interval excludes 0

    The interval is Newcombe's, for independent runs. Under common random numbers fires of two scenarios agree more than
    that, so it is wider than it need be. `pairs`, the group paired_AXIS (or paired, of danger levels) of a file whose
    experiment had outputs.paired_maps, gives that of fires paired by their seeds, with the confidence of the file. Each
    cell's holds on its own: of the cells without a difference, up to 1 - confidence will look clear.

    Source: R. G. Newcombe, Statist. Med. 17 (1998) 873-890, method 10; D. G. Bonett, R. M. Price, J. Educ. Behav. Stat. 37
    (2012) 479-488.
    """
    if pairs is not None:
        return _paired_difference(pairs, first, second)
    confidence = data.attrs["confidence"] if confidence is None else confidence
    along = main_axis(data) if along is None else along
    one, other = (data[["burn_count", "runs_ok"]].sel({along: value}).reset_coords(drop=True)
                  for value in (first, second))
    p1, p2 = one.burn_count / one.runs_ok, other.burn_count / other.runs_ok
    ci1, ci2 = (wilson(part.burn_count, part.runs_ok, confidence) for part in (one, other))
    l1, u1, l2, u2 = (ci.sel(bound=bound, drop=True) for ci in (ci1, ci2) for bound in ("lower", "upper"))
    lower = p2 - p1 - np.sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2)
    upper = p2 - p1 + np.sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2)
    return xr.Dataset({"difference": p2 - p1, "difference_ci": bounds(lower, upper), "clear": (lower > 0) | (upper < 0)},
                      attrs={"first": number_or_words(first), "second": number_or_words(second), "confidence": confidence})


def _paired_difference(pairs, first, second):
    signs = {f"{second} - {first}": 1, f"{first} - {second}": -1}
    pair = next((name for name in signs if name in pairs.pair.values), None)
    if pair is None or "burn_probability_difference" not in pairs:
        raise ValueError(f"the group has no maps of the pair {first}, {second}")
    chosen = signs[pair] * pairs[["burn_probability_difference", "burn_probability_difference_ci"]].sel(pair=pair, drop=True)
    ends = chosen.burn_probability_difference_ci
    ends = bounds(ends.min("bound"), ends.max("bound"))
    lower, upper = (ends.sel(bound=bound, drop=True) for bound in ("lower", "upper"))
    return xr.Dataset({"difference": chosen.burn_probability_difference, "difference_ci": ends, "clear": (lower > 0) | (upper < 0)},
                      attrs={"first": number_or_words(first), "second": number_or_words(second)})


def plot_difference(differences, axes=None, most=None, colorbar=True):
    """Draws a map of differences [1], shape (y, x): what is not clear (interval with 0 in it) stays grey.

    Colours reach from -most to most, by default the largest difference. Returns the image.
    """
    axes = style.axes_or_new(axes)
    most = largest(differences) if most is None else most
    colours = mpl.colormaps["PuOr_r"].with_extremes(bad="#D0D0D0")
    image = _draw(axes, np.ma.masked_where(~differences.clear.values, differences.difference.values), cmap=colours,
                  vmin=-most, vmax=most)
    if colorbar:
        points_bar(axes.figure, image, axes)
    return image


def plot_differences(steps, columns=3):
    """A figure of several maps of `difference` on one scale, each of them titled "second − first"."""
    figure, panels = style.panels(len(steps), **layout(steps[0], len(steps), columns))
    most = max(largest(differences) for differences in steps)
    for panel, differences in zip(panels, steps):
        image = plot_difference(differences, panel, most, colorbar=False)
        panel.set_title(f"{differences.attrs['second']} − {differences.attrs['first']}")
    points_bar(figure, image, figure.axes)
    return figure


def largest(differences):
    """The largest difference [1] that is clear, of either sign; one percentage point if none is."""
    return max(float(np.abs(differences.difference.where(differences.clear)).max().fillna(0)), 0.01)


def alert_map(data, tolerable, confidence=0.95):
    """Which cells burn in more than a `tolerable` share of the fires: 1 yes, -1 no, 0 open, as int8, dimensions (.., y,
    x).

    Yes and no hold with one-sided `confidence`, each cell on its own.
    """
    both = interval(data, 2 * confidence - 1)
    low, high = (both.sel(bound=bound, drop=True) for bound in ("lower", "upper"))
    return (xr.where(low > tolerable, 1, 0) - xr.where(high <= tolerable, 1, 0)).astype("int8").rename("alert")


def plot_alert_map(alert, axes=None):
    """Draws a map of `alert_map`, shape (y, x)."""
    axes = style.axes_or_new(axes)
    colours = mpl.colors.ListedColormap(["#F2F2F2", "#A6A6A6", style.WARNING])
    image = _draw(axes, alert.values, cmap=colours, vmin=-1.5, vmax=1.5)
    bar = axes.figure.colorbar(image, ax=axes, ticks=[-1, 0, 1], shrink=0.85)
    bar.ax.set_yticklabels(["no", "open", "yes"])
    bar.ax.tick_params(length=0)
    return image


def _draw(axes, values, **options):
    image = axes.imshow(values, origin="upper", interpolation="nearest", **options)
    style.frame_only(axes)
    return image


def share_bar(figure, image, axes, label, **options):
    bar = figure.colorbar(image, ax=axes, label=label, shrink=0.85, **options)
    style.percent_axis(bar.ax.yaxis)


def points_bar(figure, image, axes):
    bar = figure.colorbar(image, ax=axes, label="difference [percentage points]", shrink=0.85)
    style.points_axis(bar.ax.yaxis)


def profile(field, row=None):
    """A map, or a dataset of maps, along one row of cells, by default the middle: dimensions (.., x)."""
    return field.isel(y=field.sizes["y"] // 2 if row is None else row)


def plot_profile(data, row=None, axes=None):
    """Draws the burn probability along a row of cells, with Wilson's interval, for each value of the only axis left in
    `data`."""
    axes = style.axes_or_new(axes)
    cells = profile(data[["burn_count", "runs_ok"]], row)
    along, both = probability(cells), interval(cells)
    by = along.dims[0]
    for place, (label, look) in enumerate(zip(labels(along[by]), style.looks(along[by].values))):
        low, high = (both.isel({by: place}).sel(bound=bound) for bound in ("lower", "upper"))
        seen = along.isel({by: place}) > 0
        axes.fill_between(along.x, low, high, where=seen, color=look["color"], alpha=0.25, linewidth=0)
        axes.plot(along.x, along.isel({by: place}).where(seen), label=label,
                  markevery=(9 * place, along.sizes["x"] // 5 or 1), **look)
    axes.set(xlabel="column x [cells]", ylabel="burn probability", yscale="log", ylim=(RARE / 2, 1.4))
    style.percent_axis(axes.yaxis)
    style.legend_beside(axes, style.axis_label(along[by]))
    return axes
