"""Likelihood and consequence: the risk matrix, the worst fires, and alerts at a stated confidence.

Likelihoods are per fire: given that a fire starts on a day of that danger level. How often such days and ignitions come
is not in the simulations; multiply by it for a yearly likelihood.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.colors import LogNorm

from . import style
from .exceedance import curve
from .results import labels, scenario_name

CONSEQUENCES = {"spot": 0.0, "small": 0.001, "medium": 0.01, "large": 0.1, "very large": 0.5}
"""Classes of consequence, and the burn fraction [1] beyond which each begins."""

LIKELIHOODS = {"extremely rare": 0.0, "very rare": 0.0001, "rare": 0.001, "unlikely": 0.01, "likely": 0.1,
               "almost certain": 0.63}
"""Classes of likelihood, and the probability [1] at which each begins.

Source: Australian Institute for Disaster Resilience, National Emergency Risk Assessment Guidelines, 2020 (there of a
year, here of a fire).
"""


def matrix(burn_fraction, consequences=None, confidence=0.95):
    """Likelihood of every consequence, as a dataset; `burn_fraction` has dimensions (.., seed).

        at_least     (.., consequence)         share of fires of this class or a worse one: beyond its lower border
        at_least_ci  (.., consequence, bound)  Wilson's interval of it
        share        (.., consequence)         share of fires of just this class
    """
    consequences = CONSEQUENCES if consequences is None else consequences
    borders = list(consequences.values())
    curves = curve(burn_fraction, borders, confidence).rename(threshold="consequence")
    curves = curves.assign_coords(consequence=list(consequences), border=("consequence", borders))
    beyond = curves.exceedance.shift(consequence=-1, fill_value=0.0)
    return xr.Dataset({"at_least": curves.exceedance, "at_least_ci": curves.exceedance_ci,
                       "share": curves.exceedance - beyond},
                      attrs=curves.attrs)


def consequence_labels(classes):
    """The classes of a risk matrix with their borders, as text: "large\\n> 10 %"."""
    return [f"{name}\n> {style.percent(border) if border else '0'}" for name, border in
            zip(classes.consequence.values, classes.border.values)]


def plot_matrix(classes, axes=None):
    """The risk matrix: likelihood (colour, number, interval) of each consequence or worse, in one row for each danger
    level.

    `classes` comes from `matrix` and has dimensions (series, consequence).
    """
    axes = style.axes_or_new(axes)
    by = classes.at_least.dims[0]
    share = classes.at_least.values
    shown = np.where(share > 0, share, np.nan)
    image = axes.imshow(shown, norm=LogNorm(vmin=1e-3, vmax=1, clip=True), cmap="cividis_r", aspect="auto")
    low, high = (classes.at_least_ci.sel(bound=bound).values for bound in ("lower", "upper"))
    for row, column in np.ndindex(share.shape):
        dark = share[row, column] > 0.05
        if share[row, column] > 0:
            text = f"{style.percent(share[row, column])}\n{style.between(low[row, column], high[row, column], 2)}"
        else:
            text = f"none seen\n< {style.percent(high[row, column], 2)}"
        axes.text(column, row, text, ha="center", va="center", fontsize=8, color="white" if dark else "black",
                  linespacing=1.25)
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
    bar = axes.figure.colorbar(image, ax=axes, label="likelihood of this or worse, per fire", extend="min")
    style.percent_axis(bar.ax.yaxis)
    return axes


def plot_likelihood_classes(classes, axes=None, likelihoods=None):
    """The classical matrix, classes of likelihood over classes of consequence: each series stands in the cell it
    belongs to.

    Filled: the class of the estimate. Hollow, above it: the class of the interval's upper bound where that is another,
    which the runs cannot exclude.
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
            if share > 0:
                axes.plot(column + across[place], best, color=look["color"], **symbol)
            if highest > best or share == 0:
                axes.plot(column + across[place], highest, markerfacecolor="white", **symbol)
    axes.set(xticks=range(columns), xticklabels=consequence_labels(classes), xlabel="consequence: burnt share of the "
                                                                                    "landscape",
             yticks=range(rows), ylabel="likelihood of this or worse, per fire",
             yticklabels=[f"{name}\n≥ {style.percent(start) if start else '0'}" for name, start in likelihoods.items()])
    axes.set_xticks(np.arange(columns + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(rows + 1) - 0.5, minor=True)
    axes.grid(visible=False)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    axes.plot([], [], "o", markerfacecolor="white", markeredgecolor=style.GREY, markersize=7.5, label="not excluded")
    axes.legend(title=style.axis_label(classes[by]), loc="center left", bbox_to_anchor=(1.01, 0.5))
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
                label=f"interval of the {style.percent(quantile)} quantile")
    axes.plot(data.burn_fraction_mean, rows, "o", color="black", markerfacecolor="white", label="mean of all fires")
    axes.plot(at.burn_fraction_quantile, rows, "|", color=style.ACCENT, markersize=14, markeredgewidth=2.2,
              label=f"{style.percent(quantile)} of the fires burn less")
    axes.plot(at.burn_fraction_cvar, rows, "D", color=style.WARNING,
              label=f"CVaR: mean of the worst {style.percent(1 - quantile)}")
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
    own. Runs that failed or are missing are in no verdict but are counted in the column "unknown".
    """
    curves = curve(data.burn_fraction, [threshold], 2 * confidence - 1).isel(threshold=0)
    low, high = (curves.exceedance_ci.sel(bound=bound) for bound in ("lower", "upper"))
    columns = {"runs": curves.runs, "unknown": data.runs_planned - data.runs_ok, "likelihood": curves.exceedance,
               "lower": low, "upper": high}
    scenarios = xr.Dataset({name: column.reset_coords(drop=True) for name, column in columns.items()})
    table = scenarios.to_dataframe().dropna(subset=["likelihood"])
    verdict = np.select([table.lower > tolerable, table.upper <= tolerable], ["alert", "clear"], "open")
    table["verdict"] = pd.Categorical(verdict, ["alert", "open", "clear"], ordered=True)
    order = table.assign(place=np.arange(len(table))).sort_values(["verdict", "place"]).index
    return table.loc[order].astype({"runs": int, "unknown": int})


def alert_sentence(table, threshold, tolerable, confidence=0.95):
    """What a table of alerts says, in a sentence or two."""
    rule = (f"more than {style.percent(tolerable)} of the fires burn more than {style.percent(threshold)} of the "
            f"landscape ({style.percent(confidence)} confidence each)")
    names = [scenario_name(index) for index in table.index[table.verdict == "alert"]]
    undecided = int((table.verdict == "open").sum())
    first = f"In {len(names)} of {len(table)} scenarios {rule}" + (f": {'; '.join(names)}." if names else ".")
    return first + (f" {undecided} cannot be decided with these seeds." if undecided else "")
