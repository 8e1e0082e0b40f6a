"""The tables of the report, as HTML."""

import html
import itertools

import numpy as np

from . import exceedance, ground, style
from .results import all_started, axes_of, given_start, number_or_words, thinned
from .sizes import large_threshold, mean_interval

MOST_KEY_ROWS = 40


def key_tables(data, chosen):
    """The table of the fires in the scenarios that the figures show, if there are too many others, and that of all;
    then the same over all runs, if there are some in which no fire started."""
    scenarios = int((data.runs_planned > 0).sum())
    if scenarios > MOST_KEY_ROWS:
        shown = thinned(chosen, MOST_KEY_ROWS)
        yield key_table(given_start(shown.expand_dims([axis for axis in axes_of(data) if axis not in chosen.dims])))
        yield folded(f"All {style.count(scenarios)} scenarios", key_table(given_start(data)))
    else:
        yield key_table(given_start(data))
    if not all_started(data):
        yield folded("The same over all runs, whether a fire started or not", key_table(data, "runs"))


def folded(summary, table):
    """A table, as HTML, that readers open."""
    return f"<details><summary>{html.escape(summary)}</summary>{table}</details>"


def key_table(data, of="fires", quantile=0.95):
    """The table of all scenarios, as HTML: shares in percent, each with its interval below, or ≥ if it is a lower bound.

    `of` names what the rows of `data` count.
    """
    axes = axes_of(data)
    named = [axis for axis in axes if data.sizes[axis] > 1] or axes[:1]
    columns = key_columns(data, of, quantile)
    heads = "".join(f"<th class='text' scope='col'>{html.escape(style.axis_label(data[axis]))}</th>" for axis in named)
    heads += "".join(f"<th scope='col'>{html.escape(column)}</th>" for column in columns)
    scenarios = itertools.product(*(data[axis].values.tolist() for axis in axes))
    rows = []
    for scenario, planned, *cells in zip(scenarios, data.runs_planned.values.flat, *columns.values()):
        names = (f"<th class='text' scope='row'>{html.escape(number_or_words(value))}</th>"
                 for axis, value in zip(axes, scenario) if axis in named)
        if planned > 0:
            rows.append(f"<tr>{''.join(names)}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    body = "\n".join(rows)
    return (f"<div class='scroll'><table class='key'><caption>Shares of the landscape or of the {of}. Below each "
            f"estimate: {'of a size its area; ' if ground.has_ground(data) else ''}its {style.stated(data.attrs['confidence'])} "
            f"confidence interval; below {of}: the share of the "
            f"runs in which a fire started; below escaped fires: their mean size.</caption>\n"
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>")


def key_columns(data, of, quantile):
    """The columns of numbers, lists of HTML by their headings."""
    large = large_threshold(data)
    cut_off = data.runs_cut_off.values > 0
    columns = {of: [f"{style.count(runs)}<small>{style.percent(share)}</small>"
                    for runs, share in zip(data.runs_ok.values.flat, data.started.values.flat)]}
    if cut_off.any():
        columns["cut off"] = [style.count(fires) for fires in data.runs_cut_off.values.flat]
    columns["mean burnt"] = _sizes(data, data.burn_fraction_mean, mean_interval(data), cut_off)
    if quantile in data["quantile"]:
        worst = data.sel(quantile=quantile)
        columns[f"{style.stated(quantile)} quantile"] = _sizes(data, worst.burn_fraction_quantile,
                                                               worst.burn_fraction_quantile_ci, cut_off)
        columns["CVaR beyond"] = _sizes(data, worst.burn_fraction_cvar, None, cut_off)
    at = data.sel(threshold=large)
    columns[f"{of} > {style.stated(large)}"] = _cells(at.exceedance, at.exceedance_ci,
                                                      exceedance.undecided(data, large).values > 0)
    if "exceedance_size_mean" in data:
        columns["mean of these"] = _cells(at.exceedance_size_mean, at.exceedance_size_ci, cut_off)
    if "escape_probability" in data:
        columns["escaped"] = [f"{share}<small>{size}</small>" if share != "–" else share for share, size in
                              zip(_cells(data.escape_probability, None, cut_off),
                                  _cells(data.escape_size_mean, None, cut_off))]
    return columns


def _sizes(data, estimate, interval, least):
    """Table cells of an estimated size: as `_cells`, with its area where the file says how large a cell is."""
    cells = _cells(estimate, interval, least)
    if not ground.has_ground(data):
        return cells
    areas = ground.hectares(data, estimate).values.flat
    return [cell if np.isnan(area) else _with_area(cell, ("≥&nbsp;" if bound else "") + ground.area(area))
            for cell, area, bound in zip(cells, areas, np.asarray(least).flat)]


def _with_area(cell, area):
    share, small, interval = cell.partition("<small>")
    return f"{share}<small>{area}</small>{small}{interval}"


def _cells(estimate, interval, least):
    """Table cells of an estimate in all scenarios, in their order; where `least` holds, as a lower bound."""
    values, least = list(estimate.values.flat), list(np.asarray(least).flat)
    texts = [style.percent(share) if np.isnan(share) or not bound else f"≥&nbsp;{style.percent(share)}"
             for share, bound in zip(values, least)]
    if interval is None:
        return texts
    low, high = (interval.sel(bound=bound).clip(0, 1).values.flat for bound in ("lower", "upper"))
    return [text if np.isnan([start, end]).any() else f"{text}<small>{_interval(start, end, bound)}</small>"
            for text, start, end, bound in zip(texts, low, high, least)]


def _interval(low, high, bound):
    return f"≥&nbsp;{style.percent(low)}" if bound else style.between(low, high).replace(" to ", "&nbsp;to ")


def written_table(written, caption, most_rows):
    """A table of texts as HTML, with intervals below estimates; of more rows than so many, the first."""
    index = written.index.names
    heads = "".join(f"<th class='text' scope='col'>{html.escape(str(name))}</th>" for name in index)
    heads += "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in written.columns)
    rows = []
    for names, *cells in written.head(most_rows).itertuples():
        names = names if isinstance(names, tuple) else (names,)
        rows.append("<tr>" + "".join(f"<th class='text' scope='row'>{html.escape(str(name))}</th>" for name in names)
                    + "".join(f"<td>{_with_interval(cell)}</td>" for cell in cells) + "</tr>")
    body = "\n".join(rows)
    return (f"<div class='scroll'><table class='key'><caption>{html.escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
            f"<tbody>\n{body}\n</tbody></table></div>")


def _with_interval(text):
    estimate, _, interval = html.escape(text).partition(" (")
    return f"{estimate}<small>{interval.removesuffix(')')}</small>" if interval else estimate
