"""The section of the report on what is at stake, as HTML."""

import html

from . import origins, report_figures, report_tables, season, stake, style
from .results import axes_of, conditions, main_axis, words

MOST_ROWS = 40
MOST_OPEN_ROWS = 7
"""Rows of a table of scenarios that is not folded."""


def section(data, year, most_sets=4):
    """Yields the section in parts: for each set of assets, at most so many, its tables and pictures; nothing where the file has none.
    `data` is the file's root and `year` comes from `season.open_season` or is None."""
    names = stake.sets(data)
    if not names:
        return
    yield "<h2>What is at stake</h2>"
    confidence = style.stated(data.attrs["confidence"])
    for name in names[:most_sets]:
        yield f"<h3>{html.escape(words(name).capitalize())}</h3>"
        of = f"Losses in {stake.unit(data, name)}. " if stake.unit(data, name) else ""
        caption = f"{of}Below each estimate: its {confidence} confidence interval. "
        if year is not None:
            yield report_tables.written_table(stake.written(data, name, year), caption + "Of a year.", MOST_ROWS)
        scenarios = stake.written(data, name)
        table = report_tables.written_table(scenarios, caption + "Of a fire, by scenario.", MOST_ROWS)
        yield table if len(scenarios) <= MOST_OPEN_ROWS else report_tables.folded(f"A fire in each of {len(scenarios)} scenarios", table)
    if len(names) > most_sets:
        yield f"<p>{len(names) - most_sets} sets of assets more are in the file.</p>"
    yield from _pictures(data, year, [name for name in names if bool((data[f"{name}_hit"] > 0).any())])


def _pictures(data, year, reached):
    """The figures of the first set that any run takes, as HTML: one set, so that pages stay small."""
    if not reached:
        return
    name = reached[0]
    draw = [_chance]
    found = stake.compared(data, year, name)
    if found is not None and stake.best(found[1]) is not None:
        draw.insert(0, lambda *_: _saved(*found))
    if year is not None and stake.has_curve(data, name) and bool((year.seeds > 0).any()):
        draw.append(_curve)
    if origins.known(data):
        draw.append(_origins)
    for number, one in enumerate(draw):
        figure, *texts = one(data, year, name)
        yield report_figures.as_html(figure, f"-stake{number}", *texts)


def _saved(both, savings):
    confidence = style.stated(savings.attrs["confidence"])
    return (stake.plot_saved(both, savings), "What would help?",
            f"Left: the expected loss with each {words(savings.attrs['axis'])}. Right: what each saves against "
            f"{savings.attrs['reference']}, seed by seed under the same luck, which is better known than either loss. Bars are {confidence} "
            "confidence intervals, each for itself; what has 0 in it cannot be told from chance.", stake.saved_sentence(both, savings))


def _chance(data, year, name):
    rows, by = _shown(data)
    there = data.isel({axis: 0 for axis in axes_of(data) if axis in data.dims and axis not in (rows, by)})
    figure, axes = report_figures.wide(1.5 + 0.55 * there.sizes[rows])
    stake.plot_table(there, name, by, axes)
    at = conditions(there)
    return (figure, f"How likely is it that a fire reaches {words(name)}?",
            f"Share of the runs that take any, with its confidence interval ({style.stated(data.attrs['confidence'])})"
            f"{f', at {at}' if at else ''}.", f"Points of the share of runs that reach {words(name)}; the largest is "
            f"{style.percent(float(there[f'{name}_hit'].max()))}.")


def _shown(data, most=7):
    """The axis of rows, and of the others the treatments, else the first that has a few values, which have a colour each."""
    rows = main_axis(data)
    others = [axis for axis in axes_of(data) if axis != rows and 1 < data.sizes.get(axis, 1) <= most]
    return rows, stake.TREATMENTS if stake.TREATMENTS in others else others[0] if others else None


def _curve(data, year, name):
    figure, axes = report_figures.wide(4.8)
    stake.plot_curve(data, year, name, axes)
    at = conditions(year.isel({axis: 0 for axis in season.kept_axes(year)[1:]}))
    return (figure, f"How often is a loss of {words(name)} exceeded?",
            "Read upwards from a loss x: how many fires of a year take more (left), and in how many years one does (right). The band is the "
            f"confidence interval of each loss alone ({style.stated(data.attrs['confidence'])}), points are the experiment's thresholds. "
            f"Where the line is thin, fewer than {year.attrs['fewest_runs_beyond']} simulated fires take more."
            + (f" Shown for {at}." if at else ""),
            f"Loss-exceedance curve. The largest loss of a run is {stake.amount(float(stake.losses(data, name).max()), stake.unit(data, name))}.")


def _origins(data, year, name):
    here, of_year = stake.reference(data, year)
    found = origins.of_losses(here, name, of_year)
    figure, axes = report_figures.wide(5.6)
    origins.plot(here, found, axes)
    at = conditions(here)
    return (figure, "Where do the fires that hurt begin?",
            f"Mean loss of {words(name)} of the fires that begin in a block, where at least {origins.FEWEST_FIRES} do"
            f"{f', at {at}' if at else ''}; {'as often as in a year' if year is not None else 'over all scenarios alike'}. Dots "
            "are the places where fires began, outlines the cells with something at stake.", origins.sentence(here, found))
