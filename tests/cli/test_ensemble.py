"""The same bytes for any ranks, threads and kernel; and what becomes of runs that fail."""

import os
import pathlib
import re
import subprocess

import h5py
import numpy as np
import pytest


def content_hash(path):
    with h5py.File(path) as file:
        return file.attrs["content_sha256"]


def same_root(a, b):
    done = subprocess.run(["h5diff", "--exclude-path", "/provenance", "--exclude-path", "/performance", str(a), str(b)],
                          capture_output=True, text=True)
    return done.returncode == 0, done.stdout


@pytest.fixture
def reference(program, small):
    assert program("run", small, "--quiet", "--threads", 1, "-o", "reference.h5").returncode == 0
    return program.folder / "reference.h5"


@pytest.mark.parametrize("ranks", [1, 2, 3, 7])
@pytest.mark.parametrize("threads", [1, 2])
def test_any_ranks_and_threads_give_the_same_root(program, small, reference, ranks, threads):
    done = program("run", small, "--quiet", "--threads", threads, "-o", "other.h5", ranks=ranks)
    assert done.returncode == 0, done.stderr
    other = program.folder / "other.h5"
    assert content_hash(other) == content_hash(reference)
    assert same_root(reference, other) == (True, "")


def test_more_ranks_than_runs(program, small):
    one_run = ["--set", "matrix.seed.count=1", "--set", "matrix.danger_level=[extreme]",
               "--set", "matrix.ignition_set={centre: [[20, 15]]}"]
    assert program("run", small, "--quiet", "-o", "one.h5", *one_run).returncode == 0
    assert program("run", small, "--quiet", "-o", "seven.h5", *one_run, ranks=7).returncode == 0
    assert content_hash(program.folder / "one.h5") == content_hash(program.folder / "seven.h5")


def available_kernels(program):
    """All that this machine can run, from the help."""
    return re.search(r"--kernel KERNEL:\{(.*?)\}", program("run", "--help").stdout).group(1).split(",")


def test_every_kernel_and_instruction_set_gives_the_same_root(program, small, reference):
    kernels = available_kernels(program)
    assert {"dense", "tile", "tile-portable"} <= set(kernels)
    for kernel in kernels:
        assert program("run", small, "--quiet", "--kernel", kernel, "-o", f"{kernel}.h5").returncode == 0
        assert same_root(reference, program.folder / f"{kernel}.h5") == (True, "")


def test_danger_levels_gives_the_same_root_with_every_kernel(program):
    experiment = pathlib.Path(__file__).parents[2] / "experiments/danger_levels.yaml"
    hashes = set()
    for kernel in available_kernels(program):
        assert program("run", experiment, "--quiet", "--kernel", kernel, "-o", f"{kernel}.h5", "--set",
                       "matrix.seed.count=5").returncode == 0
        hashes.add(content_hash(program.folder / f"{kernel}.h5"))
    assert len(hashes) == 1


def test_adding_seeds_and_levels_leaves_the_old_runs_unchanged(program, small, reference):
    assert program("run", small, "--quiet", "-o", "more.h5", "--set", "matrix.seed.count=55",
                   "--set", "matrix.danger_level=[low, high, severe, catastrophic]").returncode == 0
    with h5py.File(reference) as old, h5py.File(program.folder / "more.h5") as new:
        for name in ("burn_fraction", "burnt_cells", "steps", "peak_burning_cells", "peak_step", "ignitions", "status"):
            np.testing.assert_array_equal(new[name][[0, 2, 3]][:, :, :40], old[name][:])


def test_rank_0_works_too_and_every_rank_is_accounted_for(program, small):
    assert program("run", small, "--quiet", "--set", "matrix.seed.count=3000", ranks=2).returncode == 0
    with h5py.File(program.folder / "small.h5") as file:
        runs = file["performance/runs"][:]
    assert runs.sum() == 6 * 3000
    assert (runs > 0).all()


FAIL = {"FIRESWEEP_FAIL_SEEDS": "7,9"}  # six scenarios, so twelve runs


def test_failed_runs_within_the_policy_are_records(program, small, reference):
    done = program("run", small, "--set", "max_failed=12", environment=FAIL)
    assert done.returncode == 3
    assert "low, centre, seed 7 failed: made to fail" in done.stderr
    assert "12 runs failed" in done.stdout
    with h5py.File(program.folder / "small.h5") as file, h5py.File(reference) as sound:
        status = file["status"][:]
        assert (status[:, :, [6, 8]] == 2).all() and (status == 2).sum() == 12
        assert np.isnan(file["burn_fraction"][:][status == 2]).all()
        np.testing.assert_array_equal(file["burn_fraction"][:][status == 1], sound["burn_fraction"][:][status == 1])
        assert (file["runs_failed"][:] == 2).all() and (file["runs_ok"][:] == 38).all()


def test_failed_runs_do_not_depend_on_ranks(program, small):
    assert program("run", small, "--quiet", "--set", "max_failed=12", "-o", "a.h5", environment=FAIL).returncode == 3
    assert program("run", small, "--quiet", "--set", "max_failed=12", "-o", "b.h5", ranks=3, environment=FAIL).returncode == 3
    assert content_hash(program.folder / "a.h5") == content_hash(program.folder / "b.h5")


@pytest.mark.parametrize("policy", ["max_failed=11", "max_failed=0.04", "on_failure=stop"])
def test_more_failures_than_allowed_is_exit_code_4_and_keeps_what_was_done(program, small, policy):
    done = program("run", small, "--set", policy, environment=FAIL)
    assert done.returncode == 4
    with h5py.File(program.folder / "small.h5") as file:
        status = file["status"][:]
        assert (status == 1).sum() > 0
        ending = file["provenance/sessions/ending"].asstr()[0]
    assert ending == ("stopped at a failed run (on_failure: stop)" if (status == 0).any() else "complete")


def test_a_rank_that_cannot_work_ends_the_job(program, small):
    only_there = ["sh", "-c", 'test "$OMPI_COMM_WORLD_RANK" = 0 || export OMP_NUM_THREADS=abc; exec "$@"', "sh"]
    done = program("run", small, ranks=2, launcher=only_there)
    assert done.returncode != 0
    assert "rank 1 cannot go on:\nOMP_NUM_THREADS=abc" in done.stderr


@pytest.mark.skipif("TSAN_OPTIONS" in os.environ, reason="the thread sanitizer itself takes more memory than that")
def test_too_many_threads_for_the_memory_end_well_or_with_a_message_but_end(program, small):
    limited = ["sh", "-c", 'ulimit -v 600000; exec "$@"', "sh"]
    done = program("run", small, "--quiet", "--threads", "200", launcher=limited)
    assert done.returncode in (0, 71, 4)  # enough; too little to begin; too little for some runs
    assert done.returncode == 0 or "out of memory" in done.stderr


def test_a_share_of_failures_may_be_allowed(program, small):
    assert program("run", small, "--quiet", "--set", "max_failed=0.05", environment=FAIL).returncode == 3


def test_more_threads_than_cores_is_a_warning_that_names_the_remedy(program, small):
    core = str(min(os.sched_getaffinity(0)))
    done = program("run", small, "--threads", 2, launcher=("taskset", "-c", core))
    assert done.returncode == 0
    assert re.search(r"2 threads per rank share 1 core.*mpirun --map-by slot:PE=2.*srun --cpus-per-task=2", done.stderr)


def test_threads_come_from_the_environment(program, small):
    def threads(**environment):
        assert program("run", small, "--quiet", "--fresh", environment=environment).returncode == 0
        with h5py.File(program.folder / "small.h5") as file:
            return int(file["performance/threads"][0])

    assert threads(OMP_NUM_THREADS="2", SLURM_CPUS_PER_TASK="1") == 2
    assert threads(SLURM_CPUS_PER_TASK="1") == 1
