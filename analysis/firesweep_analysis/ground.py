"""Where on the ground? Relief and fuel under the maps, areas in hectares, what burns of each fuel and near a town."""

import json
import re

import matplotlib as mpl
import matplotlib.patches
import matplotlib.patheffects
import matplotlib.pyplot as plt
import matplotlib.ticker
import numpy as np
import pandas as pd
from matplotlib.colors import LightSource
from scipy import ndimage

from . import maps, style
from .results import at, conditions, given_start, labels, main_axis, series_axis, thinned

FUELS = ["#E2D182", "#AAC869", "#789154", "#2E5D42", "#B08C76", "#48826E", "#CDB4B9", "#F0E6C8", "#C3A24E", "#8C7AA0",
         "#FFFFAA", "#5E7F8C", "#A2B59F", "#D98C5F", "#6B5B45"]
NOT_BURNING = {91: "#96464E", 92: "#FFFFFF", 93: "#D8C9A3", 98: "#4682BE", 99: "#BEBEBE"}
"""Colours of fuel: of the classes that burn one after the other; of the others by the codes of Scott and Burgan."""


def has_ground(data):
    """Whether a results file says where its cells lie: the experiment has rasters, or a cell size."""
    return "cell_area" in data.attrs


def has_fuel(data):
    """Whether it has classes of fuel."""
    return "fuel_code" in data


def hectares(data, share):
    """The area [ha] of a share of the land that can burn, such as `data.burn_fraction`; of 1, all of it."""
    cells = data.attrs.get("burnable_cells", data.attrs["width"] * data.attrs["height"])
    return share * (float(cells) * float(data.attrs["cell_area"]))


def area(hectares):
    """An area in words: "4 402 ha", "4.4 ha"."""
    return f"{style.count(hectares) if hectares >= 9.95 else f'{hectares:.2g}'}\N{NO-BREAK SPACE}ha"


def duration(minutes):
    """A duration in words: "0:45 h", "12:05 h"."""
    hours, rest = divmod(round(float(minutes)), 60)
    return f"{hours}:{rest:02d}\N{NO-BREAK SPACE}h"


def cell_sides(data):
    """Width and height of a cell [m], from the centres of cells; those of a square where there is a single cell."""
    unit = float(data.crs.attrs.get("metres_per_unit", 1)) if "crs" in data else 1.0
    sides = [abs(float(data[name][1] - data[name][0])) * unit if data.sizes[name] > 1 else None for name in ("x", "y")]
    other = next((side for side in sides if side), 100 * float(data.attrs["cell_area"]) ** 0.5)
    return tuple(side or 1e4 * float(data.attrs["cell_area"]) / other for side in sides)


def hillshade(data):
    """How light the ground is, shape (y, x), from 0 to 1, with the sun in the north-west, as on printed maps; all alike
    without elevation, and NaN off the land."""
    if "elevation" not in data:
        return np.full((data.sizes["y"], data.sizes["x"]), 0.8)
    width, height = cell_sides(data)
    elevation = data.elevation  # the same on all alternatives
    ground = elevation.isel({axis: 0 for axis in elevation.dims if axis not in ("y", "x")}).values.astype(float)
    known = np.where(np.isnan(ground), np.nanmean(ground), ground)
    return np.where(np.isnan(ground), np.nan, LightSource(315, 45).hillshade(known, vert_exag=1.3, dx=width, dy=height))


def wind_to(data):
    """Where the wind of a single scenario drives its fires [degrees clockwise of true north]; None if it turns none."""
    axis = data.get("wind_directionality")
    said = re.search(r"\bwind_directionality: ([-+.\de]+)", str(data.attrs.get("experiment", "")))
    strength = float(axis) if axis is not None else float(said[1]) if said else 0.0
    return (float(data.wind_direction) + 180) % 360 if strength > 0 and "wind_direction" in data else None


def put_under(axes, data, wind=None):
    """Puts relief under the map of an axes, and coordinates, scale bar and arrows around it; `wind` as from `wind_to`."""
    for image in axes.images:
        image.set_alpha(0.8)
    axes.imshow(0.45 + 0.55 * hillshade(data), cmap="gray", vmin=0, vmax=1, zorder=-1)
    orient(axes, data, wind)


def orient(axes, data, wind=None):
    """Says where a map of cells lies: its coordinates [km] at the edges, a scale bar, arrows of true north and of where
    `wind` drives fires."""
    width, height = cell_sides(data)
    axes.set_aspect(height / width)
    _coordinates(axes.xaxis, data.x)
    _coordinates(axes.yaxis, data.y)
    axes.tick_params(labelsize=7, length=2, pad=1.5, colors=style.GREY)
    _scale_bar(axes, data)
    convergence = float(data.crs.attrs.get("convergence", 0)) if "crs" in data else 0.0
    _arrow(axes, data, 0.94, convergence, "N")
    if wind is not None:
        _arrow(axes, data, 0.84, wind + convergence, "wind")


def _coordinates(axis, centres):
    """Ticks at up to three round eastings or northings [km] of cells' centres."""
    if centres.size < 2:
        return
    first, last = (float(centres[place]) / 1000 for place in (0, -1))
    ticks = mpl.ticker.MaxNLocator(3, steps=[1, 2, 5, 10]).tick_values(min(first, last), max(first, last))
    ticks = [tick for tick in ticks if min(first, last) <= tick <= max(first, last)]
    axis.set_ticks([(tick - first) / (last - first) * (centres.size - 1) for tick in ticks], [f"{tick:g}" for tick in ticks])


_HALO = [mpl.patheffects.withStroke(linewidth=2.5, foreground="white")]


def _arrow(axes, data, across, degrees, name):
    """An arrow at the top of a map, `across` it [share of its width], that points so many degrees clockwise from up."""
    width, height = cell_sides(data)
    length = 0.09 * data.sizes["y"]
    x, y = across * data.sizes["x"], 0.09 * data.sizes["y"]
    right, down = length / 2 * np.sin(np.deg2rad(degrees)) * height / width, -length / 2 * np.cos(np.deg2rad(degrees))
    axes.annotate("", (x + right, y + down), (x - right, y - down), zorder=5, annotation_clip=False, arrowprops={
        "arrowstyle": "-|>,head_width=0.22,head_length=0.45", "color": "black", "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0,
        "path_effects": _HALO})
    axes.text(x, y + 0.07 * data.sizes["y"], name, ha="center", va="top", fontsize=7.5, path_effects=_HALO)


def _scale_bar(axes, data):
    """A bar of a round length of about a fifth of the map, in its lower right corner."""
    width, _ = cell_sides(data)
    most = data.sizes["x"] * width / 4
    power = 10 ** np.floor(np.log10(most))
    length = power * max(factor for factor in (1, 2, 5) if factor * power <= most)
    right, y = data.sizes["x"] * 0.96, data.sizes["y"] * 0.955
    axes.plot([right - length / width, right], [y, y], linewidth=1.6, solid_capstyle="butt", color="black",
              path_effects=_HALO)
    text = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    axes.text(right - length / width / 2, y - data.sizes["y"] * 0.015, text, ha="center", va="bottom", fontsize=8,
              path_effects=_HALO)


def fuels(data):
    """The codes of fuel that occur, ascending, with their share of the land: a pandas series."""
    codes, counts = np.unique(_codes(data)[_is_land(data)], return_counts=True)
    return pd.Series(counts / counts.sum(), pd.Index(codes, name="fuel"), name="share of the land")


def names(data):
    """What the experiment calls each code of fuel, as far as it does: {code: name}."""
    line = re.search(r"^ *fuel_classes: (.*)$", str(data.attrs.get("experiment", "")), re.MULTILINE)  # always one line
    classes = re.findall(r'(-?\d+): {name: ("(?:[^"\\]|\\.)*"|[^,}]+)', line.group(1) if line else "")
    return {int(code): json.loads(name) if name.startswith('"') else name for code, name in classes}


def _codes(data):
    return np.nan_to_num(data.fuel_code.values, nan=-1).astype(int)


def _is_land(data):
    return _codes(data) >= 0


def plot_fuel(data, axes=None):
    """Draws the classes of fuel, shape (y, x), on the relief, with a legend."""
    axes = style.axes_or_new(axes)
    shares = fuels(data)
    called = names(data)
    burning = [code for code in shares.index if code not in NOT_BURNING]
    colours = NOT_BURNING | {code: FUELS[place % len(FUELS)] for place, code in enumerate(burning)}
    picture = np.ones((*data.fuel_code.shape, 3))
    for code in shares.index:
        picture[_codes(data) == code] = mpl.colors.to_rgb(colours[code])
    light = np.nan_to_num(hillshade(data), nan=1)[..., None]
    axes.imshow(picture * (0.5 + 0.6 * light).clip(0, 1))
    style.frame_only(axes)
    axes.set_anchor("N")  # room for the legend
    orient(axes, data)
    handles = [mpl.patches.Patch(facecolor=colours[code], edgecolor=style.GREY, linewidth=0.4,
                                 label=f"{style.words(called.get(code, code))}, {style.percent(share, 2)}")
               for code, share in shares.items()]
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(-0.02, -0.04), ncols=3, fontsize=8, handlelength=1.3,
                columnspacing=1.2)
    return axes


def plot_panels(data, probability, columns=2):
    """A figure of one map on its relief for each value of the first dimension of `probability`, shape (series, y, x)."""
    figure = maps.plot_panels(probability, columns)
    figure.set_layout_engine("compressed")  # maps keep their shape beside the bar, so that they are lower
    figure.set_figheight(0.82 * figure.get_figheight())
    by = probability.dims[0]
    for place, axes in zip(range(probability.sizes[by]), figure.axes):
        scenario = data.isel({by: place})
        put_under(axes, scenario, wind_to(scenario))
    return figure


def by_fuel(data, probability):
    """The mean burn probability [1] of the cells of each class, a column for each value of the first dimension of
    `probability`, shape (series, y, x); with the area of the class [ha]."""
    codes, area = _codes(data), float(data.attrs["cell_area"])
    called = names(data)
    columns = labels(probability[probability.dims[0]])
    rows = {}
    for code in fuels(data).index:
        here = codes == code
        rows[style.words(called.get(code, code))] = [here.sum() * area, *probability.values[:, here].mean(axis=1)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["area [ha]", *columns]).rename_axis("fuel")


def near(data, code, metres):
    """Which cells lie within so many metres of a cell of class `code` and are of another: bool, shape (y, x)."""
    there = _codes(data) == code
    if not there.any():
        return there
    width, height = cell_sides(data)
    away = ndimage.distance_transform_edt(~there, sampling=(height, width))
    return ~there & (away <= metres) & _is_land(data)


def overview(data, **choice):
    """The landscape and where it burns on one page, as a figure: classes of fuel, and burn-probability maps of the last
    four values of the main axis on the relief, of the fires that started.

    Raises ValueError if the file has no maps, or no classes of fuel.
    """
    if not (has_ground(data) and has_fuel(data) and maps.has_maps(data)):
        raise ValueError("this page needs maps and classes of fuel; the experiment needs landscape.fuel and outputs.maps: true")
    chosen = given_start(thinned(at(data, **choice), 12))
    by = series_axis(chosen)
    probability = maps.probability(chosen.isel({by: slice(-4, None)}))
    figure, axes = plt.subplot_mosaic([["fuel", "a", "b"], ["fuel", "c", "d"]], figsize=(12, 6.1), width_ratios=[1.75, 1, 1])
    plot_fuel(chosen.isel({by: 0}), axes["fuel"])
    axes["fuel"].set_title("What grows")
    for panel, label, place in zip("abcd", labels(probability[by]), range(4)):
        image = maps.plot_burn_probability(probability.isel({by: place}), axes[panel], colorbar=False)
        scenario = chosen.isel({by: slice(-4, None)}).isel({by: place})
        put_under(axes[panel], scenario, wind_to(scenario))
        axes[panel].set_title(label)
    for panel in "abcd"[probability.sizes[by]:]:
        axes[panel].set_axis_off()
    maps.share_bar(figure, image, [axes[panel] for panel in "abcd"], "burn probability", extend="min")
    land = style.count(float(data.attrs["land_cells"]) * float(data.attrs["cell_area"]))
    figure.suptitle(f"{data.attrs['name']}: up to {style.count(int(chosen.runs_ok.max()))} fires of each "
                    f"{style.words(main_axis(data))}, {conditions(chosen)}, {land} ha of land", fontsize=11)
    return figure
