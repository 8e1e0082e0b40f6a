"""Cells that burn for several steps, and embers: the file says what came of them, is checked, gone on with and put together."""

import os
import signal
import subprocess
import time

import h5py
import numpy as np
import pytest

HEIGHT, WIDTH = 40, 50
CLASSES = "{1: {name: grass}, 2: {name: forest, spread: 0.6, burn_steps: 7}, 9: {name: water, burnable: false}}"
EMBERS = "{rate: 0.05, distance: {median: 150 m, sigma: 0.6}, spread_angle: 20, ignition: 0.5}"


@pytest.fixture
def fire(program):
    fuel = np.ones((HEIGHT, WIDTH), int)
    fuel[:, 20:] = 2
    fuel[:, 30:33] = 9
    head = f"ncols {WIDTH}\nnrows {HEIGHT}\nxllcorner 0\nyllcorner 0\ncellsize 25\n"
    program.write("fuel.asc", head + "".join(" ".join(map(str, row)) + "\n" for row in fuel))
    return program.write("fire.yaml", f"""\
name: fire
landscape: {{fuel: fuel.asc, fuel_classes: {CLASSES}}}
model: {{spotting: {EMBERS}}}
weather: {{wind_direction: 270}}
matrix:
  danger_level: [severe, extreme]
  ignition_set: {{centre: [[10, 20]]}}
  seed: {{count: 40}}
on_bare_ground: force
max_steps: 60
outputs: {{arrival: true, run_curves: true, cell_counts: true}}
""")


def run(program, *arguments, **options):
    done = program("run", *arguments, "--quiet", **options)
    assert done.returncode == 0, done.stderr


def datasets(path):
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return found


def test_curves_records_and_maps_agree(program, fire):
    run(program, fire)
    d = datasets(program.folder / "fire.h5")
    burning, burnt = d["run_burning_cells"], d["run_burnt_cells"]
    assert (np.diff(burnt, axis=-1) >= 0).all()
    np.testing.assert_array_equal(burnt[..., -1], d["burnt_cells"])
    assert (burnt[..., 1:] != np.cumsum(burning, axis=-1)[..., :-1]).any(), "something burns for longer"
    np.testing.assert_array_equal(d["sums/burnt_cells_sum"], burnt.sum(axis=-2))
    np.testing.assert_array_equal(d["sums/burning_cells_sum"], burning.sum(axis=-2))
    cells = (np.arange(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH) % WIDTH < 30).sum() + HEIGHT * 17
    np.testing.assert_allclose(d["burnt_fraction_mean"], burnt.mean(axis=-2) / cells, rtol=1e-12)
    np.testing.assert_allclose(d["burnt_fraction_sd"], burnt.std(axis=-2, ddof=1) / cells, rtol=1e-9, atol=1e-12)
    median = d["quantile"].tolist().index(0.5)
    np.testing.assert_allclose(d["burnt_fraction_quantile"][..., median, :], np.quantile(burnt, 0.5, axis=-2) / cells, rtol=1e-12)
    np.testing.assert_array_equal(d["burn_count"].sum(axis=(-2, -1)), (d["burnt_cells"] + d["burning_cells"]).sum(axis=-1))
    caught = np.diff(burning + burnt, axis=-1, prepend=0)
    np.testing.assert_array_equal(d["sums/arrival_step_sum"].sum(axis=(-2, -1)), (caught * np.arange(caught.shape[-1])).sum(axis=(-2, -1)))
    assert (d["embers"] >= d["embers_lost"]).all() and d["embers_lost"].sum() > 0
    assert (d["burn_count"][..., 33:] > 0).any(), "embers cross the water"


def test_it_is_verified_and_replayed(program, fire):
    run(program, fire)
    done = program("verify", "fire.h5", "--sample", "all")
    assert done.returncode == 0 and "80 of 80 made again, all the same" in done.stdout, done.stdout + done.stderr
    seed = datasets(program.folder / "fire.h5")["embers"][1, 0].argmax() + 1
    done = program("replay", "fire.h5", "--scenario", "danger_level=extreme", "--seed", str(seed))
    assert done.returncode == 0 and "(identical)" in done.stdout and "embers  " in done.stdout, done.stderr


def test_ranks_and_kernels_and_shards_make_the_same_fires(program, fire):
    run(program, fire)
    run(program, fire, "-o", "three.h5", ranks=3)
    run(program, fire, "-o", "dense.h5", "--kernel", "dense")
    for part in (1, 2):
        run(program, fire, "--shard", f"{part}/2", "-o", f"part{part}.h5")
    assert program("merge", "part2.h5", "part1.h5", "-o", "merged.h5").returncode == 0
    for other in ("three.h5", "dense.h5", "merged.h5"):
        done = program("diff", "fire.h5", other)
        assert done.returncode == 0, done.stdout


def test_it_is_gone_on_with_after_a_kill(program, fire):
    many = ["--kernel", "dense", "--set", "matrix.seed.count=800", "--checkpoint", "0", "--quiet"]
    output = program.folder / "fire.h5"
    process = subprocess.Popen([os.environ["FIRESWEEP"], "run", "fire.yaml", *many], cwd=program.folder, stdin=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not output.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    run(program, fire, "--set", "matrix.seed.count=800")
    run(program, fire, "--set", "matrix.seed.count=800", "-o", "whole.h5")
    with h5py.File(output) as killed, h5py.File(program.folder / "whole.h5") as whole:
        assert killed.attrs["content_sha256"] == whole.attrs["content_sha256"]


def test_more_seeds_are_added(program, fire):
    run(program, fire)
    run(program, fire, "--set", "matrix.seed.count=60")
    run(program, fire, "--set", "matrix.seed.count=60", "-o", "sixty.h5")
    assert program("diff", "fire.h5", "sixty.h5").returncode == 0


def plain(program, spotting, more="", cell_size=", cell_size: 25 m", weather="weather: {wind_direction: 300}"):
    return program.write("plain.yaml", f"""\
name: plain
landscape: {{width: 60, height: 50{cell_size}}}
model: {{spotting: {spotting}}}
{weather}
matrix:
  danger_level: [severe]
  {more}
  seed: {{count: 30}}
on_bare_ground: force
""")


def test_each_number_of_the_embers_can_be_an_axis(program):
    path = plain(program, "{rate: 0.02, distance: {sigma: 0.4}}", "spotting_distance: [50, 200, 800]\n  spotting_ignition: [0, 1]")
    run(program, path)
    found = datasets(program.folder / "plain.h5")
    assert found["embers_lost"].size == 3 * 2 * 30
    np.testing.assert_array_equal(found["spotting_distance"], [50, 200, 800])
    assert program("verify", "plain.h5", "--sample", "all").returncode == 0
    with h5py.File(program.folder / "plain.h5") as file:
        program.write("again.yaml", file["provenance"].attrs["yaml_as_resolved"])
    run(program, "again.yaml", "-o", "again.h5")
    assert program("diff", "plain.h5", "again.h5").returncode == 0


def test_a_rate_of_zero_is_no_embers(program):
    run(program, plain(program, "{rate: 0, distance: {median: 100 m}}"), "-o", "zero.h5")
    run(program, program.write("none.yaml", "name: plain\nlandscape: {width: 60, height: 50, cell_size: 25 m}\n"
                                            "weather: {wind_direction: 300}\nmatrix: {danger_level: [severe], seed: {count: 30}}\non_bare_ground: force\n"),
        "-o", "none.h5")
    zero, none = datasets(program.folder / "zero.h5"), datasets(program.folder / "none.h5")
    for name in (name for name in none if not name.startswith(("provenance", "performance"))):
        assert none[name].tolist() == zero[name].tolist() or none[name].tobytes() == zero[name].tobytes(), name
    assert not any("ember" in name or "spotting" in name for name in zero)


def test_embers_need_to_know_where_the_wind_comes_from(program):
    done = program("validate", plain(program, EMBERS, weather=""))
    assert done.returncode == 2 and "the wind carries embers, but nobody says where it comes from" in done.stderr, done.stderr


def test_with_embers_the_size_of_cells_decides_the_fires(program):
    run(program, plain(program, EMBERS))
    done = program("run", plain(program, EMBERS, cell_size=", cell_size: 30 m"))
    assert done.returncode == 5 and "landscape.cell_size" in done.stderr, done.stderr


@pytest.mark.parametrize("spotting, more, cell_size, complaint", [
    ("{rate: 0.1}", "", ", cell_size: 25 m", "the embers need model.spotting.distance.median"),
    ("{distance: {median: 10}}", "", ", cell_size: 25 m", "the embers need model.spotting.rate"),
    ("{rate: 2, distance: {median: 10}}", "", "", "model.spotting.rate must be a number from 0 to 1"),
    ("{rate: 0.1, distance: {median: far}}", "", "", "model.spotting.distance.median"),
    ("{rate: 0.1, distance: {median: 10, spread: 1}}", "", "", "spread"),
    ("{rate: 0.1, distance: {median: 300 m}}", "", "", "in metres, but cells have no size; give landscape.cell_size"),
    ("{rate: 0.1, distance: {median: 300}}", "spotting_rate: [0, 0.1]", "", "model.spotting.rate is set and spotting_rate is swept"),
])
def test_what_makes_no_sense_is_refused(program, spotting, more, cell_size, complaint):
    done = program("validate", plain(program, spotting, more, cell_size))
    assert done.returncode == 2 and complaint in done.stderr, done.stderr
