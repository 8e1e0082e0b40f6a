"""The model of the scheduler says what analysis/scheduler.md says, for sizes that are simulated in seconds."""

import pathlib
import subprocess
import sys
from dataclasses import replace

import pytest

ANALYSIS = pathlib.Path(__file__).parents[2] / "analysis"
sys.path.insert(0, str(ANALYSIS))

import scheduler_farm as model  # noqa: E402
import scheduler_tree as tree  # noqa: E402


# The numbers of "blocks are as long as in the model" in tests/unit/ensemble/schedule_test.cpp.
@pytest.mark.parametrize("workers, left_per_worker, serving, expected", [
    (10, 600.0, 5e-6, 0.5),
    (1, 600.0, 0.016, 1.601),
    (1_000, 600.0, 0.016, 32.02),
    (100_000, 600.0, 5e-6, 3.0),
    (10_000, 600.0, 1.1e-3, 22.2),
    (10_000, 600.0, 0.016, 320.2),
    (100_000, 600.0, 0.016, 600.0),
    (1_000, 1.0, 0.016, 12.004),
    (100, 0.004, 5e-6, 0.003),
    (2, 1.0, 5e-6, 0.25),
])
def test_blocks_are_as_long_as_in_the_program(workers, left_per_worker, serving, expected):
    length = model.block_seconds(model.RECOMMENDED, workers, workers * left_per_worker, serving)
    assert length == pytest.approx(expected, rel=2e-3)


@pytest.fixture(scope="module")
def large_fires():
    return model.scenarios(side=4096, maps=False)


def test_the_recommended_policy_keeps_ten_thousand_ranks_busy(large_fires):
    outcome = model.simulate(10_000, large_fires, work_per_worker=5.0)
    assert outcome.efficiency > 0.95
    assert outcome.root_load < 0.5


def test_rank_0_saturates_with_half_second_blocks_on_a_hundred_thousand_ranks(large_fires):
    never_shorter = replace(model.PREVIOUS, shortest_block=0.5)
    outcome = model.simulate(100_000, large_fires, work_per_worker=0.5, settings=never_shorter)
    assert outcome.root_load > 0.95
    assert outcome.efficiency < 0.8


@pytest.mark.parametrize("workers", [10, 100, 1_000])
def test_maps_of_a_large_landscape_need_longer_blocks(workers):
    fires = model.scenarios(side=1024, maps=True)
    recommended = model.simulate(workers, fires, work_per_worker=100.0)
    previous = model.simulate(workers, fires, work_per_worker=20.0, settings=model.PREVIOUS)
    assert recommended.efficiency > 0.95
    assert recommended.efficiency > previous.efficiency


def test_cheap_fires_last_keep_rank_0_busy_when_all_others_are_done():
    fires = model.scenarios(side=256, maps=True)
    last = model.simulate(1_000, fires, 10.0, settings=replace(model.RECOMMENDED, mixes_cheap=False))
    mixed = model.simulate(1_000, fires, 10.0)
    assert last.efficiency < mixed.efficiency - 0.02
    assert mixed.efficiency > 0.97


def test_no_block_grows_without_bounds_because_the_first_fires_were_small(large_fires):
    for seed in range(5):
        outcome = model.simulate(1_000, large_fires, work_per_worker=5.0, seed=seed)
        assert outcome.longest_block < 3.0


def test_all_runs_are_made_and_the_books_balance(large_fires):
    outcome = model.simulate(10, large_fires, work_per_worker=20.0)
    assert outcome.runs == pytest.approx(10 * 20.0 / sum(fire.mean for fire in large_fires) * 7, rel=0.01)
    assert 0 < outcome.efficiency <= 1
    assert outcome.makespan == pytest.approx(20.0 / outcome.efficiency, rel=0.1)  # fires vary


def test_collectors_keep_a_thousand_ranks_busy_with_maps_that_rank_0_alone_does_not():
    fires = model.scenarios(side=4096, maps=True)
    alone = model.simulate(1_000, fires, work_per_worker=30.0)
    collected = tree.simulate_tree(*tree.tree_shape(1_000), fires, work_per_worker=30.0)
    assert alone.efficiency < 0.7
    assert collected.efficiency > 0.9
    assert collected.root_load < alone.root_load


# The numbers of "collectors deflate when bytes would bind rank 0" in tests/unit/job/collectors_test.cpp.
@pytest.mark.parametrize("records_per_second, collectors, threads, expected", [
    (1.2e9, 316, 64, True),
    (1.2e8, 100, 64, False),
    (1.2e9, 316, 8, False),
    (1.2e9, 30, 64, False),
])
def test_collectors_deflate_where_the_program_does(records_per_second, collectors, threads, expected):
    assert tree.should_deflate(records_per_second, collectors, threads) == expected


def test_threads_of_rank_0_take_what_one_of_them_cannot():
    fires = model.scenarios(side=256, maps=True)
    dear = replace(tree.WITHOUT_CONSTANTS, record=15e-9)  # so that a tenth of the workers make as much work of rank 0
    alone, together = (tree.simulate_tree(*tree.tree_shape(10_000), fires, 3.0, wire=replace(dear, mergers=mergers))
                       for mergers in (0, 16))
    assert alone.efficiency < 0.6
    assert together.efficiency > 0.95


def test_records_of_small_fires_are_what_one_thread_of_rank_0_cannot_do_for_a_hundred_thousand_ranks():
    fires = model.scenarios(side=256, maps=True)
    rate = 100_000 * 7 / sum(fire.mean for fire in fires)  # records a second
    assert rate * tree.WITHOUT_CONSTANTS.record > 1
    assert rate * tree.WITHOUT_CONSTANTS.record_bytes / model.Machine().bandwidth < 1  # but it can receive them


@pytest.mark.parametrize("seed", range(4))
def test_no_collector_takes_all_there_is_because_its_first_fires_were_small(large_fires, seed):
    wire = replace(tree.WITHOUT_CONSTANTS, mergers=1)  # seed 1 is then one of those where it would
    outcome = tree.simulate_tree(10, 10, large_fires, work_per_worker=60.0, wire=wire, seed=seed)
    assert outcome.efficiency > 0.98


def test_collectors_make_all_runs_and_the_books_balance():
    fires = model.scenarios(side=256, maps=True)
    outcome = tree.simulate_tree(5, 6, fires, work_per_worker=3.0)
    assert outcome.runs == pytest.approx(30 * 3.0 / sum(fire.mean for fire in fires) * 7, rel=0.01)
    assert outcome.makespan == pytest.approx(3.0 / outcome.efficiency, rel=0.05)
    assert 0.9 < outcome.efficiency <= 1


def test_a_single_simulation_is_printed_as_a_table():
    command = [sys.executable, str(ANALYSIS / "scheduler_model.py"), "--ranks", "10", "--work", "5", "--record", "2e-8"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "| rank 0 alone |" in done.stdout and "| collectors |" in done.stdout
