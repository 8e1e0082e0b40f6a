"""`outputs.paired_maps`: fires of one seed compared cell by cell, recomputed from replays; the same however they are made."""

import json
import pathlib
import sys

import h5py
import numpy as np
import pytest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "python"))
import independent_statistics as again  # noqa: E402

PAIRS = """
    name: pairs
    landscape: {{width: 37, height: 21}}
    matrix:
      danger_level: [severe, extreme, catastrophic]
      vegetation_density: [0.7, 0.85]
      ignition_set: {{centre: [[18, 10]], rand: {{random: 2}}}}
      seed: {{first: 4, count: {count}}}
    exclude: [{{danger_level: extreme, vegetation_density: 0.85}}]
    max_failed: 0.9
    outputs: {{compare: [danger_level, vegetation_density], {more}}}
"""
LEVELS = ["severe", "extreme", "catastrophic"]


def run(program, *arguments, output="pairs.h5", count=12, code=0, more="paired_maps: true", **options):
    name = program.write("pairs.yaml", PAIRS.format(count=count, more=more))
    done = program("run", name, "-o", output, "--quiet", *arguments, **options)
    assert done.returncode == code, done.stderr
    return program.folder / output


def content(path):
    with h5py.File(path) as file:
        return file.attrs["content_sha256"]


def burnt(program, level, density, ignition, seed):
    """Which cells of a fire caught fire, by replay."""
    done = program("replay", "pairs.h5", "--danger-level", level, "--vegetation-density", density, "--ignition-set", ignition, "--seed", seed,
                   "-o", "fire.h5", "--no-gif")
    assert done.returncode == 0, done.stderr
    with h5py.File(program.folder / "fire.h5") as file:
        return file["state"][-1] >= 2


def test_counts_are_those_of_replayed_fires(program):
    count = 6
    with h5py.File(run(program, count=count)) as file:
        group = file["paired"]
        assert list(group["pair"].asstr()) == ["extreme - severe", "catastrophic - severe", "catastrophic - extreme"]
        seeds, only_first, only_second = (group[name][:] for name in ("map_seeds", "only_first_count", "only_second_count"))
        difference, interval = group["burn_probability_difference"][:], group["burn_probability_difference_ci"][:]
        burn_count = file["burn_count"][:]
        dense = file["paired_vegetation_density"]
        change = dense["only_second_count"][:, :, 0].astype(int) - dense["only_first_count"][:, :, 0]
        assert dense["map_seeds"][:, 0, 0].tolist() == [count, 0, count]
    assert seeds[:, 0].tolist() == [[count, count, count], [0, count, 0]]
    for place, ignition in enumerate(("centre", "rand")):
        fires = {level: np.array([burnt(program, level, 0.7, ignition, seed) for seed in range(4, 4 + count)])
                 for level in ("severe", "catastrophic")}
        one, other = fires["severe"].astype(int), fires["catastrophic"].astype(int)
        np.testing.assert_array_equal(only_first[0, place, 1], (one > other).sum(0))
        np.testing.assert_array_equal(only_second[0, place, 1], (other > one).sum(0))
        cell = np.unravel_index((one != other).sum(0).argmax(), one.shape[1:])
        differences = (other - one)[(slice(None), *cell)]
        assert difference[(0, place, 1, *cell)] == pytest.approx(differences.mean(), rel=1e-6)
        assert interval[(0, place, 1, *cell)] == pytest.approx(again.share_difference_interval(differences, 0.95), rel=1e-6)
    for value in (0, 2):
        np.testing.assert_array_equal(change[value], burn_count[value, 1].astype(int) - burn_count[value, 0])
    assert np.isnan(difference[1, :, 0]).all() and np.isnan(interval[1, :, 2]).all()


def test_whoever_made_them_they_are_the_same(program):
    whole = content(run(program, "--threads", "1"))
    assert content(run(program, "--threads", "2", output="ranks.h5", ranks=2)) == whole
    assert content(run(program, "--kernel", "dense", output="dense.h5")) == whole
    run(program, output="grown.h5", count=5)
    assert content(run(program, output="grown.h5")) == whole
    for shard in ("1/3", "2/3", "3/3"):
        run(program, "--shard", shard, output=f"{shard[0]}.h5")
    assert program("merge", "1.h5", "2.h5", "3.h5", "-o", "merged.h5").returncode == 0
    assert content(program.folder / "merged.h5") == whole
    assert program("verify", "merged.h5").returncode == 0


def test_a_fire_that_fails_is_in_no_pair(program):
    with h5py.File(run(program, code=3, environment={"FIRESWEEP_FAIL_SEEDS": "6"})) as file:
        assert file["paired/map_seeds"][0].max() == 11
        assert (file["paired/only_first_count"][:] + file["paired/only_second_count"][:]).max() <= 11


def test_a_map_of_a_difference_knows_of_common_luck(program):
    run(program, count=40)
    between = ["--between", "danger_level=severe,catastrophic", "--scenario", "ignition_set=centre,vegetation_density=0.7"]
    paired = json.loads(program("compare", "pairs.h5", *between, "--map", "d.tif", "--json").stdout)["map"]
    assert paired["paired"]
    back = json.loads(program("compare", "pairs.h5", "--between", "danger_level=catastrophic,severe", *between[2:], "--map", "d.tif",
                              "--json").stdout)["map"]
    assert (back["marked_less"], back["marked_more"]) == (paired["marked_more"], paired["marked_less"])
    run(program, count=40, output="pairs2.h5", more="maps: true")
    unpaired = json.loads(program("compare", "pairs2.h5", *between, "--map", "d.tif", "--json").stdout)["map"]
    assert not unpaired["paired"] and unpaired["could_differ"] == paired["could_differ"]
    assert paired["marked_more"] >= unpaired["marked_more"]
    assert "paired by their seeds" in program("compare", "pairs.h5", *between, "--map", "d.tif").stdout


def test_the_plan_says_how_many_fires_burn_again(program):
    name = program.write("pairs.yaml", PAIRS.format(count=12, more="paired_maps: true"))
    # Of 0.7 extreme once and catastrophic twice, of 0.85 catastrophic once by level; severe and catastrophic by density.
    assert f"{12 * 2 * (1 + 2 + 1 + 2)} fires burn again, to be compared cell by cell" in program("plan", name).stdout


@pytest.mark.parametrize("outputs, what", [
    ("{compare: [danger_level, vegetation_density], paired_maps: true, maps: false}", "outputs.paired_maps needs outputs.maps"),
    ("{paired_maps: true}", "add for example compare: [landscape]")])
def test_what_makes_no_sense_is_refused(program, outputs, what):
    text = PAIRS.format(count=5, more="").replace("{compare: [danger_level, vegetation_density], }", outputs)
    done = program("run", program.write("bad.yaml", text))
    assert done.returncode == 2 and what in done.stderr, done.stderr


def test_python_gives_the_intervals_of_pairs(program):
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "analysis"))
    from firesweep_analysis import maps, results
    path = run(program, count=40)
    data, pairs = results.open_results(path), results.open_results(path, "paired")
    paired, unpaired = (maps.difference(data, "severe", "catastrophic", pairs=group) for group in (pairs, None))
    width = [(one.difference_ci.sel(bound="upper") - one.difference_ci.sel(bound="lower")).isel(vegetation_density=0) for one in (paired, unpaired)]
    np.testing.assert_allclose(paired.difference.isel(vegetation_density=0), unpaired.difference.isel(vegetation_density=0), atol=1e-6)
    assert float((width[0] < width[1]).mean()) > 0.5
    backwards = maps.difference(data, "catastrophic", "severe", pairs=pairs)
    np.testing.assert_allclose(backwards.difference_ci.sel(bound="lower"), -paired.difference_ci.sel(bound="upper"))
