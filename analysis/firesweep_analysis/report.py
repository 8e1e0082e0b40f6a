"""One self-contained page of HTML about a results file, for readers who have neither Python nor firesweep.

    python3 -m firesweep_analysis.report danger-levels.h5 -o danger-levels.html

It holds its pictures, loads nothing from elsewhere, and runs no script.
"""

import argparse
import contextlib
import html
import logging
import os
import pathlib
import sys
import warnings

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # where it keeps its fonts does not matter to the page
try:
    import matplotlib
except OSError as problem:
    sys.exit(f"firesweep_analysis.report: matplotlib finds no folder that it can write to ({problem}); set MPLCONFIGDIR to "
             "one")
import numpy as np

from . import designs, ground, report_comparisons, report_design, report_figures, report_season, report_stake, report_tables, style
from .findings import findings, number_of, reservations
from .results import (UnusableFile, at, axes_of, conditions, has_group, is_named, main_axis, open_results, parse_choice,
                      series_axis, words)
from .season import open_season
from .sensitivity import effects

GLOSSARY = {
    "burnt share (burn fraction)": "cells that burnt down, as a share of all cells of the landscape. 0 % is no fire, "
                                   "100 % everything.",
    "run": "one simulated attempt to start a fire. Where its points of ignition have no vegetation, none starts.",
    "started": "share of the runs in which a fire started. How often anybody or lightning tries is not part of the "
               "simulation; an experiment's season says it.",
    "likelihood": "share of the simulated fires for which something holds: given that a fire starts under those "
                  "conditions, unless it says “of all runs”.",
    "cut off": "ended by the experiment's max_steps while cells were still burning. Such a fire would have become "
               "larger.",
    "exceedance": "the likelihood that a fire burns more than a given share.",
    "confidence": "how sure an estimate is: at 95 %, intervals made like this contain the true value in 95 of 100 "
                  "cases. It is about the number of simulated fires, not about how well the model describes real "
                  "ones.",
    "quantile": "95 % of the fires burn less than the 95 % quantile.",
    "CVaR": "conditional value at risk: the mean of the worst fires, here of those beyond the quantile.",
    "escape": "where there are two kinds of fire, those beyond the gap between them have escaped; the others died "
              "out early.",
    "expected loss": "the mean of what runs take of a set of assets, those among them that take nothing.",
    "return period": "in how many years an event comes once on average; it may come in two years running.",
    "seed": "the number that decides the vegetation and the luck of a fire. The same seeds are used under all "
            "conditions, so that conditions are compared fire by fire.",
}


def build(path, data=None, **choice):
    """Returns the report of a results file as HTML text. `choice` picks values of axes, as for `chosen_series`; `data` is
    the file if it is open already."""
    data = open_results(path) if data is None else data
    sensitivity = open_results(path, "sensitivity", root=data) if has_group(path, "sensitivity") else None
    name = html.escape(data.attrs["name"])
    if designs.is_of_design(data) and sensitivity is not None:
        return _page("What matters?", name, [*_of_design(data, sensitivity), provenance(path, data)])
    chosen = chosen_series(data, sensitivity, choice)
    year = open_season(path, data)
    with matplotlib.rc_context():
        style.use()
        pictures = list(report_figures.figures(data, chosen, sensitivity))
        of_year = [] if year is None else list(report_season.section(data, year))
        at_stake = list(report_stake.section(data, year))
    compared = report_comparisons.section(path, data)
    parts = [lead(data, chosen),
             "<h2>In short</h2>", "<ul class='findings'>",
             *(f"<li>{html.escape(sentence)}</li>" for sentence in findings(data, chosen, sensitivity, year)),
             "</ul>", *at_stake, "<h2>Key numbers</h2>", *report_tables.key_tables(data, chosen), *compared,
             *of_year,
             "<h2>Pictures</h2>",
             *(pictures or ["<p>No fire started: there is nothing to draw.</p>"]), "<h2>Terms</h2>", "<dl>",
             *(f"<dt>{html.escape(term)}</dt><dd>{html.escape(meaning)}</dd>" for term, meaning in GLOSSARY.items()),
             "</dl>", "<h2>Where this comes from</h2>", provenance(path, data)]
    return _page("How likely is a large fire?", name, parts)


def _of_design(data, sensitivity):
    """The parts of the page of a design, whose samples are too many and too unlike to be told one by one."""
    with matplotlib.rc_context():
        style.use()
        yield f"<p class='lead'>{html.escape(report_design.lead(data))}</p>"
        yield from (f"<p>{html.escape(sentence)}</p>" for sentence in reservations(data))
        yield from report_design.section(data, sensitivity)
    terms = {**report_design.TERMS, **{term: GLOSSARY[term] for term in ("burnt share (burn fraction)", "confidence", "seed")}}
    yield "<h2>Terms</h2><dl>"
    yield from (f"<dt>{html.escape(term)}</dt><dd>{html.escape(meaning)}</dd>" for term, meaning in terms.items())
    yield "</dl><h2>Where this comes from</h2>"


def _page(question, name, parts):
    """A page of HTML that answers a question about a file, with these parts."""
    css = pathlib.Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    body = "\n".join([f"<h1>{question} {name}</h1>", *parts])
    return ("<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n<meta name='viewport' "
            f"content='width=device-width, initial-scale=1'>\n<title>{name}: "
            f"{question[0].lower()}{question[1:]}</title>\n<style>\n{css}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n")


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
    unused = [name for name, variable in chosen.items() if {"seed", "step"} <= set(variable.dims)]
    chosen = chosen.drop_vars(unused)
    return chosen.assign({name: variable.load() for name, variable in chosen.items()  # maps may be large
                          if not {"y", "x"} & set(variable.dims)})


def lead(data, chosen):
    runs, started = (int(data[name].sum()) for name in ("runs_ok", "runs_started"))
    fires = number_of(started, "simulated fire")
    made = fires if started == runs else f"{number_of(runs, 'run')}, in which {fires} started,"
    cells = f"{data.attrs['width']} x {data.attrs['height']} cells"
    if ground.has_ground(data):
        cells += f", of which {ground.area(ground.hectares(data, 1))} can burn: 1 % is {ground.area(ground.hectares(data, 0.01))}"
    text = (f"{made} on a landscape of {cells}. Sentences and pictures "
            f"compare values of {words(series_axis(chosen))}")
    shown = conditions(chosen)
    return f"<p class='lead'>{html.escape(text)}{html.escape(f', at {shown}' if shown else '')}.</p>"


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


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="firesweep_analysis.report", description=__doc__.splitlines()[0])
    parser.add_argument("results", help="a results file")
    parser.add_argument("-o", "--output", help="the page to write (default: the results file's name with .html)")
    parser.add_argument("--at", action="append", default=[], metavar="AXIS=VALUE",
                        help="which value of an axis the pictures show, e.g. ignition_set=ridge (default: where most "
                             "scenarios have runs, of numbers nearest to the middle, of names the first)")
    options = parser.parse_args(arguments)
    output = pathlib.Path(options.output or pathlib.Path(options.results).with_suffix(".html"))
    matplotlib.use("Agg")
    warnings.filterwarnings("ignore", message="Glyph .* missing")  # a font lacks a letter of a name; the page does not
    try:
        data = open_results(options.results)
        page = build(options.results, data, **parse_choice(data, options.at))
    except UnusableFile as problem:
        return _fail(problem, 5)
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
