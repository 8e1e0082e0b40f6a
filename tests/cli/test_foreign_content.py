"""What is in a results file is input: whoever wrote it, no command believes it, obeys it or dies of it."""

import resource

import h5py
import numpy as np
import pytest

STEERS = "\x1b[2J\a\x9b1A"  # clears the screen, rings, goes up a line
SHOWN = r"\x1b[2J\x07\x9b1A"


def change(path, alter):
    with h5py.File(path, "r+") as file:
        alter(file)


def replace(file, name, **dataset):
    del file[name]
    file.create_dataset(name, **dataset)


@pytest.fixture
def results(program, small):
    assert program("run", small, "--quiet").returncode == 0
    return program.folder / "small.h5"


def readers(program, path):
    """Every command that reads a file, and its arguments."""
    return {"show": [path], "status": [path], "export": [path, "-o", "exported"], "verify": [path, "--sample", "1"],
            "diff": [path, path], "merge": ["-o", "merged.h5", path],
            "replay": [path, "--danger-level", "low", "--ignition-set", "centre", "--seed", "1"],
            "run": ["small.yaml", "--quiet"]}


SIZES = {"an axis of length 0": lambda file: replace(file, "danger_level", shape=(0,), dtype=h5py.string_dtype()),
         "thresholds that are not stored": lambda file: replace(file, "threshold", shape=(2**40,), dtype="f8", chunks=(1024,)),
         "seeds that are not stored": lambda file: replace(file, "seed", shape=(2**60,), dtype="u8", chunks=(1024,)),
         "another width": lambda file: file.attrs.modify("width", np.int64(41)),
         "another confidence": lambda file: file.attrs.modify("confidence", 0.5)}


@pytest.mark.parametrize("alter", SIZES.values(), ids=SIZES)
def test_sizes_that_do_not_fit_the_experiment_are_refused_at_once(program, results, alter):
    change(results, alter)
    for command, arguments in readers(program, "small.h5").items():
        done = program(command, *arguments)
        assert done.returncode == 5, (command, done.stderr)
        assert done.stderr.startswith("firesweep: small.h5: ") and len(done.stderr) < 400, done.stderr
    assert program.files() == ["small.h5", "small.yaml"]  # no lock, no output


def test_sessions_that_are_not_stored_take_no_memory(program, results):
    change(results, lambda file: replace(file, "provenance/sessions/session", shape=(2 * 10**7,), dtype="u4", chunks=(1024,)))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = program("status", "small.h5")
    assert done.returncode == 5 and "/provenance/sessions/session" in done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, 200_000)  # KiB


@pytest.mark.parametrize("command", ["status", "merge", "verify", "run"])
def test_a_session_of_no_shard_is_damage_and_not_an_option(program, results, command):
    with h5py.File(results, "r+") as file:
        file["provenance/sessions/shard"][0] = "many"
    done = program(command, *readers(program, "small.h5")[command])
    assert done.returncode == 5
    assert "provenance/sessions/shard" in done.stderr and "--shard" not in done.stderr
    assert program.files() == ["small.h5", "small.yaml"]


def test_values_that_cannot_be_are_named_with_their_place(program, results):
    with h5py.File(results, "r+") as file:
        file["burn_fraction"][1, 0, 2] = -5
    for command in ["show", "export"]:
        done = program(command, *readers(program, "small.h5")[command])
        assert done.returncode == 5
        assert "'burn_fraction', which is -5 at severe, centre, seed 3" in done.stderr, done.stderr


def test_what_is_not_ours_is_left_alone(program, results):
    def add(file):
        file["notes/of mine"] = np.zeros(0)
        file["nowhere"] = h5py.SoftLink("/gone")
        file["another"] = h5py.ExternalLink("gone.h5", "/")
    change(results, add)
    for command in ["show", "status", "export", "replay"]:
        assert program(command, *readers(program, "small.h5")[command]).returncode == 0


def test_what_a_file_says_is_shown_and_not_obeyed(program, results):
    def alter(file):
        file.attrs.modify("name", f"a{STEERS}")
        file["provenance/sessions/host"][0] = f"b{STEERS}"
        file["provenance/sessions/ending"][0] = f"c{STEERS}"
    change(results, alter)
    done = program("show", "small.h5")
    assert done.returncode == 5 and f"it is a{SHOWN}, not small" in done.stderr
    change(results, lambda file: file.attrs.modify("name", "small"))
    done = program("status", "small.h5")
    assert done.returncode == 0 and f"b{SHOWN}" in done.stdout and f"c{SHOWN}" in done.stdout


def test_the_name_of_an_experiment_that_is_not_understood_is_shown_and_not_obeyed(program, results):
    def alter(file):
        file.attrs.modify("name", f"a{STEERS}")
        file["provenance"].attrs.modify("yaml_as_resolved", "fuel: grass")
        file["ignition_set"][0] = f"b{STEERS}"
        del file["sensitivity"], file["paired_ignition_set"]  # which name its places
    change(results, alter)
    done = program("show", "small.h5", "--scenario", "danger_level=low")
    assert done.returncode == 0
    assert done.stdout.startswith(f"a{SHOWN}: ") and f"b{SHOWN}" in done.stdout
    assert all(character.isprintable() or character == "\n" for character in done.stdout)


LONG = "x" * 300


@pytest.mark.parametrize("arguments", [["show", LONG], ["status", LONG], ["run", "small.yaml", "-o", LONG], ["validate", LONG],
                                       ["merge", "small.h5", "-o", LONG], ["export", "small.h5", "-o", f"{LONG}/a"],
                                       ["replay", "small.h5", "--scenario", "danger_level=low,ignition_set=centre",
                                        "--seed", "1", "-o", LONG],
                                       ["replay", "small.h5", "--scenario", "danger_level=low,ignition_set=centre",
                                        "--seed", "1", "--gif", LONG, "--no-states"]])
def test_a_name_that_is_too_long_is_said_to_be(program, results, arguments):
    done = program(*arguments)
    assert done.returncode == (5 if arguments[0] == "export" else 2), done.stderr
    assert "too long" in done.stderr and len(done.stderr.splitlines()) == 1
    assert program.files() == ["small.h5", "small.yaml"]


def test_the_longest_name_that_is_taken_works(program, small):
    assert program("run", small, "--quiet", "-o", "x" * 239).returncode == 0
    assert program("run", small, "--quiet", "-o", "x" * 240).returncode == 2


@pytest.mark.parametrize("command", ["run", "merge", "export", "replay", "report"])
def test_an_equals_sign_after_a_short_option_is_no_part_of_the_name(program, results, command):
    done = program(command, "small.yaml" if command == "run" else "small.h5", "-o=x.h5")
    assert done.returncode == 2
    assert "-o x.h5" in done.stderr
    assert program.files() == ["small.h5", "small.yaml"]


def test_more_fires_in_a_cell_than_started_is_no_share(program, results):
    with h5py.File(results) as file:
        x, y = (int(np.argwhere(file["burn_probability"][0, 0] > 0)[0][place]) for place in (1, 0))
    change(results, lambda file: file["runs_started"].__setitem__(..., 0))
    shown = program("show", results, "--cell", f"{x},{y}")
    assert shown.returncode == 5
    assert "its maps and run counts contradict each other" in shown.stderr and "0 fires that started" in shown.stderr


@pytest.mark.parametrize("count", ["runs_started", "runs_cut_off"])
def test_more_fires_started_than_were_made_is_damage(program, results, count):
    change(results, lambda file: file[count].__setitem__(..., 2**31))
    shown = program("show", results)
    assert shown.returncode == 5
    assert "run counts, which contradict each other" in shown.stderr


def test_a_column_that_other_numbers_ask_for_may_not_be_missing(program, results):
    def lose(file):
        del file["ignitions"]
        file["runs_started"][...] = 0

    change(results, lose)
    shown = program("show", results, "--json")
    assert shown.returncode == 5
    assert "could not find 'ignitions'" in shown.stderr
