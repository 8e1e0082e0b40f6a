"""What a results file says, in plain sentences with their confidence: first what spoils it, then what it says."""

import numpy as np

from . import exceedance, season, stake
from .intervals import student
from .results import (all_started, axes_of, given_start, is_named, labels, places_in_order, series_axis, unit_of,
                      value_text, with_unit, words)
from .sensitivity import effects
from .sizes import large_threshold
from .style import between, count, percent, stated

TIPPING = 0.3
"""Rise of a likelihood [1] between neighbouring values of an axis that is called a tipping point."""


def findings(data, chosen, sensitivity=None, year=None):
    """A list of sentences about the fires that started. `data` is the root of a file, `chosen` has one axis left
    (`results.at`), `sensitivity` is that group, and `year` comes from `season.open_season`."""
    sentences = reservations(data)
    if not int(data.runs_started.sum()):
        return sentences
    if stake.sets(data):
        sentences += stake.sentences(data, year)
    if year is not None:
        sentences += season.sentences(data, year)
    fires = given_start(chosen)
    sentences += changes_of_weather(chosen)
    sentences += likelihoods(chosen) + tipping(fires) + kinds(fires) + worst(fires) + differences(fires)
    if sensitivity is not None:
        sentences += strongest_axis(data, sensitivity)
    return sentences + certainty(given_start(data))


def changes_of_weather(chosen):
    """When the weather changes while fires burn, and to what: of the last value of the series, if it does."""
    if "period_step" not in chosen:
        return []
    last = chosen.isel({series_axis(chosen): -1})
    periods = last.isel(period=np.flatnonzero(last.period_step.values > 0))
    if not periods.sizes["period"]:
        return []
    told = [_change(periods.isel(period=i), chosen.attrs.get("step_minutes")) for i in range(periods.sizes["period"])]
    if len(told) > 3:
        told = [told[0], "..", f"and, as the {len(told)}th change, {told[-1]}"]
    return [f"The weather changes while fires burn ({_names(chosen)[-1]}): {'; '.join(told)}."]


def _change(period, step_minutes):
    step = int(period.period_step)
    time = f" ({step * step_minutes / 60:g} h)" if step_minutes else ""
    return (f"from step {step}{time} on the wind blows at {float(period.period_wind_speed):g} km/h from "
            f"{float(period.period_wind_direction):g} degrees, at {float(period.period_humidity):g} % humidity and "
            f"{float(period.period_temperature):g} °C")


def listed(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def number_of(things, name):
    """A count with its noun: "1 run", "80 runs"."""
    return f"{count(things)} {name}{'' if things == 1 else 's'}"


def _capital(text):
    return text[:1].upper() + text[1:]


def _level(data):
    return stated(data.attrs["confidence"])


def _names(chosen):
    """The values of the series' axis as they are called in a sentence: "extreme", "wind speed 40 km/h"."""
    axis = series_axis(chosen)
    if is_named(chosen[axis]):
        return labels(chosen[axis])
    return [f"{words(axis)} {value_text(value)}" for value in chosen[axis]]


def _together(chosen, places):
    """Several values of the series in a sentence: "low, moderate and high", "wind speed 20, 30 and 40 km/h"; many by
    their ends: "9 values of wind speed from 20 to 40 km/h"."""
    coordinate = chosen[series_axis(chosen)]
    if len(places) == 1:
        return _names(chosen)[places[0]]
    texts = labels(coordinate[list(places)])
    together = listed(texts)
    if len(texts) > 8:
        return (f"{len(texts)} values of {words(coordinate.name)} from {texts[0]} to "
                f"{with_unit(texts[-1], unit_of(coordinate))}")
    return together if is_named(coordinate) else f"{words(coordinate.name)} {with_unit(together, unit_of(coordinate))}"


def _points(difference):
    """A difference of shares in percentage points, with two digits: "0.0031 percentage points"."""
    return f"{percent(difference, 2)[:-2]} percentage points"


def reservations(data):
    """What spoils estimates, before any of them: fires cut off, runs that are not known, fires that never started."""
    runs, started, cut_off = (int(data[name].sum()) for name in ("runs_ok", "runs_started", "runs_cut_off"))
    sentences = []
    if cut_off:
        sentences.append(f"{count(cut_off)} of {number_of(started, 'fire')} were cut off: max_steps "
                         f"({count(int(data.attrs['max_steps']))}) ended them with cells still burning, which do not "
                         "count as burnt. They would have become larger; what that spoils is a lower bound, and says "
                         "“at least” or “≥”.")
    failed, missing = int(data.attrs["runs_failed"]), int(data.attrs["runs_missing"])
    if failed or missing:
        sentences.append(f"{_capital(unknown_runs(failed, missing))}. They are in no estimate"
                         + _had_they_gone_either_way(data) + ".")
    if runs and not started:
        sentences.append(f"No fire started in any of {number_of(runs, 'run')}, as no point of ignition lay on "
                         "vegetation. Nothing is known about fires.")
    elif started < runs:
        sentences.append(f"In {count(runs - started)} of {number_of(runs, 'run')} ({percent(1 - started / runs)}) no "
                         "fire started, as no point of ignition lay on vegetation. What follows is about the fires "
                         "that started, unless it speaks of all runs.")
    return sentences + missed_targets(data)


def missed_targets(data):
    """Which scenarios, whose seeds grew until estimates are known well enough, had to end before; empty if none had."""
    asked = data.targets_met.attrs if "targets_met" in data else {}
    if "targets" not in asked:  # which files have since
        return []
    missed = data.runs_planned.stack(place=axes_of(data))
    missed = missed[((data.targets_met < asked["targets"]) & (data.runs_planned > 0)).stack(place=axes_of(data)).values]
    if not missed.size:
        return []
    most_named = 3
    names = [", ".join(value_text(one[axis]) for axis in axes_of(data)) for one in missed[:most_named]]
    if missed.size > most_named:
        names.append(f"{missed.size - most_named} more")
    return [f"The experiment asks to know {asked['comment'].replace('+-', '±')}. {number_of(missed.size, 'scenario')} "
            f"{'is' if missed.size == 1 else 'are'} not known so well with {count(int(missed.max()))} runs: {'; '.join(names)}."]


def unknown_runs(failed, missing):
    """How many runs are not known: "3 runs failed and 1 is missing"."""
    parts = [f"{number_of(failed, 'run')} failed"] if failed else []
    if missing:
        parts.append(f"{number_of(missing, 'run') if not failed else count(missing)} {'is' if missing == 1 else 'are'} "
                     "missing")
    return " and ".join(parts)


def _had_they_gone_either_way(data):
    if "burn_fraction_mean_bounds" not in data:
        return ""
    bounds = data.burn_fraction_mean_bounds
    widest = float((bounds.sel(bound="upper") - bounds.sel(bound="lower")).max())
    return f"; had they all gone either way, a mean could be another by up to {_points(widest)}" if widest > 0 else ""


def likelihoods(chosen):
    """How often a fire is large, at each value of the series: the likeliest first, at most four, and where none was."""
    fires = given_start(chosen)
    large = large_threshold(chosen)
    at = fires.sel(threshold=large)
    share = at.exceedance.values
    open_ends = exceedance.undecided(fires, large).values
    low, high = (at.exceedance_ci.sel(bound=bound).values for bound in ("lower", "upper"))
    names = _names(chosen)
    every = all_started(chosen)
    sentences = []
    some = [i for i in np.argsort(-share, kind="stable") if share[i] > 0]
    for i in some[:4]:
        found = f"at least {percent(share[i])}" if open_ends[i] else percent(share[i])
        sure = f"at least {percent(low[i])}" if open_ends[i] else between(low[i], high[i])
        all_runs = float(chosen.exceedance.sel(threshold=large)[i])
        of_all = "" if every else f"; of all runs, started or not, {percent(all_runs)}"
        sentences.append(f"{_capital(names[i])}: {found} of the fires{'' if every else ' that start'} burn more than "
                         f"{stated(large)} of the landscape ({_level(chosen)} confidence: {sure}){of_all}.")
    return sentences + _none_larger(fires, large, share, open_ends, high, bool(some))


def _none_larger(fires, large, share, open_ends, high, some):
    """What is said of the values of the series at which no fire was large."""
    sentences = []
    size = "did" if some else f"burnt more than {stated(large)} of the landscape"
    none = [i for i in range(share.size) if share[i] == 0 and not open_ends[i]]
    spoilt = [i for i in range(share.size) if share[i] == 0 and open_ends[i]]
    if none and len(none) == share.size:
        sentences.append(f"No fire {size}: the likelihood of one is below {percent(high[none].max(), 2)} "
                         f"({_level(fires)} confidence).")
    elif none:
        sentences.append(f"At {_together(fires, none)} no fire {size}: the likelihood of one is below "
                         f"{percent(high[none].max(), 2)} there ({_level(fires)} confidence).")
    if spoilt:
        sentences.append(f"At {_together(fires, spoilt)} no fire {size}, but {count(int(open_ends[spoilt].sum()))} of "
                         f"{count(int(fires.runs_ok.values[spoilt].sum()))} were cut off before they could: how likely "
                         "one is, this file cannot say.")
    return sentences


def tipping(chosen):
    """Where the likelihood of a large fire leaps."""
    axis = series_axis(chosen)
    places = places_in_order(chosen[axis])
    if places is None:
        return []  # names without an order have no neighbours
    large = large_threshold(chosen)
    chosen = chosen.isel({axis: places})
    share = chosen.exceedance.sel(threshold=large).values
    if share.size < 2 or not np.isfinite(share).any() or exceedance.undecided(chosen, large).any():
        return []
    steps = np.nan_to_num(np.abs(np.diff(share)))
    at = int(steps.argmax())
    low, high = (chosen.exceedance_ci.sel(threshold=large, bound=bound).values[at:at + 2] for bound in ("lower", "upper"))
    if steps[at] < TIPPING or low.max() <= high.min():  # or what could be chance
        return []
    before, after = _names(chosen)[at:at + 2]
    return [f"Between {before} and {after} lies a tipping point: the likelihood of a large fire goes from "
            f"{percent(share[at])} to {percent(share[at + 1])}. Near it, small changes decide."]


def kinds(chosen):
    """Whether there are two kinds of fire, so that a mean describes neither."""
    if "escape_probability" not in chosen:
        return []
    names = _names(chosen)
    whole = chosen.runs_cut_off.values == 0  # of fires cut off, nobody knows the kind
    two = np.flatnonzero(np.isfinite(chosen.escape_probability.values) & whole)
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
    least = "at least " if chosen.runs_cut_off.values[at] else ""
    return [f"The worst {stated(1 - quantile)} of the fires at {_names(chosen)[at]} burn {least}{percent(cvar[at])} of "
            "the landscape on average (conditional value at risk)."]


def differences(chosen):
    """The largest difference between neighbouring values of the series, fire by fire."""
    axis = series_axis(chosen)
    places = places_in_order(chosen[axis])
    if places is None or len(places) < 2:
        return []
    ordered = chosen.isel({axis: places}).isel({axis: chosen.runs_cut_off.values[places] == 0})
    step = ordered.burn_fraction.diff(axis, label="upper").reset_coords(drop=True)
    mean, pairs = step.mean("seed"), step.notnull().sum("seed")
    if not bool((pairs > 1).any()):
        return []
    at = int(np.argmax(abs(mean.where(pairs > 1)).fillna(-1).values))
    interval = student(mean, step.std("seed", ddof=1) / np.sqrt(pairs), pairs, chosen.attrs["confidence"]).values[at]
    names = _names(ordered)
    more = float(mean[at]) > 0
    low, high = interval if more else -interval[::-1]
    if not 0 < low < high:  # or it could be chance
        return []
    return [f"The same fires under the same luck burn {percent(abs(float(mean[at])))[:-2]} percentage points "
            f"{'more' if more else 'less'} of the landscape at {names[at + 1]} than at {names[at]} "
            f"({_level(chosen)} confidence: {between(low, high)[:-2]})."]


def strongest_axis(data, sensitivity):
    """Which axis changes the mean most."""
    table = effects(sensitivity)
    if len(table) < 2:
        return []
    parts = []
    for axis, effect in table[table["effect"] > 0].iterrows():
        lowest, highest = (with_unit(effect[end], unit_of(data[axis])) for end in ("lowest at", "highest at"))
        parts.append(f"{words(axis)} by {percent(effect['effect'])[:-2]} percentage points "
                     f"(from {lowest} to {highest})")
    if not parts:
        return []
    return ["What changes the mean burnt share of all runs most, over all values of the other axes: "
            f"{'; '.join(parts)}. This depends on the ranges that were compared: a wider one does more."]


def certainty(data):
    """How sure all of this is. Fires that are all alike say nothing about that: another kind may not have come yet."""
    whole = data.runs_cut_off == 0
    varied = (data.burn_fraction_sd > 0) & whole
    interval = data.burn_fraction_mean_ci
    half = ((interval.sel(bound="upper") - interval.sel(bound="lower")) / 2).where(varied)
    sentences = []
    if bool(half.notnull().any()):
        at = half.isel(half.fillna(0).argmax(...))
        scenario = ", ".join(value_text(at[axis]) for axis in axes_of(data))
        here = data.runs_ok > 0
        every = "Every mean" if bool(half.notnull().where(here, True).all()) else "Every mean that has an interval"
        sentences.append(f"{every} is known to {_points(float(at))} or better ({_level(data)} confidence; the least "
                         f"sure is {scenario}).")
    alike = (data.runs_ok > 1) & ~varied & whole
    if bool(alike.any()):
        fewest = int(data.runs_ok.where(alike).min())
        unseen = float(exceedance.wilson(np.array(0), np.array(fewest), data.attrs["confidence"]).sel(bound="upper"))
        one = int(alike.sum()) == 1
        scenarios = number_of(int(alike.sum()), "scenario")
        fires = f"{count(fewest)} fires{'' if one else ' or more'}"
        sentences.append(f"In {scenarios} all fires burnt the same, so that no interval can be given: after {fires}, "
                         f"another kind of fire may still come in up to {percent(unseen, 2)} of them ({_level(data)} confidence).")
    if not sentences and bool(whole.any()):
        return ["No interval can be given: that takes two fires of a scenario or more."]
    return sentences
