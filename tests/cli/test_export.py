"""What `firesweep export` writes, against the numbers in the results file."""

import csv
import re

import h5py
import matplotlib.image
import numpy as np
import pytest


@pytest.fixture
def results(program, small):
    assert program("run", small, "--quiet", environment={"FIRESWEEP_FAIL_SEEDS": "7"}).returncode == 4
    return "small.h5"


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def export(program, *arguments):
    done = program("export", *arguments)
    said = [line for line in done.stderr.splitlines() if "note: maps lie at 0, 0" not in line]
    assert (done.returncode, said) == (0, [])
    return done.stdout


def test_without_a_choice_everything_is_written_to_a_folder_of_its_own(program, results):
    said = export(program, results)
    names = {path.name for path in (program.folder / "small-export").iterdir()}
    maps = {f"burn_probability_{level}_{where}.{kind}" for level in ("low", "severe", "catastrophic")
            for where in ("centre", "lightning") for kind in ("png", "asc")}
    assert names == {"runs.csv", "summary.csv", "paired.csv", "paired_ignition_set.csv", "sensitivity.csv"} | maps
    assert {line.split()[0] for line in said.splitlines()} == {f"small-export/{name}" for name in names}


def test_every_run_is_a_row_with_its_record(program, results):
    export(program, results, "--runs", "-o", "out")
    rows = read(program.folder / "out" / "runs.csv")
    with h5py.File(program.folder / results) as file:
        columns = [name for name in rows[0] if name not in ("danger_level", "ignition_set", "seed", "status")]
        assert {"burn_fraction", "burnt_cells", "steps", "peak_step", "vegetation_cells", "burn_fraction_vegetated"} < set(columns)
        places = [(i, j, k) for i in range(3) for j in range(2) for k in range(40)]
        assert len(rows) == len(places)
        for row, at in zip(rows, places):
            assert row["danger_level"] == file["danger_level"].asstr()[at[0]]
            assert row["ignition_set"] == file["ignition_set"].asstr()[at[1]]
            assert int(row["seed"]) == file["seed"][at[2]]
            assert row["status"] == ("failed" if int(row["seed"]) == 7 else "ok")
            for column in columns:
                if row["status"] == "failed":
                    assert row[column] == ""
                else:
                    stored = file[column][at] if file[column][at] != -1 else np.nan  # of a set that is not random
                    np.testing.assert_equal(float(row[column]), stored, column)


def test_missing_runs_are_rows_that_say_so(program, small):
    program("run", small, "--quiet", "--shard", "1/2")
    export(program, "small.shard-1-of-2.h5", "--runs", "-o", ".")
    rows = read(program.folder / "runs.csv")
    assert len(rows) == 240
    assert sum(row["status"] == "missing" for row in rows) == 120


ESTIMATES = {  # estimate and method: dataset, interval, bounds
    ("mean", "t"): ("burn_fraction_mean", "burn_fraction_mean_ci", "burn_fraction_mean_bounds"),
    ("mean", "bootstrap"): ("burn_fraction_mean", "burn_fraction_mean_bootstrap_ci", "burn_fraction_mean_bounds"),
    ("quantile", "order statistics"): ("burn_fraction_quantile", "burn_fraction_quantile_ci", "burn_fraction_quantile_bounds"),
    ("cvar", ""): ("burn_fraction_cvar", None, "burn_fraction_cvar_bounds"),
    ("exceedance", "Wilson"): ("exceedance", "exceedance_ci", "exceedance_bounds"),
    ("exceedance", "DKW"): ("exceedance", "exceedance_band", "exceedance_bounds"),
    ("exceedance_size_mean", "t"): ("exceedance_size_mean", "exceedance_size_ci", "exceedance_size_bounds"),
    ("escape_probability", ""): ("escape_probability", None, "escape_probability_bounds"),
    ("escape_size_mean", ""): ("escape_size_mean", None, "escape_size_bounds"),
}


def cell(text):
    return float(text) if text else np.nan


def test_every_estimate_is_a_row_with_its_interval_and_bounds(program, small):
    results = "small.h5"  # some of whose fires do not start, so that there are two kinds
    assert program("run", small, "--quiet", "--set", "on_bare_ground=skip",
                   environment={"FIRESWEEP_FAIL_SEEDS": "7"}).returncode == 4
    export(program, results, "--summary", "-o", "out")
    checked = set()
    with h5py.File(program.folder / results) as file:
        coordinate = {name: list(file[axis]) for name, axis in
                      {"quantile": "quantile", "cvar": "quantile", "exceedance": "threshold",
                       "exceedance_size_mean": "threshold"}.items()}
        for row in read(program.folder / "out" / "summary.csv"):
            at = (list(file["danger_level"].asstr()).index(row["danger_level"]),
                  list(file["ignition_set"].asstr()).index(row["ignition_set"]))
            names = ESTIMATES.get((row["estimate"], row["method"]))
            if names is None:
                continue
            if row["at"]:
                at += (coordinate[row["estimate"]].index(float(row["at"])),)
            value, interval, bounds = names
            np.testing.assert_equal(cell(row["value"]), file[value][at])
            np.testing.assert_equal([cell(row["lower_bound"]), cell(row["upper_bound"])], file[bounds][at])
            if interval:
                np.testing.assert_equal([cell(row["lower"]), cell(row["upper"])], file[interval][at])
            checked.add((row["estimate"], row["method"]))
    assert checked == set(ESTIMATES)


def test_comparisons_are_those_of_the_file(program, results):
    export(program, results, "--summary", "-o", "out")
    paired = [row for row in read(program.folder / "out" / "paired.csv") if row["estimate"] == "mean"]
    axes = [row for row in read(program.folder / "out" / "sensitivity.csv") if row["estimate"] == "mean_effect"]
    with h5py.File(program.folder / results) as file:
        assert [float(row["value"]) for row in paired] == file["paired/difference_mean"][:].ravel().tolist()
        assert [row["axis"] for row in axes] == list(file["sensitivity/axis"].asstr())
        assert [float(row["value"]) for row in axes] == file["sensitivity/mean_effect"][:].tolist()


def test_a_grid_is_the_map_with_the_first_row_first(program, results):
    export(program, results, "--grid", "-o", "out")
    path = program.folder / "out" / "burn_probability_severe_centre.asc"
    head = [line.split() for line in path.read_text().splitlines()[:6]]
    assert head == [["ncols", "40"], ["nrows", "30"], ["xllcorner", "0"], ["yllcorner", "0"], ["cellsize", "1"],
                    ["NODATA_value", "-9999"]]
    with h5py.File(program.folder / results) as file:
        expected = file["burn_probability"][1, 0]
    np.testing.assert_array_equal(np.loadtxt(path, skiprows=6, dtype="f4"), expected)


def test_a_grid_of_no_runs_has_no_data(program, small):
    seeds = ",".join(map(str, range(1, 41)))
    program("run", small, "--quiet", environment={"FIRESWEEP_FAIL_SEEDS": seeds})
    export(program, "small.h5", "--grid", "--maps", "-o", "out")
    grid = np.loadtxt(program.folder / "out" / "burn_probability_severe_centre.asc", skiprows=6)
    assert (grid == -9999).all()


def picture(path):
    return (255 * matplotlib.image.imread(path)[..., :3]).round().astype(int)


def test_a_picture_shows_every_cell_as_a_square_darker_the_more_probable(program, results):
    export(program, results, "--maps", "-o", "out")
    with h5py.File(program.folder / results) as file:
        probability = file["burn_probability"][1, 1]
    height, width = probability.shape
    pixels = picture(program.folder / "out" / "burn_probability_severe_lightning.png")
    side = 480 // width
    ink = (pixels == 40).all(axis=2)
    left = 16  # the frame is one pixel further out
    top = next(y for y in range(pixels.shape[0]) if ink[y, left - 1:left + side * width].all()) + 1
    cells = pixels[top:top + side * height, left:left + side * width].reshape(height, side, width, side, 3)
    assert (cells == cells[:, :1, :, :1]).all()
    colours = cells[:, 0, :, 0]
    assert (colours[probability == 0] == 255).all()
    luminance = colours @ [0.2126, 0.7152, 0.0722]
    some = probability > 0
    assert (colours[some] != 255).any(axis=-1).all()
    order = np.argsort(probability[some], kind="stable")
    assert (np.diff(luminance[some][order]) <= 1.0).all()  # shades are 8 bits
    assert luminance[some].max() - luminance[some].min() > 40


def test_only_chosen_scenarios_are_written(program, results):
    export(program, results, "--scenario", "danger_level=severe,ignition_set=centre", "-o", "out")
    names = sorted(path.name for path in (program.folder / "out").iterdir())
    assert names == ["burn_probability_severe_centre.asc", "burn_probability_severe_centre.png", "runs.csv",
                     "sensitivity.csv", "summary.csv"]
    assert {row["danger_level"] for row in read(program.folder / "out" / "runs.csv")} == {"severe"}


def test_names_that_no_file_can_have_are_written_in_safe_letters(program):
    program.write("odd.yaml", """
        name: odd
        landscape: {width: 9, height: 7}
        matrix:
          danger_level: [low]
          ignition_set:
            "../up, é": [[4, 3]]
            "../up; é": [[4, 3]]
          wind_speed: [30.5]
          seed: [1, 2]
    """)
    assert program("run", "odd.yaml", "--quiet").returncode == 0
    export(program, "odd.h5", "-o", "out")
    maps = sorted(path.name for path in (program.folder / "out").glob("*.png"))
    assert len(maps) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in maps)
    assert program.files() == ["odd.h5", "odd.yaml", "out"]
    assert {row["ignition_set"] for row in read(program.folder / "out" / "runs.csv")} == {"../up, é", "../up; é"}


def test_an_existing_file_is_replaced_and_no_temporary_stays(program, results):
    (program.folder / "out").mkdir()
    (program.folder / "out" / "runs.csv").write_text("old")
    export(program, results, "--runs", "-o", "out")
    assert [path.name for path in (program.folder / "out").iterdir()] == ["runs.csv"]
    assert len(read(program.folder / "out" / "runs.csv")) == 240


def test_a_folder_that_cannot_be_made_is_named_with_the_reason(program, results):
    done = program("export", results, "-o", f"{results}/out")
    assert done.returncode == 5
    assert f"{results}/out: cannot be written (Not a directory)" in done.stderr


def test_a_full_disk_leaves_nothing_behind(program, results):
    (program.folder / "out").mkdir()
    done = program("export", results, "--runs", "-o", "out", launcher=("prlimit", "--fsize=4096"))
    assert done.returncode == 5
    assert "out/runs.csv: cannot be written (File too large)" in done.stderr
    assert list((program.folder / "out").iterdir()) == []


@pytest.mark.parametrize("arguments, message", [
    (["--scenario", "ignition_set=centr"], "did you mean 'centre'?"),
    (["--maps", "--scenario", "level=low"], "has no axis 'level'"),
])
def test_an_unknown_scenario_is_refused_before_anything_is_written(program, results, arguments, message):
    before = program.files()
    done = program("export", results, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert program.files() == before


def test_maps_of_a_file_without_them_are_refused_and_not_missed(program, small):
    program("run", small, "--quiet", "--set", "outputs.maps=false")
    done = program("export", "small.h5", "--maps")
    assert done.returncode == 2
    assert "has no maps" in done.stderr
    export(program, "small.h5", "-o", "out")
    assert not list((program.folder / "out").glob("burn_probability*"))


def test_maps_have_names_of_their_own_whichever_are_chosen(program):
    program.write("names.yaml", """
        name: names
        landscape: {width: 12, height: 12}
        matrix: {danger_level: [low], ignition_set: {a/b: [[6, 6]], a b: [[2, 2]], ü: [[3, 3]]}, seed: {first: 1, count: 2}}
        """)
    assert program("run", "names.yaml", "--quiet").returncode == 0
    export(program, "names.h5", "--grid", "-o", "all")
    export(program, "names.h5", "--grid", "--scenario", "ignition_set=a b", "-o", "one")
    maps = {"burn_probability_low_a-b.asc", "burn_probability_low_a-b_1.asc", "burn_probability_low_-.asc"}
    assert {path.name for path in (program.folder / "all").iterdir()} == maps
    assert [path.name for path in (program.folder / "one").iterdir()] == ["burn_probability_low_a-b_1.asc"]
