"""What is at stake: what fires take of the experiment's assets, how often, where such fires begin, and what would help.

The experiment's `assets` say what lies where; each run counts what was in cells that caught fire, its loss. All of this is over
all runs, those among them in which no fire started. A treatment is a value of an axis, such as an alternative landscape: the
same seeds meet the same luck with it as without, so what it saves is known better than either loss.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr

from . import estimates, origins, season, style
from .intervals import student
from .results import axes_of, conditions, labels, number_or_words, unit_of, words

NO_BREAK = "\N{NO-BREAK SPACE}"

TREATMENTS = "landscape"
"""The axis whose values are alternatives of one ground."""


def sets(data):
    """The names of the sets of assets, in the order of the file; none where the experiment has no `assets`."""
    return str(data.attrs.get("assets", "")).split()


def losses(data, name):
    """What each run took of a set of assets, dimensions (axes.., seed), in its unit; NaN unless the run is ok."""
    return data[f"{name}_lost"]


def unit(data, name):
    """The unit of a set as it is written; nothing where it is a number."""
    return unit_of(losses(data, name))


def amount(value, of=""):
    """An amount in words, with its unit: "5.19 houses", "−0.300", "0.0000500"."""
    sign = "−" if value < 0 else ""
    return sign + style.number(abs(value)) + (f"{NO_BREAK}{of}" if of and np.isfinite(value) else "")


def reference(data, year=None):
    """A file and its year at the first value of every axis that there is a year for each value of; without a year at the first of
    the treatments."""
    axes = [TREATMENTS] if year is None else season.kept_axes(year)
    first = {axis: 0 for axis in axes if axis in data.dims}
    return data.isel(first), None if year is None else year.isel({axis: 0 for axis in axes})


def sentences(data, year=None):
    """What is at stake, in sentences: how likely and how much for every set of assets; where the fires begin and what helps, for
    the first set that any run takes; and how sure that is."""
    here, of_year = reference(data, year)
    told = [sentence for name in sets(data) for sentence in _of_set(here, of_year, name)]
    reached = [name for name in sets(data) if bool((here[f"{name}_hit"] > 0).any())]
    if reached and origins.known(here):
        told.append(origins.sentence(here, origins.of_losses(here, reached[0], of_year)))
    found = compared(data, year, reached[0]) if reached else None
    if found is not None:
        told.append(saved_sentence(*found))
    runs = style.count(int(data.runs_ok.max()))
    return [*told, f"These intervals come from up to {runs} runs of each scenario and hold with {style.stated(data.attrs['confidence'])} "
                   "confidence; how well the model describes real fires they do not say."]


def _of_set(here, year, name):
    """How likely a set is reached in the scenario that most runs reach it in, and how much of it is lost; then in a year."""
    share = here[f"{name}_hit"]
    called = words(name).capitalize()
    if not bool((share > 0).any()):
        most = float(here[f"{name}_hit_ci"].sel(bound="upper").max())
        bound = "" if np.isnan(most) else f"; at most {style.percent(most)} of those of a scenario would"
        yield f"{called}: no run reaches any{bound}."
        return
    worst = here.isel(share.argmax(share.dims))
    one = table(worst, name).iloc[0]
    of = unit(here, name)
    yield (f"{called}: {estimates.written(one, 'reached', style.percent)} of the runs reach any at {conditions(worst)}, where one takes "
           f"{_amount_written(one, of)} on average and {amount(one['worst'])} at worst.")
    if year is not None:
        row = table_of_year(year, name).iloc[0]
        if not np.isnan(row["chance"]):
            yield (f"In a year, the chance that a fire reaches any is {estimates.written(row, 'chance', style.percent)}, and "
                   f"{_amount_written(row, of)} are lost on average.")


def _amount_written(row, of):
    """The expected loss of a row in words, its unit before its interval: "5.15 houses (4.26 to 6.04)"."""
    estimate, bracket, interval = estimates.written(row, "lost", amount).partition(" (")
    return f"{estimate}{f'{NO_BREAK}{of}' if of else ''}{bracket}{interval}"


def table(data, name):
    """What the fires of each scenario do to a set, as a pandas table: "reached", the share of the runs that take any of it [1],
    "lost", the expected loss of a run in the set's unit, each with its interval; and "worst", the largest loss of a run."""
    lowest = data[f"{name}_lost_mean_ci"].clip(min=0)
    every = estimates.frame(estimates.with_interval("reached", data[f"{name}_hit"], data[f"{name}_hit_ci"])
                            | estimates.with_interval("lost", data[f"{name}_lost_mean"], lowest)
                            | {"worst": losses(data, name).max("seed")})
    return every.dropna(subset=["reached"])


def table_of_year(year, name):
    """What a year does to a set, as a pandas table: "chance" that a fire reaches it [1], "once in" that many years, and "lost", the
    expected loss [unit year-1], each with its interval. `year` comes from `season.open_season`."""
    columns = {"chance": f"{name}_hit_chance", "once in": f"{name}_hit_return_period", "lost": f"{name}_expected"}
    return estimates.frame({title: column for shown, stored in columns.items() for title, column in
                            estimates.with_interval(shown, year[stored], year[f"{stored}_ci"].clip(min=0)).items()})


def written(data, name, year=None):
    """`table` for reading, or with a year `table_of_year`: a pandas table of text."""
    rows = table(data, name) if year is None else table_of_year(year, name)
    rows.loc[rows["lost upper"] == rows["lost lower"], ["lost lower", "lost upper"]] = np.nan  # no run differs: nothing to go by
    write = {"reached": style.percent, "chance": style.percent, "once in": style.number, "lost": amount}
    titles = {"reached": "reached", "chance": "reached in a year", "once in": "once in .. years",
              "lost": f"expected loss{'' if year is None else ' a year'}"}
    texts = {title: [_often(row) if column == "once in" else estimates.written(row, column, write[column])
                     for _, row in rows.iterrows()]
             for column, title in titles.items() if column in rows}
    if "worst" in rows:
        texts["worst run"] = [amount(worst) for worst in rows["worst"]]
    axes = [axis for axis in rows.index.names if axis is not None]
    if not axes:
        return pd.DataFrame(texts, pd.Index([name], name="assets"))
    shown = pd.DataFrame(texts, rows.index).reset_index()
    for axis in axes:
        shown[axis] = shown[axis].map(number_or_words)
    return shown.rename(columns={axis: words(axis) for axis in axes}).set_index([words(axis) for axis in axes])


def _often(row):
    return f"more than {style.number(row['once in lower'])}" if np.isinf(row["once in"]) else \
        estimates.written(row, "once in", style.number)


def annual(data, year, name):
    """What each seed loses in a year, dimensions (kept axes.., seed) [unit year-1]: A_s, the sum over the scenarios of the year of
    lambda, the fires that they have in it, times the loss of the run with seed s. Its mean over seeds is the file's expected
    loss; NaN where a run of the seed is not known."""
    mixed = [axis for axis in axes_of(data) if axis in losses(data, name).dims and axis not in season.kept_axes(year)]
    rate = year.fires_per_year
    return (losses(data, name) * rate).where(rate > 0, 0).sum(mixed, skipna=False).rename("lost")


def saved(lost, axis, reference=None, confidence=0.95):
    """What every other value of an axis saves against a `reference`, by default the first, as a dataset.

        saved      (other axes.., axis)         mean over seeds of lost(reference) - lost(value)
        saved_ci   (other axes.., axis, bound)  Student's t interval of it
        seeds      (other axes.., axis)         seeds that are known with both
        reference  (other axes..)               mean of lost(reference)

    `lost` has dimensions (.., axis, seed) and is what each seed loses: in a year (`annual`), or in a run of a scenario (`losses`).
    Differences are taken seed by seed: with D_s the one of seed s, n seeds, and sd their sample standard deviation, the
    interval is mean(D) +- t(n - 1) sd(D) / sqrt(n). Seeds are independent, scenarios of one seed are not, which is why their sum
    is taken first. Each interval holds for its value alone. Raises ValueError if the axis has no such value.
    """
    values = lost[axis].values.tolist()
    reference = values[0] if reference is None else reference
    if reference not in values:
        raise ValueError(f"{axis} has no value {reference}; there are {', '.join(map(number_or_words, values))}")
    base = lost.sel({axis: reference}).drop_vars(axis)
    difference = base - lost.drop_sel({axis: reference})
    seeds = difference.notnull().sum("seed")
    mean = difference.sum("seed") / seeds.where(seeds > 0)
    variance = ((difference - mean) ** 2).sum("seed") / (seeds - 1).where(seeds > 1)
    error = np.sqrt(variance / seeds)
    return xr.Dataset({"saved": mean, "saved_ci": student(mean, error, seeds, confidence), "seeds": seeds,
                       "reference": base.sum("seed") / base.notnull().sum("seed").where(lambda known: known > 0)},
                      attrs={"axis": axis, "reference": number_or_words(reference), "confidence": confidence})


def compared(data, year, name, axis=TREATMENTS, reference=None, **choice):
    """What the values of an axis lose and save, as two datasets: of the year, or where there is none of a run.

    The first has `lost` and `lost_ci`, dimensions (axis), the second is that of `saved`. Of the other axes it is the `choice`, else
    the first value; where there is no year, of danger levels the one that loses most. None if the axis has a single
    value, or the year mixes its values.
    """
    if axis not in data.dims or data.sizes[axis] < 2 or (year is not None and axis not in season.kept_axes(year)):
        return None
    if year is None:
        lost, mean, interval = losses(data, name), data[f"{name}_lost_mean"], data[f"{name}_lost_mean_ci"]
        most = mean.argmax([dim for dim in mean.dims])
        at = {dim: int(place) for dim, place in most.items() if dim != axis and dim not in choice}
    else:
        lost, mean, interval = annual(data, year, name), year[f"{name}_expected"], year[f"{name}_expected_ci"]
        at = {dim: 0 for dim in mean.dims if dim != axis and dim not in choice}
    choice = {dim: value for dim, value in choice.items() if dim in mean.dims}
    lost, mean, interval = (part.sel(choice).isel(at) for part in (lost, mean, interval))
    both = xr.Dataset({"lost": mean, "lost_ci": interval.clip(min=0)},
                      attrs={"unit": unit(data, name), "name": name, "a year": int(year is not None)})
    return both, saved(lost, axis, reference, data.attrs["confidence"])


def best(savings):
    """The value of the axis that saves most, as the dataset of `saved` there, shape (); None if nothing is known."""
    known = savings.saved.dropna(savings.attrs["axis"])
    return None if not known.size else savings.sel({savings.attrs["axis"]: known[int(np.argmax(known.values))][savings.attrs["axis"]].item()})


def saved_sentence(both, savings, one=None):
    """What one value of the axis does, by default the best: "fuel_break saves 2.87 (95 % confidence: 1.80 to 3.94) of 5.19
    houses a year that are lost with today." """
    one = best(savings) if one is None else one
    if one is None:
        return "What treatments save is not known, as no seed is known with and without them."
    of, axis = both.attrs["unit"], savings.attrs["axis"]
    low, high = one.saved_ci.values
    value, base = number_or_words(one[axis].item()), float(one.reference)
    each = "a year" if both.attrs["a year"] else f"in a fire ({conditions_of(one)})"
    things = of or words(both.attrs["name"])
    sure = "" if np.isnan(low) else f" ({style.stated(savings.attrs['confidence'])} confidence: {estimates.between(low, high, amount)})"
    if low > 0:
        return (f"{value} saves {amount(float(one.saved))}{sure} of the {amount(base)} {things} lost {each} with "
                f"{savings.attrs['reference']}.")
    if high < 0:
        return (f"{value} costs {amount(-float(one.saved))} more{sure.replace('confidence: ', 'confidence that it saves ')} than the "
                f"{amount(base)} {things} lost {each} with {savings.attrs['reference']}.")
    return (f"Whether {value} saves any of the {amount(base)} {things} lost {each} with {savings.attrs['reference']} cannot be told "
            f"from chance: {amount(float(one.saved))}{sure}.")


def conditions_of(one):
    """The values of axes at which a part of a file is, in words."""
    here = [name for name in one.coords if not one[name].dims and name not in ("quantile", "bound")]
    return conditions(one.assign_attrs(axes=" ".join(str(name) for name in here if name != one.attrs.get("axis"))))


def plot_saved(both, savings):
    """A figure of what `compared` returns: on the left the expected loss with every value of the axis, on the right what each saves
    against the reference, with intervals."""
    axis = savings.attrs["axis"]
    rows = np.arange(both.sizes[axis])
    names = labels(both[axis])
    figure, (left, right) = plt.subplots(1, 2, sharey=True, figsize=(9, 1.5 + 0.5 * rows.size))
    each = "a year" if both.attrs["a year"] else "in a fire"
    of = f" [{both.attrs['unit']}]" if both.attrs["unit"] else ""
    _points(left, both.lost, both.lost_ci, rows, style.GREY)
    left.set(yticks=rows, yticklabels=names, ylim=(rows.size - 0.4, -0.6), xlabel=f"expected loss {each}{of}",
             ylabel=words(axis), title=f"{words(both.attrs['name'])}: lost")
    left.set_xlim(left=0)
    aligned = savings.reindex({axis: both[axis]})
    _points(right, aligned.saved, aligned.saved_ci, rows, style.ACCENT)
    right.axvline(0, color="black", linewidth=1)
    right.set(xlabel=f"saved {each}{of}", title=f"saved against {savings.attrs['reference']}")
    place = names.index(savings.attrs["reference"])
    right.text(0, place, " reference", va="center", fontsize=9, color=style.GREY)
    for panel in (left, right):
        panel.grid(visible=False, axis="y")
        panel.locator_params(axis="x", nbins=6)
    return figure


def _points(axes, estimate, interval, rows, colour):
    low, high = (abs(interval.sel(bound=bound) - estimate).fillna(0).values for bound in ("lower", "upper"))
    axes.errorbar(estimate.values, rows, xerr=[low, high], fmt="o", color=colour, capsize=4, elinewidth=1.4)


def plot_table(data, name, by, axes=None):
    """Draws the chance that a fire reaches a set, with its interval, for each value of the only axis left but `by`, in rows;
    a point for each value of `by`."""
    axes = style.axes_or_new(axes)
    share = data[f"{name}_hit"]
    rows_of = next(dim for dim in share.dims if dim != by)
    series = [share] if by is None else [share.isel({by: place}) for place in range(share.sizes[by])]
    interval = data[f"{name}_hit_ci"]
    rows = np.arange(share.sizes[rows_of])
    shift = (np.arange(len(series)) - (len(series) - 1) / 2) * 0.7 / len(series)
    looks = style.looks(["moderate"] if by is None else share[by].values)
    for place, (one, look) in enumerate(zip(series, looks)):
        ends = interval if by is None else interval.isel({by: place})
        low, high = (abs(ends.sel(bound=bound) - one).values for bound in ("lower", "upper"))
        axes.errorbar(one.values, rows + shift[place], xerr=[low, high], fmt=look["marker"], color=look["color"], capsize=3,
                      elinewidth=1.2, label=None if by is None else labels(share[by])[place])
    axes.set(yticks=rows, yticklabels=labels(share[rows_of]), ylim=(rows.size - 0.4, -0.6), ylabel=style.axis_label(share[rows_of]),
             xlabel=f"probability that a fire reaches {words(name)}")
    axes.set_xlim(left=0)
    axes.grid(visible=False, axis="y")
    style.percent_axis(axes.xaxis)
    axes.set_title(words(name))
    if by is not None:
        style.legend_beside(axes, style.axis_label(share[by]), handlelength=1)
    return axes


def curve(data, year, name, thresholds=None):
    """The loss-exceedance curve: how many fires a year take more than each loss, as the dataset of `season.curve`, `threshold` in
    the set's unit. The rate over a loss is the sum over scenarios of lambda times the share of the runs that lose more."""
    return season.curve(data, year, thresholds, of=f"{name}_lost")


def has_curve(data, name):
    """Whether losses of a set differ, so that there is a curve of them: more than none and one amount."""
    lost = losses(data, name).values
    return np.unique(lost[lost > 0]).size > 1


def plot_curve(data, year, name, axes=None):
    """Draws the loss-exceedance curve of the year, or of each value of its first axis with several, as `season.plot_curve` does
    that of sizes: points with bars are the `asset_thresholds` of the file, the band holds for each loss alone."""
    axes = style.axes_or_new(axes)
    kept = season.kept_axes(year)
    by = next((axis for axis in kept if year.sizes[axis] > 1), None)
    year = year.isel({axis: 0 for axis in kept if axis != by})
    here = {axis: year[axis].item() for axis in axes_of(data) if axis in year.coords and axis in data.dims and not year[axis].dims}
    curves = curve(data.sel(here), year, name)
    sizes = curves.threshold.values
    if sizes.size > 1:  # on a logarithmic scale 0 needs a place, from where the curve is that of any loss
        curves = curves.assign_coords(threshold=("threshold", np.where(sizes > 0, sizes, sizes[1] / 2)))
    season.plot_rates(axes, curves, _file_points(year, name, by), by)
    of = unit(data, name)
    axes.set(xlabel=f"loss of {words(name)} x{f' [{of}]' if of else ''}", ylabel="fires a year that take more than x", title=words(name))
    style.count_axis(axes.xaxis)
    return axes


def _file_points(year, name, by):
    """The rates that the file has, with the names that `season.plot_rates` knows; of no threshold if it has none."""
    if f"{name}_exceedance_rate" not in year:
        none = xr.DataArray(np.empty((0, 2)), dims=("threshold", "bound"), coords={"threshold": [], "bound": ["lower", "upper"]})
        points = xr.Dataset({"exceedance_rate": none.isel(bound=0, drop=True), "exceedance_rate_ci": none})
        return points if by is None else points.expand_dims({by: year[by]})
    return xr.Dataset({"exceedance_rate": year[f"{name}_exceedance_rate"], "exceedance_rate_ci": year[f"{name}_exceedance_rate_ci"]}) \
        .reset_coords(drop=True).rename({f"{name}_threshold": "threshold"})
