"""Bad input gets a clear message and exit code 2; nothing is written and nothing that was there is lost."""

import os
import subprocess

import pytest

GOOD = {
    "landscape": "{width: 20, height: 10}",
    "matrix": "{danger_level: [low], ignition_set: {centre: [[10, 5]]}, seed: [1, 2]}",
}


def experiment(**sections):
    return "\n".join(f"{key}: {value}" for key, value in {**GOOD, **sections}.items()) + "\n"


PROBLEMS = {
    "unknown key": (experiment(max_step=3), ["3:1", "unknown key 'max_step'", "did you mean 'max_steps'"]),
    "duplicate key": (experiment() + "matrix: {}\n", ["3:1", "duplicate key 'matrix'", "first at 2:1"]),
    "wrong type": (experiment(max_steps="soon"), ["3:12", "max_steps", "soon"]),
    "octal": (experiment(max_steps="010"), ["3:12", "010"]),
    "unknown level": (experiment(matrix="{danger_level: [lo]}"),
                      ["low, moderate, high, very_high, severe, extreme and catastrophic", "did you mean 'low'"]),
    "point outside": (experiment(matrix="{danger_level: [low], ignition_set: {a: [[20, 5]]}}"),
                      ["[20, 5]", "outside the 20 x 10 landscape (x must be 0..19)"]),
    "density": (experiment(landscape="{vegetation_density: 1.5}"), ["1:33", "0 to 1"]),
    "zero size": (experiment(landscape="{width: 0}"), ["1:20", "width"]),
    "negative size": (experiment(landscape="{height: -3}"), ["1:21", "height"]),
    "too large a grid": (experiment(landscape="{width: 60000, height: 60000}", matrix="{danger_level: [low], humidity: "
                                    "{from: 1, to: 99, count: 900}}"), ["GiB", "maps"]),  # in no machine's memory
    "too large a matrix": (experiment(matrix="{danger_level: [low], seed: {first: 1, count: 1000000000000}}"), ["seed"]),
    "empty axis": (experiment(matrix="{danger_level: []}"), ["danger_level"]),
    "duplicate seeds": (experiment(matrix="{danger_level: [low], seed: [4, 5, 4]}"), ["seed", "4"]),
    "duplicate labels": (experiment(matrix="{danger_level: [low, low]}"), ["low"]),
    "no weather": (experiment(matrix="{seed: [1]}"), ["danger_level"]),
    "not YAML": ("matrix: [1, 2\nname: {", [":"]),
    "empty file": ("", ["empty"]),
}


@pytest.mark.parametrize("case", PROBLEMS)
@pytest.mark.parametrize("command", ["run", "validate", "plan"])
def test_problem_is_named_and_nothing_is_written(program, case, command):
    text, words = PROBLEMS[case]
    program.write("bad.yaml", text)
    done = program(command, "bad.yaml")
    assert done.returncode == 2
    for word in words:
        assert word in done.stderr
    assert program.files() == ["bad.yaml"]


def test_all_problems_are_reported_at_once(program):
    program.write("bad.yaml", experiment(landscape="{width: 0, hight: 3}", on_bare_ground="burn", max_steps="-1"))
    lines = program("validate", "bad.yaml").stderr.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("bad.yaml:") for line in lines)


def test_a_bad_override_names_the_option(program, small):
    done = program("run", small, "--set", "landscape.widht=3")
    assert done.returncode == 2
    assert "--set landscape.widht" in done.stderr and "did you mean 'width'" in done.stderr


@pytest.mark.parametrize("text", [b"name: caf\xe9\n", b"name: a\0b\n", "name: x\n".encode("utf-16"), b"n: \xed\xa0\x80"])
def test_an_experiment_that_is_not_utf8(program, text):
    (program.folder / "odd.yaml").write_bytes(text)
    done = program("validate", "odd.yaml")
    assert done.returncode == 2
    assert "odd.yaml:1" in done.stderr and "UTF-8" in done.stderr


def test_an_experiment_that_never_ends(program):
    done = program("run", "/dev/zero")
    assert done.returncode == 2
    assert "not a regular file" in done.stderr


def test_missing_experiment(program):
    done = program("run", "nowhere.yaml")
    assert done.returncode == 2
    assert "nowhere.yaml" in done.stderr and "no such file" in done.stderr


def test_output_is_a_directory(program, small):
    (program.folder / "out").mkdir()
    done = program("run", small, "-o", "out")
    assert done.returncode == 2
    assert "directory" in done.stderr or "folder" in done.stderr


def test_output_folder_is_missing(program, small):
    done = program("run", small, "-o", "no/where.h5")
    assert done.returncode == 2
    assert program.files() == ["small.yaml"]


def test_output_folder_is_not_writable(program, small):
    folder = program.folder / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    launcher = ()
    if os.geteuid() == 0:  # root may write anywhere, so it steps down
        if subprocess.run(["setpriv", "--version"], capture_output=True).returncode != 0:
            pytest.skip("root without setpriv cannot be refused")
        program.folder.chmod(0o755)
        for parent in program.folder.parents[:3]:
            parent.chmod(parent.stat().st_mode | 0o055)
        launcher = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        if program("levels", launcher=launcher).returncode != 0:
            pytest.skip("the program lies where only root may run it")
    done = program("run", small, "-o", "closed/x.h5", launcher=launcher)
    assert done.returncode == 5
    assert "closed" in done.stderr
    assert list(folder.iterdir()) == []


def test_an_existing_file_that_is_not_ours_is_left_alone(program, small):
    program.write("small.h5", "my diary")
    done = program("run", small)
    assert done.returncode == 5
    assert "small.h5" in done.stderr
    assert (program.folder / "small.h5").read_text() == "my diary"


def test_output_is_a_circle_of_links(program, small):
    (program.folder / "a.h5").symlink_to("b.h5")
    (program.folder / "b.h5").symlink_to("a.h5")
    done = program("run", small, "-o", "a.h5")
    assert done.returncode == 2
    assert "circle" in done.stderr
    assert (program.folder / "a.h5").is_symlink()


def test_output_without_a_name(program, small):
    done = program("run", small, "-o", "")
    assert done.returncode == 2
    assert "empty path" in done.stderr


def test_an_existing_results_file_survives_bad_input(program, small):
    assert program("run", small, "--quiet").returncode == 0
    before = (program.folder / "small.h5").read_bytes()
    assert program("run", small, "--set", "matrix.danger_level=[mild]").returncode == 2
    assert (program.folder / "small.h5").read_bytes() == before


@pytest.mark.parametrize("arguments", [(), ("burn",), ("run",), ("run", "x.yaml", "--threads", "0"),
                                       ("run", "x.yaml", "--kernel", "quantum"), ("levels", "--humidity", "50")])
def test_a_wrong_command_line_is_bad_input(program, arguments):
    done = program(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert done.stderr.isprintable() or "\n" in done.stderr


# Misspelt words -> what standard error must be, and no more.
TYPING_ERRORS = {
    ("runn", "small.yaml"): "there is no command 'runn'; did you mean 'run'?",
    ("shwo",): "there is no command 'shwo'; did you mean 'show'?",
    ("burn",): "there is no command 'burn'; the commands are run, plan, validate, levels, weather, show, export, score, status, verify, merge, "
               "diff, compare, replay, report, schema",
    ("run", "small.yaml", "--thread", "3"): "firesweep run has no option --thread; did you mean '--threads'?",
    ("run", "--thread", "3", "small.yaml"): "firesweep run has no option --thread; did you mean '--threads'?",
    ("run", "small.yaml", "--outptu=x.h5"): "firesweep run has no option --outptu; did you mean '--output'?",
    ("plan", "small.yaml", "--gpu"): "firesweep plan has no option --gpu; 'firesweep plan --help' lists those it has",
    ("run", "--sheed", "3"): "firesweep run has no option --sheed; did you mean '--shard'?",
    ("--verison",): "firesweep has no option --verison; did you mean '--version'?",
    ("validate", "small.yaml", "other.yaml"): "'other.yaml' is too much: 'firesweep validate --help' says what it takes",
}


@pytest.mark.parametrize("words", TYPING_ERRORS)
def test_a_typing_error_meets_the_word_that_was_meant(program, small, words):
    done = program(*words)
    assert (done.returncode, done.stderr, done.stdout) == (2, TYPING_ERRORS[words] + "\n", "")
    assert program.files() == ["small.yaml"]


def test_percentages_of_thresholds_show_the_share_that_was_meant(program, small):
    assert program("run", small, "--quiet").returncode == 0
    for command in (("show", "small.h5"), ("diff", "small.h5", "small.h5")):
        done = program(*command, "--threshold", "10%")
        assert done.returncode == 2
        assert "'10%' is not a number; did you mean 0.1?" in done.stderr
    done = program("show", "small.h5", "--threshold", "10")
    assert done.returncode == 2
    assert "--threshold 10 is not a burn fraction (it must lie in [0, 1)); did you mean 0.1?" in done.stderr


@pytest.mark.parametrize("command", ["plan", "validate", "run"])
def test_a_results_file_is_no_experiment(program, small, command):
    assert program("run", small, "--quiet").returncode == 0
    done = program(command, "small.h5")
    assert done.returncode == 2
    assert done.stderr == ("small.h5: is a results file (HDF5), not an experiment (YAML); 'firesweep show small.h5' prints it\n")


def test_an_unknown_kernel_meets_the_list_of_kernels(program, small):
    done = program("run", small, "--kernel", "quantum")
    assert "quantum not in {auto,dense,tile,tile-portable" in done.stderr


@pytest.mark.parametrize("option", ["--wind-speed", "--humidity", "--temperature"])
@pytest.mark.parametrize("value", ["nan", "inf", "-300"])
def test_impossible_weather_is_not_rated(program, option, value):
    weather = {"--wind-speed": "30", "--humidity": "20", "--temperature": "30", option: value}
    done = program("levels", *(f"{name}={number}" for name, number in weather.items()))
    assert done.returncode == 2
    assert option in done.stderr and "must be" in done.stderr


def test_bad_thread_variable(program, small):
    done = program("run", small, environment={"OMP_NUM_THREADS": "many"})
    assert done.returncode == 2
    assert "OMP_NUM_THREADS=many" in done.stderr


def test_show_of_what_is_no_results_file(program, small):
    assert program("show", small).returncode == 5
    assert program("show", "absent.h5").returncode == 2


def test_show_of_a_damaged_file(program, small):
    program("run", small, "--quiet")
    path = program.folder / "small.h5"
    path.write_bytes(path.read_bytes()[:5000])
    done = program("show", "small.h5")
    assert done.returncode == 5
    assert "small.h5" in done.stderr
    assert "HDF5-DIAG" not in done.stderr
