"""What `firesweep show` prints of a results file, against the numbers in it."""

import csv
import io
import math
import re

import h5py
import numpy as np
import pytest

from shown import UNICODE, as_json, close, on_a_terminal, row_of, show

LARGE = """
    name: large
    landscape: {width: 60, height: 50}
    matrix:
      danger_level: [low, extreme, catastrophic]
      ignition_set:
        centre: [[30, 25]]
        lightning: {random: 3}
      wind_speed: [30, 70]
      seed: {first: 1, count: 60}
    exclude:
      - {danger_level: low, wind_speed: 70}
    outputs: {arrival: false, cell_counts: true}
"""


@pytest.fixture
def large(program):
    program.write("large.yaml", LARGE)
    assert program("run", "large.yaml", "--quiet").returncode == 0
    return "large.h5"


def test_a_row_gives_mean_and_chance_of_a_large_fire(program, large):
    with h5py.File(program.folder / large) as file:
        fires = file["burn_fraction"][2, 0, 1]
        mean_low, mean_high = file["burn_fraction_mean_ci"][2, 0, 1]
        low, high = file["exceedance_ci"][2, 0, 1, 1]
    row = row_of(show(program, large), "catastrophic", "centre", "70")
    assert f"{100 * fires.mean():.1f} ± {50 * (mean_high - mean_low):.1f}" in row
    assert row.endswith(f"{100 * (fires > 0.1).mean():.1f} ({100 * low:.1f}–{100 * high:.1f})")


def test_excluded_scenarios_have_no_row(program, large):
    rows = [line.split()[:3] for line in show(program, large).splitlines()]
    assert ["low", "centre", "30"] in rows
    assert ["low", "centre", "70"] not in rows


def test_the_histogram_is_that_of_the_runs(program, large):
    found = as_json(program, large)
    with h5py.File(program.folder / large) as file:
        fires = file["burn_fraction"][1, 1, 0]
    scenario = next(s for s in found["scenarios"]
                    if s["scenario"] == {"danger_level": "extreme", "ignition_set": "lightning", "wind_speed": "30"})
    expected, _ = np.histogram(fires, bins=10, range=(0, 1))
    assert scenario["histogram"] == {"from": 0, "to": 1, "counts": expected.tolist()}
    bars = row_of(show(program, large), "extreme", "lightning", "30").split()[3]
    assert len(bars) == 10
    assert [bar == "·" for bar in bars] == (expected == 0).tolist()
    assert bars[int(expected.argmax())] == "█"


def check_scenario(found, file, at):
    assert close(found["mean"]["value"], file["burn_fraction_mean"][at])
    for name, dataset in {"interval": "mean_ci", "bootstrap_interval": "mean_bootstrap_ci", "bounds": "mean_bounds"}.items():
        assert all(map(close, found["mean"][name], file[f"burn_fraction_{dataset}"][at])), name
    assert close(found["standard_deviation"], file["burn_fraction_sd"][at])
    for i, quantile in enumerate(found["quantiles"]):
        assert quantile["quantile"] == file["quantile"][i]
        assert close(quantile["value"], file["burn_fraction_quantile"][at][i])
        assert all(map(close, quantile["interval"], file["burn_fraction_quantile_ci"][at][i]))
        assert close(quantile["cvar"], file["burn_fraction_cvar"][at][i])
    for i, point in enumerate(found["exceedance"]):
        assert point["threshold"] == file["threshold"][i]
        assert close(point["value"], file["exceedance"][at][i])
        assert all(map(close, point["interval"], file["exceedance_ci"][at][i]))
        assert all(map(close, point["band"], file["exceedance_band"][at][i]))
        assert all(map(close, point["bounds"], file["exceedance_bounds"][at][i]))
        assert close(point["size_mean"], file["exceedance_size_mean"][at][i])
        assert all(map(close, point["size_interval"], file["exceedance_size_ci"][at][i]))
        assert all(map(close, point["size_bounds"], file["exceedance_size_bounds"][at][i]))
    border = file["escape_border"][at]
    assert (found["escape"] is None) == math.isnan(border)
    if found["escape"]:
        assert found["escape"]["border"] == border
        assert close(found["escape"]["probability"], file["escape_probability"][at])
        assert all(map(close, found["escape"]["probability_bounds"], file["escape_probability_bounds"][at]))
        assert close(found["escape"]["size_mean"], file["escape_size_mean"][at])
        assert all(map(close, found["escape"]["size_bounds"], file["escape_size_bounds"][at]))
        assert close(found["escape"]["contained_size_mean"], file["contained_size_mean"][at])


def test_json_has_every_estimate_of_the_file(program, large):
    found = as_json(program, large)
    assert found["name"] == "large"
    assert len(found["scenarios"]) == 10
    with h5py.File(program.folder / large) as file:
        axes = {name: file[name].asstr()[:] if file[name].dtype == object else [f"{v:g}" for v in file[name]]
                for name in found["axes"]}
        for scenario in found["scenarios"]:
            at = tuple(list(axes[name]).index(value) for name, value in scenario["scenario"].items())
            check_scenario(scenario, file, at)
    assert any(scenario["escape"] for scenario in found["scenarios"])


def test_json_has_the_paired_differences_of_the_file(program, large):
    found = as_json(program, large)["paired"]
    with h5py.File(program.folder / large) as file:
        paired = file["paired"]
        pairs = list(zip(paired["first_danger_level"].asstr(), paired["second_danger_level"].asstr()))
        sets = list(file["ignition_set"].asstr())
        for one in found:
            at = (sets.index(one["scenario"]["ignition_set"]), [30, 70].index(int(one["scenario"]["wind_speed"])),
                  pairs.index((one["first_danger_level"], one["second_danger_level"])))
            assert one["seeds"] == paired["difference_seeds"][at]
            assert close(one["mean"], paired["difference_mean"][at])
            assert all(map(close, one["interval"], paired["difference_ci"][at]))
            assert close(one["variance_reduction"], paired["variance_reduction"][at])
            for i, point in enumerate(one["exceedance"]):
                assert close(point["value"], paired["exceedance_difference"][at][i])
    assert len(found) == 2 * (3 + 1)  # with a wind of 70, low is excluded


def test_json_has_the_sensitivities_of_the_file(program, large):
    found = as_json(program, large)["sensitivity"]
    with h5py.File(program.folder / large) as file:
        group = file["sensitivity"]
        assert [axis["axis"] for axis in found["axes"]] == list(group["axis"].asstr())
        for i, axis in enumerate(found["axes"]):
            assert close(axis["mean"]["effect"], group["mean_effect"][i])
            assert all(map(close, axis["mean"]["share_interval"], group["mean_share_ci"][i]))
            assert axis["mean"]["highest_at"] == group["mean_highest_at"].asstr()[i]
            assert [p["effect"] for p in axis["exceedance"]] == pytest.approx(group["exceedance_effect"][i].tolist())


def test_a_threshold_that_the_file_has_not_got_is_counted_from_the_runs(program, large):
    point = next(p for p in as_json(program, large, "--threshold", "0.37")["scenarios"][7]["exceedance"] if p["threshold"] == 0.37)
    scenario = as_json(program, large)["scenarios"][7]["scenario"]
    with h5py.File(program.folder / large) as file:
        at = (list(file["danger_level"].asstr()).index(scenario["danger_level"]),
              list(file["ignition_set"].asstr()).index(scenario["ignition_set"]),
              [30, 70].index(int(scenario["wind_speed"])))
        assert point["value"] == (file["burn_fraction"][at] > 0.37).mean()
    assert "fires > 37 %" in show(program, large, "--threshold", "0.37")


@pytest.mark.parametrize("metric", ["steps", "peak_burning_cells", "ignitions_failed", "burn_fraction_vegetated"])
def test_another_metric_is_summarised_from_the_runs(program, large, metric):
    found = as_json(program, large, "--metric", metric, "--threshold", "0.5")["scenarios"][0]
    with h5py.File(program.folder / large) as file:
        ok = file["status"][0, 0, 0] == 1
        values = file[metric][0, 0, 0][ok].astype(float)
    assert found["mean"]["value"] == pytest.approx(values.mean(), rel=1e-12)
    assert found["standard_deviation"] == pytest.approx(values.std(ddof=1), rel=1e-12)
    for quantile in found["quantiles"]:
        assert quantile["value"] == pytest.approx(np.quantile(values, quantile["quantile"]), rel=1e-12)
    assert found["exceedance"][-1]["value"] == pytest.approx((values > 0.5).mean(), rel=1e-12)
    text = show(program, large, "--metric", metric)
    assert text.startswith("large: ")
    assert "Bimodal" not in text or metric == "burn_fraction_vegetated"


def test_scenarios_are_chosen_by_their_values(program, large):
    found = as_json(program, large, "--scenario", "danger_level=extreme, wind_speed=30.0", "--scenario", "danger_level=low")
    assert [list(s["scenario"].values()) for s in found["scenarios"]] == [
        ["low", "centre", "30"], ["low", "lightning", "30"], ["extreme", "centre", "30"], ["extreme", "lightning", "30"]]
    text = show(program, large, "--scenario", "ignition_set=centre,wind_speed=30")
    assert "all with ignition_set centre, wind_speed 30" in text


@pytest.mark.parametrize("arguments, message", [
    (["--scenario", "danger_level=extrem"], "did you mean 'extreme'?"),
    (["--scenario", "dangerlevel=extreme"], "did you mean 'danger_level'?"),
    (["--scenario", "wind_speed=31"], "it has 30, 70"),
    (["--scenario", "extreme"], "AXIS=VALUE"),
    (["--scenario", "danger_level=low,wind_speed=70"], "excludes"),
    (["--metric", "step"], "did you mean 'steps'?"),
    (["--threshold", "1"], "must lie in [0, 1)"),
    (["--threshold", "-1", "--metric", "steps"], "less than 0"),
    (["--color", "red"], "red"),
    (["--json", "--csv"], "choose one"),
])
def test_bad_choices_are_refused_with_what_there_is(program, large, arguments, message):
    done = program("show", large, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_csv_is_tidy(program, large):
    rows = list(csv.DictReader(io.StringIO(show(program, large, "--csv"))))
    assert list(rows[0])[:3] == ["danger_level", "ignition_set", "wind_speed"]
    (mean,) = [row for row in rows if (row["danger_level"], row["ignition_set"], row["wind_speed"], row["estimate"], row["method"])
               == ("catastrophic", "centre", "70", "mean", "t")]
    with h5py.File(program.folder / large) as file:
        assert float(mean["value"]) == file["burn_fraction_mean"][2, 0, 1]
        assert [float(mean["lower"]), float(mean["upper"])] == file["burn_fraction_mean_ci"][2, 0, 1].tolist()


def test_runs_that_failed_or_are_missing_are_counted_with_bounds(program):
    program.write("large.yaml", LARGE)
    assert program("run", "large.yaml", "--quiet", environment={"FIRESWEEP_FAIL_SEEDS": "7,11"}).returncode == 4
    text = show(program, "large.h5")
    assert "20 runs failed" in text
    with h5py.File(program.folder / "large.h5") as file:
        lower, upper = 100 * file["burn_fraction_mean_bounds"][1, 0, 1]
    row = text[text.index("What estimates would lie between"):]
    assert re.search(rf"^extreme +centre +70 +2 +0 +{lower:.3g}\d*–{upper:.3g}", row, re.M)
    program("run", "large.yaml", "--quiet", "--shard", "1/2")
    assert re.search(r"^300 runs are missing\.$", show(program, "large.shard-1-of-2.h5"), re.M)


def test_a_file_without_runs_is_shown(program):
    program.write("none.yaml", LARGE.replace("name: large", "name: none"))
    program("run", "none.yaml", "--quiet", environment={"FIRESWEEP_FAIL_SEEDS": ",".join(map(str, range(1, 61)))})
    assert "600 runs failed" in show(program, "none.h5")
    found = as_json(program, "none.h5")
    assert found["scenarios"][0]["mean"]["value"] is None


def test_neighbouring_danger_levels_are_compared_when_asked(program, large):
    assert "seed by seed" not in show(program, large)
    text = show(program, large, "--paired")
    with h5py.File(program.folder / large) as file:
        paired = file["paired"]
        pair = list(paired["pair"].asstr()).index("catastrophic - extreme")
        gain = paired["variance_reduction"][0, 1, pair]
    row = next(line for line in text.splitlines() if "extreme → catastrophic" in line and "centre" in line and " 70 " in line)
    assert re.search(rf"× {gain:.3g}", row)


def test_what_each_axis_does_is_shown_most_first(program, large):
    text = show(program, large)
    text = text[text.index("What each axis does"):]
    with h5py.File(program.folder / large) as file:
        group = file["sensitivity"]
        effects = dict(zip(group["axis"].asstr(), group["mean_effect"][:]))
    rows = [line.split()[0] for line in text.splitlines() if "│" in line]
    assert rows == sorted(effects, key=effects.get, reverse=True)


def test_lines_fit_a_hundred_columns(program, large):
    assert max(map(len, show(program, large, "--paired").splitlines())) <= 100


def test_without_a_unicode_locale_all_is_ascii(program, large):
    assert show(program, large, "--paired", environment={"LC_ALL": "C"}).isascii()


def test_colours_are_for_terminals(program, large):
    assert "\x1b[" not in show(program, large)
    assert "\x1b[" in show(program, large, "--color", "always")
    assert "\x1b[" in on_a_terminal(program, large)
    assert "\x1b[" not in on_a_terminal(program, large, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(program, large, TERM="dumb")
    assert "\x1b[" not in on_a_terminal(program, large, "--color", "never")


def test_colours_change_no_text(program, large):
    coloured = show(program, large, "--color", "always")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == show(program, large, "--color", "never")


def test_a_file_that_another_program_has_changed_is_shown_with_a_warning(program, large):
    with h5py.File(program.folder / large, "r+") as file:
        file.attrs["comment"] = "mine"
    for command in (["show"], ["status"], ["export", "--summary", "-o", "out"]):
        done = program(command[0], large, *command[1:], environment=UNICODE)
        assert done.returncode == 0 and done.stdout
        assert "was changed after firesweep wrote it" in done.stderr and "verify" in done.stderr


@pytest.mark.parametrize("name, why", [("", "the name of the results file is empty"), ("nowhere.h5", "there is no such file"),
                                       ("loop.h5", "cannot be opened"), (".", "is a directory")])
def test_a_name_of_no_file_is_refused(program, name, why):
    (program.folder / "loop.h5").symlink_to("loop.h5")
    done = program("show", name)
    assert done.returncode in (2, 5) and done.stdout == ""
    assert why in done.stderr and len(done.stderr.splitlines()) == 1


def test_paired_differences_are_between_the_levels_that_are_shown(program, large):
    levels = [f"--scenario=danger_level={level},wind_speed=30" for level in ("low", "catastrophic")]
    text = show(program, large, "--paired", *levels)
    assert "low → catastrophic" in text and "extreme" not in text.split("What the next danger level adds")[1]


def test_paired_differences_are_no_part_of_the_csv(program, large):
    done = program("show", large, "--csv", "--paired")
    assert done.returncode == 2 and done.stdout == ""
    assert "export --summary" in done.stderr


def test_a_scenario_is_chosen_by_the_very_name_of_its_ignition_set(program):
    program.write("named.yaml", """
        name: named
        landscape: {width: 12, height: 12}
        matrix: {danger_level: [low], ignition_set: {"1": [[6, 6]], "01": [[2, 2]], "a, b": [[3, 3]]}, seed: {first: 1, count: 2}}
        """)
    assert program("run", "named.yaml", "--quiet").returncode == 0
    for name in ("1", "01", "a, b"):
        chosen = as_json(program, "named.h5", "--scenario", f"ignition_set={name},danger_level=low")["scenarios"]
        assert [one["scenario"]["ignition_set"] for one in chosen] == [name]
    assert program("show", "named.h5", "--scenario", "ignition_set=1.0").returncode == 2


def test_the_bar_of_an_axis_lies_where_its_means_are(program):
    program.write("uneven.yaml", """
        name: uneven
        landscape: {width: 40, height: 30}
        matrix: {danger_level: [low, extreme], wind_speed: [30, 60], ignition_set: {c: [[20, 15]]}, seed: {first: 1, count: 12}}
        exclude: [{danger_level: low, wind_speed: 60}]
        """)
    assert program("run", "uneven.yaml", "--quiet").returncode == 0
    text = show(program, "uneven.h5")  # danger levels compare at the lower wind, both below the overall mean
    lowest, bar, highest = re.search(r"^danger_level +low +([\d.]+)  (.*)  +([\d.]+)  extreme", text, re.MULTILINE).groups()
    assert float(highest) < float(re.search(r"mean, which is ([\d.]+) % overall", text)[1])
    left, right = bar.split("│")
    assert re.fullmatch(r" *▐?█+ +", left) and not right.strip()


def test_columns_without_room_are_named(program, large):
    check_left_out(show(program, large), 100)
    check_left_out(on_a_terminal(program, large, "--color", "never", columns=80).replace("\r", ""), 80)


def check_left_out(text, width):
    assert max(map(len, text.split("\nIntervals")[0].splitlines())) <= width
    headings = next(line for line in text.splitlines() if line.startswith("danger_level"))
    left_out = re.search(r"^No room for: (.*)\. --csv", text, re.M)[1].split(", ")
    for column in ("worst 5 %", "median", "95 %", "0 .. 100"):
        assert (column in left_out) != (column in headings)
    assert len(left_out) >= (1 if width == 100 else 3) and "worst 5 %" in left_out


def test_a_name_with_commas_equals_and_quotes_is_chosen_in_quotes(program):
    program.write("odd.yaml", """
        name: odd
        landscape: {width: 12, height: 12}
        matrix:
          danger_level: [low]
          ignition_set: {'a,b=c': [[6, 6]], '5" rock, top': [[2, 2]], ' edge,': [[3, 3]]}
          seed: {first: 1, count: 2}
        """)
    assert program("run", "odd.yaml", "--quiet").returncode == 0
    for given, name in (('"a,b=c"', "a,b=c"), ('"5"" rock, top"', '5" rock, top'), ('5" rock, top', '5" rock, top'), ('" edge,"', " edge,")):
        chosen = as_json(program, "odd.h5", "--scenario", f"ignition_set={given},danger_level=low")["scenarios"]
        assert [one["scenario"]["ignition_set"] for one in chosen] == [name]
