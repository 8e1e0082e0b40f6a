"""Likelihood and consequence: the risk matrix, the worst fires, and alerts at a stated confidence.

Likelihoods are per fire that starts, if the burn fractions are those of `results.given_start`, else per run, whether a
fire started in it or not. How often fires start is not in the simulations; where an experiment says it, `season` has yearly
likelihoods.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.colors import LogNorm

from . import style
from .exceedance import curve, undecided
from .intervals import wilson
from .results import labels, scenario_name

CONSEQUENCES = {"tiny": 0.0, "small": 0.001, "medium": 0.01, "large": 0.1, "very large": 0.5}
"""Classes of consequence, and the burn fraction [1] beyond which each begins."""

LIKELIHOODS = {"extremely rare": 0.0, "very rare": 0.0001, "rare": 0.001, "unlikely": 0.01, "likely": 0.1,
               "almost certain": 0.63}
"""Classes of likelihood, and the probability [1] at which each begins.

Source: Australian Institute for Disaster Resilience, National Emergency Risk Assessment Guidelines, 2020 (there of a
year, here of a fire).
"""


def matrix(burn_fraction, consequences=None, confidence=0.95, burning_cells=None):
    """Likelihood of every consequence, as a dataset; `burn_fraction` has dimensions (.., seed).

        at_least     (.., consequence)         share of the fires beyond the lower border of the class: of this class
                                               or a worse one
        at_least_ci  (.., consequence, bound)  Wilson's interval of it
        share        (.., consequence)         share of the fires of just this class
        undecided    (.., consequence)         fires that `max_steps` cut off before this class, which might have
                                               reached it; 0 without `burning_cells`, the cells of each that burnt on

    Where fires are undecided, likelihoods are lower bounds.
    """
    consequences = CONSEQUENCES if consequences is None else consequences
    borders = list(consequences.values())
    curves = curve(burn_fraction, borders, confidence).rename(threshold="consequence")
    curves = curves.assign_coords(consequence=list(consequences), border=("consequence", borders))
    beyond = curves.exceedance.shift(consequence=-1, fill_value=0.0)
    cut_off = xr.zeros_like(burn_fraction) if burning_cells is None else burning_cells
    open_ends = ((cut_off > 0) & (burn_fraction <= curves.border)).sum("seed").compute()
    return xr.Dataset({"at_least": curves.exceedance, "at_least_ci": curves.exceedance_ci,
                       "share": curves.exceedance - beyond, "undecided": open_ends.transpose(..., "consequence")},
                      attrs=curves.attrs)


def consequence_labels(classes):
    """The classes of a risk matrix with their borders, as text: "large\\n> 10 %"."""
    return [f"{name}\n> {style.stated(border) if border else '0'}" for name, border in
            zip(classes.consequence.values, classes.border.values)]


def plot_matrix(classes, axes=None):
    """The risk matrix: likelihood (colour, number, interval) of each consequence or worse, in one row for each value
    of the first axis.

    `classes` comes from `matrix` and has dimensions (series, consequence).
    """
    axes = style.axes_or_new(axes)
    by = classes.at_least.dims[0]
    share = classes.at_least.values
    shown = np.where(share > 0, share, np.nan)
    image = axes.imshow(shown, norm=LogNorm(vmin=1e-3, vmax=1, clip=True), cmap="cividis_r", aspect="auto")
    low, high = (classes.at_least_ci.sel(bound=bound).values for bound in ("lower", "upper"))
    for row, column in np.ndindex(share.shape):
        text = _cell(share[row, column], low[row, column], high[row, column], classes.undecided.values[row, column])
        axes.text(column, row, text, ha="center", va="center", fontsize=8, linespacing=1.25,
                  color="white" if share[row, column] > 0.05 else "black")
    axes.set(yticks=range(classes.sizes[by]), yticklabels=labels(classes[by]),
             xticks=range(classes.sizes["consequence"]),
             xticklabels=consequence_labels(classes), ylabel=style.axis_label(classes[by]),
             xlabel="consequence: burnt share of the landscape")
    axes.set_xticks(np.arange(classes.sizes["consequence"] + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(classes.sizes[by] + 1) - 0.5, minor=True)
    axes.grid(visible=False)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    bar = axes.figure.colorbar(image, ax=axes, label="likelihood per fire", extend="min")
    style.percent_axis(bar.ax.yaxis)
    return axes


def _cell(share, low, high, undecided):
    """What is written into a cell of the matrix: the likelihood above its interval."""
    if undecided:
        return f"≥ {style.percent(share)}\n≥ {style.percent(low, 2)}" if share > 0 else "cut off\nbefore"
    return f"{style.percent(share)}\n{style.between(low, high, 2)}" if share > 0 else \
        f"none seen\n< {style.percent(high, 2)}"


def plot_likelihood_classes(classes, axes=None, likelihoods=None):
    """The classical matrix, classes of likelihood over classes of consequence: each series stands in the cell it
    belongs to.

    Filled: the class of the estimate. Hollow, above it: the highest class that the runs cannot exclude where that is
    another one: that of the interval's upper bound, or any if fires were cut off.
    """
    likelihoods = LIKELIHOODS if likelihoods is None else likelihoods
    axes = plt.subplots(figsize=(8.4, 4.8))[1] if axes is None else axes
    by = classes.at_least.dims[0]
    starts = np.array(list(likelihoods.values()))
    rows, columns, series = len(starts), classes.sizes["consequence"], classes.sizes[by]
    rating = np.add.outer(np.arange(rows) / (rows - 1), np.arange(columns) / (columns - 1)) / 2
    axes.imshow(rating, cmap="Greys", vmin=0, vmax=2.2, aspect="auto", origin="lower")
    across = (np.arange(series) - (series - 1) / 2) * 0.86 / series
    upper = classes.at_least_ci.sel(bound="upper").values
    for place, (label, look) in enumerate(zip(labels(classes[by]), style.looks(classes[by].values))):
        symbol = {"marker": look["marker"], "linestyle": "none", "markeredgecolor": look["color"], "markersize": 7.5}
        axes.plot([], [], label=label, color=look["color"], **symbol)
        for column in range(columns):
            share = classes.at_least.values[place, column]
            if not np.isfinite(share):
                continue
            best = np.searchsorted(starts, share, side="right") - 1
            highest = np.searchsorted(starts, upper[place, column], side="right") - 1
            if classes.undecided.values[place, column]:
                highest = rows - 1
            if share > 0:
                axes.plot(column + across[place], best, color=look["color"], **symbol)
            if highest > best or share == 0:
                axes.plot(column + across[place], highest, markerfacecolor="white", **symbol)
    axes.set(xticks=range(columns), xticklabels=consequence_labels(classes), xlabel="consequence: burnt share of the "
                                                                                    "landscape",
             yticks=range(rows), ylabel="likelihood of this or worse, per fire",
             yticklabels=[f"{name}\n≥ {style.stated(start) if start else '0'}" for name, start in likelihoods.items()])
    axes.set_xticks(np.arange(columns + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(rows + 1) - 0.5, minor=True)
    axes.grid(visible=False)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    axes.plot([], [], "o", markerfacecolor="white", markeredgecolor=style.GREY, markersize=7.5, label="not excluded")
    style.legend_beside(axes, style.axis_label(classes[by]), handlelength=1)
    return axes


def plot_worst(data, quantile=0.95, axes=None):
    """How bad the bad fires are, for each value of the only axis left: mean, quantile with interval, and CVaR.

    CVaR, the conditional value at risk, is the mean of the worst (1 - quantile) share of the fires.
    """
    axes = style.axes_or_new(axes)
    by = data.burn_fraction_mean.dims[0]
    rows = np.arange(data.sizes[by])
    at = data.sel(quantile=quantile)
    low, high = (at.burn_fraction_quantile_ci.sel(bound=bound).values for bound in ("lower", "upper"))
    axes.hlines(rows, low, high, color=style.ACCENT, linewidth=7, alpha=0.3,
                label=f"interval of the {style.stated(quantile)} quantile")
    axes.plot(data.burn_fraction_mean, rows, "o", color="black", markerfacecolor="white", label="mean of all fires")
    axes.plot(at.burn_fraction_quantile, rows, "|", color=style.ACCENT, markersize=14, markeredgewidth=2.2,
              label=f"{style.stated(quantile)} of the fires burn less")
    axes.plot(at.burn_fraction_cvar, rows, "D", color=style.WARNING,
              label=f"CVaR: mean of the worst {style.stated(1 - quantile)}")
    axes.set(xscale="log", yticks=rows, yticklabels=labels(data[by]), ylim=(rows.size - 0.4, -0.6),
             ylabel=style.axis_label(data[by]), xlabel="burnt share of the landscape")
    axes.set_xlim(right=1.3)
    style.percent_axis(axes.xaxis)
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5))
    return axes


def alerts(data, threshold, tolerable, confidence=0.95):
    """Where fires beyond `threshold` [burn fraction] are likelier than `tolerable` [probability], as a pandas table of
    all scenarios.

    The verdict is "alert" if the one-sided lower bound of the likelihood lies above what is tolerable, "clear" if the
    upper bound lies at or below it, and "open" if more seeds must decide. Each verdict holds with `confidence`, on its
    own. A fire cut off by `max_steps` at or below the threshold counts as beyond it for the upper bound. Runs that
    failed or are missing are in no verdict but are counted in the column "unknown".
    """
    curves = curve(data.burn_fraction, [threshold], 2 * confidence - 1).isel(threshold=0, drop=True)
    low = curves.exceedance_ci.sel(bound="lower")
    most = (curves.exceedance * curves.runs).round() + undecided(data, threshold)
    high = wilson(most, curves.runs, 2 * confidence - 1).sel(bound="upper")
    unknown = (data.status != 1).sum("seed").compute()
    columns = {"runs": curves.runs, "unknown": unknown, "likelihood": curves.exceedance, "lower": low, "upper": high}
    scenarios = xr.Dataset({name: column.reset_coords(drop=True) for name, column in columns.items()})
    table = scenarios.to_dataframe().dropna(subset=["likelihood"])
    verdict = np.select([table.lower > tolerable, table.upper <= tolerable], ["alert", "clear"], "open")
    table["verdict"] = pd.Categorical(verdict, ["alert", "open", "clear"], ordered=True)
    order = table.assign(place=np.arange(len(table))).sort_values(["verdict", "place"]).index
    return table.loc[order].astype({"runs": int, "unknown": int})


def alert_sentence(table, threshold, tolerable, confidence=0.95):
    """What a table of alerts says, in a sentence or two."""
    rule = (f"more than {style.stated(tolerable)} of the fires burn more than {style.stated(threshold)} of the "
            f"landscape ({style.stated(confidence)} confidence each)")
    names = [scenario_name(index) for index in table.index[table.verdict == "alert"]]
    undecided = int((table.verdict == "open").sum())
    first = f"In {len(names)} of {len(table)} scenarios {rule}" + (f": {'; '.join(names)}." if names else ".")
    return first + (f" {undecided} cannot be decided with these seeds." if undecided else "")
