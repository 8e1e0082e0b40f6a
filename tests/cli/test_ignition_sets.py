"""Ignition sets: lines, boxes, tables of points, densities, and where the fires of random ones began."""

import h5py
import numpy as np
import pytest
from grounds import CELL, CLASSES, HEIGHT, LANDSCAPE, SOUTH, WEST, WIDTH, experiment, run, write_raster

SETS = """ignition_set:
    road: {line: [[2, 28], [38, 3]], random: 1}
    camp: {box: [5, 10, 12, 13], random: 3}
    lightning: {raster: density.asc, random: 2}
    history: {points: starts.csv, random: 1}
    front: {line: [[10, 8], [30, 12]]}
    burn_off: {box: [30, 25, 33, 27]}
    listed: {points: starts.csv}"""
RANDOM = ("road", "camp", "lightning", "history")
STARTS = [(12, 12), (13, 12), (30, 5)]


def line_cells(x0, y0, x1, y1):
    """The cells of a line that is longer across than down: in every column the nearest row, halves downwards."""
    dx, dy = x1 - x0, y1 - y0
    assert dx >= abs(dy)
    return {(x0 + i, (2 * (y0 * dx + i * dy) + dx) // (2 * dx)) for i in range(dx + 1)}


PLACES = {"road": line_cells(2, 28, 38, 3), "camp": {(x, y) for x in range(5, 13) for y in range(10, 14)},
          "history": set(STARTS)}


@pytest.fixture
def sources(program, patchy):
    """The patchy landscape, a density that grows southwards and a table of points. Returns the density."""
    density = np.tile(np.arange(HEIGHT)[:, None] * 0.25, (1, WIDTH))
    density[:, 30:] = 0
    density[25, 3] = -9999
    write_raster(program, "density.asc", density)
    program.write("starts.csv", "cause,easting,northing\n" + "".join(
        f"\"fire, {i}\",{WEST + CELL * (x + 0.3)},{SOUTH + CELL * (HEIGHT - y - 0.6)}\n" for i, (x, y) in enumerate(STARTS)))
    return np.where(density < 0, 0, density)


def sets_experiment(program, ignition=SETS, **more):
    return experiment(program, LANDSCAPE, ignition=ignition, **more)


def starts(program, name, path="ground.h5"):
    """Columns and rows of the first points of a set, shape (danger levels, seeds)."""
    with h5py.File(program.folder / path) as file:
        i = [label.decode() for label in file["ignition_set"]].index(name)
        return file["ignition_x"][:, i], file["ignition_y"][:, i]


def burnable(patchy):
    return {(int(x), int(y)) for y, x in np.argwhere((patchy == 1) | (patchy == 2))}


def test_starts_lie_in_their_set_where_it_burns(program, patchy, sources):
    run(program, sets_experiment(program), "--set", "matrix.seed.count=200")
    for name in RANDOM:
        x, y = starts(program, name)
        assert x.shape == (2, 200) and (x[0] == x[1]).all() and (y[0] == y[1]).all()
        drawn = set(zip(x[0].tolist(), y[0].tolist()))
        assert drawn <= burnable(patchy)
        if name in PLACES:
            assert drawn <= PLACES[name]
            assert len(drawn) > 0.8 * min(len(PLACES[name] & burnable(patchy)), 30)
        else:
            assert all(sources[row, column] > 0 for column, row in drawn)
    for name in ("front", "burn_off", "listed"):
        assert (starts(program, name)[0] == -1).all() and (starts(program, name)[1] == -1).all()


def test_what_does_not_burn_of_a_whole_line_or_box_fails(program, patchy, sources):
    ignition = "ignition_set: {across: {line: [[15, 15], [15, 25]]}, pool: {box: [3, 18, 5, 22]}, gap: {line: [[0, 3], [20, 3]]}}"
    run(program, sets_experiment(program, ignition))
    with h5py.File(program.folder / "ground.h5") as file:
        assert "ignition_x" not in file and "ignition_density" not in file
        made, failed = file["ignitions"][0], file["ignitions_failed"][0]
    assert (made[0] == 9).all() and (failed[0] == 2).all()
    assert (made[1] == 9).all() and (failed[1] == 6).all()
    assert (made[2] == 13).all() and (failed[2] == 8).all()


def test_a_replayed_fire_begins_where_the_file_says(program, patchy, sources):
    run(program, sets_experiment(program))
    for name in ("road", "lightning"):
        x, y = starts(program, name)
        for seed in (1, 17, 40):
            done = program("replay", "ground.h5", "--danger-level", "severe", "--ignition-set", name, "--seed", seed, "-o", "fire.h5",
                           "--no-gif")
            assert done.returncode == 0 and "(identical)" in done.stdout, done.stderr
            with h5py.File(program.folder / "fire.h5") as fire:
                assert fire["state"][0, y[0, seed - 1], x[0, seed - 1]] == 2
                assert fire.attrs["record_ignition_x"] == x[0, seed - 1]
                assert (fire["state"][0] == 2).sum() == (2 if name == "lightning" else 1)
                assert fire.attrs["record_ignition_y"] == y[0, seed - 1]


def test_starts_follow_the_density(program, patchy, sources):
    run(program, sets_experiment(program, "ignition_set: {lightning: {raster: density.asc, random: 1}}", more="max_steps: 1"),
        "--set", "matrix.seed.count=20000", "matrix.danger_level=[low]", "outputs.arrival=false")
    x, y = starts(program, "lightning")
    weights = np.where((patchy == 1) | (patchy == 2), sources, 0)
    expected = 20000 * weights / weights.sum()
    found = np.zeros_like(expected)
    np.add.at(found, (y[0], x[0]), 1)
    assert (found[expected == 0] == 0).all()
    some = expected > 0
    chi_square = ((found - expected)[some] ** 2 / expected[some]).sum()
    degrees = some.sum() - 1
    assert abs(chi_square - degrees) < 4 * np.sqrt(2 * degrees)


def test_kernels_and_ranks_make_the_same_fires(program, patchy, sources):
    path = sets_experiment(program)
    run(program, path, "-o", "one.h5")
    run(program, path, "-o", "three.h5", ranks=3)
    for kernel in ("dense", "tile-portable"):
        run(program, path, "-o", f"{kernel}.h5", "--kernel", kernel)
    for other in ("three.h5", "dense.h5", "tile-portable.h5"):
        assert program("diff", "one.h5", other).returncode == 0


def test_fires_are_made_again_without_the_files(program, patchy, sources):
    path = sets_experiment(program)
    run(program, path)
    with h5py.File(program.folder / "ground.h5") as file:
        sets = [label.decode() for label in file["ignition_set"]]
        density = file["ignition_density"][sets.index("lightning")]
        assert np.isnan(density[25, 3]) and np.isnan(file["ignition_density"][sets.index("road")]).all()
        np.testing.assert_array_equal(np.nan_to_num(density), sources)
        resolved = file["provenance"].attrs["yaml_as_resolved"]
    assert "history: {points: [[12, 12], [13, 12], [30, 5]], random: 1}" in resolved
    assert "camp: {box: [5, 10, 12, 13], random: 3}" in resolved
    done = program("run", path)
    assert done.returncode == 0 and "560 runs (560 were there)" in done.stdout
    program.write("again.yaml", resolved)
    run(program, "again.yaml", "-o", "again.h5")
    assert program("diff", "ground.h5", "again.h5").returncode == 0
    for name in ("fuel.asc", "dem.asc", "density.asc", "starts.csv"):
        (program.folder / name).unlink()
    done = program("verify", "ground.h5", "--sample", "all")
    assert done.returncode == 0 and "560 of 560 made again, all the same" in done.stdout, done.stdout


def test_another_density_is_another_experiment(program, patchy, sources):
    path = sets_experiment(program)
    run(program, path)
    (program.folder / "density.asc").rename(program.folder / "moved.asc")
    (program.folder / "density.prj").rename(program.folder / "moved.prj")
    moved = sets_experiment(program, SETS.replace("density.asc", "moved.asc"), name="moved.yaml")
    done = program("run", moved, "-o", "ground.h5")
    assert done.returncode == 0 and "(560 were there)" in done.stdout, done.stderr
    write_raster(program, "density.asc", sources + 1)
    done = program("run", path)
    assert done.returncode == 5 and "matrix.ignition_set.lightning: {raster: {sha256:" in done.stderr


def test_alternatives_have_the_same_starts(program, patchy, sources):
    write_raster(program, "treated.asc", np.where(patchy == 2, 9, patchy))
    path = experiment(program, f"{{elevation: dem.asc, fuel_classes: {CLASSES}}}",
                      ignition="landscape: {today: {fuel: fuel.asc}, treated: {fuel: treated.asc}}\n"
                               "  ignition_set: {lightning: {random: 1}, east: {box: [26, 0, 39, 10], random: 2}}")
    run(program, path, "--set", "matrix.seed.count=200")
    with h5py.File(program.folder / "ground.h5") as file:
        x, y = file["ignition_x"][0], file["ignition_y"][0]  # landscape, ignition_set, seed
        made = file["ignitions"][0]
    assert (x[0] == x[1]).all() and (y[0] == y[1]).all()
    forest = patchy[y[0, 0], x[0, 0]] == 2
    assert 0 < forest.sum() < 200
    assert (made[0, 0] == 1).all() and (made[1, 0] == ~forest).all()
    assert (made[0, 1] == 2).all() and (made[1, 1] == 0).all()
    done = program("verify", "ground.h5", "--sample", "all")
    assert done.returncode == 0, done.stdout


def test_an_experiment_without_a_random_set_has_no_starts(program):
    program.write("listed.yaml", "matrix: {danger_level: [low], seed: [1, 2]}\nlandscape: {width: 20, height: 10}\n")
    run(program, "listed.yaml")
    with h5py.File(program.folder / "listed.h5") as file:
        assert "ignition_x" not in file and "ignition_y" not in file


def test_starts_can_be_shown(program, patchy, sources):
    run(program, sets_experiment(program, "ignition_set: {camp: {box: [5, 10, 12, 13], random: 3}}"))
    done = program("show", "ground.h5", "--metric", "ignition_x")
    assert done.returncode == 0, done.stderr
    assert program("export", "ground.h5", "--runs", "-o", "out").returncode in (0, 2)


@pytest.mark.parametrize("ignition, complaint", [
    ("{a: {box: [5, 10, 45, 13]}}", "corner [45, 13] of ignition_set.a.box lies outside the 40 x 30 landscape (x must be 0..39)"),
    ("{a: {box: [12, 10, 5, 13]}}", "has its corners reversed (x0 12 is right of x1 5); write [5, 10, 12, 13]"),
    ("{a: {box: [0, 0, 7, 5]}}", "nothing of ignition_set.a.box can burn"),
    ("{a: {box: [0, 0, 7, 6], random: 9}}", "ignition_set.a.random asks for 9 distinct cells, but the set has 8 that can burn"),
    ("{a: {line: [[3, 2], [50, 2]]}}", "ignition point [50, 2] of 'a' lies outside the 40 x 30 landscape"),
    ("{a: {line: {at: [[440000, 5980000], [441001, 5980000]]}}}", "lies outside the landscape (easting 440000 to 441000"),
    ("{a: {raster: density.asc}}", "ignition_set.a.raster needs random"),
    ("{a: {raster: density.asc, random: 5000}}", "that can burn and have a density above 0"),
    ("{a: {raster: small.asc, random: 1}}", "small.asc: is not on the grid of the landscape (20 x 30 cells instead of 40 x 30"),
    ("{a: {raster: negative.asc, random: 1}}", "negative.asc: row 2, column 1: density -1 of ignitions"),
    ("{a: {raster: none.asc, random: 1}}", "none.asc: "),
    ("{a: {points: bad.csv}}", "bad.csv: has no columns x and y (cells) or easting and northing"),
    ("{a: {points: empty.csv}}", "empty.csv: has no row below the names of its columns"),
    ("{a: {points: off.csv}}", "off.csv:3:1: ignition point [2, 2] of 'a' lies where the rasters have no data"),
    ("{a: {points: off.csv, randum: 1}}", "unknown key 'randum' in ignition_set.a; did you mean 'random'?"),
    ("{a: {box: [1, 2, 3, 4], line: [[1, 2], [3, 4]]}}", "is given by line and by box"),
])
def test_bad_sets_are_refused(program, patchy, sources, ignition, complaint):
    write_raster(program, "small.asc", sources[:, :20])
    write_raster(program, "negative.asc", np.where(np.arange(HEIGHT)[:, None] == 1, -1, sources))
    program.write("bad.csv", "lon,lat\n145,-37\n")
    program.write("empty.csv", "x,y\n")
    program.write("off.csv", "x,y\n20,15\n2,2\n")
    done = program("validate", sets_experiment(program, f"ignition_set: {ignition}"))
    assert done.returncode == 2
    assert complaint in done.stderr, done.stderr
    assert done.stderr.count("\n") <= 2
