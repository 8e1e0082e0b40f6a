"""What `firesweep score` says of maps, against numpy and scipy on the numbers in the results file."""

import json
import shutil
import subprocess

import h5py
import matplotlib.image
import numpy as np
import pytest
import scipy.stats



HEIGHT, WIDTH = 30, 40
AT = (2, 0)  # catastrophic, centre
CHOICE = ("--scenario", "danger_level=catastrophic,ignition_set=centre")


@pytest.fixture
def results(program, small):
    assert program("run", small, "--quiet").returncode == 0
    return "small.h5"


@pytest.fixture
def observed():
    """A fire that burnt the middle but for a hole, with land of which nobody knows."""
    cells = np.zeros((HEIGHT, WIDTH), int)
    cells[5:26, 8:33] = 1
    cells[12:15, 15:22] = 0
    cells[:, 37:] = -9999
    return cells


def write_grid(program, name, cells):
    head = f"ncols {cells.shape[1]}\nnrows {cells.shape[0]}\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9999\n"
    return program.write(name, head + "".join(" ".join(map(str, row)) + "\n" for row in cells))


@pytest.fixture
def perimeter(program, observed):
    return write_grid(program, "perimeter.asc", observed)


def score(program, results, perimeter, *arguments):
    done = program("score", results, "--observed", perimeter, "--json", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def known(program, results, observed, at=AT):
    """Probabilities and whether they burnt, of the cells where both are known."""
    with h5py.File(program.folder / results) as file:
        probability = file["burn_probability"][at]
    return probability[observed >= 0], observed[observed >= 0]


def test_scores_are_those_of_numpy_and_scipy(program, results, perimeter, observed):
    [found] = score(program, results, perimeter, *CHOICE)["scenarios"]
    exact, o = known(program, results, observed)
    p = exact.astype(float)
    assert found["scenario"] == {"danger_level": "catastrophic", "ignition_set": "centre"}
    assert (found["cells"], found["burnt"]) == (len(o), o.sum())
    assert found["expected"] == pytest.approx(p.sum())
    assert found["brier"]["value"] == pytest.approx(np.mean((p - o) ** 2))
    assert found["brier_if_reliable"] == pytest.approx(np.mean(p * (1 - p)))
    assert found["brier_skill"]["value"] == pytest.approx(1 - np.mean((p - o) ** 2) / np.mean((p.mean() - o) ** 2))
    pairs = scipy.stats.mannwhitneyu(p[o == 1], p[o == 0]).statistic
    assert found["roc_area"]["value"] == pytest.approx(pairs / (o.sum() * (1 - o).sum()))
    assert found["area_ratio"]["value"] == pytest.approx(p.sum() / o.sum())
    parts = found["brier_parts"]
    assert parts["uncertainty"] == pytest.approx(o.mean() * (1 - o.mean()))
    assert found["brier"]["value"] == pytest.approx(
        parts["reliability"] - parts["resolution"] + parts["uncertainty"] + parts["within_bins"])


def test_areas_are_compared_at_thresholds_and_at_the_best(program, results, perimeter, observed):
    [found] = score(program, results, perimeter, *CHOICE)["scenarios"]
    p, o = known(program, results, observed)

    def dice(threshold):
        return 2 * np.sum((p >= threshold) & (o == 1)) / (np.sum(p >= threshold) + o.sum())

    assert [row["threshold"] for row in found["thresholds"]] == [k / 10 for k in range(1, 10)]
    for row in [*found["thresholds"], found["best"]]:
        threshold = np.float32(row["threshold"])
        assert row["hits"] == np.sum((p >= threshold) & (o == 1))
        assert row["false_alarms"] == np.sum((p >= threshold) & (o == 0))
        assert row["hits"] + row["misses"] == o.sum()
        assert row["false_alarms"] + row["correct_negatives"] == np.sum(o == 0)
        assert row["sorensen"]["value"] == pytest.approx(dice(threshold))
        assert row["jaccard"]["value"] == pytest.approx(dice(threshold) / (2 - dice(threshold)))
    assert found["best"]["sorensen"]["value"] == pytest.approx(max(dice(t) for t in np.unique(p) if t > 0))


def test_the_reliability_diagram_counts_each_cell_once(program, results, perimeter, observed):
    [found] = score(program, results, perimeter, *CHOICE)["scenarios"]
    p, o = known(program, results, observed)
    diagram = found["reliability_diagram"]
    assert (diagram[0]["cells"], diagram[0]["burnt"]) == (np.sum(p == 0), o[p == 0].sum())
    assert sum(row["cells"] for row in diagram) == len(o)
    for row in diagram[1:-1]:
        inside = (p > 0) & (p >= np.float32(row["lower"])) & (p < np.float32(row["upper"]))
        assert (row["cells"], row["burnt"]) == (inside.sum(), o[inside].sum())


def test_intervals_hold_their_scores_and_depend_on_the_blocks_alone(program, results, perimeter):
    one = score(program, results, perimeter, *CHOICE)
    assert one == score(program, results, perimeter, *CHOICE)
    assert one["block_side"] == 6
    [found] = one["scenarios"]
    assert found["blocks"] == 35
    for name in ("brier", "brier_skill", "roc_area", "area_ratio"):
        lower, upper = found[name]["interval"]
        assert lower < found[name]["value"] < upper
    [whole] = score(program, results, perimeter, *CHOICE, "--block", 40)["scenarios"]
    assert whole["brier"] == {"value": found["brier"]["value"], "interval": [None, None]}


def test_a_map_against_itself_is_perfect_where_its_fires_are_all_alike(program):
    """p = 1 on full vegetation: every run burns everything within its steps."""
    experiment = program.write("sure.yaml", """
        name: sure
        landscape: {width: 21, height: 21, vegetation_density: 1}
        model: {base_rate: 1000, max_probability: 1, max_probability_high_wind: 1}
        matrix: {danger_level: [high], ignition_set: {centre: [[10, 10]]}, seed: {first: 0, count: 3}}
        max_steps: 6
    """)
    program("run", experiment, "--quiet")
    cells = np.zeros((21, 21), int)
    cells[4:17, 4:17] = 1
    [found] = score(program, "sure.h5", write_grid(program, "square.asc", cells))["scenarios"]
    assert found["brier"]["value"] == 0
    assert [found[name]["value"] for name in ("brier_skill", "roc_area", "area_ratio")] == [1, 1, 1]
    assert found["best"]["jaccard"]["value"] == 1


def test_the_table_has_a_row_for_each_scenario_and_one_scenario_has_all(program, results, perimeter):
    every = program("score", results, "--observed", perimeter)
    assert every.returncode == 0
    assert sum(line.startswith(("low", "severe", "catastrophic")) for line in every.stdout.splitlines()) == 6
    one = program("score", results, "--observed", perimeter, *CHOICE)
    for word in ("Brier score", "skill", "ROC area", "Sorensen index", "reliability", "threshold", "35 blocks of about 6 x 6 cells"):
        assert word in one.stdout


def test_the_figure_shows_each_cell_in_the_colour_of_its_agreement(program, results, perimeter, observed):
    [found] = score(program, results, perimeter, *CHOICE, "--figure", "score.png")["scenarios"]
    picture = (255 * matplotlib.image.imread(program.folder / "score.png")[:, :, :3]).round().astype(int)
    side = 12  # pixels of a cell
    with h5py.File(program.folder / results) as file:
        said = file["burn_probability"][AT] >= np.float32(found["best"]["threshold"])
    hit, miss, false_alarm, neither, unknown = (
        (0x67, 0x16, 0x6E), (0x26, 0x86, 0xC8), (0xFB, 0xBE, 0x23), (0xF7, 0xF3, 0xEA), (0xA0, 0xA0, 0xA0))
    wanted = np.where((observed == 1)[..., None], np.where(said[..., None], hit, miss),
                      np.where(said[..., None], false_alarm, neither))
    wanted[observed < 0] = unknown
    left, top = 16 + 64 + 480 + 48, 32 + 48
    shown = picture[top + side // 2:top + HEIGHT * side:side, left + side // 2:left + WIDTH * side:side]
    np.testing.assert_array_equal(shown, wanted)


@pytest.mark.skipif(shutil.which("gdal_translate") is None, reason="no GDAL to make a GeoTIFF with")
def test_a_geotiff_is_as_good_as_a_grid_in_text(program, results, perimeter):
    subprocess.run(["gdal_translate", "-q", "-ot", "Int16", perimeter, "perimeter.tif"], cwd=program.folder, check=True)
    assert (score(program, results, "perimeter.tif", *CHOICE)["scenarios"]
            == score(program, results, perimeter, *CHOICE)["scenarios"])


@pytest.mark.parametrize("value, what", [(0, "no cell of the map burnt in it"), (1, "no cell of the map is left unburnt")])
def test_where_all_or_nothing_burnt_there_is_no_score(program, results, value, what):
    done = program("score", results, "--observed", write_grid(program, "all.asc", np.full((HEIGHT, WIDTH), value)))
    assert (done.returncode, done.stdout) == (2, "")
    assert "all.asc" in done.stderr and what in done.stderr


def test_a_perimeter_of_another_grid_is_refused(program, results):
    done = program("score", results, "--observed", write_grid(program, "other.asc", np.ones((HEIGHT, WIDTH + 1), int)))
    assert (done.returncode, done.stdout) == (2, "")
    assert "other.asc" in done.stderr


@pytest.mark.parametrize("arguments, what", [
    (("--figure", "score.jpg", *CHOICE), "ends in .png"),
    (("--figure", "score.png"), "choose one with --scenario"),
    (("--block", "0"), "--block"),
    (("--scenario", "danger_level=extrem"), "danger_level"),
])
def test_bad_options_are_told_before_anything_is_read(program, results, arguments, what):
    done = program("score", results, "--observed", "nothing.tif", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert what in done.stderr


def test_more_blocks_than_can_be_resampled_are_refused(program):
    experiment = program.write("wide.yaml", """
        name: wide
        landscape: {width: 200, height: 101}
        matrix: {danger_level: [low], seed: {count: 1}}
    """)
    program("run", experiment, "--quiet")
    done = program("score", "wide.h5", "--observed", "nothing.tif", "--block", "1")
    assert done.returncode == 2
    assert "--block 1: makes 20 200 blocks" in done.stderr.replace("\u2009", " ").replace("\u202f", " ")


def test_without_maps_there_is_nothing_to_score(program, small):
    program("run", small, "--quiet", "--set", "outputs.maps=false", "outputs.arrival=false")
    done = program("score", "small.h5", "--observed", "nothing.tif")
    assert done.returncode == 2
    assert "has no maps" in done.stderr
