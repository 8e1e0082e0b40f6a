"""What each command prints, and that it says what it means."""

import json
import pathlib
import re
import subprocess

import h5py
import jsonschema
import pytest
import yaml

EXPERIMENTS = sorted((pathlib.Path(__file__).parents[2] / "experiments").glob("*.yaml"))
COMMANDS = ["run", "plan", "validate", "levels", "weather", "show", "export", "score", "status", "verify", "merge", "diff", "schema"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(program, command):
    done = program(command, "--help")
    assert done.returncode == 0
    assert f"firesweep {command}" in done.stdout
    assert "Example" in done.stdout
    assert all(character.isprintable() or character == "\n" for character in done.stdout)


def test_help_lists_every_command(program):
    text = program("--help").stdout
    for command in COMMANDS:
        assert re.search(rf"^  {command}\b", text, re.M)


def test_version_says_what_was_built(program):
    text = program("--version").stdout
    for fact in ("version", "git_commit", "compiler"):
        assert fact in text


def test_run_writes_the_file_named_after_the_experiment_and_prints_a_table(program, small):
    done = program("run", small)
    assert done.returncode == 0
    assert program.files() == ["small.h5", "small.yaml"]
    rows = [line for line in done.stdout.splitlines() if line.startswith(("low ", "severe ", "catastrophic "))]
    assert len(rows) == 6
    assert "240 runs in" in done.stdout
    assert "100 %" in done.stderr


def test_quiet_prints_nothing(program, small):
    done = program("run", small, "--quiet", "-o", "x.h5")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert "x.h5" in program.files()


def test_show_repeats_the_table_of_the_run(program, small):
    table = program("run", small).stdout.split("\n\n240 runs")[0]
    assert "fires > 10 %" in table
    assert program("show", "small.h5").stdout.startswith(table.strip())


def test_show_says_how_many_runs_were_cut_off(program, small):
    table = program("run", small, "--set", "max_steps=3").stdout
    with h5py.File(program.folder / "small.h5") as file:
        cut_off = (file["burning_cells"][:] > 0).sum()
    assert cut_off > 0
    assert f"max_steps ended {cut_off} fires with cells still burning" in table


@pytest.mark.parametrize("arguments", [["levels"], ["schema"], ["--help"], ["--version"]])
def test_a_full_standard_output_is_an_error_of_its_own(program, arguments):
    with open("/dev/full", "w") as full:
        done = program.start(*arguments, stdout=full, stderr=subprocess.PIPE, text=True)
        assert "standard output cannot be written" in done.communicate(timeout=60)[1]
    assert done.returncode == 74


def test_exit_codes_are_in_the_readme_as_the_program_says_them(program):
    said = re.findall(r"^  (\d+) +(.*)$", program("--help").stdout.partition("Exit codes:")[2], re.M)
    assert len(said) == 11
    readme = (pathlib.Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \| (.*) \|$", readme.partition("## Exit codes")[2].partition("\n## ")[0], re.M) == said


def test_a_full_standard_error_costs_no_results(program, small):
    with open("/dev/full", "w") as full:
        assert program.start("run", small, stderr=full).wait(60) == 0
    assert program("show", "small.h5").returncode == 0


def test_plan_runs_nothing(program, small):
    done = program("plan", small, "--set", "matrix.seed.count=1000")
    assert done.returncode == 0
    assert re.search(r"^runs +6 000$", done.stdout, re.M)
    assert program.files() == ["small.yaml"]


def test_plan_says_what_to_ask_slurm_for(program, small):
    def asked(*options):
        done = program("plan", small, "--threads", 4, *options)
        assert done.returncode == 0
        return dict(re.findall(r"^#SBATCH --([a-z-]+)=(\S+)", done.stdout, re.M)), done.stdout

    assert asked() == ({}, asked()[1])
    one, text = asked("--ranks", 1)
    many, _ = asked("--ranks", 8)
    assert [*one] == ["ntasks", "cpus-per-task", "mem"]
    assert (one["ntasks"], many["ntasks"], many["cpus-per-task"]) == ("1", "8", "4")
    assert "on 4 threads" in text
    mebibytes = {name: float(number) for number, name in re.findall(r"([0-9.]+) MiB on (rank 0|any other)", text)}
    each = (int(many["mem"].rstrip("M")) - int(one["mem"].rstrip("M"))) / 7
    assert int(one["mem"].rstrip("M")) >= mebibytes["rank 0"]
    assert each >= 80  # a rank's program, and its threads


def test_validate_says_valid(program, small):
    done = program("validate", small)
    assert (done.returncode, done.stdout) == (0, "small.yaml: valid, 240 runs (6 scenarios x 40 seeds)\n")


def test_levels_lists_the_seven(program):
    text = program("levels").stdout
    for level in ("low", "moderate", "high", "very_high", "severe", "extreme", "catastrophic"):
        assert re.search(rf"^{level} ", text, re.M)
    assert "0.1798" in text  # p(1) of high


def test_levels_rates_a_weather(program):
    done = program("levels", "--wind-speed", 45, "--humidity", 18, "--temperature", 38)
    assert "as observed weather: rated extreme, dangerous" in done.stdout
    assert "as a danger level: fire spreads between levels very_high and severe" in done.stdout


@pytest.mark.parametrize(("weather", "level"), [
    ((65, 8, 48), "exactly level extreme"),
    ((15, 65, 25), "exactly level low"),
    ((0, 90, 5), "fire spreads slower than at level low"),
    ((120, 1, 50), "fire spreads faster than at level catastrophic"),
])
def test_levels_places_a_weather_among_the_levels(program, weather, level):
    wind, humidity, temperature = weather
    done = program("levels", "--wind-speed", wind, "--humidity", humidity, "--temperature", temperature)
    assert f"as a danger level: {level}\n" in done.stdout
    assert "These are two scales" in done.stdout


def test_levels_says_what_its_two_scales_are(program):
    text = program("levels").stdout
    rated = dict(re.findall(r"^(\w+) +\d.* (\w+)$", text, re.M))
    assert sum(level != rating for level, rating in rated.items()) == 4
    assert "September 2022" in text and "may be rated with another name" in text


WARNED = """
    name: warned
    landscape: {width: 9, height: 9}
    matrix:
      danger_level: [low]
      humidity: [0.15, 0.25]
      vegetation_density: [0.5, 0.9]
      ignition_set: {centre: [[4, 4]], NA: [[1, 1]]}
      seed: [1]
    """


@pytest.mark.parametrize("command", ["validate", "plan", "run"])
@pytest.mark.parametrize("ranks", [None, 2])
def test_what_is_valid_but_hardly_meant_is_warned_of_once_and_stops_nothing(program, command, ranks):
    program.write("warned.yaml", WARNED)
    done = program(command, "warned.yaml", ranks=ranks if command == "run" else None)
    assert done.returncode == 0
    warnings = [line for line in done.stderr.splitlines() if "warning" in line and "threads per rank" not in line]
    assert [line.split(": ", 2)[:2] for line in warnings] == [
        [f"warned.yaml:{place}", "warning"] for place in ("6:3", "7:3", "8:36")]
    for line, words in zip(warnings, ("did you mean 15 to 25?", "on_bare_ground is skip", "'NA' will be lost in tables")):
        assert words in line


@pytest.mark.parametrize("words", [
    ("--set", "landscape.width=50", "matrix.seed.count=3"),
    ("--set", "landscape.width=50", "--set", "matrix.seed.count=3"),
    ("--set=landscape.width=50", "matrix.seed.count=3"),
])
def test_set_takes_several_keys(program, small, words):
    expected = "small.yaml: valid, 18 runs (6 scenarios x 3 seeds)\n"
    assert program("validate", small, *words).stdout == expected
    assert program("validate", *words, small).stdout == expected


def test_show_takes_several_scenarios(program, small):
    assert program("run", small, "--quiet").returncode == 0
    choice = ("danger_level=low,ignition_set=centre", "danger_level=severe,ignition_set=centre")
    together = program("show", "small.h5", "--scenario", *choice)
    assert together.returncode == 0
    assert together.stdout == program("show", "small.h5", "--scenario", choice[0], "--scenario", choice[1]).stdout


def test_one_is_one(program):
    program.write("one.yaml", "matrix: {danger_level: [low], seed: [1]}\nlandscape: {width: 5, height: 5}\n")
    assert program("validate", "one.yaml").stdout == "one.yaml: valid, 1 run (1 scenario x 1 seed)\n"
    done = program("run", "one.yaml")
    assert "\n1 run in" in done.stdout and "1 fire" in done.stdout
    assert "1 of 1 run " in done.stderr
    assert "1 of 1 run done" in program("status", "one.h5").stdout


def test_schema_accepts_every_shipped_experiment_and_refuses_nonsense(program):
    text = program("schema").stdout
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert EXPERIMENTS
    for path in EXPERIMENTS:
        jsonschema.validate(yaml.safe_load(path.read_text()), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"matrix": {"danger_level": ["low"]}, "landscpe": {}}, schema)


def test_the_shipped_schema_is_that_of_the_program(program):
    assert (EXPERIMENTS[0].parent / "experiment.schema.json").read_text() == program("schema").stdout


def test_the_page_on_experiment_files_has_the_programs_table_of_keys(program):
    page = (EXPERIMENTS[0].parents[1] / "analysis/experiment-format.md").read_text()
    assert page.endswith(program("schema", "--table").stdout)


def test_the_example_of_the_page_on_experiment_files_is_valid(program):
    page = (EXPERIMENTS[0].parents[1] / "analysis/experiment-format.md").read_text()
    (program.folder / "example.yaml").write_text(page.split("```yaml\n")[1].split("```")[0])
    done = program("validate", "example.yaml")
    assert (done.returncode, done.stdout) == (0, "example.yaml: valid, 2 800 runs (14 scenarios x 200 seeds)\n"), done.stderr


@pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda path: path.stem)
def test_every_shipped_experiment_is_valid(program, path):
    assert program("validate", path).returncode == 0


def test_set_overrides_and_is_kept_in_the_provenance(program, small):
    assert program("run", small, "--quiet", "--set", "matrix.seed.count=3", "--set", "landscape.width=50").returncode == 0
    with h5py.File(program.folder / "small.h5") as file:
        assert file["burn_fraction"].shape == (3, 2, 3)
        assert file["burn_count"].shape == (3, 2, 30, 50)
        assert "landscape.width=50" in str(dict(file["provenance"].attrs))
