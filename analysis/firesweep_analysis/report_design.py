"""The part of the report on a design: what each parameter does, as HTML, in the place of scenario by scenario."""

import html

import numpy as np

from . import designs, report_figures, report_tables, style
from .findings import listed, number_of
from .results import axes_of, value_text, words
from .sizes import large_threshold

MOST_COMBINATIONS = 3
"""Combinations of the other axes that get pictures of their own."""
MOST_SCATTERS = 4
"""Parameters whose samples are drawn."""

TERMS = {
    "sample": "one choice of a value for every parameter; each was simulated with the same seeds.",
    "explained alone": "how much the variance of what is to be expected would shrink, on average, if the parameter were known: its "
                       "first-order Sobol' index.",
    "in all": "how much of that variance would be left if everything but the parameter were known: its total Sobol' index.",
}


def section(data, sensitivity):
    """Yields the section in parts: sentences, pictures and tables. `data` is the file's root, `sensitivity` that group."""
    yield "<h2>What matters?</h2>"
    yield from (f"<p>{html.escape(sentence)}</p>" for sentence in sentences(data, sensitivity))
    for number, place in enumerate(places(data)[:MOST_COMBINATIONS]):
        here, effects = data.isel(place), sensitivity.isel(place)
        for quantity in told(data):
            if effects.sel(quantity=quantity)[designs.strongest(effects)].notnull().any():
                yield _bars(here, effects, quantity, f"-{number}-{quantity.replace('.', '-')}")
        yield _samples(here, effects, f"-samples{number}")
        yield _table(here, effects)


def lead(data):
    """What was simulated, in a sentence."""
    parameters = [words(name) for name in data.attrs["coordinates"].split()] if "coordinates" in data.attrs else []
    return (f"{number_of(int(data.runs_ok.sum()), 'simulated fire')} of {number_of(data.sizes['sample'], 'sample')}"
            + (f" of {listed(parameters)}" if parameters else "")
            + f", on a landscape of {data.attrs['width']} x {data.attrs['height']} cells.")


def places(data):
    """Where the combinations of the axes beside the samples are, each a dict for `isel`."""
    combinations = [{}]
    for axis in axes_of(data):
        if axis != "sample":
            combinations = [{**one, axis: i} for one in combinations for i in range(data.sizes[axis])]
    return combinations


def told(data):
    """The quantities that are drawn and told: what burns, large fires, and what is lost."""
    large = [f"exceedance_{large_threshold(data):g}"] if data.sizes.get("threshold") else []
    return ["burn_fraction", *large,
            *(f"{name}_lost" for name in data.attrs.get("assets", "").split())]


def sentences(data, sensitivity):
    """What matters most for each quantity, and how much of single fires is chance."""
    found = []
    for place in places(data)[:MOST_COMBINATIONS]:
        where = _where(data.isel(place))
        for quantity in told(data):
            effects = sensitivity.isel(place)
            table = designs.effects(effects, quantity)
            strongest = table[designs.strongest(effects)]
            if strongest.isna().all():
                continue
            names = [words(name) for name in table.index[:3]]
            chance = float(effects.chance.sel(quantity=quantity))
            found.append(f"{designs.quantity_text(quantity).capitalize()}{where}: {_most(effects, table, names)}"
                         + (f"; chance makes {style.percent(chance)} of what single fires differ by" if chance == chance else "")
                         + ".")
    dropped = int(sensitivity.rows_dropped.max()) if sensitivity.rows_dropped.notnull().any() else 0
    if dropped:
        found.append(f"{style.count(dropped)} rows of the design are left out, of which runs are not ok.")
    return [*found, "All of this depends on what the parameters were drawn from: a wider range does more."]


def _most(effects, table, names):
    kind = designs.kind(effects)
    if kind == "sobol":
        parts = [f"{name} takes part in {style.percent(value)} of the variance ({style.percent(low)} to {style.percent(high)})"
                 for name, value, low, high in zip(names, table["total"], table["total lower"], table["total upper"])]
    elif kind == "morris":
        known = table.head(len(names))
        if "mu_star_inert" in table:  # which files have since
            known = known[known["mu_star lower"] > known["mu_star_inert"]]
        parts = [f"{words(name)} changes it most ({style.number(value)} over its range)" if i == 0
                 else f"then {words(name)} ({style.number(value)})" for i, (name, value) in enumerate(known["mu_star"].items())]
        parts = parts or ["no parameter does more than chance would"]
    else:
        parts = [f"{name} {'raises' if value > 0 else 'lowers'} it (rank regression {value:+.2f})"
                 for name, value in zip(names, table["rank_regression"])]
    return ", ".join(parts)


def _where(here):
    texts = [value_text(here[axis]) for axis in here.coords if here[axis].ndim == 0 and axis in here.attrs["axes"].split()]
    return f" ({', '.join(texts)})" if texts else ""


def _bars(here, effects, quantity, number):
    figure, axes = report_figures.wide(1.4 + 0.55 * effects.sizes["parameter"])
    designs.plot_effects(effects, quantity, axes, here)
    table = designs.effects(effects, quantity)
    main = designs.strongest(effects)
    parts = [f"{words(name)} {value:.3g}" for name, value in table[main].items()]
    return report_figures.as_html(
        figure, number, f"What changes the {designs.quantity_text(quantity)}?",
        f"For every parameter {designs.ESTIMATES[designs.kind(effects)][main]}{_where(here)}, with its confidence interval. "
        "Below the names: the range it was drawn from.",
        f"Bars by parameter: {', '.join(parts)}.")


def _samples(here, effects, number):
    names = list(designs.effects(effects).index[:MOST_SCATTERS])
    figure, panels = report_figures.wide(3.0, columns=len(names))
    panels = np.atleast_1d(panels)
    for name, axes in zip(names, panels):
        designs.plot_samples(here, name, axes)
    for axes in panels[1:]:
        axes.set_ylabel("")
    return report_figures.as_html(
        figure, number, "Sample by sample",
        "Each point is one sample: the mean burnt share of its fires against one of its parameters, all others being what they "
        "happen to be. The line goes through means of twelfths of the samples. What scatters around it the other parameters do.",
        f"Points of the mean burnt share of samples against {', '.join(words(name) for name in names)}.")


def _table(here, effects):
    table = designs.effects(effects)
    written = table.apply(lambda column: column.map(lambda value: f"{value:.3g}" if value == value else "–")).rename(index=words)
    return report_tables.folded(f"All numbers of the {designs.quantity_text('burn_fraction')}{_where(here)}",
                                written.to_html(escape=True, border=0))
