"""One fire, step by step, from a file of `firesweep replay`: counts, pictures, an animation."""

import base64
import html
import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from PIL import Image

from . import style

STATES = ("empty", "vegetation", "burning", "burnt")
COLOURS = ("#F7F3EA", "#98B99E", "#F0501E", "#262626")
"""Of the states: they differ in lightness too, so that fire and ash show in grey print."""


def open_fire(path):
    """Opens a file of `firesweep replay`: `state`, u1, (step, y, x): 0 empty, 1 vegetation, 2 burning, 3 burnt.

    Its attributes name the run and its conditions. Raises ValueError if the file is none of firesweep's fires.
    """
    data = xr.open_dataset(path, engine="h5netcdf")
    if data.attrs.get("file_type") != "firesweep fire":
        raise ValueError(f"{path} is not a fire of firesweep replay (its attribute file_type does not say so)")
    return data


def counts(states):
    """Cells in each state at every step, as a dataset of dimension (step): empty, vegetation, burning, burnt."""
    return xr.Dataset({name: (states == state).sum(("y", "x")) for state, name in enumerate(STATES)})


def arrival_step(states):
    """The step at which each cell caught fire, shape (y, x); NaN where none did."""
    reached = states >= 2
    return states.step.isel(step=reached.argmax("step")).where(reached.any("step")).rename("arrival_step")


def draw_state(state, axes):
    """Draws one state of the landscape, shape (y, x). Returns the image, whose `set_data` takes another."""
    image = axes.imshow(np.asarray(state), cmap=mpl.colors.ListedColormap(COLOURS), vmin=-0.5, vmax=3.5, origin="upper",
                        interpolation="nearest")
    style.frame_only(axes)
    return image


def legend(figure, **options):
    """Adds what the colours of the states mean."""
    patches = [mpl.patches.Patch(facecolor=colour, edgecolor=style.GREY, label=name) for name,
               colour in zip(STATES, COLOURS)]
    figure.legend(handles=patches, ncols=4, **{"loc": "lower center", "handlelength": 1.2} | options)


def strip(states, count=5):
    """A figure of the fire at `count` steps: at ignition, at the end, and at equal shares of its area between."""
    reached = (states >= 2).sum(("y", "x")).values
    wanted = np.linspace(reached[0], reached[-1], count)
    steps = [int(np.argmax(reached >= share)) for share in wanted[:-1]] + [states.sizes["step"] - 1]
    figure, panels = style.panels(count, columns=count, width=2.1, height=2.3)
    for panel, step in zip(panels, steps):
        draw_state(states.isel(step=step), panel)
        panel.set_title(f"step {int(states.step[step])}")
    figure.get_layout_engine().set(rect=(0, 0.1, 1, 0.9))
    legend(figure)
    return figure


def plot_arrival(states, axes=None):
    """Draws when the fire reached each cell [steps]; white where it never came."""
    axes = style.axes_or_new(axes)
    image = axes.imshow(arrival_step(states), cmap="cividis", origin="upper", interpolation="nearest")
    style.frame_only(axes)
    axes.figure.colorbar(image, ax=axes, label="arrival of the fire [steps]", shrink=0.85)
    return image


def animate(states, output, frames=80, frames_per_second=10):
    """Writes an animation of the fire, a GIF, to a path or a file: at most `frames` steps, the first and the last among
    them.

    The last frame stays for two seconds. Steps are read one at a time, so a large file stays on the disk.
    """
    picked = np.unique(np.linspace(0, states.sizes["step"] - 1, frames).round().astype(int))
    indexed = [_indexed(picture) for picture in _pictures(states, picked)]
    # A cell changes three times at most: what has not changed is see-through, which packs to nearly nothing.
    changes = [np.where(after == before, SEE_THROUGH, after) for before, after in zip(indexed, indexed[1:])]
    images = [_palette_image(array) for array in [indexed[0], *changes]]
    durations = [1000 // frames_per_second] * (len(images) - 1) + [2000]
    images[0].save(output, "GIF", save_all=True, append_images=images[1:], duration=durations, loop=0, disposal=1,
                   optimize=False, transparency=SEE_THROUGH)


class Animation:
    """An animation for a notebook, which shows wherever HTML does, also in exported pages; `words` say what it shows.

    `options` are those of `animate`.
    """

    def __init__(self, states, words, **options):
        file = io.BytesIO()
        animate(states, file, **options)
        self.gif = file.getvalue()
        self.words = words

    def _repr_html_(self):
        data = base64.b64encode(self.gif).decode()
        return f'<img alt="{html.escape(self.words)}" src="data:image/gif;base64,{data}">'

    def __repr__(self):
        return f"Animation: {self.words}"


SEE_THROUGH = 255


def _indexed(picture):
    return np.asarray(picture.quantize(palette=_palette_image(np.zeros((1, 1), "u1")), dither=Image.Dither.NONE), "u1")


def _palette_image(indices):
    """An image of the colours of the states and of greys, which are all that an animation has."""
    colours = [mpl.colors.to_rgb(colour) for colour in (*COLOURS, style.WARNING)] + [(grey, grey, grey)
                                                                                     for grey in np.linspace(0, 1, 16)]
    table = (np.array(colours) * 255).round().astype("u1")
    image = Image.fromarray(np.ascontiguousarray(indices, "u1"), "P")
    image.putpalette(np.vstack([table, np.repeat(table[-1:], 256 - len(table), 0)]).tobytes())
    return image


def _pictures(states, picked):
    """Draws the steps, numbers `picked`: the landscape, and how many cells burn, up to then. Yields PIL images."""
    course = counts(states).compute()
    cells = states.sizes["y"] * states.sizes["x"]
    side = max(states.sizes["y"], states.sizes["x"])
    scale = max(1, 320 // side) if side <= 480 else 480 / side  # whole pixels for a cell, if that fits
    high, wide = (round(states.sizes[axis] * scale) for axis in ("y", "x"))
    width, height = wide + 330, max(high, 230) + 78
    with mpl.rc_context({"figure.constrained_layout.use": False, "font.size": 11}):
        figure = plt.figure(figsize=(width / 100, height / 100), dpi=100)
        left = figure.add_axes([10 / width, (height - 34 - high) / height, wide / width, high / height])
        right = figure.add_axes([(wide + 80) / width, 90 / height, 230 / width, (height - 34 - 90) / height])
        image = draw_state(states.isel(step=picked[0]), left)
        legend(figure, loc="lower left", bbox_to_anchor=(0.0, 0.0), columnspacing=1.0, handletextpad=0.4)
        right.plot(course.step, course.burning, color="#BFBFBF", linewidth=1.5)
        right.set(xlabel="time since ignition [steps]")
        right.set_title("cells burning")
        line, = right.plot([], [], color=style.WARNING, linewidth=2.4)
        title = left.set_title(" ")
        moving = (image, line, title)
        for artist in moving:
            artist.set_animated(True)
        figure.canvas.draw()
        background = figure.canvas.copy_from_bbox(figure.bbox)
        for step in picked:
            image.set_data(states.isel(step=step).values)
            line.set_data(course.step[:step + 1], course.burning[:step + 1])
            title.set_text(f"step {int(states.step[step])}: {style.percent(float(course.burnt[step]) / cells)} burnt")
            figure.canvas.restore_region(background)
            for artist in moving:
                artist.axes.draw_artist(artist)
            yield Image.fromarray(np.array(figure.canvas.buffer_rgba())).convert("RGB")
        plt.close(figure)
