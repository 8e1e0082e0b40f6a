"""`firesweep replay` burns one fire again, exactly, and keeps it as states and as an animation."""

import pathlib
import random
import re
import signal
import subprocess
import time

import h5py
import netCDF4
import numpy as np
import pytest
import xarray as xr
from PIL import Image, ImageSequence

from forgery import change_element

EMPTY, VEGETATION, BURNING, BURNT = range(4)
COLOURS = {(0xF7, 0xF3, 0xEA): EMPTY, (0x98, 0xB9, 0x9E): VEGETATION, (0xF0, 0x50, 0x1E): BURNING, (0x26, 0x26, 0x26): BURNT}


@pytest.fixture
def results(program, small):
    assert program("run", small, "--quiet").returncode == 0
    return program.folder / "small.h5"


def replay(program, level="catastrophic", ignition="centre", seed=7, *arguments):
    return program("replay", "small.h5", "--danger-level", level, "--ignition-set", ignition, "--seed", seed, *arguments)


def landscape(picture, states):
    """The states that a picture of all of the landscape shows, shape (y, x)."""
    height, width = states.shape
    scale = max(1, 768 // max(height, width))
    pixels = np.asarray(picture.convert("RGB"))[:height * scale:scale, :width * scale:scale]
    return np.array([[COLOURS[tuple(pixel)] for pixel in row] for row in pixels])


def test_a_hundred_fires_come_to_what_their_records_say(program, results):
    with h5py.File(results) as file:
        records = {name: file[name][:] for name in ("burnt_cells", "steps", "ignitions", "vegetation_cells", "peak_burning_cells", "peak_step")}
    levels, sets = ("low", "severe", "catastrophic"), ("centre", "lightning")
    pick = random.Random(5)
    for _ in range(100):
        place = level, ignition, seed = pick.randrange(3), pick.randrange(2), pick.randrange(40)
        done = replay(program, levels[level], sets[ignition], seed + 1, "-o", "fire.h5", "--no-gif")
        assert done.returncode == 0, done.stderr
        assert "(identical)" in done.stdout
        with h5py.File(program.folder / "fire.h5") as file:
            states = file["state"][:]
        burning = (states == BURNING).sum((1, 2))
        found = {"burnt_cells": (states[-1] == BURNT).sum(), "steps": len(states) - 1, "ignitions": burning[0],
                 "vegetation_cells": (states[-1] == VEGETATION).sum(), "peak_burning_cells": burning.max(), "peak_step": burning.argmax()}
        assert found == {name: values[place] for name, values in records.items()}


def test_every_state_follows_from_the_one_before(program, results):
    for level, seed in (("catastrophic", 3), ("severe", 9)):
        assert replay(program, level, "lightning", seed, "-o", "fire.h5", "--no-gif").returncode == 0
        with h5py.File(program.folder / "fire.h5") as file:
            states, burning, burnt = file["state"][:], file["burning_cells"][:], file["burnt_cells"][:]
        assert not (states[0] == BURNT).any() and not (states[-1] == BURNING).any()
        assert (burning == (states == BURNING).sum((1, 2))).all()
        assert (burnt == (states == BURNT).sum((1, 2))).all()
        for before, after in zip(states, states[1:]):
            padded = np.pad(before == BURNING, 1)
            near = sum(padded[dy:dy + 30, dx:dx + 40].astype(int) for dy in range(3) for dx in range(3))
            assert (after[before == BURNING] == BURNT).all()
            assert (after[before == EMPTY] == EMPTY).all()
            assert (after[before == BURNT] == BURNT).all()
            assert np.isin(after[before == VEGETATION], (VEGETATION, BURNING)).all()
            assert (near[(before == VEGETATION) & (after == BURNING)] > 0).all()


def test_any_kernel_and_threads_keep_the_same_states(program, results):
    kept = []
    for arguments in (["--kernel", "dense"], ["--threads", 2], []):
        assert replay(program, "catastrophic", "centre", 7, "-o", "fire.h5", "--gif", "fire.gif", *arguments).returncode == 0
        with h5py.File(program.folder / "fire.h5") as file:
            kept.append((file["state"][:].tobytes(), (program.folder / "fire.gif").read_bytes()))
    assert kept[0] == kept[1] == kept[2]


def test_files_are_named_after_the_run_and_the_summary_names_them(program, results):
    done = replay(program)
    assert program.files() == ["small.catastrophic-centre-7.gif", "small.catastrophic-centre-7.h5", "small.h5", "small.yaml"]
    assert re.search(r"small.h5: catastrophic, centre, seed 7 \(identical\)", done.stdout)
    assert re.search(r"small.catastrophic-centre-7.h5: .*KiB\n", done.stdout)
    assert "█" in done.stdout


def test_either_file_can_be_left_out(program, results):
    assert replay(program, "low", "centre", 1, "--no-gif").returncode == 0
    assert program.files() == ["small.h5", "small.low-centre-1.h5", "small.yaml"]
    (program.folder / "small.low-centre-1.h5").unlink()
    assert replay(program, "low", "centre", 1, "--no-states").returncode == 0
    assert program.files() == ["small.h5", "small.low-centre-1.gif", "small.yaml"]
    assert replay(program, "low", "centre", 2, "--no-gif", "--no-states").returncode == 0
    assert program.files() == ["small.h5", "small.low-centre-1.gif", "small.yaml"]


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
@pytest.mark.filterwarnings("error")
def test_the_states_open_everywhere_and_say_what_they_are(program, results, engine):
    replay(program)
    path = program.folder / "small.catastrophic-centre-7.h5"
    with xr.open_dataset(path, engine=engine) as fire, xr.open_dataset(results, engine="h5netcdf") as all_runs:
        assert fire.state.dims == ("step", "y", "x") and fire.state.dtype == np.uint8
        assert fire.state.attrs["flag_meanings"] == "empty vegetation burning burnt"
        assert list(fire.state.attrs["flag_values"]) == [EMPTY, VEGETATION, BURNING, BURNT]
        assert (fire.step == np.arange(fire.sizes["step"])).all() and fire.step.dtype == np.int32
        assert fire.attrs["danger_level"] == "catastrophic" and fire.attrs["ignition_set"] == "centre"
        assert fire.attrs["seed"] == 7 and fire.attrs["wind_speed"] == 80 and fire.attrs["vegetation_density"] == 0.85
        expected = all_runs.ignition_probability.sel(danger_level="catastrophic", ignition_set="centre")
        assert (fire.ignition_probability == expected).all()
        for variable in fire.variables.values():
            assert variable.attrs["units"] and variable.attrs["long_name"]
        content = all_runs.attrs["content_sha256"]
    with xr.open_dataset(path, engine=engine, group="provenance") as provenance:
        assert provenance.attrs["results_content_sha256"] == content
        assert provenance.attrs["results_path"] == "small.h5"
        assert "replay small.h5" in provenance.attrs["command_line"]
        assert provenance.attrs["comparison_with_results"] == "identical"
    with netCDF4.Dataset(path) as file:
        assert file["state"][0].shape == (30, 40)


def test_every_dataset_is_documented(program, results):
    replay(program)
    document = (pathlib.Path(__file__).parents[2] / "analysis" / "fire-format.md").read_text(encoding="utf-8")
    with h5py.File(program.folder / "small.catastrophic-centre-7.h5") as file:
        for name, dataset in file.items():
            if isinstance(dataset, h5py.Dataset) and name not in ("y", "x"):
                dimensions = " ".join(scale[0].name[1:] for scale in dataset.dims) if dataset.attrs.get("CLASS") != b"DIMENSION_SCALE" else name
                assert f"| `{name}` | {dimensions} | {dataset.dtype.str[1:]} | {dataset.attrs['units']} |" in document


def test_thinned_states_are_some_of_all_of_them(program, results):
    replay(program, "catastrophic", "centre", 7, "-o", "all.h5", "--no-gif")
    replay(program, "catastrophic", "centre", 7, "-o", "some.h5", "--no-gif", "--every", 5)
    with xr.open_dataset(program.folder / "all.h5") as every, xr.open_dataset(program.folder / "some.h5") as some:
        last = every.sizes["step"] - 1
        assert list(some.step) == sorted({*range(0, last, 5), last})
        assert every.sel(step=some.step).equals(some)


def test_the_animation_shows_the_states(program, results):
    replay(program, "catastrophic", "lightning", 11, "-o", "fire.h5", "--gif", "fire.gif")
    with h5py.File(program.folder / "fire.h5") as file:
        states = file["state"][:]
    with Image.open(program.folder / "fire.gif") as animation:
        assert animation.info["loop"] == 0
        assert b"small: catastrophic, lightning, seed 11" in animation.info["comment"]
        pictures, times = [], []
        for picture in ImageSequence.Iterator(animation):
            pictures.append(landscape(picture, states[0]))
            times.append(picture.info["duration"])
    assert len(pictures) == len(states)  # fewer than 200: every step
    assert (np.array(pictures) == states).all()
    assert times[-1] == 2000 and 5000 <= sum(times[:-1]) + times[0] <= 15000


def test_a_long_fire_is_shown_in_two_hundred_pictures(program):
    # Everything burns for sure, from one end of a corridor to the other.
    program.write("corridor.yaml", """
        name: corridor
        landscape: {width: 900, height: 3, vegetation_density: 1}
        matrix: {danger_level: [high], ignition_set: {west: [[0, 1]]}, seed: [1]}
        model: {base_rate: 100, max_probability: 1}
        """)
    assert program("run", "corridor.yaml", "--quiet").returncode == 0
    assert program("replay", "corridor.h5", "--gif", "fire.gif", "-o", "fire.h5").returncode == 0
    with Image.open(program.folder / "fire.gif") as animation:
        assert animation.n_frames == 200
        assert animation.width <= 800  # two cells a pixel
        assert (animation.info["duration"]) * 199 in range(5000, 15001)
        animation.seek(199)
        last = np.asarray(animation.convert("RGB"))[:2, :450]
        assert {tuple(pixel) for pixel in last.reshape(-1, 3)} == {(0x26, 0x26, 0x26)}
    with h5py.File(program.folder / "fire.h5") as file:
        assert file["state"].shape == (901, 3, 900)


def test_a_small_fire_is_seen_from_near(program):
    program.write("large.yaml", """
        name: large
        landscape: {width: 2000, height: 1000}
        matrix: {danger_level: [low], ignition_set: {here: [[1500, 400]]}, seed: [1]}
        on_bare_ground: force
        """)
    assert program("run", "large.yaml", "--quiet").returncode == 0
    assert program("replay", "large.h5", "-o", "fire.h5", "--gif", "fire.gif").returncode == 0
    with h5py.File(program.folder / "fire.h5") as file, Image.open(program.folder / "fire.gif") as animation:
        first = file["state"][0]
        burning = np.argwhere(first == BURNING)
        assert burning.tolist() == [[400, 1500]]
        # Where the only burning cell is in the picture tells which part of the landscape that shows.
        pixels = np.asarray(animation.convert("RGB"))
        scale = 24
        y, x = np.argwhere((pixels == (0xF0, 0x50, 0x1E)).all(2))[0] // scale
        shown = landscape(animation, first[400 - y:432 - y, 1500 - x:1532 - x])
        assert (shown == first[400 - y:432 - y, 1500 - x:1532 - x]).all()


def test_a_run_that_comes_to_something_else_is_named_and_nothing_is_written(program, results):
    change_element(results, "peak_step", (2, 0, 6), 1)
    done = replay(program)
    assert done.returncode == 5
    assert re.search(r"catastrophic, centre, seed 7: peak_step \d+ and \d+ \(in the file and when made again\)", done.stderr)
    assert program.files() == ["small.h5", "small.yaml"]


def test_missing_and_failed_runs_are_replayed_with_nothing_to_compare(program, small):
    program("run", small, "--quiet", "--shard", "1/2", environment={"FIRESWEEP_FAIL_SEEDS": "2"})
    (program.folder / "small.shard-1-of-2.h5").rename(program.folder / "small.h5")
    with h5py.File(program.folder / "small.h5") as file:
        status = file["status"][:]
        levels, sets, seeds = (file[name].asstr()[:] if name != "seed" else file[name][:] for name in ("danger_level", "ignition_set", "seed"))
    for wanted, word in ((0, "missing"), (2, "failed")):
        level, ignition, seed = np.argwhere(status == wanted)[0]
        done = replay(program, levels[level], sets[ignition], seeds[seed], "-o", "fire.h5", "--gif", "fire.gif")
        assert done.returncode == 0, done.stderr
        assert "nothing to compare with" in done.stdout and word in done.stdout
        assert (program.folder / "fire.h5").exists()


def test_the_scenario_can_be_given_as_other_commands_write_it(program, results):
    done = program("replay", "small.h5", "--scenario", "danger_level=severe, ignition_set=centre", "--seed", 2, "--no-gif")
    assert done.returncode == 0
    assert (program.folder / "small.severe-centre-2.h5").exists()
    done = program("replay", "small.h5", "--scenario", "danger_level=severe,ignition_set=centre,seed=3", "--no-gif")
    assert (program.folder / "small.severe-centre-3.h5").exists()


def test_axes_of_one_value_need_not_be_given_and_numbers_can_be_written_in_any_way(program):
    program.write("wind.yaml", """
        name: wind
        landscape: {width: 20, height: 20}
        matrix: {danger_level: [extreme], wind_speed: [40, 50.5], ignition_set: {a/b: [[10, 10]]}, seed: [18446744073709551615]}
        """)
    assert program("run", "wind.yaml", "--quiet").returncode == 0
    assert program("replay", "wind.h5", "--wind-speed", "40.0", "--no-gif").returncode == 0
    name = "wind.extreme-40-a-b-18446744073709551615.h5"
    with xr.open_dataset(program.folder / name) as fire:
        assert fire.attrs["wind_speed"] == 40 and fire.attrs["seed"] == 18446744073709551615


@pytest.mark.parametrize(("arguments", "messages"), [
    ((), ["--danger-level: is needed; the file has low, severe, catastrophic", "--ignition-set: is needed", "--seed: is needed; the file has 40 seeds from 1 to 40"]),
    (("--danger-level", "sever", "--ignition-set", "centre", "--seed", 1), ["--danger-level: the file has no danger_level 'sever'", "did you mean 'severe'?"]),
    (("--danger-level", "extreme", "--ignition-set", "middle", "--seed", 41),
     ["no danger_level 'extreme', but low, severe, catastrophic", "no ignition_set 'middle', but centre, lightning", "no seed '41'"]),
    (("--wind-speed", 5, "--danger-level", "low", "--ignition-set", "centre", "--seed", 1),
     ["'wind_speed' is no axis of the file, which has danger_level, ignition_set"]),
    (("--scenario", "danger_levl=low"), ["'danger_levl' is no axis", "did you mean 'danger_level'?"]),
    (("--scenario", "low"), ["'low' is not AXIS=VALUE"]),
    (("--scenario", "danger_level=low", "--danger-level", "low", "--ignition-set", "centre", "--seed", 1), ["danger_level is given twice"]),
    (("--danger-levl", "low"), ["no option --danger-levl", "did you mean '--danger-level'?"]),
    (("--seed", "-1"), ["no seed '-1'"]),
    (("--every", "0"), ["--every"]),
    (("other.h5",), ["'other.h5' is too much"]),
    (("--scenario", "danger_level=low,ignition_set=centre,seed=1", "-o", "x", "--gif", "x"), ["x: cannot hold both"]),
])
def test_what_is_not_in_the_file_is_said_with_what_is(program, results, arguments, messages):
    done = program("replay", "small.h5", *arguments)
    assert done.returncode == 2
    for message in messages:
        assert message in done.stderr
    assert program.files() == ["small.h5", "small.yaml"]


def test_an_excluded_scenario_has_no_fire(program):
    program.write("part.yaml", """
        name: part
        landscape: {width: 9, height: 9}
        matrix: {danger_level: [low, high], ignition_set: {a: [[1, 1]], b: [[2, 2]]}, seed: [1]}
        exclude: [{danger_level: low, ignition_set: b}]
        """)
    assert program("run", "part.yaml", "--quiet").returncode == 0
    done = program("replay", "part.h5", "--danger-level", "low", "--ignition-set", "b")
    assert done.returncode == 2 and "excludes this scenario" in done.stderr


def test_results_are_never_written_over(program, results):
    before = results.read_bytes()
    for arguments in (["-o", "small.h5"], ["--gif", "small.h5"], ["-o", "small.yaml"], ["--gif", "small.yaml"]):
        done = replay(program, "low", "centre", 1, *arguments)
        assert done.returncode == 5 and "is there already" in done.stderr
    assert results.read_bytes() == before
    for _ in range(2):  # an earlier fire is
        assert replay(program, "low", "centre", 1).returncode == 0


def test_what_cannot_be_written_is_said_and_leaves_nothing(program, results):
    for option in ("-o", "--gif"):
        done = replay(program, "low", "centre", 1, option, "none/fire")
        assert done.returncode == 2 and "the folder none does not exist" in done.stderr
        done = replay(program, "low", "centre", 1, option, ".")
        assert done.returncode == 2 and "is a directory" in done.stderr
    assert program.files() == ["small.h5", "small.yaml"]


def test_a_full_disk_is_said_and_leaves_nothing(program, results):
    done = program("replay", "small.h5", "--danger-level", "catastrophic", "--ignition-set", "centre", "--seed", 7,
                   launcher=["prlimit", "--fsize=3000"])
    assert done.returncode == 5 and "cannot be written" in done.stderr
    assert program.files() == ["small.h5", "small.yaml"]


def test_an_interrupted_replay_leaves_nothing(program):
    program.write("big.yaml", """
        name: big
        landscape: {width: 3000, height: 3000}
        matrix: {danger_level: [catastrophic], ignition_set: {centre: [[1500, 1500]]}, seed: [3]}
        outputs: {maps: false}
        on_bare_ground: force
        """)
    assert program("run", "big.yaml", "--quiet").returncode == 0
    before = program.files()
    process = program.start("replay", "big.h5", stderr=subprocess.PIPE, text=True)
    while program.files() == before and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 75 and "interrupted" in said
    assert program.files() == before
