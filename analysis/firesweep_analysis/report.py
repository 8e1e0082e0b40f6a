"""One self-contained page of HTML about a results file, for readers who have neither Python nor firesweep.

    python3 -m firesweep_analysis.report danger-levels.h5 -o danger-levels.html

It holds its pictures, loads nothing from elsewhere, and runs no script.
"""

import argparse
import contextlib
import html
import itertools
import os
import pathlib
import sys
import warnings

import matplotlib
import numpy as np

from . import report_figures, style
from .findings import findings
from .results import (at, axes_of, conditions, has_group, is_named, main_axis, number_or_words, open_results,
                      series_axis, words)
from .sensitivity import effects
from .sizes import large_threshold

MOST_KEY_ROWS = 40

# Without these there is no page; of others it is made without.
NEEDED = ["status", "runs_planned", "runs_ok", "burn_fraction", "burn_fraction_mean", "burn_fraction_mean_ci",
          "burn_fraction_mean_bounds", "exceedance", "exceedance_ci", "exceedance_size_mean", "exceedance_size_ci",
          "escape_probability", "escape_size_mean", "contained_size_mean"]

GLOSSARY = {
    "burnt share (burn fraction)": "cells that burnt down, as a share of all cells of the landscape. 0 % is no fire, "
                                   "100 % everything.",
    "likelihood": "share of the simulated fires for which something holds: given that a fire starts under those "
                  "conditions. How often fires start is not part of the simulation.",
    "exceedance": "the likelihood that a fire burns more than a given share.",
    "confidence": "how sure an estimate is: at 95 %, intervals made like this contain the true value in 95 of 100 "
                  "cases. It is about the number of simulated fires, not about how well the model describes real "
                  "ones.",
    "quantile": "95 % of the fires burn less than the 95 % quantile.",
    "CVaR": "conditional value at risk: the mean of the worst fires, here of those beyond the quantile.",
    "escape": "where there are two kinds of fire, those beyond the gap between them have escaped; the others died "
              "out early.",
    "seed": "the number that decides the vegetation and the luck of a fire. The same seeds are used under all "
            "conditions, so that conditions are compared fire by fire.",
}


def build(path, **choice):
    """Returns the report of a results file as HTML text. `choice` picks values of axes, as for `chosen_series`."""
    data = open_results(path)
    paired, sensitivity = (open_results(path, group) if has_group(path, group) else None
                           for group in ("paired", "sensitivity"))
    chosen = chosen_series(data, sensitivity, choice)
    with matplotlib.rc_context():
        style.use()
        pictures = list(report_figures.figures(data, chosen, sensitivity))
    name = html.escape(data.attrs["name"])
    parts = [f"<h1>How likely is a large fire? {name}</h1>", lead(data, chosen),
             "<h2>In short</h2>", "<ul class='findings'>",
             *(f"<li>{html.escape(sentence)}</li>" for sentence in findings(data, chosen, paired, sensitivity)),
             "</ul>", "<h2>Key numbers</h2>", *key_tables(data, chosen), "<h2>Pictures</h2>",
             *pictures, "<h2>Terms</h2>", "<dl>",
             *(f"<dt>{html.escape(term)}</dt><dd>{html.escape(meaning)}</dd>" for term, meaning in GLOSSARY.items()),
             "</dl>", "<h2>Where this comes from</h2>", provenance(path, data)]
    css = pathlib.Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    body = "\n".join(parts)
    return ("<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n<meta name='viewport' "
            f"content='width=device-width, initial-scale=1'>\n<title>{name}: how likely is a large "
            f"fire?</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n")


def chosen_series(data, sensitivity=None, choice=None):
    """The scenarios that sentences and figures are about, loaded: those along one axis.

    It is the axis with the largest effect on the mean, if that is known, else the main axis. Of the other axes they
    are at the choice, else where most of its values have runs, nearest to the middle of numbers and the first of texts.
    """
    choice = choice or {}
    by_effect = [] if sensitivity is None else list(effects(sensitivity).index)
    free = [axis for axis in (*by_effect, main_axis(data), *axes_of(data)) if axis not in choice]
    if not free:
        raise ValueError("every axis is at one value; leave one for the pictures to compare")
    by = free[0]
    have_runs = (data.sel(choice).runs_ok > 0).sum(by)
    best = np.argwhere(have_runs.values == have_runs.values.max())
    usual = [0 if is_named(have_runs[axis]) else have_runs.sizes[axis] // 2 for axis in have_runs.dims]
    places = best[np.abs(best - np.array(usual, int)).sum(axis=1).argmin()]
    there = {axis: have_runs[axis].values[place] for axis, place in zip(have_runs.dims, places)}
    chosen = at(data, by, **there, **choice)
    chosen = chosen.isel({by: np.flatnonzero(chosen.runs_ok > 0)})
    if not chosen.sizes[by]:
        failed, missing = (int(data.attrs[f"runs_{what}"]) for what in ("failed", "missing"))
        raise ValueError(f"no fire to report on{f' at {conditions(chosen)}' if choice else ''}: of all runs "
                         f"{style.count(failed)} failed and {style.count(missing)} are missing")
    unused = [name for name, variable in chosen.items()
              if {"y", "x"} & set(variable.dims) and name != "burn_probability" or {"seed", "step"} <= set(variable.dims)]
    return chosen.drop_vars(unused).load()


def lead(data, chosen):
    text = (f"{style.count(int(data.attrs['runs_ok']))} simulated fires on a landscape of {data.attrs['width']} x "
            f"{data.attrs['height']} cells. Sentences and pictures compare values of {words(series_axis(chosen))}")
    shown = conditions(chosen)
    return f"<p class='lead'>{html.escape(text)}{html.escape(f', at {shown}' if shown else '')}.</p>"


def key_tables(data, chosen):
    """The table of the scenarios that the figures show, if there are too many others, and that of all."""
    scenarios = int(data.runs_planned.astype(bool).sum())
    if scenarios > MOST_KEY_ROWS:
        yield key_table(chosen.expand_dims([axis for axis in axes_of(data) if axis not in chosen.dims]))
        yield f"<details><summary>All {scenarios} scenarios</summary>{key_table(data)}</details>"
    else:
        yield key_table(data)


def key_table(data, quantile=0.95):
    """The table of all scenarios, as HTML: shares in percent, each with its interval below."""
    axes = axes_of(data)
    named = [axis for axis in axes if data.sizes[axis] > 1] or axes[:1]
    large = data.sel(threshold=large_threshold(data))
    columns = {"fires": [style.count(runs) for runs in data.runs_ok.values.flat],
               "mean burnt": _cells(data.burn_fraction_mean, data.burn_fraction_mean_ci)}
    if quantile in data["quantile"]:
        worst = data.sel(quantile=quantile)
        columns[f"{style.percent(quantile)} quantile"] = _cells(worst.burn_fraction_quantile,
                                                                worst.burn_fraction_quantile_ci)
        columns["CVaR beyond"] = [style.percent(share) for share in worst.burn_fraction_cvar.values.flat]
    columns[f"fires > {style.percent(large.threshold)}"] = _cells(large.exceedance, large.exceedance_ci)
    columns["mean of these"] = _cells(large.exceedance_size_mean, large.exceedance_size_ci)
    columns["escaped"] = ["–" if np.isnan(share) else f"{style.percent(share)}<small>{style.percent(size)}</small>"
                          for share, size in zip(data.escape_probability.values.flat, data.escape_size_mean.values.flat)]
    heads = "".join(f"<th class='text' scope='col'>{html.escape(style.axis_label(data[axis]))}</th>" for axis in named)
    heads += "".join(f"<th scope='col'>{html.escape(column)}</th>" for column in columns)
    scenarios = itertools.product(*(data[axis].values.tolist() for axis in axes))
    rows = []
    for scenario, planned, *cells in zip(scenarios, data.runs_planned.values.flat, *columns.values()):
        names = (f"<th class='text' scope='row'>{html.escape(number_or_words(value))}</th>"
                 for axis, value in zip(axes, scenario) if axis in named)
        if planned:
            rows.append(f"<tr>{''.join(names)}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    body = "\n".join(rows)
    confidence = style.percent(data.attrs["confidence"])
    return (f"<div class='scroll'><table><caption>Shares of the landscape or of the fires. Below each estimate: its "
            f"{confidence} confidence interval; below escaped fires: their mean size.</caption>\n"
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>")


def _cells(estimate, interval):
    """Table cells of an estimate in all scenarios, in their order."""
    low, high = (interval.sel(bound=bound).clip(0, 1).values.flat for bound in ("lower", "upper"))
    return [style.percent(share) + ("" if np.isnan(bounds).any() else f"<small>{style.between(*bounds)}</small>")
            for share, *bounds in zip(estimate.values.flat, low, high)]


def provenance(path, data):
    """Where the file comes from, as an HTML table, and the experiment as it was written."""
    origin = open_results(path, "provenance").attrs
    rows = {"results file": pathlib.Path(path).name, "experiment": origin.get("experiment_path", ""),
            "command": origin.get("command_line", ""), "overrides": origin.get("overrides", ""),
            "firesweep": f"version {origin.get('version', '?')}, commit {origin.get('git_commit', '?')}"
                         + (" with changes" if origin.get("git_dirty") == "yes" else ""),
            "runs": f"{data.attrs['runs_ok']} of {data.attrs['runs_total']} done, {data.attrs['runs_failed']} failed, "
                    f"{data.attrs['runs_missing']} missing",
            "content (SHA-256)": data.attrs["content_sha256"]}
    if has_group(path, "provenance/sessions"):
        sessions = open_results(path, "provenance/sessions")
        hosts = ", ".join(sorted(set(sessions.host.values)))
        rows["made"] = f"{sessions.start.values[0]} to {sessions.end.values[-1]}, on {hosts}"
    table = "\n".join(f"<tr><th scope='row'>{html.escape(key)}</th><td>{html.escape(str(value))}</td></tr>"
                      for key, value in rows.items() if str(value))
    yaml = html.escape(str(origin.get("yaml_as_written", "")).strip())
    return (f"<table class='provenance'><tbody>\n{table}\n</tbody></table>\n"
            f"<h3>The experiment</h3>\n<pre>{yaml}</pre>\n"
            f"<footer>Made by firesweep_analysis.report from the file above, with matplotlib {matplotlib.__version__}. "
            "The same file gives the same page.</footer>")


def parse_choice(data, texts):
    """Turns ["ignition_set=ridge", "humidity=5"] into a choice for `results.at`."""
    choice = {}
    for text in texts:
        axis, equals, value = text.partition("=")
        if not equals or axis not in axes_of(data):
            raise ValueError(f"--at {text} is not AXIS=VALUE with one of the axes {', '.join(axes_of(data))}")
        if axis in choice:
            raise ValueError(f"--at {text}: {axis} is given twice")
        values = data[axis].values.tolist()
        try:
            choice[axis] = values[values.index(value if isinstance(values[0], str) else float(value))]
        except ValueError:
            known = (one if isinstance(one, str) else f"{one:.12g}" for one in values)
            raise ValueError(f"{axis} has no value {value}; there are {', '.join(known)}") from None
    return choice


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="firesweep_analysis.report", description=__doc__.splitlines()[0])
    parser.add_argument("results", help="a results file")
    parser.add_argument("-o", "--output", help="the page to write (default: the results file's name with .html)")
    parser.add_argument("--at", action="append", default=[], metavar="AXIS=VALUE",
                        help="which value of an axis the pictures show, e.g. ignition_set=ridge (default: the first "
                             "of each)")
    options = parser.parse_args(arguments)
    output = pathlib.Path(options.output or pathlib.Path(options.results).with_suffix(".html"))
    matplotlib.use("Agg")
    warnings.filterwarnings("ignore", message="Glyph .* missing")  # a font lacks a letter of a name; the page does not
    try:
        data = open_results(options.results)
        if absent := [f"'{name}'" for name in NEEDED if name not in data]:
            return _fail(f"{options.results}: lacks {', '.join(absent)}, so it cannot be reported on", 5)
        page = build(options.results, **parse_choice(data, options.at))
    except (OSError, ValueError) as problem:
        return _fail(problem, 2)
    temporary = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        temporary.write_text(page, encoding="utf-8")
        temporary.replace(output)  # so that a page that is there is lost for a whole one only
    except OSError as problem:
        with contextlib.suppress(OSError):
            temporary.unlink()
        return _fail(f"{output}: cannot be written ({problem.strerror})", 5)
    return 0


def _fail(problem, code):
    print(f"firesweep_analysis.report: {problem}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
