"""The look of all figures: readable in print, in grey, and by the colour-blind."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, NullFormatter

from .results import DANGER_LEVELS, unit_of, words

OKABE_ITO = {"sky blue": "#56B4E9", "blue": "#0072B2", "green": "#009E73", "purple": "#CC79A7", "orange": "#E69F00",
             "vermilion": "#D55E00", "black": "#000000"}
"""Source: M. Okabe, K. Ito, "Color Universal Design", 2008; without its yellow, which is lost on paper."""

LINES = ((0, (1, 1.2)), (0, (4, 1.5)), (0, (4, 1.2, 1, 1.2)), (0, (1, 2.4)), (0, (7, 2)), (0, (7, 1.5, 1, 1.5)), "-")
MARKERS = "ov^sDPX"
GREY = "#595959"
ACCENT = OKABE_ITO["blue"]
WARNING = OKABE_ITO["vermilion"]


def use():
    """Makes this the style of all figures that follow."""
    mpl.rcParams.update({
        "figure.figsize": (7.2, 4.2), "figure.dpi": 100, "savefig.dpi": 150, "figure.constrained_layout.use": True,
        "font.family": "DejaVu Sans", "font.size": 10, "axes.titlesize": 11, "axes.titleweight": "bold",
        "axes.titlelocation": "left", "axes.titlepad": 9, "axes.labelsize": 10, "axes.edgecolor": GREY,
        "axes.linewidth": 0.8, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
        "axes.axisbelow": True, "grid.color": "#D9D9D9", "grid.linewidth": 0.6, "xtick.color": GREY,
        "ytick.color": GREY, "xtick.labelcolor": "black", "ytick.labelcolor": "black", "legend.frameon": False,
        "legend.fontsize": 9, "lines.linewidth": 1.8, "lines.markersize": 6, "image.cmap": "cividis",
        "image.interpolation": "nearest", "svg.fonttype": "path", "hatch.linewidth": 0.6,
        "text.parse_math": False})  # a name may hold dollars


def looks(values):
    """How the series of these values (of one axis, shape (n)) look: a list of dicts of colour, line and marker.

    A danger level looks the same in every figure. Other values that are few get a look each, and many get shades of
    cividis.
    """
    values = list(values)
    if all(value in DANGER_LEVELS for value in values):
        places = [DANGER_LEVELS.index(value) for value in values]
    else:
        places = [place % 7 for place in range(len(values))]
    colours = [list(OKABE_ITO.values())[place] for place in places]
    if len(values) > 7:
        colours = [mpl.colors.to_hex(colour) for colour in plt.get_cmap("cividis")(np.linspace(0, 0.82, len(values)))]
    return [{"color": colour, "linestyle": LINES[place], "marker": MARKERS[place]}
            for colour, place in zip(colours, places)]


def axis_label(variable, name=None):
    """The name of a variable and its unit: "wind speed [km/h]"."""
    unit = unit_of(variable)
    return words(name or variable.name) + (f" [{unit}]" if unit else "")


def percent(share, digits=3):
    """An estimated share in percent, with three significant digits: "0.0123 %", "2.00 %", "100 %". The space does not
    break."""
    if not np.isfinite(share):
        return "–"
    value = 100 * float(share)
    return f"{'100' if value == 100 else number(value, digits)}\N{NO-BREAK SPACE}%"


def number(value, digits=3):
    """An estimated number that is not negative, with three significant digits: "0.0123", "2.00", "177", "5 679"."""
    if not np.isfinite(value):
        return "–"
    if value == 0 or value >= 1000:
        return count(value)
    text = f"{float(value):#.{digits}g}"
    if "e" in text:
        exponent = int(f"{value:e}"[-3:])
        text = f"{value:.{digits - 1 - exponent}f}" if exponent < 0 else f"{value:.0f}"
    return text.rstrip(".")


def stated(share):
    """A share that somebody chose, a threshold, a quantile or a confidence, in percent as it is: "10 %", "0.5 %"."""
    return f"{np.format_float_positional(float(f'{100 * float(share):.9g}'), trim='-')}\N{NO-BREAK SPACE}%"


def points(difference, digits=3):
    """A difference of shares in percentage points, with its sign: "+12.3", "−0.500"."""
    if not np.isfinite(difference):
        return "–"
    text = percent(abs(difference), digits)[:-2]
    return text if difference == 0 else f"{'+' if difference > 0 else '−'}{text}"


def in_percent(table, columns=None):
    """A pandas table for reading: its `columns` (by default all) of shares written in percent."""
    columns = table.columns if columns is None else columns
    return table.assign(**{column: table[column].map(percent) for column in columns})


def percent_axis(axis):
    """Has a matplotlib axis (`axes.xaxis` or `axes.yaxis`) write shares as percent, on any scale."""
    axis.set_major_formatter(FuncFormatter(lambda share, _: stated(share) if share >= 0 else f"−{stated(-share)}"))
    axis.set_minor_formatter(NullFormatter())


def points_axis(axis):
    """Has a matplotlib axis write differences of shares as percentage points: "+20", "0", "−20"."""
    axis.set_major_formatter(FuncFormatter(
        lambda share, _: f"{'+' if share > 1e-12 else ''}{stated(share)[:-2]}".replace("-", "−")))
    axis.set_minor_formatter(NullFormatter())


def count_axis(axis):
    """Has a matplotlib axis write numbers out: "1 000", "0.1"."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: count(value) if value >= 1
                                          else np.format_float_positional(float(f"{value:.9g}"), trim="-")))


def count(number):
    """A number of things, in groups of three digits."""
    return f"{number:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def between(low, high, digits=3):
    """An interval of shares in percent, "41.7 to 45.4 %"; with a digit or two more if its ends look the same."""
    digits = next((more for more in (digits, digits + 1) if percent(low, more) != percent(high, more)), digits + 2)
    return f"{percent(low, digits)[:-2]} to {percent(high, digits)}"


def panels(count, columns=4, width=2.3, height=2.3, **options):
    """A figure and its flat list of `count` panels, row by row; places left over stay empty."""
    columns = max(min(count, columns), 1)
    rows = -(-count // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(width * columns, height * rows + 0.5), squeeze=False, **options)
    for spare in grid.flat[count:]:
        spare.set_axis_off()
    return figure, list(grid.flat[:count])


def frame_only(axes):
    """Leaves of an axes but a frame, as maps have no scale yet."""
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set(visible=True, color=GREY)


def axes_or_new(axes):
    return plt.subplots()[1] if axes is None else axes


MOST_ENTRIES = 15
"""Of a legend. More are told apart by nobody, and become a scale of colours."""


def legend_beside(axes, title, handlelength=3.6):
    """The legend of the series of a figure, on its right, in as many columns as fit its height; a scale of their colours
    if they are more than `MOST_ENTRIES`."""
    handles, names = axes.get_legend_handles_labels()
    if len(names) > MOST_ENTRIES:
        return _colour_scale(axes, title, [_colour(handle) for handle in handles], names)
    rows = max(int(axes.figure.get_size_inches()[1] * 72 / 16) - 2, 4)
    return axes.legend(title=title, loc="center left", bbox_to_anchor=(1.01, 0.5), handlelength=handlelength,
                       ncols=-(-len(names) // rows))


def legend_within(axes, title, place):
    """The same, on the figure."""
    if len(axes.get_legend_handles_labels()[1]) > MOST_ENTRIES:
        return legend_beside(axes, title)
    return axes.legend(title=title, loc=place, handlelength=3.6)


def _colour_scale(axes, title, colours, names):
    """One strip of colours beside the axes, in the order of the series, some of which are named."""
    count = len(names)
    named = np.unique(np.linspace(0, count - 1, 7).round().astype(int))
    mapped = mpl.cm.ScalarMappable(mpl.colors.BoundaryNorm(np.arange(count + 1) - 0.5, count), mpl.colors.ListedColormap(colours))
    scale = axes.figure.colorbar(mapped, ax=axes, ticks=named, drawedges=False, pad=0.02)
    scale.ax.minorticks_off()
    scale.ax.set_yticklabels([names[place] for place in named])
    scale.set_label(title)
    return scale


def _colour(handle):
    """Of what a legend shows for a series: a line, a patch, a collection or a container of them."""
    part = handle[0] if isinstance(handle, tuple) else handle
    colour = part.get_color() if hasattr(part, "get_color") else part.get_facecolor()
    return mpl.colors.to_rgba_array(colour)[0]
