"""The section of the report on a year of fires, as HTML."""

import html

import numpy as np

from . import ground, report_figures, report_tables, season, style
from .results import conditions


def section(data, year, most_rows=40):
    """Yields the section in parts: its answer, tables, pictures and what is taken for granted. `data` is the file's root and
    `year` comes from `season.open_season`."""
    yield "<h2>A year of fires</h2>"
    yield from (f"<p>{html.escape(sentence)}</p>" for sentence in season.sentences(data, year, most=2))
    confidence = style.stated(data.attrs["confidence"])
    yield report_tables.written_table(
        season.written_rates(data, year), f"How often fires are larger than a size. Below each estimate: its {confidence} "
        "confidence interval.", most_rows)
    if year.sizes.get("return_period"):
        yield report_tables.written_table(
            season.written_sizes(data, year), "The size that one fire exceeds in so many years, on average, and its "
            f"{confidence} confidence interval.", most_rows)
    if bool(year.expected_burn_fraction.notnull().any()):
        yield from (report_figures.as_html(figure, f"-year{number}", *words) for number, (figure, *words) in
                    enumerate(draw(data, year) for draw in _pictures(year)))
    yield f"<p>{html.escape(' '.join([season.ASSUMPTIONS, *reservations(data, year)]))}</p>"


def reservations(data, year):
    """What spoils the numbers of a year: fires cut off, and seeds that are not known in all scenarios."""
    cut_off = season.cut_off(data, year)
    if cut_off:
        yield (f"{style.count(cut_off)} fires were cut off and count with what they had burnt: rates and sizes are at least as "
               "large, and return periods at most as long.")
    fewest, all_seeds = int(year.seeds.min()), data.sizes["seed"]
    if fewest < all_seeds:
        yield (f"Failed and missing runs leave {style.count(fewest)} of {style.count(all_seeds)} seeds that are known in every "
               "scenario of the year; nothing else is used.")


def _pictures(year):
    yield _curve
    if season.has_map(year):
        yield _map


def _curve(data, year):
    figure, axes = report_figures.wide(4.8)
    season.plot_curve(data, year, axes)
    table = season.rates(year)
    often = [f"{style.stated(size)}: {season.return_period_text(row)}" for size, (_, row) in
             zip(table.index.get_level_values("threshold"), table.iterrows())]
    return (figure, "How often does a fire exceed a size?",
            "Read upwards from a size x: how many fires of a year are larger (left), and in how many years one is (right). Points "
            "with bars are the sizes of the table; the band is the confidence interval of each size alone "
            f"({style.stated(data.attrs['confidence'])}). Where the line is thin, fewer than {year.attrs['fewest_runs_beyond']} simulated fires "
            "are larger." + _shown(year), f"Frequency-size curve. Return periods in years: {', '.join(often[:12])}.")


def _map(data, year):
    probability = year.annual_burn_probability
    figure = season.plot_maps(data, year)
    lies = ground.has_ground(data)
    return (figure, "Where it burns in a year",
            "The chance that each cell catches fire in a year, once or more, on a logarithmic scale. "
            + ("Grey ground never burnt; hills are lit from the north-west." if lies else "White cells never burnt.") + _shown(year),
            f"Map of the chance to burn in a year. Mean over all cells: {style.percent(float(probability.mean()))}, most "
            f"{style.percent(float(np.nanmax(probability)))}.")


def _shown(year):
    """Which of several years the pictures show."""
    first = conditions(year.isel({axis: 0 for axis in season.kept_axes(year)[1:]}))
    return f" Shown for {first}." if first else ""
