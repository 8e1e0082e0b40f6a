"""What `firesweep show` says of fires that never started or were cut off, of one cell, and as the user chooses."""

import csv
import io
import math
import re

import h5py
import numpy as np
import pytest

from shown import as_json, row_of, show

STARTS = """
    name: starts
    landscape: {width: 40, height: 30, vegetation_density: 0.6}
    matrix: {danger_level: [extreme, catastrophic], ignition_set: {c: [[20, 15]]}, seed: {first: 1, count: 80}}
    max_steps: 500
"""


@pytest.fixture
def starts(program):
    program.write("starts.yaml", STARTS)
    assert program("run", "starts.yaml", "--quiet").returncode == 0
    return "starts.h5"


@pytest.fixture
def cut(program):
    program.write("cut.yaml", STARTS.replace("name: starts", "name: cut").replace("max_steps: 500", "max_steps: 8"))
    assert program("run", "cut.yaml", "--quiet").returncode == 0
    return "cut.h5"


def test_what_is_so_given_that_a_fire_starts_has_a_table_of_its_own(program, starts):
    with h5py.File(program.folder / starts) as file:
        fires, ignitions = file["burn_fraction"][1, 0], file["ignitions"][1, 0]
    started = fires[ignitions > 0]
    assert 0 < len(started) < len(fires)
    text = show(program, starts)
    assert f"without {2 * (len(fires) - len(started))} fires that never did" in text
    row = row_of(text[text.index("Given that a fire starts"):], "catastrophic").split()
    assert row[1] == f"{100 * len(started) / len(fires):.1f}"
    found = as_json(program, starts)["scenarios"][1]
    assert found["runs"]["started"] == len(started)
    assert found["started"]["value"] == len(started) / len(fires)
    given = found["given_start"]
    assert given["mean"]["value"] == pytest.approx(started.mean(), rel=1e-12)
    large = next(point for point in given["exceedance"] if point["threshold"] == 0.1)
    assert large["value"] == (started > 0.1).mean()
    assert f"{100 * large['value']:.1f}" in " ".join(row)
    with h5py.File(program.folder / starts) as file:
        assert given["mean"]["value"] == file["burn_fraction_mean_given_start"][1, 0]
        assert given["mean"]["bounds"] == file["burn_fraction_mean_bounds_given_start"][1, 0].tolist()
        assert [point["interval"] for point in given["exceedance"]] == file["exceedance_ci_given_start"][1, 0].tolist()
        assert found["started"]["interval"] == file["started_ci"][1, 0].tolist()


def test_steps_and_effects_given_that_a_fire_starts_follow_those_of_all(program, starts):
    with h5py.File(program.folder / starts) as file:
        assert file["paired/difference_seeds_given_start"][0, 0] < file["paired/difference_seeds"][0, 0]
        step = file["paired/difference_mean_given_start"][0, 0]
    difference = as_json(program, starts)["paired"][0]
    assert difference["given_start"]["mean"] == step != difference["mean"]
    text = show(program, starts, "--paired")
    again = text[text.index("The same given that a fire starts, over the seeds whose fires started at both"):]
    assert row_of(again, "c", "extreme").split()[4] == str(difference["given_start"]["seeds"])


def test_where_every_fire_starts_nothing_is_said_of_it(program):
    program.write("all.yaml", STARTS.replace("name: starts", "name: all\n    on_bare_ground: force"))
    assert program("run", "all.yaml", "--quiet").returncode == 0
    assert "Given that a fire starts" not in show(program, "all.h5")
    found = as_json(program, "all.h5")["scenarios"][0]
    assert found["started"]["value"] == 1 and found["given_start"]["mean"]["value"] == found["mean"]["value"]


def test_fires_that_were_cut_off_come_first_and_what_they_spoil_is_a_bound(program, cut):
    with h5py.File(program.folder / cut) as file:
        cut_off = (file["burning_cells"][:, 0] > 0).sum(axis=1)
        large = (file["burn_fraction"][1, 0] > 0.1).mean()
    assert cut_off.all()
    text = show(program, cut)
    place = text.index(f"max_steps ended {cut_off.sum()} fires")
    assert place < text.index("danger_level")
    assert row_of(text, "catastrophic").endswith(f"≥ {100 * large:.3g}".rstrip())
    assert "±" not in row_of(text, "extreme") and row_of(text, "extreme").count("≥") == 5
    assert "Bimodal" not in text
    found = as_json(program, cut)["scenarios"]
    assert [one["runs"]["cut_off"] for one in found] == cut_off.tolist()
    assert found[0]["estimates_are"] == "at least"
    assert ">= " in show(program, cut, environment={"LC_ALL": "C"})
    assert "≥" in row_of(show(program, cut, "--metric", "steps"), "extreme")
    assert "≥" not in show(program, cut, "--metric", "ignitions")


def test_the_csv_counts_fires_that_never_started_and_those_cut_off(program, cut):
    rows = list(csv.DictReader(io.StringIO(show(program, cut, "--csv"))))
    with h5py.File(program.folder / cut) as file:
        for i, level in enumerate(file["danger_level"].asstr()):
            of_level = {row["estimate"]: float(row["value"]) for row in rows if row["danger_level"] == level and row["value"]}
            assert of_level["runs_started"] == (file["ignitions"][i] > 0).sum()
            assert of_level["runs_cut_off"] == (file["burning_cells"][i] > 0).sum()
            assert of_level["started"] == (file["ignitions"][i] > 0).mean()
            assert of_level["mean_given_start"] == pytest.approx(file["burn_fraction"][i][file["ignitions"][i] > 0].mean())


def test_a_large_fire_is_what_the_file_takes_for_one(program):
    for own, headline in (("[0.2]", "fires > 20 %"), ("[0.01, 0.3, 0.5]", "fires > 30 %"), ("[0.05, 0.1]", "fires > 10 %")):
        program.write("own.yaml", STARTS.replace("name: starts", f"name: own\n    outputs: {{thresholds: {own}}}"))
        assert program("run", "own.yaml", "--quiet", "--fresh").returncode == 0
        assert headline in show(program, "own.h5").splitlines()[3]


def test_another_high_quantile_is_shown_when_asked_for(program, starts):
    text = show(program, starts, "--quantile", "0.99")
    assert re.search(r" median +99 % +worst 1 %", text)
    with h5py.File(program.folder / starts) as file:
        fires = file["burn_fraction"][1, 0]
    found = {one["quantile"]: one["value"] for one in as_json(program, starts, "--quantile", "0.99")["scenarios"][1]["quantiles"]}
    assert found[0.99] == pytest.approx(np.quantile(fires, 0.99), rel=1e-12)
    for wrong in ("1", "0", "-1", "nan"):
        done = program("show", starts, "--quantile", wrong)
        assert done.returncode == 2 and "between 0 and 1" in done.stderr


def test_one_cell_is_shown_with_its_interval(program, starts):
    with h5py.File(program.folder / starts) as file:
        burnt, started = int(file["burn_count"][1, 0, 12, 25]), int((file["ignitions"][1, 0] > 0).sum())
    assert 0 < burnt < 80
    text = show(program, starts, "--cell", "25,12")
    assert "x 25, y 12" in text and "all with ignition_set c" in text
    row = row_of(text, "catastrophic").split()
    assert row[1:3] == ["80", str(burnt)] and float(row[3]) == pytest.approx(100 * burnt / 80, abs=0.05)
    cell = as_json(program, starts, "--cell", "25,12")["scenarios"][1]["cell"]
    assert cell["burn_count"] == burnt and cell["burn_probability"]["value"] == burnt / 80
    assert cell["burn_probability_given_start"]["value"] == burnt / started
    z = 1.959963984540054
    middle, half = (burnt + z * z / 2) / (80 + z * z), z * math.sqrt(burnt * (80 - burnt) / 80 + z * z / 4) / (80 + z * z)
    assert cell["burn_probability"]["interval"] == pytest.approx([middle - half, middle + half], rel=1e-12)
    rows = list(csv.DictReader(io.StringIO(show(program, starts, "--cell", "25,12", "--csv"))))
    assert [row["value"] for row in rows if row["estimate"] == "burn_probability"][1] == str(burnt / 80)


@pytest.mark.parametrize("cell, message", [("40,0", "x from 0 to 39 and y from 0 to 29"), ("0,30", "x from 0 to 39"),
                                           ("5", "not a cell"), ("-1,2", "not a cell"), ("1,2,3", "not a cell"), ("a,b", "not a cell")])
def test_a_cell_that_is_none_is_refused(program, starts, cell, message):
    done = program("show", starts, f"--cell={cell}")
    assert done.returncode == 2 and message in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_file_without_maps_knows_nothing_of_a_cell(program):
    program.write("flat.yaml", STARTS.replace("name: starts", "name: flat\n    outputs: {maps: false}"))
    assert program("run", "flat.yaml", "--quiet").returncode == 0
    done = program("show", "flat.h5", "--cell", "1,1")
    assert done.returncode == 2 and "outputs.maps" in done.stderr


def test_one_of_a_kind_is_no_plural(program, starts):
    text = show(program, starts, "--scenario", "danger_level=extreme")
    assert not re.search(r"\b1 (fires|scenarios|seeds|runs)\b", text)
