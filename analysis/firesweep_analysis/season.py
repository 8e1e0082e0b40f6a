"""What do the fires of a year come to, and how often is one of them large? Rates, return periods and the annual map.

The experiment's `season` says how often each weather comes with fires, and how these are lit. Fires are then independent
and Poisson: in a year there are as many as that says on average, but any number in a given one. All of this is over all
runs, those among them in which no fire started, as `season` counts ignitions as the experiment makes them.
"""

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.colors import LogNorm

from . import estimates, ground, maps, style
from .intervals import bounds, wilson
from .results import axes_of, has_group, labels, open_results, scenario_name, words

ASSUMPTIONS = ("Fires are taken to be independent of each other, and Poisson: as often as the experiment's season says, and "
               "lit as its runs are, those that never start among them. Intervals are about the number of simulated "
               "fires, not about how many days and fires a year has.")

_ROWS = ("threshold", "return_period")

MOST_STEPS = 300
"""Sizes at which a curve is reckoned; where fires have more, they are thinned."""


def open_season(path, root=None):
    """The group "season" of a results file, the year that its fires add up to; None if there is none. `root` is the file if
    it is open.

    Its attribute `axes` names the axes for whose values there is a year each; those that the season mixes are not among
    them.
    """
    if not has_group(path, "season"):
        return None
    year = open_results(path, "season", root=root)
    return year.assign_attrs(axes=" ".join(kept_axes(year)))


def kept_axes(year):
    """The axes for whose values there is a year each."""
    return [str(dim) for dim in year.expected_fires.dims]


def expected(year):
    """What is to be expected in each year, as a pandas table: fires, and burn fraction and area [ha] with intervals."""
    columns = {"fires": year.expected_fires}
    for name, title in (("expected_burn_fraction", "burnt"), ("expected_area", "area")):
        if name in year:
            columns |= estimates.with_interval(title, year[name], year[f"{name}_ci"])
    return estimates.frame(columns, _ROWS)


def rates(year):
    """How often fires exceed each threshold [burn fraction] of the file, as a pandas table: "rate" [year-1], "chance" of one
    or more in a year [1] and "return period" [year], each with its interval."""
    columns = {}
    for name in ("rate", "chance", "return_period"):
        columns |= estimates.with_interval(words(name), year[f"exceedance_{name}"], year[f"exceedance_{name}_ci"])
    return estimates.frame(columns, _ROWS)


def sizes(year):
    """The size that is exceeded once in each return period, as a pandas table: "size" [burn fraction] and, where cells have a
    size, "area" [ha], with intervals; NaN where too few runs lie beyond it, which "runs beyond" counts."""
    columns = estimates.with_interval("size", year["size"], year.size_ci)
    if "size_area" in year:
        columns |= estimates.with_interval("area", year.size_area, year.size_area_ci)
    return estimates.frame(columns | {"runs beyond": year.size_runs_beyond}, _ROWS)


def written_rates(data, year):
    """`rates` for reading: a pandas table of text, with a row for each threshold. `data` is the file's root."""
    table = rates(year)
    over = table.index.get_level_values("threshold")
    written = pd.DataFrame({
        "fires a year": [estimates.written(row, "rate", style.number) for _, row in table.iterrows()],
        "chance in a year": [estimates.written(row, "chance", style.percent) for _, row in table.iterrows()],
        "once in .. years": [return_period_text(row) for _, row in table.iterrows()]}, table.index)
    if ground.has_ground(data):
        written.insert(0, "area", [ground.area(ground.hectares(data, size)) for size in over])
    return estimates.named_rows(written, "threshold", "fires over", style.stated)


def written_sizes(data, year):
    """`sizes` for reading: a pandas table of text, with a row for each return period. `data` is the file's root."""
    table = sizes(year)
    written = pd.DataFrame({"burnt share": [size_text(row, year.attrs["fewest_runs_beyond"]) for _, row in table.iterrows()]}, table.index)
    if "area" in table:
        written["area"] = ["" if np.isnan(row["area"]) else estimates.written(row, "area", ground.area) for _, row in table.iterrows()]
    return estimates.named_rows(written, "return_period", "exceeded once in", lambda years: f"{years:g} years")


def return_period_text(row):
    """The return period [year] of a row of `rates` in words; what no run exceeds has a lower bound."""
    if np.isinf(row["return period"]):
        low = row["return period lower"]
        return "not seen" if np.isnan(low) else f"more than {style.number(low)}"
    return estimates.written(row, "return period", style.number)


def size_text(row, needed):
    """The size of a row of `sizes` in words, or why it is not known: so many runs are `needed` beyond it."""
    if not np.isnan(row["size"]):
        return estimates.written(row, "size", style.percent)
    if np.isnan(row["runs beyond"]):
        return "not known: no seed is known in every scenario"
    runs = int(row["runs beyond"])
    return f"not known: {runs} run{'' if runs == 1 else 's'} beyond it, and {needed} are needed (more seeds)"


def sentences(data, year, most=4):
    """What a year comes to, in sentences; where there are several years, of at most so many that burn most."""
    amount, over = expected(year), rates(year)
    least = "at least " if cut_off(data, year) else ""
    several = len(amount) > 1
    order = np.argsort(-amount["burnt"].fillna(-1).to_numpy(), kind="stable")[:most]
    return [text for place in order
            for text in _of_year(amount.iloc[place], over.iloc[_rows_of(over, len(amount), place)],
                                 f"{scenario_name(amount.index[place])}: in" if several else "In", least, data)]


def _rows_of(table, years, place):
    each = len(table) // years
    return slice(place * each, (place + 1) * each)


def _of_year(amount, over, start, least, data):
    confidence = style.stated(data.attrs["confidence"])
    if np.isnan(amount["burnt"]):
        return [f"{start} a year {style.number(amount['fires'])} fires are to be expected; what they burn is not known, as no "
                "seed is known in every scenario."]
    area = f", {ground.area(amount['area'])}" if "area" in amount else ""
    sure = "" if np.isnan(amount["burnt lower"]) else \
        f" ({confidence} confidence: {style.between(max(amount['burnt lower'], 0), amount['burnt upper'])})"
    burns = (f"{start} a year {style.number(amount['fires'])} fires are to be expected, which burn "
             f"{least}{style.percent(amount['burnt'])} of the landscape{area} in all{sure}.")
    seen = over[over["rate"] > 0]
    if not len(seen):
        return [burns]
    row = seen.iloc[-1]
    threshold = seen.index.get_level_values("threshold")[-1]
    often = style.number(row["return period"])
    sure = "" if np.isnan(row["return period lower"]) else \
        f" ({confidence} confidence: {estimates.between(row['return period lower'], row['return period upper'], style.number)})"
    there = "" if start == "In" else " there"
    return [burns, f"A fire of more than {style.stated(threshold)} comes{there} once in {'at most ' if least else ''}{often} "
                   f"years{sure}: in a year, its chance is {least}{style.percent(row['chance'])}."]


def cut_off(data, year):
    """How many fires of the year `max_steps` cut off: where there are any, rates and sizes are lower bounds."""
    return int(data.runs_cut_off.where(year.fires_per_year > 0, 0).sum())


def curve(data, year, thresholds=None, of="burn_fraction"):
    """The frequency-size curve: how many fires a year exceed each size, as a dataset.

        rate         (axes.., threshold)         fires a year over the threshold [year-1]
        rate_ci      (axes.., threshold, bound)  its interval, which joins Wilson's of the scenarios, for each threshold
        runs_beyond  (axes.., threshold)         runs over it

    `of` names what sizes are of, dimensions (axes.., seed): burn fractions [1], or what fires took of a set of assets.
    `thresholds` are such sizes; by default where the curves fall, at most some `MOST_STEPS` sizes of fires. The
    interval is that of the file's thresholds, for any: see include/firesweep/statistics/season.hpp.
    """
    parts = _parts(data, year, of)
    if thresholds is None:
        thresholds = _steps(parts)
    thresholds = xr.DataArray(np.asarray(thresholds, float), dims="threshold", name="threshold",
                              attrs={"units": data[of].attrs.get("units", "1")})
    found = [_rates_over(*part, data.attrs["confidence"], thresholds.values) for part in parts]
    axes = kept_axes(year)
    numbers = np.array(found, float).reshape(*(year.sizes[axis] for axis in axes), 4, thresholds.size)
    coords = [*(year[axis] for axis in axes), thresholds]
    rate, low, high, beyond = (xr.DataArray(numbers[..., place, :], coords) for place in range(4))
    return xr.Dataset({"rate": rate, "rate_ci": bounds(low, high), "runs_beyond": beyond},
                      attrs={"confidence": data.attrs["confidence"], "fewest_runs_beyond": year.attrs["fewest_runs_beyond"]})


def _parts(data, year, of):
    """Sizes of each year's scenarios that have fires, shape (scenarios, seeds), over the seeds known in all of
    them; with their rates."""
    kept = kept_axes(year)
    mixed = [axis for axis in axes_of(data) if axis in data[of].dims and axis not in kept]
    values_of = data[of].transpose(*kept, *mixed, "seed").values
    rates = year.fires_per_year.transpose(*kept, *mixed).values
    scenarios = int(np.prod([data.sizes[axis] for axis in mixed]))
    parts = []
    for values, rate in zip(values_of.reshape(-1, scenarios, values_of.shape[-1]), rates.reshape(-1, scenarios)):
        values = values[rate > 0]
        parts.append((values[:, ~np.isnan(values).any(axis=0)], rate[rate > 0]))
    return parts


def _steps(parts):
    """Sizes at which the curves fall: all, or some evenly spaced in size, in rank, and at the end."""
    sizes = np.unique(np.concatenate([[0.0], *(values.ravel() for values, _ in parts)]))
    if sizes.size <= MOST_STEPS:
        return sizes
    evenly = np.searchsorted(sizes, np.geomspace(sizes[1], sizes[-1], MOST_STEPS // 2))
    ranks = np.linspace(0, sizes.size - 1, MOST_STEPS // 4)
    last = sizes.size - np.geomspace(1, sizes.size, MOST_STEPS // 4)
    return sizes[np.unique(np.concatenate([evenly, ranks, last]).astype(int))]


def _rates_over(values, rates, confidence, thresholds):
    """Rate over each threshold, its interval's bounds, and runs beyond, shape (4, thresholds), from values of shape
    (scenarios, seeds)."""
    seeds = values.shape[1]
    if not seeds:
        return np.full((4, thresholds.size), np.nan)
    count = np.array([seeds - np.searchsorted(np.sort(one), thresholds, side="right") for one in values])
    share = count / seeds
    rate = rates @ share
    low, high = np.full((2, thresholds.size), np.nan)
    if seeds > 1:
        wilsons = wilson(xr.DataArray(count), seeds, confidence).values
        below, above = rates[:, None] * (share - wilsons[..., 0]), rates[:, None] * (wilsons[..., 1] - share)
        for place, threshold in enumerate(thresholds):
            correlation = _correlation(values > threshold, share[:, place])
            low[place], high[place] = (np.sqrt(max(distance @ correlation @ distance, 0.0))
                                       for distance in (below[:, place], above[:, place]))
    return np.stack([rate, np.maximum(rate - low, 0.0), np.minimum(rate + high, rates.sum()), count.sum(axis=0)])


def _correlation(over, share):
    """The correlation over seeds of what exceeds, shape (scenarios, seeds); of what does not vary with itself alone."""
    spread = np.sqrt(share * (1 - share))
    varies = spread > 0
    correlation = np.eye(share.size)
    unit = (over[varies] - share[varies, None]) / spread[varies, None]
    correlation[np.ix_(varies, varies)] = unit @ unit.T / over.shape[1]
    return correlation


def plot_curve(data, year, axes=None, curves=None):
    """Draws the frequency-size curve of the year, or of each value of its first axis with several, on logarithmic scales.

    Points with bars are the thresholds of the file; the band holds for each size alone. Where fewer than
    `fewest_runs_beyond` runs are larger, the line is thin. On the right are return periods and on top, where cells have a size, hectares.
    """
    axes = style.axes_or_new(axes)
    by = next((axis for axis in kept_axes(year) if year.sizes[axis] > 1), None)
    year = year.isel({axis: 0 for axis in kept_axes(year) if axis != by})
    here = {axis: year[axis].item() for axis in axes_of(data) if axis in year.coords and not year[axis].dims}
    curves = curve(data.sel(here), year) if curves is None else curves
    plot_rates(axes, curves, year, by)
    _frame(axes, data)
    return axes


def plot_rates(axes, curves, points, by=None):
    """Draws what `curve` returns, of each value of the axis `by`, and on logarithmic scales its `points` with bars:
    "exceedance_rate" and its interval, dimensions (by, threshold)."""
    series = [slice(None)] if by is None else range(curves.sizes[by])
    names = [None] if by is None else labels(curves[by])
    looks = style.looks(["moderate"] if by is None else curves[by].values)  # which is blue
    for place, name, look in zip(series, names, looks):
        at = {} if by is None else {by: place}
        _plot_steps(axes, curves.isel(at), name, look)
        _plot_points(axes, points.isel(at), look)
    axes.set(xscale="log", yscale="log")
    rate, sizes = curves.rate.where(curves.rate > 0), curves.threshold.where(curves.threshold > 0)
    if bool(rate.notnull().any()) and bool(sizes.notnull().any()):
        axes.set(xlim=(float(sizes.min()) / 1.3, float(sizes.max()) * 1.3), ylim=(float(rate.min()) / 2, float(rate.max()) * 2))
    style.count_axis(axes.yaxis)
    years = axes.secondary_yaxis("right", functions=(lambda rate: 1 / np.maximum(rate, 1e-300),) * 2)
    years.set_ylabel("return period [years]")
    style.count_axis(years.yaxis)
    if by is not None:  # as return periods are beside
        style.legend_within(axes, style.axis_label(curves[by]), "lower left")


def _plot_steps(axes, one, name, look):
    seen = one.rate > 0
    if not bool(seen.any()):
        return
    low, high = (one.rate_ci.sel(bound=bound).where(seen) for bound in ("lower", "upper"))
    axes.fill_between(one.threshold, low.clip(1e-300), high, step="post", color=look["color"], alpha=0.25, linewidth=0)
    known = one.runs_beyond >= one.attrs["fewest_runs_beyond"]
    line = {"color": look["color"], "linestyle": "-" if name is None else look["linestyle"], "drawstyle": "steps-post"}
    axes.plot(one.threshold, one.rate.where(seen), **line | {"linewidth": 0.7, "linestyle": "-"})
    axes.plot(one.threshold, one.rate.where(known), label=name, **line)


def _plot_points(axes, one, look):
    rate = one.exceedance_rate.where(one.exceedance_rate > 0)
    if not bool(rate.notnull().any()):
        return
    low, high = (abs(one.exceedance_rate_ci.sel(bound=bound) - rate) for bound in ("lower", "upper"))
    axes.errorbar(one.threshold, rate, yerr=[low.fillna(0), high.fillna(0)], fmt=look["marker"], color=look["color"],
                  markerfacecolor="white", markeredgecolor="black", markersize=5, ecolor="black", capsize=3, elinewidth=1)


def _frame(axes, data):
    """Shares below, and on top what they are in hectares."""
    axes.set(xlabel="burnt share of the landscape x", ylabel="fires a year that burn more than x")
    style.percent_axis(axes.xaxis)
    if ground.has_ground(data):
        whole = float(ground.hectares(data, 1))
        area = axes.secondary_xaxis("top", functions=(lambda share: share * whole, lambda area: area / whole))
        area.set_xlabel("burnt area [ha]")
        style.count_axis(area.xaxis)


def has_map(year):
    """Whether the file has the annual map: the experiment needs `outputs.maps: true`."""
    return "annual_burn_probability" in year


def common_wind(data):
    """Where the wind drives fires, if it is the same in all scenarios."""
    if "wind_direction" not in data or np.unique(data.wind_direction.values).size != 1:
        return None
    return ground.wind_to(data.isel({axis: 0 for axis in axes_of(data) if axis in data.dims}))


def plot_maps(data, year, most=4):
    """A figure of the chance that each cell burns in a year, on a logarithmic scale and on the relief if there is ground,
    for the year or for the first values of its first axis with several. `data` is the file's root."""
    by = next((axis for axis in kept_axes(year) if year.sizes[axis] > 1), None)
    year = year.isel({axis: 0 for axis in kept_axes(year) if axis != by})
    probability = year.annual_burn_probability if by else year.annual_burn_probability.expand_dims("year")
    probability = probability.isel({probability.dims[0]: slice(most)})
    figure, panels = style.panels(len(probability), **maps.layout(probability, len(probability), 2))
    figure.set_layout_engine("compressed")  # maps keep their shape beside the bar, so that they are lower
    figure.set_figheight(0.82 * figure.get_figheight())
    if len(panels) == 1:
        figure.set_size_inches(1.6 * figure.get_size_inches())
    largest = float(probability.max())
    top = 10 ** np.ceil(np.log10(largest)) if largest > 0 else 1.0
    for panel, one, name in zip(panels, probability, labels(year[by]) if by else [""]):
        image = maps.plot_burn_probability(one, panel, colorbar=False, norm=LogNorm(top / 1000, top, clip=True))
        panel.set_title(name)
        if ground.has_ground(data):
            ground.put_under(panel, data, common_wind(data))
    maps.share_bar(figure, image, panels, "chance to burn in a year", extend="min")
    return figure
