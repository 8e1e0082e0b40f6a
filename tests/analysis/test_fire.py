"""One fire: its counts, its pictures, and an animation that shows the very states."""

import matplotlib as mpl
import numpy as np
import pytest
from conftest import firesweep
from firesweep_analysis import fire
from PIL import Image


def test_cells_are_counted_by_state(states):
    course = fire.counts(states)
    np.testing.assert_array_equal(course.burning, [1, 2, 2, 1, 0])
    np.testing.assert_array_equal(course.burnt, [0, 1, 3, 5, 6])
    assert (course.empty == 19).all() and (course.empty + course.vegetation + course.burning + course.burnt == 27).all()


def test_arrival_is_the_step_a_cell_caught_fire(states):
    arrival = fire.arrival_step(states)
    np.testing.assert_array_equal(arrival[1], [2, 1, 0, 1, 2, 3, np.nan, np.nan, np.nan])
    assert np.isnan(arrival[0]).all()
    fire.plot_arrival(states)


def test_the_strip_begins_at_ignition_and_ends_when_nothing_burns(states):
    figure = fire.strip(states, 3)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[0] == "step 0" and titles[-1] == "step 4"
    np.testing.assert_array_equal(figure.axes[-1].images[0].get_array(), states[-1])


def test_the_animation_shows_every_state(states, tmp_path):
    fire.animate(states, tmp_path / "fire.gif")
    colours = np.array([mpl.colors.to_rgb(colour) for colour in fire.COLOURS]) * 255
    with Image.open(tmp_path / "fire.gif") as animation:
        assert animation.n_frames == 5
        for step in range(5):
            animation.seek(step)
            picture = np.asarray(animation.convert("RGB"), float)
            scale = 320 // 9
            ys = 34 + scale * np.arange(3) + scale // 2
            xs = 10 + scale * np.arange(9) + scale // 2
            shown = picture[np.ix_(ys, xs)]
            nearest = np.abs(shown[:, :, None] - colours).sum(-1).argmin(-1)
            np.testing.assert_array_equal(nearest, states[step])


def test_a_long_fire_is_shortened_but_keeps_its_first_and_last_step(states, tmp_path):
    fire.animate(states, tmp_path / "fire.gif", frames=3)
    with Image.open(tmp_path / "fire.gif") as animation:
        assert animation.n_frames == 3


def test_a_file_that_holds_no_fire_is_refused(folder):
    with pytest.raises(ValueError, match="not a fire of firesweep replay"):
        fire.open_fire(folder / "danger-levels.h5")


def test_a_replayed_fire_is_the_one_of_the_record(folder, data):
    one = fire.open_fire(folder / "fire.h5")
    record = data.sel(danger_level="extreme", ignition_set="centre", seed=5)
    course = fire.counts(one.state)
    assert one.sizes["step"] == int(record.steps) + 1
    assert int(course.burnt[-1]) == int(record.burnt_cells)
    assert int(course.burning.max()) == int(record.peak_burning_cells)
    assert int(course.burning.argmax("step")) == int(record.peak_step)


def test_the_animation_of_firesweep_replay_has_the_colours_of_the_figures(folder, tmp_path):
    firesweep("replay", folder / "danger-levels.h5", "--danger-level", "extreme", "--ignition-set", "centre", "--seed", 5,
              "-o", tmp_path / "fire.h5", "--gif", tmp_path / "fire.gif")
    with Image.open(tmp_path / "fire.gif") as animation:
        palette = np.reshape(animation.getpalette("RGB"), (-1, 3))
    np.testing.assert_array_equal([mpl.colors.to_hex(colour / 255) for colour in palette[:4]],
                                  [colour.lower() for colour in fire.COLOURS])
