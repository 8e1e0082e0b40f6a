"""`firesweep verify` finds what no hash can tell."""

import re

import h5py
import pytest

from forgery import change_element


@pytest.fixture
def results(program, small):
    assert program("run", small, "--quiet").returncode == 0
    return program.folder / "small.h5"


def test_a_sound_file_is_verified_by_every_run(program, results):
    done = program("verify", results.name, "--sample", "all")
    assert done.returncode == 0, done.stdout
    assert "content is as it was written" in done.stdout
    assert "sums: those of all scenarios follow from their records" in done.stdout
    assert "runs: 240 of 240 made again, all the same" in done.stdout


def test_any_kernel_and_threads_verify(program, results):
    for arguments in (["--kernel", "dense"], ["--threads", 3], ["--threads", 8, "--sample", 3]):
        assert program("verify", results.name, *arguments).returncode == 0


def test_the_sample_is_as_large_as_asked_and_can_be_picked_again(program, results):
    def picked(*arguments):
        text = program("verify", results.name, *arguments).stdout
        return re.search(r"runs: (\d+) of 240 made again \(--pick (\d+)\)", text).groups()
    assert picked("--sample", 17)[0] == "17"
    assert picked()[0] == "100"
    assert picked("--pick", 42) == ("100", "42")
    assert picked("--sample", 0)[0] == "0"


def test_a_run_that_came_to_something_else_is_named_with_what_differs(program, results):
    change_element(results, "peak_step", (2, 1, 6), 1)
    done = program("verify", results.name, "--sample", "all")
    assert done.returncode == 5
    with h5py.File(results) as file:
        now = file["peak_step"][2, 1, 6]
    assert f"catastrophic, lightning, seed 7: peak_step {now} and {now - 1}" in done.stdout
    assert "240 of 240 made again, 1 differ" in done.stdout


@pytest.mark.parametrize(("dataset", "place", "what"), [
    ("burn_count", (1, 0, 15, 20), "burn counts"),
    ("sums/arrival_step_sum", (1, 0, 15, 20), "arrival steps"),
    ("sums/burning_cells_sum", (1, 0, 1), "burning cells"),
])
def test_sums_that_do_not_follow_from_the_runs_are_named(program, results, dataset, place, what):
    change_element(results, dataset, place, -1 if dataset == "burn_count" else 1)
    done = program("verify", results.name, "--sample", 1)
    assert done.returncode == 5
    assert re.search(rf"severe, centre: .*{what}", done.stdout)


def test_content_that_was_edited_is_found_out(program, results):
    with h5py.File(results, "r+") as file:
        file["steps"][0, 0, 0] += 1
    done = program("verify", results.name)
    assert done.returncode == 5
    assert "content hash differs" in done.stderr


def test_failed_and_missing_runs_are_left_out(program, small):
    program("run", small, "--quiet", "--shard", "1/2", environment={"FIRESWEEP_FAIL_SEEDS": "2"})
    done = program("verify", "small.shard-1-of-2.h5", "--sample", "all")
    assert done.returncode == 0
    made, of = re.search(r"runs: (\d+) of (\d+) made again", done.stdout).groups()
    with h5py.File(program.folder / "small.shard-1-of-2.h5") as file:
        status = file["status"][:]
    assert (status == 2).sum() > 0
    assert made == of == str((status == 1).sum())


@pytest.mark.parametrize("arguments", [("none.h5",), ("small.h5", "--sample", "many"), ("small.h5", "--sample", "-1"),
                                       ("small.h5", "--pick", "x"), ("small.h5", "--kernel", "magic")])
def test_bad_input_is_said_to_be_so(program, results, arguments):
    done = program("verify", *arguments)
    assert done.returncode == 2
    assert done.stderr
