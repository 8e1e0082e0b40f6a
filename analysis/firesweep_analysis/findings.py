"""What a results file says, in plain sentences with their confidence."""

import numpy as np

from .results import axes_of, is_named, labels, series_axis, unit_of, value_text, with_unit, words
from .sensitivity import effects
from .sizes import large_threshold
from .style import between, count, percent

TIPPING = 0.3
"""Rise of a likelihood [1] between neighbouring values of an axis that is called a tipping point."""


def findings(data, chosen, paired=None, sensitivity=None):
    """A list of sentences. `data` is the root of a file, `chosen` has one axis left (`results.at`), then come groups."""
    sentences = likelihoods(chosen) + tipping(chosen) + kinds(chosen) + worst(chosen)
    if paired is not None:
        sentences += differences(chosen, paired)
    if sensitivity is not None:
        sentences += strongest_axis(data, sensitivity)
    return sentences + certainty(data)


def listed(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _level(data):
    return percent(data.attrs["confidence"])


def _names(chosen):
    """The values of the series' axis as they are called in a sentence: "extreme", "wind speed 40 km/h"."""
    axis = series_axis(chosen)
    if is_named(chosen[axis]):
        return labels(chosen[axis])
    return [f"{words(axis)} {value_text(value)}" for value in chosen[axis]]


def _together(chosen, places):
    """Several values of the series in a sentence: "low, moderate and high", "wind speed 20, 30 and 40 km/h"."""
    coordinate = chosen[series_axis(chosen)]
    if is_named(coordinate) or len(places) == 1:
        return listed([_names(chosen)[place] for place in places])
    numbers = labels(coordinate[list(places)])
    return f"{words(coordinate.name)} {with_unit(listed(numbers), unit_of(coordinate))}"


def _points(difference):
    """A difference of shares in percentage points, with two digits: "0.0031 percentage points"."""
    return f"{percent(difference, 2)[:-2]} percentage points"


def likelihoods(chosen):
    """How often a fire is large, at each value of the series: the likeliest first, at most four, and where none was."""
    large = large_threshold(chosen)
    at = chosen.sel(threshold=large)
    share = at.exceedance.values
    low, high = (at.exceedance_ci.sel(bound=bound).values for bound in ("lower", "upper"))
    names = _names(chosen)
    size = f"more than {percent(large)} of the landscape"
    some = [i for i in np.argsort(-share, kind="stable") if share[i] > 0]
    sentences = [f"{names[i][:1].upper()}{names[i][1:]}: {percent(share[i])} of the fires burn {size} "
                 f"({_level(chosen)} confidence: {between(low[i], high[i])})." for i in some[:4]]
    none = [i for i in range(len(names)) if share[i] == 0]
    if none and not some:
        sentences.append(f"No fire burnt {size}: the likelihood of one is below {percent(high[none].max(), 2)} "
                         f"({_level(chosen)} confidence).")
    elif none:
        sentences.append(f"At {_together(chosen, none)} no fire did: the likelihood of one is below "
                         f"{percent(high[none].max(), 2)} there ({_level(chosen)} confidence).")
    return sentences


def tipping(chosen):
    """Where the likelihood of a large fire leaps."""
    axis = series_axis(chosen)
    if axis != "danger_level" and is_named(chosen[axis]):
        return []  # its values have no order
    large = large_threshold(chosen)
    share = chosen.exceedance.sel(threshold=large).values
    if share.size < 2 or not np.isfinite(share).any():
        return []
    steps = np.nan_to_num(np.abs(np.diff(share)))
    at = int(steps.argmax())
    low, high = (chosen.exceedance_ci.sel(threshold=large, bound=bound).values[at:at + 2] for bound in ("lower", "upper"))
    if steps[at] < TIPPING or low.max() <= high.min():  # or what could be chance
        return []
    before, after = _names(chosen)[at:at + 2]
    return [f"Between {before} and {after} lies a tipping point: the likelihood of a large fire goes from "
            f"{percent(share[at])} to {percent(share[at + 1])}. Near it, small changes of "
            f"{'the weather' if axis == 'danger_level' else words(axis)} decide."]


def kinds(chosen):
    """Whether there are two kinds of fire, so that a mean describes neither."""
    names = _names(chosen)
    two = np.flatnonzero(np.isfinite(chosen.escape_probability.values))
    escape, size, small, mean = (chosen[name].values for name in
                                 ("escape_probability", "escape_size_mean", "contained_size_mean",
                                  "burn_fraction_mean"))
    if len(two) > 3:
        return [f"There are two kinds of fire at {_together(chosen, two)}: "
                f"{between(escape[two].min(), escape[two].max())} escape (mean "
                f"{between(size[two].min(), size[two].max())}), the others stay small. A mean describes neither."]
    return [f"There are two kinds of fire at {names[i]}: {percent(1 - escape[i])} stay small (mean "
            f"{percent(small[i])}), {percent(escape[i])} escape (mean {percent(size[i])}). The mean of all, "
            f"{percent(mean[i])}, describes neither." for i in two]


def worst(chosen, quantile=0.95):
    """How bad the worst fires are at the worst value of the series."""
    if quantile not in chosen["quantile"].values:
        return []
    cvar = chosen.burn_fraction_cvar.sel(quantile=quantile).values
    if not np.isfinite(cvar).any():
        return []
    at = int(np.nanargmax(cvar))
    return [f"The worst {percent(1 - quantile)} of the fires at {_names(chosen)[at]} burn {percent(cvar[at])} of the "
            "landscape on average (conditional value at risk)."]


def differences(chosen, paired):
    """The largest difference between neighbouring danger levels, fire by fire."""
    if series_axis(chosen) != "danger_level":
        return []
    levels = list(chosen.danger_level.values)
    here = paired.sel({axis: chosen[axis].item() for axis in axes_of(chosen) if axis in paired.dims})
    pairs = list(zip(here.first_danger_level.values, here.second_danger_level.values))
    near = [i for i, pair in enumerate(pairs) if pair in list(zip(levels, levels[1:]))]
    near = [i for i in near if np.isfinite(here.difference_mean.values[i])]
    if not near:
        return []
    at = max(near, key=lambda i: abs(float(here.difference_mean[i])))
    low, high = (100 * here.difference_ci.values[at]).tolist()
    first, second = (words(name) for name in pairs[at])
    mean = 100 * float(here.difference_mean[at])
    return [f"The same fires under the same luck burn {abs(mean):.3g} percentage points "
            f"{'more' if mean > 0 else 'less'} of the landscape at {second} than at {first} ({_level(chosen)} "
            f"confidence: {low:.3g} to {high:.3g})."]


def strongest_axis(data, sensitivity):
    """Which axis changes the mean most."""
    table = effects(sensitivity)
    if len(table) < 2:
        return []
    parts = []
    for axis, effect in table[table["effect"] > 0].iterrows():
        lowest, highest = (with_unit(effect[end], unit_of(data[axis])) for end in ("lowest at", "highest at"))
        parts.append(f"{words(axis)} by {100 * effect['effect']:.3g} percentage points (from {lowest} to {highest})")
    if not parts:
        return []
    return [f"What changes the mean burnt share most, over all values of the other axes: {'; '.join(parts)}."]


def certainty(data):
    """How sure all of this is, and what failed or missing runs could change."""
    interval = data.burn_fraction_mean_ci
    half = (interval.sel(bound="upper") - interval.sel(bound="lower")) / 2
    if not bool(half.notnull().any()):
        return ["No interval can be given: that takes two fires of a scenario or more."]
    place = half.fillna(0).argmax(...)
    at = half.isel(place)
    scenario = ", ".join(value_text(at[axis]) for axis in axes_of(data))
    every = "Every mean" if bool(half.notnull().where(data.runs_planned > 0, True).all()) else "Every mean that has an interval"
    sentences = [f"{every} is known to {_points(float(at))} or better ({_level(data)} confidence; the least sure is "
                 f"{scenario})."]
    cut_off = int((data.burning_cells > 0).sum())
    if cut_off:
        sentences.append(f"{count(cut_off)} fires were ended by max_steps with cells still burning, which do not count as "
                         "burnt: those would have become larger.")
    failed, missing = int(data.attrs["runs_failed"]), int(data.attrs["runs_missing"])
    if failed or missing:
        bounds = data.burn_fraction_mean_bounds
        widest = float((bounds.sel(bound="upper") - bounds.sel(bound="lower")).max())
        sentences.append(f"{count(failed)} runs failed and {count(missing)} are missing. They are in no estimate; had "
                         f"they all gone either way, a mean could be another by up to {_points(widest)}.")
    return sentences
