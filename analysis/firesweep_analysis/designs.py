"""What the parameters of a design do: Sobol' indices, elementary effects, regression coefficients, and the samples themselves."""

import numpy as np
import pandas as pd

from . import style
from .results import unit_of, with_unit, words

ESTIMATES = {
    "sobol": {"first_order": "explained by it alone", "total": "left to it when all others are known"},
    "morris": {"mu_star": "mean size of its effects", "mu": "mean of its effects", "sigma": "their standard deviation"},
    "regression": {"rank_regression": "regression of ranks", "regression": "regression of values",
                   "partial_rank_correlation": "partial correlation of ranks"},
}
"""The estimates of each kind of method, in words."""


def is_of_design(data):
    """Whether a file's scenarios are samples of a design."""
    return data is not None and "sample" in data.dims


def kind(sensitivity):
    """"sobol", "morris", or "regression" for all other methods, of the group "sensitivity" of a file with a design."""
    method = sensitivity.attrs["method"]
    return method if method in ESTIMATES else "regression"


def strongest(sensitivity):
    """The estimate that tells most of how much a parameter matters."""
    return {"sobol": "total", "morris": "mu_star", "regression": "rank_regression"}[kind(sensitivity)]


def quantity_text(quantity):
    """"mean burnt share", "fires > 10 %", "mean houses lost"."""
    if quantity == "burn_fraction":
        return "mean burnt share"
    if quantity.startswith("exceedance_"):
        return f"fires > {100 * float(quantity.removeprefix('exceedance_')):g} %"
    return f"mean {words(quantity)}"


def effects(sensitivity, quantity="burn_fraction"):
    """What every parameter does to a quantity, most first, as a pandas table: the method's estimates, each with "lower" and
    "upper" bounds. `sensitivity` is the group of that name, at one combination of the other axes."""
    chosen = sensitivity.sel(quantity=quantity)
    columns = {}
    for estimate in ESTIMATES[kind(sensitivity)]:
        columns[estimate] = chosen[estimate].values
        for bound in ("lower", "upper"):
            columns[f"{estimate} {bound}"] = chosen[f"{estimate}_ci"].sel(bound=bound).values
    if "mu_star_inert" in chosen:
        columns["mu_star_inert"] = chosen.mu_star_inert.values
    table = pd.DataFrame(columns, index=pd.Index(sensitivity.parameter.values, name="parameter"))
    return table.sort_values(strongest(sensitivity), key=abs, ascending=False)


def plot_effects(sensitivity, quantity="burn_fraction", axes=None, data=None):
    """Bars of what every parameter does to a quantity, with intervals; of Sobol' indices the part that is its alone within
    all that it takes part in. `data`, the file's root, gives the ranges that were compared, on which all depends."""
    axes = style.axes_or_new(axes)
    table = effects(sensitivity, quantity)
    main = strongest(sensitivity)
    drawn = {"total": "#CFCFCF", "first_order": style.OKABE_ITO["sky blue"]} if main == "total" else {
        main: style.OKABE_ITO["sky blue"]}
    rows = np.arange(len(table))
    for place, (estimate, colour) in enumerate(drawn.items()):
        height = 0.7 - 0.3 * place
        axes.barh(rows, table[estimate], height=height, color=colour, edgecolor=style.GREY, linewidth=0.8,
                  label=ESTIMATES[kind(sensitivity)][estimate])
        shift = (0.18 if place else -0.18) * (len(drawn) > 1)
        ends = [(table[estimate] - table[f"{estimate} lower"]).clip(lower=0),
                (table[f"{estimate} upper"] - table[estimate]).clip(lower=0)]
        axes.errorbar(table[estimate], rows + shift, xerr=ends, fmt="none", ecolor="black", capsize=2.5, elinewidth=0.9)
    if "mu_star_inert" in table:
        axes.plot(table["mu_star_inert"], rows, "|", color=style.WARNING, markersize=18, markeredgewidth=2, label="by chance, without any effect")
        axes.legend(loc="lower right")
    names = [words(name) if data is None else f"{words(name)}\n{sampled_range(data[name])}" for name in table.index]
    axes.set(yticks=rows, yticklabels=names, ylim=(len(table) - 0.4, -0.6), xlabel=_axis_text(sensitivity, quantity))
    axes.axvline(0, color=style.GREY, linewidth=0.8)
    axes.grid(visible=False, axis="y")
    if main == "total":
        style.percent_axis(axes.xaxis)
        axes.legend(loc="lower right")
    return axes


def _axis_text(sensitivity, quantity):
    about = quantity_text(quantity)
    return {"sobol": f"share of the variance of the {about}, chance taken out",
            "morris": f"mean size of its effect on the {about}, over its whole range",
            "regression": f"change of the {about} with it, both as ranks in standard deviations"}[kind(sensitivity)]


def sampled_range(values):
    """What a parameter was drawn from: "20.1 to 89.7 km/h"."""
    low, high = (f"{float(end):.3g}" for end in (values.min(), values.max()))
    return f"{low} to {with_unit(high, unit_of(values))}"


def plot_samples(data, parameter, axes=None, column="burn_fraction", label="mean burnt share"):
    """The mean over seeds of every sample against one of its parameters: what an index is made of. `data` is the root at one
    combination of the other axes, with dimensions (sample, seed)."""
    axes = style.axes_or_new(axes)
    means = data[column].mean("seed")
    axes.plot(data[parameter], means, "o", color=style.ACCENT, markersize=3, alpha=0.35, markeredgewidth=0)
    order = np.argsort(data[parameter].values)
    parts = np.array_split(order, min(12, max(1, order.size // 8)))
    axes.plot([data[parameter].values[part].mean() for part in parts], [means.values[part].mean() for part in parts],
              color=style.WARNING, linewidth=2.2)
    axes.set(xlabel=style.axis_label(data[parameter]), ylabel=label)
    if column == "burn_fraction":
        style.percent_axis(axes.yaxis)
    return axes
