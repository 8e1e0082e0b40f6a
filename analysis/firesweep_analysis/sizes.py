"""What happened: how large the fires became, in which two kinds they fall, and how they went on."""

import numpy as np
import xarray as xr
from scipy.special import stdtrit

from . import style
from .results import labels


def table(data, large=0.1):
    """What happened in every scenario, as a pandas table with one row for each; burn fractions are shares [1].

    It is about all runs, or with `data` from `results.given_start` about the fires that started: "runs" counts them.
    "cut off" counts those that `max_steps` ended: where there are any, the other columns are lower bounds.

    A fire is called large beyond the threshold of the file that is nearest to `large` [burn fraction]. The columns
    "escape" and what follows are about fires beyond `escape_border`; they are NaN where sizes have one mode only.
    """
    interval = mean_interval(data).clip(0, 1)
    columns = {"runs": data.runs_ok, "started": data.started, "failed": data.runs_failed, "cut off": data.runs_cut_off,
               "mean": data.burn_fraction_mean, "mean lower": interval.sel(bound="lower"),
               "mean upper": interval.sel(bound="upper")}
    for name, q in (("median", 0.5), ("95 %", 0.95)):
        if q in data["quantile"]:
            columns[name] = data.burn_fraction_quantile.sel(quantile=q)
    large = large_threshold(data, large)
    columns[f"P(> {style.stated(large)})"] = data.exceedance.sel(threshold=large)
    for name, column in ((f"mean if > {style.stated(large)}", "exceedance_size_mean"), ("escape", "escape_probability"),
                         ("size if escaped", "escape_size_mean"), ("size if contained", "contained_size_mean")):
        if column in data:
            columns[name] = data[column].sel(threshold=large) if "threshold" in data[column].dims else data[column]
    scenarios = xr.Dataset({name: column.reset_coords(drop=True) for name, column in columns.items()})
    rows = scenarios.where(data.runs_planned > 0).to_dataframe()
    return rows.dropna(subset=["runs"]).astype({"runs": int, "failed": int, "cut off": int})


def mean_interval(data):
    """The interval of the mean burn fraction; NaN where all fires are alike, as a width of 0 would be no knowledge."""
    return data.burn_fraction_mean_ci.where(data.burn_fraction_sd > 0)


def large_threshold(data, wanted=0.1):
    """The threshold of the file that lies nearest to `wanted`: what is called a large fire."""
    return data.threshold.sel(threshold=wanted, method="nearest").item()


def plot_sizes(burn_fraction, axes=None, most=400):
    """Every fire as a point, by its size, in a row for each value of the first dimension, with quartiles and 5 to 95 %.

    `burn_fraction` has dimensions (series, seed). Of a row at most `most` fires are drawn; the bars are of all.
    """
    axes = style.axes_or_new(axes)
    by = burn_fraction.dims[0]
    smallest = float(burn_fraction.where(burn_fraction > 0).min().fillna(1))
    spread = np.random.default_rng(1)  # of the points across their row, which means nothing
    for row, look in enumerate(style.looks(burn_fraction[by].values)):
        sizes = burn_fraction.isel({by: row}).dropna("seed").values
        if not sizes.size:
            continue
        shown = np.maximum(sizes[:most], smallest / 1.6)
        axes.scatter(shown, row + spread.uniform(-0.3, 0.3, shown.size), s=5, color=look["color"], alpha=0.45,
                     linewidth=0, rasterized=True)
        low, quarter, median, three, high = np.maximum(np.quantile(sizes, [0.05, 0.25, 0.5, 0.75, 0.95]),
                                                       smallest / 1.6)
        axes.plot([low, high], [row, row], color="black", linewidth=1.1, solid_capstyle="butt")
        axes.plot([quarter, three], [row, row], color="black", linewidth=5, solid_capstyle="butt")
        axes.plot(median, row, "o", markerfacecolor="white", markeredgecolor="black", markersize=6)
    axes.set(xscale="log", xlim=(smallest / 2, 1.3), xlabel="burnt share of the landscape",
             ylabel=style.axis_label(burn_fraction[by]),
             yticks=range(burn_fraction.sizes[by]), yticklabels=labels(burn_fraction[by]),
             ylim=(burn_fraction.sizes[by] - 0.4, -0.6))
    axes.grid(visible=False, axis="y")
    style.percent_axis(axes.xaxis)
    return axes


def plot_escape(data, axes=None):
    """The two kinds of fire: for each value of the only axis left in `data`, the share that escapes, and the mean size
    of both kinds.

    Bars are shares of the fires; numbers are mean sizes. Where sizes have one mode, there is one bar. There are no
    intervals because the same fires decide where one kind ends: those of `exceedance` and `exceedance_size_mean` hold.
    """
    axes = style.axes_or_new(axes)
    by = data.escape_probability.dims[0]
    share = data.escape_probability.fillna(0).values
    rows = np.arange(share.size)
    two = share > 0
    axes.barh(rows, 1 - share, color="#E3E3E3", edgecolor=style.GREY, linewidth=0.6)
    axes.barh(rows, share, left=1 - share, color=style.OKABE_ITO["orange"], edgecolor=style.GREY, linewidth=0.6,
              hatch="//")
    for row in rows:
        small = data.contained_size_mean if two[row] else data.burn_fraction_mean
        patch = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        axes.text(0.015, row, style.percent(small.values[row]), va="center", fontsize=8.5,
                  bbox=patch if two[row] else None)
        if two[row]:
            axes.text(0.985, row, style.percent(data.escape_size_mean.values[row]), va="center", ha="right",
                      fontsize=8.5, bbox=patch)
    axes.set(yticks=rows, yticklabels=labels(data[by]), ylim=(rows.size - 0.4, -0.6), xlim=(0, 1),
             ylabel=style.axis_label(data[by]),
             xlabel="share of the fires (number in the bar: mean burnt share of its fires)")
    axes.grid(visible=False, axis="y")
    style.percent_axis(axes.xaxis)
    return axes


def plot_course(data, axes=None, burning=True):
    """How fires go on: cells burning at each step (or the share burnt so far), mean over all fires, for each value of
    the only axis.

    The band is Student's interval of the mean. A fire that has ended counts on with nothing burning.
    """
    axes = style.axes_or_new(axes)
    name = "burning_cells" if burning else "burnt_fraction"
    mean = data[f"{name}_mean"]
    by = next(dim for dim in mean.dims if dim != "step")
    runs = data.runs_ok.where(data.runs_ok > 1)
    error = stdtrit(runs - 1, (1 + data.attrs["confidence"]) / 2) * data[f"{name}_sd"] / np.sqrt(runs)
    shown = mean.where(mean > 0)
    for place, (label, look) in enumerate(zip(labels(mean[by]), style.looks(mean[by].values))):
        one, spread = shown.isel({by: place}), error.isel({by: place})
        if spread.notnull().any():
            axes.fill_between(one.step, (one - spread).clip(1e-9), one + spread, color=look["color"], alpha=0.25,
                              linewidth=0)
        axes.plot(one.step, one, label=label, markevery=(5 * (place + 1), max(mean.sizes["step"] // 6, 1)), **look)
    axes.set(yscale="log", xlabel="time since ignition [steps]",
             ylabel="cells burning at once, mean" if burning else "burnt share of the landscape, mean")
    floor = 1e-2 if burning else 1e-6
    axes.set_ylim(bottom=max(floor, float(shown.min().fillna(0))))
    style.count_axis(axes.yaxis) if burning else style.percent_axis(axes.yaxis)
    style.legend_beside(axes, style.axis_label(mean[by]))
    return axes
