"""Samples of a design as an axis of the matrix: how they are drawn, what a file holds of them, and how it is extended."""

import json

import h5py
import numpy as np
import pytest
from scipy import stats

DESIGN = """
    name: design
    landscape: {{width: 40, height: 30}}
    design:
      method: {method}
      samples: {samples}
      {more}
      parameters:
        wind_speed: [20, 90]
        humidity: {{normal: {{mean: 20, sd: 6}}, within: [3, 60]}}
        temperature: {{triangular: [25, 35, 48]}}
        vegetation_density: {{lognormal: {{median: 0.8, sigma: 0.1}}, within: [0.2, 1]}}
    matrix:
      ignition_set: {{centre: [[20, 15]], lightning: {{random: 2}}}}
      seed: {{first: 1, count: 20}}
    outputs: {{maps: false, curves: false}}
"""
PARAMETERS = ["wind_speed", "humidity", "temperature", "vegetation_density"]
CASES = """\
humidity [%],wind_speed (km/h)
10,40
20.5,60
"""


def design(method, samples, more=""):
    return DESIGN.format(method=method, samples=samples, more=more)


def run(program, text, *arguments, output="design.h5", **options):
    done = program("run", program.write("design.yaml", text), "-o", output, "--quiet", *arguments, **options)
    assert done.returncode == 0, done.stderr
    return program.folder / output


def columns(path):
    with h5py.File(path) as file:
        return np.column_stack([file[name][:] for name in PARAMETERS])


def content(path):
    with h5py.File(path) as file:
        return file.attrs["content_sha256"]


def test_samples_are_of_their_distributions(program):
    values = columns(run(program, design("latin_hypercube", 500)))
    assert values.shape == (500, 4)
    low, high = stats.norm.cdf([3, 60], 20, 6)
    quantiles = [(values[:, 0] - 20) / 70,
                 (stats.norm.cdf(values[:, 1], 20, 6) - low) / (high - low),
                 stats.triang.cdf(values[:, 2], 10 / 23, 25, 23),
                 (stats.lognorm.cdf(values[:, 3], 0.1, scale=0.8) - stats.lognorm.cdf(0.2, 0.1, scale=0.8)) /
                 np.diff(stats.lognorm.cdf([0.2, 1], 0.1, scale=0.8))]
    for of_one in quantiles:  # one in each stratum
        assert sorted((of_one * 500 * (1 - 1e-12)).astype(int)) == list(range(500))


@pytest.mark.parametrize("method", ["sobol", "morris", "random"])
def test_more_samples_extend_a_file(program, method):
    path = run(program, design(method, 4))
    run(program, design(method, 8))
    whole = run(program, design(method, 8), output="whole.h5", ranks=2)
    assert content(path) == content(whole)


@pytest.mark.parametrize("change", [("latin_hypercube", 16, ""), ("random", 8, "seed: 2")])
def test_other_samples_are_another_experiment(program, change):
    path = run(program, design("latin_hypercube" if change[0] != "random" else "random", 8))
    before = path.read_bytes()
    done = program("run", program.write("other.yaml", design(*change)), "-o", "design.h5")
    assert done.returncode == 5
    assert "holds the results of another experiment" in done.stderr and "design: {method:" in done.stderr
    assert path.read_bytes() == before


def test_each_sample_burns_as_the_same_numbers_in_matrix_would(program):
    path = run(program, design("random", 3))
    values = columns(path)
    above, below = design("random", 3).split("    matrix:\n")
    axes = "".join(f"      {name}: [{value!r}]\n" for name, value in zip(PARAMETERS, map(float, values[2])))
    alone = run(program, above.split("    design:\n")[0] + "    matrix:\n" + axes + below, output="alone.h5")
    with h5py.File(path) as many, h5py.File(alone) as one:
        assert many["burn_fraction"].shape == (2, 3, 20)
        np.testing.assert_array_equal(many["burn_fraction"][:, 2], one["burn_fraction"][0, 0, 0, 0])


def test_cases_of_a_file(program):
    program.write("days.csv", CASES)
    text = design("random", 2).split("    design:")[0] + """
    design: {file: days.csv}
    weather: {temperature: 30}
    matrix: {seed: {count: 10}}
"""
    path = run(program, text)
    with h5py.File(path) as file:
        assert list(file["humidity"]) == [10, 20.5] and list(file["wind_speed"]) == [40, 60]
        assert file.attrs["axes"] == "ignition_set sample"
    written = text.replace("{file: days.csv}", "{cases: {humidity: [10, 20.5], wind_speed: [40, 60]}}")
    before = content(path)
    assert content(run(program, written)) == before  # nothing was to be done
    program.write("days.csv", CASES + "30,20\n")  # a further day
    run(program, text)
    with h5py.File(path) as file:
        assert file.attrs["runs_total"] == 30
    assert program("verify", "design.h5", "--sample", "9").returncode == 0


PROBLEMS = {
    "method": ("{method: sobl, samples: 8, parameters: {wind_speed: [20, 90]}}", "did you mean 'sobol'"),
    "missing": ("{method: random, parameters: {wind_speed: [20, 90]}}", "design.samples is missing"),
    "one sample": ("{method: random, samples: 1, parameters: {wind_speed: [20, 90]}}", "from 2 to"),
    "no parameter": ("{method: random, samples: 8, parameters: {wind_sped: [20, 90]}}", "did you mean 'wind_speed'"),
    "nothing": ("{method: random, samples: 8, parameters: {}}", "must be a map of parameters"),
    "limits": ("{method: random, samples: 8, parameters: {humidity: [20, 190]}}", "from 0 to 100"),
    "order": ("{method: random, samples: 8, parameters: {humidity: [20, 10]}}", "must increase"),
    "kind": ("{method: random, samples: 8, parameters: {humidity: {norml: {mean: 20, sd: 6}}}}", "did you mean 'normal'"),
    "two kinds": ("{method: random, samples: 8, parameters: {humidity: {normal: {mean: 20, sd: 6}, uniform: [1, 2]}}}",
                  "must name one of"),
    "sd": ("{method: random, samples: 8, parameters: {humidity: {normal: {mean: 20, sd: 0}}}}", "must be above 0"),
    "no end": ("{method: morris, samples: 8, parameters: {humidity: {normal: {mean: 20, sd: 6}}}}", "give it within"),
    "beyond": ("{method: random, samples: 80, parameters: {humidity: {normal: {mean: 2, sd: 6}}}}",
               "must be a number from 0 to 100"),
    "nothing within": ("{method: random, samples: 8, parameters: {humidity: {normal: {mean: 20, sd: 1}, within: [90, 99]}}}",
                       "holds nothing"),
    "second order": ("{method: morris, samples: 8, second_order: true, parameters: {wind_speed: [20, 90]}}", "sobol alone"),
    "too many": ("{method: sobol, samples: 9000000, parameters: {wind_speed: [20, 90]}}", "more than 10000000 scenarios"),
    "both": ("{file: days.csv, samples: 8}", "no meaning beside"),
    "lengths": ("{cases: {wind_speed: [20, 30], humidity: [5]}}", "give as many of each"),
    "no file": ("{file: no.csv}", "no.csv"),
    "unit": ("{file: knots.csv}", "knots.csv:1"),
    "cell": ("{file: word.csv}", "word.csv:3"),
    "column": ("{file: column.csv}", "did you mean 'humidity'"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_bad_designs(program, name):
    said, expected = PROBLEMS[name]
    program.write("days.csv", CASES)
    program.write("knots.csv", "wind_speed [knots]\n20\n")
    program.write("word.csv", "wind_speed\n20\nmuch\n")
    program.write("column.csv", "wind_speed,humidty\n20,5\n")
    done = program("run", program.write("bad.yaml", f"""
    design: {said}
    weather: {{temperature: 30}}
    matrix: {{danger_level: [severe], seed: {{count: 2}}}}
    """))
    assert done.returncode == 2
    assert expected in done.stderr
    assert not list(program.folder.glob("*.h5"))


def test_a_number_is_set_once(program):
    for section in ("weather", "matrix"):
        value = "40" if section == "weather" else "[40]"
        text = design("random", 4).replace("    matrix:\n", f"    weather: {{wind_speed: 40}}\n    matrix:\n"
                                           if section == "weather" else f"    matrix:\n      wind_speed: {value}\n")
        done = program("validate", program.write("twice.yaml", text))
        assert done.returncode == 2 and "by design" in done.stderr, done.stderr


def test_a_sobol_design_wants_powers_of_two(program):
    done = program("validate", program.write("odd.yaml", design("sobol", 12)))
    assert done.returncode == 0 and "no power of two" in done.stderr and "8 or 16" in done.stderr


def test_plan_says_what_is_sampled(program):
    said = program("plan", program.write("design.yaml", design("sobol", 8))).stdout
    assert "sobol, 8 rows of 6: wind_speed 2" in said
    assert "sample" in said and "outputs.compare" not in said


@pytest.mark.parametrize("method, said", [("sobol", "in all"), ("morris", "mu*"), ("latin_hypercube", "of ranks")])
def test_show_and_report_tell_what_parameters_do(program, method, said):
    path = run(program, design(method, 16).replace("outputs: {", "assets: {town: {box: [25, 10, 30, 15]}}\n    outputs: {"))
    shown = program("show", path.name).stdout
    assert said in shown and "mean town_lost" in shown and "chance makes" in shown and "vegetation_density" in shown
    assert "sample=0 shows one" in shown and len(shown.splitlines()) < 80
    one = program("show", path.name, "--scenario", "sample=3,ignition_set=centre").stdout
    assert "sample 3" in one and "chance makes" not in one
    found = json.loads(program("show", path.name, "--json").stdout)["design"]
    assert found["method"] == method and len(found["effects"]) == 2 * 5  # ignition sets, quantities
    assert list(found["effects"][0]["parameters"]) == PARAMETERS
    assert found["effects"][5]["at"] == {"ignition_set": "lightning"}
    assert program("report", path.name).returncode == 0
    page = (program.folder / "design.html").read_text(encoding="utf-8")
    assert "What matters?" in page and page.count("<figure>") == 2 * 4
    assert program("export", path.name).returncode == 0


def test_rows_with_failed_runs_are_left_out_and_counted(program):
    done = program("run", program.write("design.yaml", design("morris", 6)), "-o", "design.h5", "--quiet",
                   environment={"FIRESWEEP_FAIL_SEEDS": "3"})
    assert done.returncode == 4, done.stderr
    with h5py.File(program.folder / "design.h5") as file:
        assert (file["sensitivity/rows_dropped"][:] == 6).all() and np.isnan(file["sensitivity/mu"][:]).all()
    assert "6 rows of 6 left out" in program("show", "design.h5").stdout
