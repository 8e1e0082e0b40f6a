"""`outputs.compare`, `show --paired AXIS` and `firesweep compare`, recomputed from the runs in the files."""

import csv
import io
import json
import math
import pathlib
import sys

import h5py
import numpy as np
import pytest
import scipy.stats

from shown import as_json, close, show

sys.path.append(str(pathlib.Path(__file__).parents[1] / "python"))
import independent_statistics as again  # noqa: E402

BASE = """
    name: {name}
    landscape: {{width: 30, height: 30, vegetation_density: {density}}}
    matrix:
      danger_level: [{levels}]
      ignition_set:
        centre: [[15, 15]]
        corner: [[2, 2]]
      seed: {{first: {first}, count: 50}}
"""


def run(program, name, density=0.85, levels="severe, catastrophic", first=1, more=""):
    program.write(f"{name}.yaml", BASE.format(name=name, density=density, levels=levels, first=first) + more)
    done = program("run", f"{name}.yaml", "--quiet")
    assert done.returncode == 0, done.stderr
    return f"{name}.h5"


@pytest.fixture
def before(program):
    return run(program, "before")


@pytest.fixture
def after(program):
    return run(program, "after", density=0.6, levels="extreme, catastrophic", first=11)


def test_every_axis_of_several_values_is_compared(program, before):
    with h5py.File(program.folder / before) as file:
        assert {name for name in file if name.startswith("paired")} == {"paired", "paired_ignition_set"}
        group, fires = file["paired_ignition_set"], file["burn_fraction"][:]
        assert list(group["pair"].asstr()) == ["corner - centre"]
        assert list(group["first_ignition_set"].asstr()) == ["centre"]
        assert np.allclose(group["difference_mean"][:, 0], (fires[:, 1] - fires[:, 0]).mean(axis=1))


def test_only_named_axes_are_compared_and_fires_stay_the_same(program, before):
    with h5py.File(program.folder / before) as file:
        content, runs = file.attrs["content_sha256"], file["burn_fraction"][:]
    program.write("before.yaml", (program.folder / "before.yaml").read_text() + "outputs: {compare: [ignition_set]}\n")
    done = program("run", "before.yaml")
    assert done.returncode == 0 and "200 of 200" in done.stdout + done.stderr or "nothing" in done.stdout + done.stderr
    with h5py.File(program.folder / before) as file:
        assert file.attrs["content_sha256"] == content and np.array_equal(file["burn_fraction"][:], runs)
        assert {name for name in file if name.startswith("paired")} == {"paired_ignition_set"}
    assert program("verify", before, "--sample", "2").returncode == 0


def test_a_long_axis_is_compared_only_where_it_is_named(program):
    swept = """
        name: swept
        landscape: {width: 10, height: 10}
        matrix:
          danger_level: [high]
          humidity: {from: 5, to: 30, count: 13}
          seed: {first: 1, count: 4}
    """
    program.write("swept.yaml", swept)
    assert program("run", "swept.yaml", "--quiet").returncode == 0
    plan = program("plan", "swept.yaml").stdout
    assert "humidity" in plan.split("compared")[1].splitlines()[0] and "13 values" in plan
    with h5py.File(program.folder / "swept.h5") as file:
        assert not [name for name in file if name.startswith("paired")]
    program.write("named.yaml", swept.replace("name: swept", "name: named") + "    outputs: {compare: [humidity]}\n")
    assert program("run", "named.yaml", "--quiet").returncode == 0
    with h5py.File(program.folder / "named.h5") as file:
        assert file["paired_humidity/difference_mean"].shape == (1, 1, 78)


@pytest.mark.parametrize("axes, what", [("[humidity]", "no axis of this matrix"), ("[danger_levl]", "did you mean 'danger_level'"),
                                        ("[ignition_set, ignition_set]", "twice"), ("[]", "an empty list"),
                                        ("landscape", "must be a list")])
def test_what_is_no_axis_is_refused(program, axes, what):
    program.write("wrong.yaml", BASE.format(name="wrong", density=0.8, levels="high, severe", first=1)
                  + f"    outputs: {{compare: {axes}}}\n")
    done = program("validate", "wrong.yaml")
    assert done.returncode == 2 and what in done.stderr


def test_another_axis_is_shown_with_a_sentence(program, before):
    text = show(program, before, "--paired", "ignition_set")
    with h5py.File(program.folder / before) as file:
        mean, (low, high) = file["paired_ignition_set/difference_mean"][1, 0], file["paired_ignition_set/difference_ci"][1, 0]
    sentence = next(line for line in text.splitlines() if line.startswith("  catastrophic, centre → corner"))
    assert ("less" if mean < 0 else "more") in sentence
    assert ("includes" if low <= 0 <= high else "excludes") in sentence
    found = as_json(program, before)["paired_ignition_set"]
    assert close(found[1]["mean"], mean) and found[1]["scenario"] == {"danger_level": "catastrophic"}
    assert found[1]["first_ignition_set"] == "centre" and found[1]["second_ignition_set"] == "corner"


def test_an_axis_that_is_not_compared_is_refused(program, before):
    done = program("show", before, "--paired", "landscape")
    assert done.returncode == 2 and "it has danger_level, ignition_set" in done.stderr
    done = program("show", "--paired", before, "--color", "never")
    assert done.returncode == 2 and "name the file before --paired" in done.stderr


def test_two_files_are_compared_over_the_seeds_and_scenarios_of_both(program, before, after):
    found = json.loads(program("compare", before, after, "--json").stdout)
    assert found["seeds"] == 40
    assert found["left_out"] == {"first_scenarios": 2, "second_scenarios": 2, "first_seeds": 10, "second_seeds": 10}
    assert [one["scenario"] for one in found["scenarios"]] == [
        {"danger_level": "catastrophic", "ignition_set": place} for place in ("centre", "corner")]
    with h5py.File(program.folder / before) as one, h5py.File(program.folder / after) as other:
        first, second, thresholds = one["burn_fraction"][1, :, 10:], other["burn_fraction"][1, :, :40], one["threshold"][:]
    for place, compared in enumerate(found["scenarios"]):
        difference = second[place] - first[place]
        assert close(compared["mean"], difference.mean())
        assert all(map(close, compared["interval"], again.t_interval(difference, 0.95)))
        assert close(compared["first_mean"], first[place].mean()) and close(compared["second_mean"], second[place].mean())
        for point, threshold in zip(compared["exceedance"], thresholds):
            over = (second[place] > threshold).astype(int) - (first[place] > threshold)
            assert point["threshold"] == threshold and close(point["value"], over.mean())
            assert all(map(close, point["interval"], again.share_difference_interval(over, 0.95)))
    rows = list(csv.DictReader(io.StringIO(program("compare", before, after, "--csv").stdout)))
    means = [float(row["value"]) for row in rows if row["estimate"] == "mean"]
    assert means == [compared["mean"] for compared in found["scenarios"]]
    text = program("compare", before, after).stdout
    assert "left out: 2 scenarios that only the first has" in text and "left out: 10 seeds that only the second has" in text


def test_pairs_are_of_the_seeds_that_both_scenarios_were_given(program):
    until = "      until: {mean: burn_fraction, half_width: 0.02}\n      most: 200\n"
    names = []
    for name, density in (("sparse", 0.6), ("dense", 0.8)):
        text = BASE.format(name=name, density=density, levels="high, severe", first=1).replace("{first: 1, count: 50}", "\n" + 8 * " " + "count: 20")
        program.write(f"{name}.yaml", text + until.replace("      ", "        "))
        assert program("run", f"{name}.yaml", "--quiet").returncode == 0
        names.append(f"{name}.h5")
    found = json.loads(program("compare", *names, "--json").stdout)
    assert not found["notes"]
    with h5py.File(program.folder / names[0]) as one, h5py.File(program.folder / names[1]) as other:
        planned = [file["runs_planned"][:].ravel() for file in (one, other)]
        values = [file["burn_fraction"][:].reshape(4, -1) for file in (one, other)]
    assert any(first != second for first, second in zip(*planned))
    for place, compared in enumerate(found["scenarios"]):
        seeds = min(planned[0][place], planned[1][place])
        difference = values[1][place, :seeds] - values[0][place, :seeds]
        assert close(compared["mean"], difference.mean())
        assert all(close(bound, difference.mean()) for bound in compared["bounds"])


def newcombe(k, m, n):
    """The difference k/n - m/n of independent shares and its interval, by another way: Wilson's of each from scipy."""
    (low, high), (low_m, high_m) = (scipy.stats.binomtest(int(count), n).proportion_ci(0.95, "wilson") for count in (k, m))
    p, q = k / n, m / n
    return p - q, p - q - math.hypot(p - low, high_m - q), p - q + math.hypot(high - p, q - low_m)


def test_the_map_of_a_difference_marks_cells_whose_interval_excludes_0(program, before):
    gdal = pytest.importorskip("osgeo.gdal", reason="GDAL's Python bindings are not installed")
    gdal.UseExceptions()
    done = program("compare", before, "--between", "danger_level=severe,catastrophic", "--scenario", "ignition_set=centre",
                   "--map", "map.tif", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["map"]
    with h5py.File(program.folder / before) as file:
        counts = file["burn_count"][:, 0]
    expected = np.array([newcombe(k, m, 50) for k, m in zip(counts[1].ravel(), counts[0].ravel())])
    marks = np.where(expected[:, 2] < 0, 1, np.where(expected[:, 1] > 0, 2, 0)).reshape(counts[0].shape)
    assert np.allclose(gdal.Open(str(program.folder / "map.tif")).ReadAsArray(), expected[:, 0].reshape(counts[0].shape), atol=1e-6)
    assert np.array_equal(gdal.Open(str(program.folder / "map_marked.tif")).ReadAsArray(), marks)
    assert (found["marked_less"], found["marked_more"]) == ((marks == 1).sum(), (marks == 2).sum())
    assert found["could_differ"] == ((counts[0] + counts[1]) > 0).sum()
    assert close(found["marked_by_chance_at_most"], 0.05 * found["could_differ"])
    assert found["marked_more"] > 0


def test_the_picture_of_a_difference_is_a_png(program, before, after):
    done = program("compare", before, after, "--scenario", "danger_level=catastrophic,ignition_set=centre", "--map", "map.png")
    assert done.returncode == 0 and "or fewer would be marked by chance" in done.stdout
    assert (program.folder / "map.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("options, what", [
    (["--map", "m.tif"], "choose one with --scenario"), (["--map", "m.jpg"], "ends in .tif or .png"),
    (["--json", "--csv"], "choose one"), (["--threshold", "7"], "not a burn fraction"),
    (["--between", "danger_level=severe,extreme"], "leave out the second")])
def test_what_makes_no_sense_is_refused(program, before, after, options, what):
    done = program("compare", before, after, *options)
    assert done.returncode == 2 and what in done.stderr and done.stdout == ""


def test_files_that_have_nothing_in_common_are_refused(program, before):
    for options, what in [({"first": 900}, "no seed in common"), ({"levels": "low"}, "no scenario in common")]:
        other = run(program, "other", **options)
        done = program("compare", before, other)
        assert done.returncode == 2 and what in done.stderr and len(done.stderr.splitlines()) == 1
        (program.folder / other).unlink()
    assert program("compare", before).returncode == 2


def test_other_random_numbers_are_refused(program, before, after):
    with h5py.File(program.folder / after, "r+") as file:
        file.attrs["rng_version"] = 2
    done = program("compare", before, after)
    assert done.returncode == 2 and "random numbers of version 2" in done.stderr


def test_maps_of_other_grids_are_refused(program, before):
    program.write("wide.yaml", BASE.format(name="wide", density=0.8, levels="severe, catastrophic", first=1)
                  .replace("width: 30", "width: 40"))
    assert program("run", "wide.yaml", "--quiet").returncode == 0
    choice = ["--scenario", "danger_level=catastrophic,ignition_set=centre"]
    done = program("compare", before, "wide.h5", *choice, "--map", "m.tif")
    assert done.returncode == 2 and "one grid alone" in done.stderr
    done = program("compare", before, "wide.h5", *choice)
    assert done.returncode == 0 and "Burn fractions are of 900 cells in the first and 1 200 in the second" in done.stdout
