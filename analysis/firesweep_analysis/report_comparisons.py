"""The section of the report on values of axes compared seed by seed, as HTML."""

import html

import numpy as np

from . import comparisons, style
from .results import axes_of, conditions, words


def section(path, data, most_pairs=15):
    """Yields the section in parts: a table for each axis that the file compares, of at most so many pairs. Other axes are at
    their first value that has runs. `data` is the file's root."""
    axes = comparisons.compared_axes(path, data)
    if not axes:
        return
    yield "<h2>What another value does</h2>"
    yield ("<p>Differences of the burnt share, fire by fire under the same luck; a difference is told from none where its "
           "interval excludes 0.</p>")
    for axis in axes:
        yield _table(comparisons.open_comparison(path, axis, data), data, axis, most_pairs)


def _table(comparison, data, axis, most_pairs):
    others = [other for other in axes_of(data) if other != axis]
    known = comparison.difference_seeds.max("pair") > 0
    place = np.argwhere(known.values)[0] if bool(known.any()) else np.zeros(len(others), int)
    at = comparison.isel(dict(zip(others, place)))
    shown = comparisons.steps(comparison)
    rows = [_row(at.isel(pair=pair), comparisons.pair_text(comparison, pair)) for pair in shown[:most_pairs]]
    more = f" {len(shown) - most_pairs} pairs more are in the file." if len(shown) > most_pairs else ""
    where = conditions(data.isel(dict(zip(others, place)))) if others else ""
    caption = (f"{words(axis).capitalize()}{f', at {where}' if where else ''}: percentage points of the landscape, and the "
               f"{style.stated(data.attrs['confidence'])} confidence interval.{more}")
    heads = "".join(f"<th{style_of} scope='col'>{head}</th>" for style_of, head in
                    ((" class='text'", "from .. to"), ("", "burns more"), ("", "seeds"), ("", "told from 0")))
    body = "\n".join(rows)
    return (f"<div class='scroll'><table class='key'><caption>{html.escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
            f"<tbody>\n{body}\n</tbody></table></div>")


def _row(one, name):
    mean, seeds = float(one.difference_mean), int(one.difference_seeds)
    low, high = one.difference_ci.values
    told = "not known" if np.isnan(low) else "yes" if low > 0 or high < 0 else "no"
    interval = "" if np.isnan(low) else f"<small>{style.points(low)} to {style.points(high)}</small>"
    estimate = "" if np.isnan(mean) else f"{style.points(mean)}{interval}"
    return (f"<tr><th class='text' scope='row'>{html.escape(name)}</th><td>{estimate}</td><td>{style.count(seeds)}</td>"
            f"<td>{told}</td></tr>")
