"""What `firesweep show` prints of a results file, against the numbers in it."""

import csv
import fcntl
import io
import json
import math
import os
import pty
import re
import struct
import termios

import h5py
import numpy as np
import pytest

UNICODE = {"LC_ALL": "C.UTF-8", "NO_COLOR": ""}
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


def show(program, *arguments, **more):
    done = program("show", *arguments, **{"environment": UNICODE, **more})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def as_json(program, *arguments):
    return json.loads(show(program, *arguments, "--json"))


def number(value):
    """What JSON makes of it: NaN and infinities are null."""
    return None if not math.isfinite(value) else value


def close(found, expected):
    return found == number(expected) if found is None or not math.isfinite(expected) else found == pytest.approx(expected, rel=1e-12)


def row_of(text, *labels):
    return next(line for line in text.splitlines() if line.split()[:len(labels)] == list(labels))


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


def on_a_terminal(program, *arguments, columns=0, **environment):
    """What the command prints when standard output is a terminal, of so many columns if it knows."""
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 25, columns, 0, 0))
    process = program.start("show", *arguments, stdout=terminal, env={**os.environ, **UNICODE, "TERM": "xterm", **environment})
    os.close(terminal)
    text = b""
    try:
        while piece := os.read(main, 65536):
            text += piece
    except OSError:  # how Linux says that nobody has the terminal open any more
        pass
    os.close(main)
    assert process.wait(60) == 0
    return text.decode()


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


def test_one_of_a_kind_is_no_plural(program, starts):
    text = show(program, starts, "--scenario", "danger_level=extreme")
    assert not re.search(r"\b1 (fires|scenarios|seeds|runs)\b", text)


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


UNEVEN = """
    name: uneven
    landscape: {width: 40, height: 40}
    matrix:
      danger_level: [high, severe, extreme, catastrophic]
      wind_speed: {from: 10, to: 90, count: 5}
      seed: {first: 1, count: 40}
    on_bare_ground: force
    exclude: [{danger_level: high, wind_speed: 10}]
"""


def test_shares_of_the_variance_are_over_the_scenarios_of_the_variance(program):
    program.write("uneven.yaml", UNEVEN)
    assert program("run", "uneven.yaml", "--quiet").returncode == 0
    found = as_json(program, "uneven.h5")["sensitivity"]
    assert (found["scenarios"], found["scenarios_in_matrix"]) == (19, 20)
    assert {axis["axis"]: axis["scenarios"] for axis in found["axes"]} == {"danger_level": 16, "wind_speed": 15}
    assert sum(axis["mean"]["share"] for axis in found["axes"]) + found["chance_of_mean"] <= 1 + 1e-12
    with h5py.File(program.folder / "uneven.h5") as file:
        fires = file["burn_fraction"][:]
        assert file["sensitivity"].attrs["scenarios_in_matrix"] == 20
        assert file["sensitivity/effect_scenarios"][:].tolist() == [16, 15]
    fires = fires.reshape(4, 5, 40)
    used = ~np.isnan(fires).all(axis=2)
    flat, wind = fires[used], np.nonzero(used)[1]
    plain = sum((wind == w).mean() * (flat[wind == w].mean() - flat.mean()) ** 2 for w in range(5)) / flat.var()
    assert found["axes"][1]["mean"]["share"] == pytest.approx(plain, rel=0.02)  # less what noise adds
    text = show(program, "uneven.h5")
    assert "over 19 of 20 scenarios of 40 seeds" in text
    assert "danger_level in 16, wind_speed in 15" in text
    together = float(re.search(r"^axes together +([\d.]+)$", text, re.M)[1])
    assert together > 1


def test_an_axis_without_effect_has_no_share_at_all(program):
    program.write("idle.yaml", """
        name: idle
        landscape: {width: 40, height: 40}
        matrix: {danger_level: [severe, extreme, catastrophic], temperature: [20, 30, 40], seed: {first: 1, count: 30}}
        model: {base_rate: 100}
        """)  # beyond the cap at any temperature
    assert program("run", "idle.yaml", "--quiet").returncode == 0
    axis = as_json(program, "idle.h5")["sensitivity"]["axes"][1]
    assert axis["mean"]["share"] == 0 and axis["mean"]["share_interval"] == [0, 0]


def test_shares_that_an_older_firesweep_took_over_other_scenarios_are_not_shown(program):
    program.write("uneven.yaml", UNEVEN)
    assert program("run", "uneven.yaml", "--quiet").returncode == 0
    with h5py.File(program.folder / "uneven.h5", "r+") as file:
        del file["sensitivity/effect_scenarios"]
    done = program("show", "uneven.h5", "--json", environment=UNICODE)
    found = json.loads(done.stdout)["sensitivity"]
    assert [axis["mean"]["share"] for axis in found["axes"]] == [None, None]
    assert found["axes"][0]["mean"]["effect"] > 0 and found["chance_of_mean"] > 0
    assert re.search(r"^axes together +-$", program("show", "uneven.h5", environment=UNICODE).stdout, re.M)
