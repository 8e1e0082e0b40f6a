"""The figures of the report, as SVG within HTML, each with words for those who cannot see it."""

import html
import io
import re

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.backends.backend_svg import FigureCanvasSVG

from . import convergence, exceedance, ground, maps, risk, sensitivity as sensitivities, sizes, style
from .results import given_start, labels, series_axis, thinned
from .sizes import large_threshold


MOST_SERIES = 12
"""Values of an axis that pictures with a row or a curve for each can show."""
MOST_MAPS = 8
PAGE = 9.0
"""Width [inch] of a figure as wide as the page."""


def figures(data, chosen, sensitivity=None):
    """Yields HTML figures of the fires that started: none if none did. `chosen` has one axis left; `sensitivity` is that
    group or None."""
    if not int(chosen.runs_started.sum()):
        return
    fires = given_start(chosen)
    shown = thinned(fires, MOST_SERIES)
    for number, draw in enumerate(drawn(data, fires, shown, sensitivity)):
        figure, title, caption, alt = draw()
        yield as_html(figure, number, title, caption, alt)


def drawn(data, fires, shown, sensitivity):
    """The figures that the file has data for, as functions. `fires` are all of the series, `shown` those for which
    there is room."""
    by = series_axis(fires)
    series = f"{shown.sizes[by]} values of {style.words(by)}"
    note = _note(fires, shown)
    confidence = style.stated(data.attrs["confidence"])

    def of(draw, about=shown, words=series):
        def made():
            figure, title, caption, alt = draw(about, words, confidence)
            return figure, title, caption + note, alt
        return made

    if fires.sizes[by] > shown.sizes[by]:
        yield of(along, fires, f"{fires.sizes[by]} values of {style.words(by)}")
    yield from (of(draw) for draw in (all_sizes, two_kinds, curves, risk_matrix) if draw is not two_kinds
                or "escape_probability" in shown)
    if 0.95 in data["quantile"]:
        yield of(worst_fires)
    if ground.has_ground(data) and ground.has_fuel(data):
        yield lambda: landscape(fires.isel({by: 0}))
    if maps.has_maps(data):
        some = thinned(fires, MOST_MAPS)
        yield of(burn_maps, some, f"{some.sizes[by]} values of {style.words(by)}")
    if "burning_cells_mean" in data and (shown.burning_cells_mean > 0).any():
        yield of(course)
    if sensitivity is not None and sensitivity.mean_effect.notnull().any():
        yield lambda: tornado(data, sensitivity)
    if sensitivity is not None and sensitivity.mean_share.notnull().any():
        yield lambda: shares(sensitivity)
    if (shown.burn_fraction_se > 0).any():
        yield of(standard_errors)


def _note(fires, shown):
    """What holds for every figure of the series: that values are left out, and that fires were cut off."""
    by = series_axis(fires)
    note = ""
    if fires.sizes[by] > shown.sizes[by]:
        note += f" Of {fires.sizes[by]} values of {style.words(by)} some are shown, evenly spaced."
    spoilt = fires.isel({by: fires.runs_cut_off.values > 0})
    if spoilt.sizes[by]:
        at = ", ".join(labels(spoilt[by])) if spoilt.sizes[by] <= 8 else f"{spoilt.sizes[by]} values"
        note += f" Fires cut off count with what they had burnt: at {style.words(by)} {at} fires and likelihoods are at " \
                "least as large."
    return note


def wide(height, columns=1):
    """A new figure as wide as the page, and its axes: an array of them for several columns, which share the vertical one."""
    return plt.subplots(1, columns, figsize=(PAGE, height), sharey=True)


def _rows(chosen):
    return 1.5 + 0.45 * chosen.sizes[series_axis(chosen)]


def along(chosen, series, confidence):
    figure, axes = wide(3.8)
    by, large = series_axis(chosen), large_threshold(chosen)
    sensitivities.plot_along(chosen[["exceedance", "exceedance_ci"]].sel(threshold=large), by, axes,
                             f"probability of more than {style.stated(large)}")
    return (figure, f"How likely is a large fire at each {style.words(by)}?",
            f"The likelihood that more than {style.stated(large)} of the landscape burns, with its confidence interval "
            f"({confidence}).", f"Line of likelihoods, {series}. " + _large(chosen))


def all_sizes(chosen, series, confidence):
    figure, axes = wide(_rows(chosen))
    sizes.plot_sizes(chosen.burn_fraction, axes)
    median = [f"{label} {style.percent(value)}" for label, value in
              zip(labels(chosen[series_axis(chosen)]), chosen.burn_fraction.median("seed").values)]
    return (figure, "What happened: every fire is a point",
            "Each point is a fire, by the share of the landscape it burnt (logarithmic scale; up to 400 fires of a "
            "row). Thick bar: the middle half of the fires; thin line: from 5 % to 95 % of them; ring: the median.",
            f"Points of fire sizes in rows, {series}. Median burnt share: {', '.join(median)}.")


def two_kinds(chosen, series, confidence):
    figure, axes = wide(_rows(chosen))
    sizes.plot_escape(chosen, axes)
    escape = [f"{label} {style.percent(value)}" for label, value in
              zip(labels(chosen[series_axis(chosen)]), chosen.escape_probability.values) if value == value]
    return (figure, "Two kinds of fire",
            "Hatched: fires that escape and grow large; plain beside it: fires that stay small. Numbers are the mean "
            "burnt share of each kind. A row without a hatched part has one kind only, or too few fires to tell.",
            f"Bars of the share of fires that escape: {', '.join(escape) or 'there is one kind only in every row'}.")


def curves(chosen, series, confidence):
    figure, axes = wide(4.8)
    exceedance.plot(exceedance.curve(chosen.burn_fraction, confidence=chosen.attrs["confidence"]), axes=axes,
                    bands=("exceedance_ci", "exceedance_band"))
    return (figure, "How likely is a larger fire?",
            "Read upwards from a size x: the likelihood that a fire burns more than that. Dark bands are the "
            f"confidence intervals of each point ({confidence}), pale bands hold for a whole curve at once. A curve "
            "ends at the largest fire seen.",
            f"Exceedance curves, {series}. " + _large(chosen))


def _large(chosen):
    large = large_threshold(chosen)
    shares = chosen.exceedance.sel(threshold=large).values
    parts = [f"{label} {style.percent(share)}" for label, share in zip(labels(chosen[series_axis(chosen)]), shares)]
    shown = parts if len(parts) <= MOST_SERIES else parts[::-(-len(parts) // MOST_SERIES)]
    return f"Likelihood of a fire of more than {style.stated(large)}: {', '.join(shown)}."


def risk_matrix(chosen, series, confidence):
    figure, axes = wide(max(1.6 + 0.5 * chosen.sizes[series_axis(chosen)], 2.7))
    classes = risk.matrix(chosen.burn_fraction, confidence=chosen.attrs["confidence"],
                          burning_cells=chosen.burning_cells)
    risk.plot_matrix(classes, axes)
    return (figure, "Risk: likelihood of each consequence",
            "In each cell the likelihood that a fire has this consequence or a worse one, and its confidence "
            f"interval ({confidence}). Where none was seen, the number is what the likelihood is below; “cut off before” "
            "where fires that might have come so far were cut off.",
            f"Table of likelihoods by consequence, {series}. " + _large(chosen))


def worst_fires(chosen, series, confidence):
    figure, axes = wide(_rows(chosen))
    risk.plot_worst(chosen, axes=axes)
    worst = [f"{label} {style.percent(value)}" for label, value in
             zip(labels(chosen[series_axis(chosen)]), chosen.burn_fraction_cvar.sel(quantile=0.95).values)]
    return (figure, "How bad are the worst fires?",
            "The mean of all fires, the size that 95 % of them stay below, and the mean of the worst 5 % (CVaR).",
            f"Points of mean, quantile and CVaR, {series}. CVaR of the worst 5 %: {', '.join(worst)}.")


def landscape(data):
    figure, axes = wide(6.2)
    ground.plot_fuel(data, axes)
    called = ground.names(data)
    parts = [f"{style.words(called.get(code, code))} {style.percent(share, 2)}" for code, share in ground.fuels(data).items()]
    return (figure, "What grows",
            "Classes of fuel, with their share of the land. Hills are lit from the north-west, numbers at the edges are eastings "
            "and northings [km], and the arrow points to true north.", f"Map of fuel: {', '.join(parts)}.")


def burn_maps(chosen, series, confidence):
    probability = maps.probability(chosen).compute()
    lies = ground.has_ground(chosen)
    figure = ground.plot_panels(chosen, probability) if lies else maps.plot_panels(probability)
    mean = [f"{label} {style.percent(float(probability.isel({series_axis(chosen): place}).mean()))}"
            for place, label in enumerate(labels(chosen[series_axis(chosen)]))]
    return (figure, "Where it burns",
            "Share of the fires in which each cell burnt, on a logarithmic scale. "
            + ("Grey ground never burnt; hills are lit from the north-west. Numbers at the edges are eastings and northings "
               "[km]; arrows point to true north, and to where the wind drives fires where it does."
               if lies else "White cells never burnt."),
            f"Maps of burn probability, {series}. Mean over all cells: {', '.join(mean)}.")


def course(chosen, series, confidence):
    figure, axes = wide(4.2)
    sizes.plot_course(chosen, axes)
    minutes = chosen.attrs.get("step_minutes")
    if minutes is not None:
        hours = axes.secondary_xaxis("top", functions=(lambda steps: steps * minutes / 60, lambda hours: hours * 60 / minutes))
        hours.set_xlabel("time since ignition [h]")
    longest = int(chosen.steps.max())
    lasted = "" if minutes is None else f", {ground.duration(longest * minutes)}"
    return (figure, "How fires go on",
            "Cells that burn at once, mean over all fires; a fire that has ended counts on with none. The band is "
            f"the confidence interval ({confidence}) of the mean.",
            f"Curves of the mean number of burning cells by step, {series}. The longest fire took "
            f"{longest} steps{lasted}.")


def tornado(data, sensitivity):
    figure, axes = wide(1.2 + 0.62 * sensitivity.sizes["axis"])
    sensitivities.plot_tornado(sensitivity, data, axes)
    table = sensitivities.effects(sensitivity)
    parts = [f"{style.words(axis)} from {style.percent(row['lowest'])} to {style.percent(row['highest'])}"
             for axis, row in table.iterrows()]
    return (figure, "What changes the answer?",
            "For every axis the mean burnt share of all runs at its best and at its worst value, over all values of the "
            "other axes. The whisker is the confidence interval of the bar's length. Lengths depend on the ranges that "
            "were compared, which stand below the names: a wider range makes a longer bar.",
            f"Bars of the mean burnt share by axis: {', '.join(parts)}.")


def shares(sensitivity):
    figure, axes = wide(1.2 + 0.45 * (sensitivity.sizes["axis"] + 2))
    sensitivities.plot_shares(sensitivity, axes)
    table = sensitivities.effects(sensitivity)
    parts = [f"{style.words(axis)} {style.percent(row['share'])}" for axis, row in table.iterrows()]
    return (figure, "How much of it is chance?",
            "How much of all differences between runs each axis explains alone, axes explain only together, and no "
            "axis explains: there the seed decides. A wider range of an axis makes a larger share.",
            f"Bars of shares of the variance: {', '.join(parts)}, chance "
            f"{style.percent(float(sensitivity.attrs['chance_of_mean']))}.")


def standard_errors(chosen, series, confidence):
    figure, axes = wide(4.2)
    convergence.plot_standard_error(convergence.running(chosen.burn_fraction, 0.1), axes)
    last = [f"{label} {style.percent(value)}" for label, value in
            zip(labels(chosen[series_axis(chosen)]), chosen.burn_fraction_se.values)]
    return (figure, "Are these enough seeds?",
            "The standard error of the mean burnt share, had only the first N seeds been run. Thin lines fall as one "
            "over the square root of N: four times the seeds, half the error.",
            f"Lines of standard error by number of seeds, {series}. At the end: {', '.join(last)}.")


def as_html(figure, number, title, caption, alt):
    """A figure as HTML. Its SVG gets names of its own, with its number (a text without spaces), as those of all figures share
    the page."""
    text = io.StringIO()
    figure.dpi = mpl.rcParams["savefig.dpi"]
    with mpl.rc_context({"svg.hashsalt": f"firesweep {number}"}):  # savefig would draw twice
        FigureCanvasSVG(figure).print_svg(text, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    plt.close(figure)
    svg = text.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg"):], flags=re.DOTALL).strip()
    svg = re.sub(r'(id="|href="#|url\(#)', rf"\g<1>f{number}-", svg)
    width = float(re.search(r' width="([\d.]+)pt"', svg).group(1)) / 72 / PAGE
    svg = re.sub(r' (width|height)="[\d.]+pt"', "", svg, count=2)  # but no wider than it was drawn for
    svg = svg.replace("<svg ", f"<svg role='img' aria-labelledby='alt{number}' style='max-width:{min(width, 1):.1%}' ", 1)
    svg = svg.replace(">", f"><title id='alt{number}'>{html.escape(alt)}</title>", 1)
    return (f"<figure>\n<h3>{html.escape(title)}</h3>\n{svg}\n"
            f"<figcaption>{html.escape(caption)}</figcaption>\n</figure>")
