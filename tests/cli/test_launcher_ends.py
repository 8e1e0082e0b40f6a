"""Work outlives the launcher: whatever mpirun does to its ranks when it is told to end, what is done is kept."""

import contextlib
import os
import pathlib
import signal
import subprocess
import time

import h5py
import pytest

from launched import launched_by

# Longer than any test waits, and without a checkpoint meanwhile. Its file takes longer to write than mpirun waits.
LONG = ["--threads", "1", "--checkpoint", "1000", "--quiet", "--set", "matrix.seed.count=300000",
        "--set", "landscape.width=800", "--set", "landscape.height=700"]


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return answer


def catches(process, number):
    """Whether a process has told the system what it does about a signal."""
    status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    masks = [int(line.split()[1], 16) for line in status.splitlines() if line.startswith(("SigBlk", "SigCgt"))]
    return any(mask >> (number - 1) & 1 for mask in masks)


@pytest.fixture
def start(program, small):
    """Starts a job of two ranks, and returns its mpirun when it has been at work for a while and holds its output's lock."""
    started = []

    def start():
        for name in program.files():
            if "small.h5" in name:
                (program.folder / name).unlink()
        started.append(subprocess.Popen(
            ["mpirun", "-n", "2", "--oversubscribe", "--bind-to", "none", os.environ["FIRESWEEP"], "run", small, *LONG],
            cwd=program.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        wait_until((program.folder / ".small.h5.lock").exists)
        time.sleep(3)
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def ends_ranks_in_a_call():
    """Whether this MPI ends a rank that is inside a call when mpirun dies: rank 0, in one of some 90 jobs."""
    version = subprocess.run(["mpirun", "--version"], capture_output=True, text=True).stdout.split("\n", maxsplit=1)[0]
    return "Open MPI" in version and int(version.split()[-1].split(".")[0]) >= 6


def expect_kept(attempt):
    """Has `attempt` show that work is kept; once more where the MPI may, now and then, leave rank 0 no time for it."""
    if ends_ranks_in_a_call():
        with contextlib.suppress(AssertionError):
            return attempt()
    return attempt()


def expect_runs(path):
    wait_until(path.exists, 30)
    with h5py.File(path) as file:
        assert file.attrs["runs_ok"] > 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_job_whose_mpirun_is_ended_keeps_what_is_done(program, start, name):
    def attempt():
        job = start()
        job.send_signal(getattr(signal, name))
        job.wait(timeout=60)
        expect_runs(program.folder / "small.h5")

    expect_kept(attempt)


def test_a_job_whose_processes_are_killed_at_once_keeps_what_is_done(program, start):
    def attempt():
        job = start()
        for process in launched_by(job.pid):
            os.kill(process, signal.SIGKILL)
        job.wait(timeout=60)
        expect_runs(program.folder / "small.h5")

    expect_kept(attempt)


def test_the_same_command_right_after_an_end_waits_until_the_file_is_written(program, small, start):
    def attempt():
        job = start()
        job.send_signal(signal.SIGTERM)
        job.wait(timeout=60)
        done = program("run", small, *LONG, "--max-walltime", "3s")
        assert done.returncode == 75, done.stderr
        with h5py.File(program.folder / "small.h5") as file:
            assert len(file["provenance/sessions/runs"]) == 2

    expect_kept(attempt)


def test_a_signal_before_all_ranks_are_there_is_not_lost(program, small):
    late = ["sh", "-c", '[ $OMPI_COMM_WORLD_RANK = 0 ] || sleep 6; exec "$FIRESWEEP" "$@"', "sh"]
    process = subprocess.Popen(["mpirun", "-n", "2", "--oversubscribe", "--bind-to", "none", *late, "run", small, *LONG],
                               cwd=program.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        program_name = pathlib.Path(os.environ["FIRESWEEP"]).resolve()
        first = wait_until(lambda: [one for one in launched_by(process.pid)
                                    if pathlib.Path(f"/proc/{one}/exe").resolve() == program_name])[0]
        wait_until(lambda: catches(first, signal.SIGUSR1), 3)
        os.kill(first, signal.SIGUSR1)
        assert process.wait(timeout=60) == 75, process.stderr.read()
    finally:
        process.kill()
        process.communicate()
