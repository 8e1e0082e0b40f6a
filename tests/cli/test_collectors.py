"""Collectors stand between rank 0 and the others where ranks are many; what comes of it is the same."""

import os
import signal
import subprocess
import time

import h5py
import pytest
from launched import ranks_of

# Everything that is added up, or kept run by run.
ALL = """
    name: all
    landscape: {width: 70, height: 50}
    matrix:
      danger_level: [low, severe, catastrophic]
      ignition_set:
        centre: [[35, 25]]
        lightning: {random: 3}
      seed: {first: 1, count: 300}
    assets: {town: {box: [40, 30, 45, 35]}}
    outputs: {maps: true, arrival: true, curves: true, run_curves: true, cell_counts: true, compare: [danger_level], paired_maps: true}
"""


LONG = """
    name: long
    landscape: {width: 600, height: 600}
    matrix:
      danger_level: [extreme, catastrophic]
      ignition_set: {centre: [[300, 300]]}
      seed: {first: 1, count: 30000}
    outputs: {maps: true}
"""


def attribute(path, name):
    with h5py.File(path) as file:
        return file.attrs[name]


def content_hash(path):
    return attribute(path, "content_sha256")


def expect_success(done):
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("ranks, options", [(2, "--collectors 1"), (7, "--collectors 2"), (7, "--collectors 6"), (6, "--collectors 2 --threads 2"),
                                            (5, "--collectors 9")])
def test_content_is_the_same_with_collectors(program, ranks, options):
    program.write("all.yaml", ALL)
    expect_success(program("run", "all.yaml", "--quiet", "-o", "one.h5"))
    expect_success(program("run", "all.yaml", "--quiet", "-o", "many.h5", *options.split(), ranks=ranks))
    assert content_hash(program.folder / "many.h5") == content_hash(program.folder / "one.h5")
    with h5py.File(program.folder / "many.h5") as file:
        runs = file["performance/runs"][:]
    assert len(runs) == ranks
    assert runs[0] == 0 and sum(runs) == 1800


def test_sixty_four_ranks_make_what_one_makes(program):
    if os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") < 6 << 30:
        pytest.skip("64 ranks need some 5 GiB of free memory")
    program.write("all.yaml", ALL)
    expect_success(program("run", "all.yaml", "--quiet", "-o", "one.h5"))
    done = program("run", "all.yaml", "--quiet", "-o", "many.h5", "--threads", "1", "--collectors", "8", "--rank-timeout", "200", ranks=64)
    expect_success(done)
    assert content_hash(program.folder / "many.h5") == content_hash(program.folder / "one.h5")
    with h5py.File(program.folder / "many.h5") as file:
        assert file["performance/runs"].shape == (64,)
        assert file["performance/runs"][:].sum() == 1800


def test_seeds_are_added_until_they_are_enough_by_collectors_too(program):
    program.write("until.yaml", """
        name: until
        landscape: {width: 64, height: 64}
        matrix:
          danger_level: [high, extreme]
          ignition_set: {centre: [[32, 32]]}
          seed: {first: 1, count: 50, until: {exceedance: 0.1, half_width: 0.03}, most: 2000}
    """)
    expect_success(program("run", "until.yaml", "--quiet", "-o", "one.h5"))
    expect_success(program("run", "until.yaml", "--quiet", "-o", "many.h5", "--collectors", "2", ranks=5))
    assert content_hash(program.folder / "many.h5") == content_hash(program.folder / "one.h5")


def test_failures_in_a_group_are_those_of_one_rank(program, small):
    environment = {"FIRESWEEP_FAIL_SEEDS": "7,11"}
    one = program("run", small, "--quiet", "-o", "one.h5", environment=environment)
    many = program("run", small, "--quiet", "-o", "many.h5", "--collectors", "2", ranks=5, environment=environment)
    assert one.returncode == many.returncode
    assert content_hash(program.folder / "many.h5") == content_hash(program.folder / "one.h5")


@pytest.fixture
def long_job(program):
    """mpirun with seven ranks, of which 1 and 4 are collectors, at work on something that takes minutes; it has a checkpoint."""
    program.write("long.yaml", LONG)
    command = ["mpirun", "-n", "7", "--oversubscribe", "--bind-to", "none", os.environ["FIRESWEEP"], "run", "long.yaml", "--quiet", "--threads", "1",
               "--checkpoint", "1", "--collectors", "2", "--rank-timeout", "3"]
    with subprocess.Popen(command, cwd=program.folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as job:
        deadline = time.monotonic() + 60
        while not (program.folder / "long.h5").exists():
            assert time.monotonic() < deadline and job.poll() is None
            time.sleep(0.1)
        yield job
        job.kill()


def test_a_signal_to_a_rank_in_a_group_ends_the_job_and_keeps_what_is_done(program, long_job):
    os.kill(ranks_of(long_job.pid)[6], signal.SIGUSR1)
    _, said = long_job.communicate(timeout=60)
    assert long_job.returncode == 75, said
    assert "a signal to rank 6" in said
    before = attribute(program.folder / "long.h5", "runs_ok")
    assert before > 0
    expect_success(program("verify", "long.h5", "--sample", "20"))


@pytest.mark.parametrize("frozen, lost", [(5, "lost rank 5"), (4, "lost ranks 4, 5, 6")])
def test_a_lost_worker_or_collector_ends_the_job_and_keeps_what_the_others_did(program, long_job, frozen, lost):
    process = ranks_of(long_job.pid)[frozen]
    os.kill(process, signal.SIGSTOP)
    try:
        _, said = long_job.communicate(timeout=120)
    finally:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
    assert long_job.returncode == 75, said
    assert lost in said
    expect_success(program("verify", "long.h5", "--sample", "20"))
