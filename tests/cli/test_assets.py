"""What is at stake: sets of assets as they are read, what runs take of them, and what is estimated and shown of that."""

import csv
import json
import random

import h5py
import numpy as np
import pytest
from scipy import stats

from grounds import LANDSCAPE, experiment

EMPTY, VEGETATION, BURNING, BURNT = range(4)

STAKES = """
    name: stakes
    landscape: {width: 40, height: 30, cell_size: 100 m, corner: [500000, 6000000]}
    matrix:
      danger_level: [high, severe, catastrophic]
      ignition_set:
        west: [[2, 15]]
        lightning: {random: 3}
      seed: {first: 1, count: 40}
    assets:
      houses: {box: [20, 10, 24, 13], unit: houses}
      hospital: {cells: [[30, 15], [31, 15]], value: 2.5}
      farms: {points: farms.csv, value: head_of_cattle, unit: animals}
      forest: {polygon: forest.geojson, unit: ha}
      people: {raster: people.asc, per: hectare}
    outputs:
      asset_thresholds: {houses: [1, 10], people: [50]}
    season:
      days_per_year: {high: 100, severe: 20, catastrophic: 2}
      fires_per_day: 0.2
"""

# The outer right and lower border belong to the last cells, and two points share one.
FARMS = """\
easting,northing,head_of_cattle
500250,6002750,7
504000,6000000,5
503999,6000001,4
502000,6001500,0
"""

FOREST = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {
    "type": "Polygon", "coordinates": [[[501000, 6001000], [502000, 6001000], [502000, 6002000], [501000, 6001000]]]}}]}


def write_grid(program, name, cells):
    """Cells of 100 m, the lower left corner where the experiment has it."""
    head = f"ncols {cells.shape[1]}\nnrows {cells.shape[0]}\nxllcorner 500000\nyllcorner 6000000\ncellsize 100\nNODATA_value -1\n"
    rows = ["".join(f"{-1.0 if np.isnan(cell) else float(cell)!r} " for cell in row) + "\n" for row in cells]
    return program.write(name, head + "".join(rows))


@pytest.fixture
def people():
    """People per hectare, shape (height, width); NaN where nobody has counted."""
    rng = np.random.default_rng(4)
    people = np.where(rng.random((30, 40)) < 0.3, rng.gamma(2.0, 1.5, (30, 40)), 0.0)
    people[rng.random((30, 40)) < 0.1] = np.nan
    return people.astype(np.float32)


@pytest.fixture
def stakes(program, people):
    program.write("farms.csv", FARMS)
    program.write("forest.geojson", json.dumps(FOREST))
    write_grid(program, "people.asc", people)
    return program.write("stakes.yaml", STAKES)


@pytest.fixture
def results(program, stakes):
    done = program("run", stakes, "--quiet")
    assert done.returncode == 0, done.stderr
    return program.folder / "stakes.h5"


def values_of(results, name):
    with h5py.File(results) as file:
        return file[f"{name}_value"][:]


def test_sets_are_read_as_they_are_meant(program, stakes, results, people):
    told = program("validate", stakes).stdout
    assert "houses: 20 houses in 20 cells" in told and "farms: 16 animals in 2 cells" in told
    houses = np.zeros((30, 40))
    houses[10:14, 20:25] = 1
    assert np.array_equal(values_of(results, "houses"), houses)
    farms = np.zeros((30, 40))
    farms[2, 2] = 7
    farms[29, 39] = 9
    assert np.array_equal(values_of(results, "farms"), farms)
    # A cell of 100 m is a hectare; the sum is kept to 2^-52 of it.
    source = np.nan_to_num(people).astype(float)
    assert np.allclose(values_of(results, "people"), source, rtol=0, atol=2.0**-51 * source.sum())
    assert values_of(results, "people").sum() == pytest.approx(source.sum(), rel=1e-14)
    # Cells whose centre lies inside of the triangle.
    y, x = np.mgrid[0:30, 0:40]
    east, north = 500050 + 100 * x, 6002950 - 100 * y
    inside = (east > 501000) & (east < 502000) & (north > 6001000) & (north < east - 501000 + 6001000)
    assert np.array_equal(values_of(results, "forest") > 0, inside)


def test_losses_are_those_of_the_states(program, results):
    names = ["houses", "hospital", "farms", "forest", "people"]
    picked = random.Random(7).sample([(level, start, seed) for level in ["high", "severe", "catastrophic"]
                                      for start in ["west", "lightning"] for seed in range(1, 41)], 24)
    with h5py.File(results) as file:
        levels = [text.decode() for text in file["danger_level"][:]]
        starts = [text.decode() for text in file["ignition_set"][:]]
        for level, start, seed in picked:
            told = program("replay", "stakes.h5", "--danger-level", level, "--ignition-set", start, "--seed", seed,
                           "--output", "fire.h5", "--no-gif")
            assert told.returncode == 0, told.stderr
            with h5py.File(program.folder / "fire.h5") as fire:
                states = fire["state"][:]
            run = levels.index(level), starts.index(start), seed - 1
            for name in names:
                values = file[f"{name}_value"][:]
                lost = values[states[-1] >= BURNING].sum()
                assert file[f"{name}_lost"][run] == lost
                reached = [step for step, state in enumerate(states) if values[state == BURNING].any()]
                assert file[f"{name}_arrival_step"][run] == (reached[0] if reached else -1)
            program.folder.joinpath("fire.h5").unlink()


def test_estimates_are_those_of_the_runs(results):
    with h5py.File(results) as file:
        lost = file["houses_lost"][:]
        assert lost.shape == (3, 2, 40) and file["houses_threshold"][:].tolist() == [1, 10]
        assert np.allclose(file["houses_lost_mean"][:], lost.mean(-1), rtol=1e-12)
        assert np.allclose(file["houses_lost_quantile"][:], np.moveaxis(np.quantile(lost, file["quantile"][:], axis=-1), 0, -1))
        hits = (lost > 0).mean(-1)
        assert np.allclose(file["houses_hit"][:], hits)
        for place in np.ndindex(hits.shape):
            wilson = stats.binomtest(int((lost[place] > 0).sum()), 40).proportion_ci(0.95, method="wilson")
            assert np.allclose(file["houses_hit_ci"][place], wilson)
        assert np.allclose(file["houses_exceedance"][:], (lost[..., None] > [1, 10]).mean(-2))
        arrival = np.where(lost > 0, file["houses_arrival_step"][:], np.nan)
        told = file["houses_arrival_step_quantile"][:]
        for place in np.ndindex(hits.shape):
            known = arrival[place][lost[place] > 0]
            assert np.allclose(told[place], np.quantile(known, file["quantile"][:]) if known.size else np.nan, equal_nan=True)
        assert file["houses_lost"].attrs["units"] == b"houses" or file["houses_lost"].attrs["units"] == "houses"


def test_a_year_takes_what_its_fires_take(results):
    rates = np.array([100, 20, 2]) * 0.2
    with h5py.File(results) as file:
        lost = file["people_lost"][:]
        assert np.allclose(file["season/people_expected"][:], np.einsum("l,lis->i", rates, lost) / 40, rtol=1e-12)
        hit = np.einsum("l,lis->i", rates, lost > 0) / 40
        assert np.allclose(file["season/people_hit_rate"][:], hit, rtol=1e-12)
        assert np.allclose(file["season/people_hit_chance"][:], 1 - np.exp(-hit), rtol=1e-12)
        over = np.einsum("l,lis->i", rates, lost > 50) / 40
        assert np.allclose(file["season/people_exceedance_rate"][:, 0], over, rtol=1e-12)


def test_they_are_shown_alone_together_and_as_a_metric(program, results):
    told = program("show", "stakes.h5", "--assets").stdout
    assert "houses: 20 houses in 20 cells" in told and "> 10 [%]" in told
    both = program("show", "stakes.h5", "--assets", "houses,hospital").stdout
    assert "how likely one fire reaches them" in both and "hospital if houses" in both
    unknown = program("show", "stakes.h5", "--assets", "hoses")
    assert unknown.returncode == 2 and "did you mean 'houses'" in unknown.stderr
    assert "houses in cells that caught fire [houses]" in program("show", "stakes.h5", "--metric", "houses_lost", "--threshold", 5).stdout
    assert "Losses" in program("show", "stakes.h5", "--season").stdout
    shown = json.loads(program("show", "stakes.h5", "--json").stdout)
    with h5py.File(results) as file:
        assert shown["scenarios"][0]["assets"]["houses_hit"] == file["houses_hit"][0, 0]
        assert shown["season"]["years"][1]["assets"]["people_expected"] == file["season/people_expected"][1]


def test_ranks_shards_and_kernels_give_the_same_losses(program, stakes, results):
    for shard in (1, 2, 3):
        assert program("run", stakes, "--quiet", "--shard", f"{shard}/3", "-o", f"part{shard}.h5").returncode == 0
    assert program("merge", "part1.h5", "part2.h5", "part3.h5", "-o", "merged.h5").returncode == 0
    assert program("run", stakes, "--quiet", "--threads", 2, "-o", "ranks.h5", ranks=2).returncode == 0
    with h5py.File(results) as one:
        for other in ("merged.h5", "ranks.h5"):
            with h5py.File(program.folder / other) as file:
                assert file.attrs["content_sha256"] == one.attrs["content_sha256"]
                assert file.attrs["estimates_sha256"] == one.attrs["estimates_sha256"]
    verified = program("verify", "stakes.h5", "--sample", "all", "--kernel", "dense")
    assert verified.returncode == 0 and "all the same" in verified.stdout


def test_other_assets_are_another_experiment_and_other_losses_to_exceed_are_not(program, stakes, results):
    changed = (program.folder / stakes).read_text().replace("houses: [1, 10]", "houses: [2]")
    program.write("judged.yaml", changed)
    assert program("run", "judged.yaml", "--quiet", "-o", "stakes.h5").returncode == 0
    with h5py.File(results) as file:
        assert file["houses_threshold"][:].tolist() == [2]
    (program.folder / "farms.csv").write_text(FARMS.replace(",7", ",8"))
    other = program("run", stakes, "--quiet", "-o", "stakes.h5")
    assert other.returncode == 5 and "assets.farms.read.sha256" in other.stderr


def test_many_assets_and_many_sets(program):
    rng = np.random.default_rng(1)
    points = "x,y\n" + "".join(f"{x},{y}\n" for x, y in rng.integers(0, 100, (10_000, 2)))
    program.write("points.csv", points)
    sets = "".join(f"\n      s{i}: {{cells: [[{i}, {i}]]}}" for i in range(99))
    program.write("many.yaml", f"""
    landscape: {{width: 100, height: 100}}
    matrix: {{danger_level: [extreme], seed: {{count: 50}}}}
    assets:
      all: {{points: points.csv}}{sets}
    """)
    done = program("run", "many.yaml", "--quiet")
    assert done.returncode == 0, done.stderr
    with h5py.File(program.folder / "many.h5") as file:
        assert file["all_value"][:].sum() == 10_000
        together = sum(file[f"s{i}_lost"][:] for i in range(99))
    assert program("verify", "many.h5").returncode == 0
    assert together.max() > 50


@pytest.mark.parametrize("assets, complaint", [
    ("houses: {box: [20, 10, 40, 13]}", "assets.houses.box: cell [40, 13] lies outside the 40 x 30 landscape (x must be 0..39, y 0..29)"),
    ("houses: {box: [24, 10, 20, 13]}", "assets.houses.box ends before it begins; write [20, 10, 24, 13]"),
    ("houses: {cells: [[3, 30]]}", "assets.houses.cells: cell [3, 30] lies outside"),
    ("houses: {at: [[1, 2]]}", "assets.houses.at: [1, 2] lies outside the landscape (easting 500000 to 504000, northing 6000000 to 6003000)"),
    ("houses: {cells: [[3, 3]], box: [1, 1, 2, 2]}", "assets.houses has both box and cells; make two sets of it"),
    ("houses: {unit: houses}", "assets.houses does not say where it lies"),
    ("houses: {cells: [[3, 3]], value: 0}", "assets.houses.value must be above 0"),
    ("houses: {cells: [[3, 3]], per: cell}", "assets.houses.per says nothing here"),
    ("'2 towns': {cells: [[3, 3]]}", "cannot be the name of a set of assets"),
    ("embers: {cells: [[3, 3]]}", "a set of assets cannot be called embers: results have another embers_lost"),
    ("houses: {points: off.csv}", "off.csv:3:1: the point 1, 2 lies outside the landscape"),
    ("houses: {points: bare.csv}", "bare.csv: has no column 'easting' (there are east and northing)"),
    ("houses: {points: off.csv, value: northing}", "off.csv:3"),
    ("houses: {raster: missing.tif}", "missing.tif"),
    ("houses: {raster: small.asc}", "gdalwarp"),
    ("houses: {raster: negative.asc}", "negative.asc: row 3, column 5: -2 is no amount (0 or more)"),
    ("houses: {polygon: farms.csv}", "farms.csv"),
    ("[1, 2]", "assets must be a map of names to what is at stake"),
])
def test_what_is_wrong_is_said_where_it_stands(program, stakes, people, assets, complaint):
    program.write("off.csv", "easting,northing\n500050,6000050\n1,2\n")
    program.write("bare.csv", "east,northing\n500050,6000050\n")
    write_grid(program, "small.asc", people[:20])
    negative = np.nan_to_num(people)
    negative[2, 4] = -2
    write_grid(program, "negative.asc", negative)
    program.write("bad.yaml", f"""
    landscape: {{width: 40, height: 30, cell_size: 100 m, corner: [500000, 6000000]}}
    matrix: {{danger_level: [low]}}
    assets: {assets if assets.startswith("[") else "{" + assets + "}"}
    """)
    done = program("run", "bad.yaml")
    assert done.returncode == 2 and complaint in done.stderr, done.stderr
    assert "bad.h5" not in program.files()


def test_what_can_never_burn_is_never_lost_and_said_so(program, patchy):
    cells = ", ".join(f"[{x}, {y}]" for y, x in np.argwhere(patchy != 1)[:3].tolist() + np.argwhere(patchy == 9)[:2].tolist())
    experiment(program, LANDSCAPE, more=f"assets: {{depot: {{cells: [{cells}]}}}}")
    told = program("validate", "ground.yaml")
    assert told.returncode == 0, told.stderr
    assert "5 of the 5 of assets.depot lie in 5 cells where nothing can burn, and are never lost" in told.stderr


def test_what_another_value_does_to_losses_and_to_a_year(program, stakes, results):
    rates = np.array([100, 20, 2]) * 0.2
    with h5py.File(results) as file:
        lost = file["houses_lost"][:]  # danger_level, ignition_set, seed
        paired = file["paired_ignition_set"]
        difference = lost[:, 1] - lost[:, 0]
        if paired["pair"][0] == b"west - lightning":
            difference = -difference
        assert np.allclose(paired["houses_difference_mean"][:, 0], difference.mean(-1), rtol=1e-12)
        interval = stats.t.interval(0.95, 39, difference.mean(-1), stats.sem(difference, axis=-1))
        assert np.allclose(paired["houses_difference_ci"][:, 0], np.moveaxis(interval, 0, -1), equal_nan=True)
        hits = (lost > 0).mean(-1)
        assert np.allclose(np.abs(paired["houses_hit_difference"][:, 0]), np.abs(hits[:, 1] - hits[:, 0]))
        of_year = rates @ difference
        assert paired["houses_year_difference"][0] == pytest.approx(of_year.mean(), rel=1e-12)
        interval = stats.t.interval(0.95, 39, of_year.mean(), stats.sem(of_year))
        assert np.allclose(paired["houses_year_difference_ci"][0], interval)
        assert "houses_year_difference" not in file["paired"]  # the season mixes danger levels
    told = program("show", "stakes.h5", "--season", "--paired", "ignition_set").stdout
    assert "What another ignition_set adds to a year" in told and "houses [houses]" in told
    shown = json.loads(program("show", "stakes.h5", "--json").stdout)
    with h5py.File(results) as file:
        told = shown["season"]["compared"]["ignition_set"][0]["assets"]["houses_year_difference"]
        assert told == file["paired_ignition_set/houses_year_difference"][0]


def test_they_are_exported(program, results):
    assert program("export", "stakes.h5", "--summary", "--runs", "--grid", "-o", "out").returncode == 0
    rows = list(csv.DictReader(open(program.folder / "out/summary.csv", encoding="utf-8")))
    first = {row["estimate"]: row for row in rows if (row["danger_level"], row["ignition_set"]) == ("severe", "west")}
    with h5py.File(results) as file:
        place = 1, 0
        assert float(first["houses_lost_mean"]["value"]) == file["houses_lost_mean"][place]
        assert float(first["houses_hit"]["lower"]) == file["houses_hit_ci"][place][0]
        compared = list(csv.DictReader(open(program.folder / "out/paired_ignition_set.csv", encoding="utf-8")))
        told = next(row for row in compared if row["danger_level"] == "severe" and row["estimate"] == "houses_lost_mean")
        assert float(told["value"]) == file["paired_ignition_set/houses_difference_mean"][1, 0]
        annual = file["season/annual_burn_probability"][:]
    assert "houses_lost" in (program.folder / "out/runs.csv").read_text().splitlines()[0].split(",")
    for number, start in enumerate(["west", "lightning"]):
        grid = np.loadtxt(program.folder / f"out/annual_burn_probability_ignition_set-{start}.asc", skiprows=6)
        assert np.array_equal(grid.astype(np.float32), annual[number])
