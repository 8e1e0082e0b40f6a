"""The same command again makes what is missing, whatever ended the job before, and the content is as if nothing had."""

import contextlib
import os
import re
import signal
import subprocess
import time

import h5py
import numpy as np
import pytest

from launched import ranks_of

# Long enough, with the naive kernel, to be ended in the middle.
LONG = ["--kernel", "dense", "--set", "matrix.seed.count=4000", "--checkpoint", "0", "--quiet"]


def content_hash(path):
    with h5py.File(path) as file:
        return file.attrs["content_sha256"]


def sessions(path):
    with h5py.File(path) as file:
        table = file["provenance/sessions"]
        return list(zip(table["ending"].asstr()[:], table["runs"][:].tolist()))


def runs_ok(path):
    with h5py.File(path) as file:
        return int(file.attrs["runs_ok"])


def wait_for(path, deadline=60.0):
    end = time.monotonic() + deadline
    while not path.exists():
        assert time.monotonic() < end, f"{path} does not appear"
        time.sleep(0.01)


class Started:
    """`firesweep run` in the background, with its first checkpoint written."""

    def __init__(self, program, *arguments, ranks=None):
        launcher = ["mpirun", "-n", str(ranks), "--oversubscribe", "--bind-to", "none"] if ranks else []
        self.output = program.folder / "small.h5"
        self.process = subprocess.Popen([*launcher, os.environ["FIRESWEEP"], "run", "small.yaml", *arguments], cwd=program.folder,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_for(self.output)

    def ranks(self):
        """Process ids of the ranks under mpirun, by rank."""
        return ranks_of(self.process.pid)

    def end(self):
        """Returns exit code and standard error."""
        stderr = self.process.communicate(timeout=120)[1]
        return self.process.returncode, stderr


@pytest.fixture
def started(program, small):
    processes = []

    def start(*arguments, ranks=None):
        processes.append(Started(program, *arguments, ranks=ranks))
        return processes[-1]

    yield start
    for one in processes:
        one.process.kill()
        one.process.wait()


@pytest.fixture
def undisturbed(program, small):
    """The content hash of LONG when nothing ends it early."""
    assert program("run", small, "--set", "matrix.seed.count=4000", "--quiet", "-o", "undisturbed.h5").returncode == 0
    return content_hash(program.folder / "undisturbed.h5")


def test_a_complete_file_is_left_untouched(program, small):
    assert program("run", small, "--quiet").returncode == 0
    before = (program.folder / "small.h5").read_bytes()
    done = program("run", small)
    assert done.returncode == 0
    assert "small.h5 is complete already" in done.stderr
    assert "catastrophic" in done.stdout
    assert (program.folder / "small.h5").read_bytes() == before


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU"])
def test_a_signal_ends_the_job_with_code_75_and_it_resumes(program, small, started, undisturbed, name):
    job = started(*LONG)
    job.process.send_signal(getattr(signal, name))
    code, said = job.end()
    assert code == 75
    assert f"interrupted ({name})" in said and "run the same command again" in said
    done_before = runs_ok(job.output)
    assert 0 < done_before < 24000
    assert program("run", small, "--set", "matrix.seed.count=4000", "--quiet").returncode == 0
    assert sessions(job.output) == [(name, done_before), ("complete", 24000 - done_before)]
    assert content_hash(job.output) == undisturbed


def test_a_signal_to_mpirun_ends_all_ranks_with_code_75_and_any_number_of_them_resumes(program, small, started, undisturbed):
    job = started(*LONG, ranks=3)
    job.process.send_signal(signal.SIGUSR1)
    code, said = job.end()
    assert code == 75, said
    assert program("run", small, "--set", "matrix.seed.count=4000", "--quiet", ranks=2).returncode == 0
    assert content_hash(job.output) == undisturbed


def test_a_signal_to_one_rank_is_one_to_the_job(started):
    job = started(*LONG, ranks=2)
    os.kill(job.ranks()[-1], signal.SIGUSR1)
    code, said = job.end()
    assert code == 75, said
    assert "SIGUSR1" in said or "a signal to rank 1" in said


def test_a_second_signal_ends_a_job_at_once_that_cannot_come_to_an_end(started):
    job = started(*LONG, ranks=2)
    first, second = job.ranks()
    os.kill(second, signal.SIGSTOP)
    os.kill(first, signal.SIGTERM)
    time.sleep(1.5)
    assert job.process.poll() is None
    os.kill(first, signal.SIGTERM)
    try:
        assert job.process.wait(timeout=8) == 75  # sooner than rank 0 gives up the silent rank
    finally:
        with contextlib.suppress(ProcessLookupError):  # mpirun may have killed it
            os.kill(second, signal.SIGKILL)


def test_a_rank_that_dies_ends_the_job_with_the_last_checkpoint_intact(program, small, started, undisturbed):
    job = started(*LONG, ranks=2)
    os.kill(job.ranks()[-1], signal.SIGKILL)
    code, said = job.end()
    assert code != 0
    assert "run the same command again" in said
    assert runs_ok(job.output) > 0
    assert program("run", small, "--set", "matrix.seed.count=4000", "--quiet").returncode == 0
    assert content_hash(job.output) == undisturbed


def test_a_walltime_ends_the_job_in_time_and_it_resumes(program, small, undisturbed):
    begun = time.monotonic()
    done = program("run", small, *LONG, "--max-walltime", "2s")
    assert time.monotonic() - begun < 30
    assert done.returncode == 75
    assert "walltime" in done.stderr
    assert program("run", small, "--set", "matrix.seed.count=4000", "--quiet").returncode == 0
    assert content_hash(program.folder / "small.h5") == undisturbed


def test_slurm_says_when_the_job_ends(program, small):
    done = program("run", small, *LONG, environment={"SLURM_JOB_END_TIME": str(int(time.time()) + 2)})
    assert done.returncode == 75
    assert "walltime" in done.stderr


@pytest.mark.parametrize("wrong", ["soon", "", "1:2:3:4", "-5", "5x", "1:60", "1-24:00:00"])
def test_a_walltime_that_is_no_time_is_refused(program, small, wrong):
    done = program("run", small, f"--max-walltime={wrong}")
    assert done.returncode == 2
    assert program.files() == ["small.yaml"]


def test_more_seeds_and_levels_keep_what_is_there(program, small):
    more = ["--set", "matrix.seed={first: 0, count: 55}", "--set", "matrix.danger_level=[low, high, severe, catastrophic]"]
    assert program("run", small, "--quiet").returncode == 0
    assert program("run", small, "--quiet", *more, ranks=2).returncode == 0
    assert [runs for _, runs in sessions(program.folder / "small.h5")] == [6 * 40, 8 * 55 - 6 * 40]
    assert program("run", small, "--quiet", *more, "-o", "fresh.h5").returncode == 0
    assert content_hash(program.folder / "small.h5") == content_hash(program.folder / "fresh.h5")


def test_other_thresholds_are_estimated_anew_without_a_run(program, small):
    assert program("run", small, "--quiet").returncode == 0
    assert program("run", small, "--quiet", "--set", "outputs.thresholds=[0.25]").returncode == 0
    with h5py.File(program.folder / "small.h5") as file:
        assert file["threshold"][:].tolist() == [0.25]
    assert sessions(program.folder / "small.h5")[1] == ("complete", 0)


@pytest.mark.parametrize("key, old, new", [
    ("landscape.width", "40", "41"), ("landscape.vegetation_density", "0.85", "0.5"), ("model.max_probability", "0.6", "0.5"),
    ("max_steps", "5000", "17"), ("on_bare_ground", "force", "skip"), ("outputs.arrival", "true", "false"), ("name", "small", "tiny")])
def test_a_changed_experiment_is_refused_with_key_old_value_and_new(program, small, key, old, new):
    assert program("run", small, "--quiet", "-o", "out.h5").returncode == 0
    before = (program.folder / "out.h5").read_bytes()
    done = program("run", small, "--quiet", "-o", "out.h5", "--set", f"{key}={new}")
    assert done.returncode == 5
    assert re.search(rf"{re.escape(key)}: .*{re.escape(old)} in the file, .*{re.escape(new)} in the experiment", done.stderr), done.stderr
    assert "--fresh" in done.stderr
    assert (program.folder / "out.h5").read_bytes() == before


@pytest.mark.parametrize("shrunk, key", [("matrix.seed.count=39", "matrix.seed"), ("matrix.danger_level=[low, severe]", "matrix.danger_level"),
                                         ("matrix.ignition_set={centre: [[3, 4]], lightning: {random: 3}}", "matrix.ignition_set.centre")])
def test_an_experiment_that_leaves_out_finished_runs_is_refused(program, small, shrunk, key):
    assert program("run", small, "--quiet").returncode == 0
    done = program("run", small, "--quiet", "--set", shrunk)
    assert done.returncode == 5
    assert key in done.stderr


def test_fresh_starts_over_and_keeps_the_old_file(program, small):
    assert program("run", small, "--quiet").returncode == 0
    old = (program.folder / "small.h5").read_bytes()
    for number in (1, 2):
        done = program("run", small, "--quiet", "--fresh", "--set", f"landscape.width={40 + number}")
        assert done.returncode == 0
        assert f"small.h5 is now small.old-{number}.h5" in done.stderr
    assert (program.folder / "small.old-1.h5").read_bytes() == old
    with h5py.File(program.folder / "small.h5") as file:
        assert file.attrs["width"] == 42


def test_a_second_writer_is_refused_by_name_and_a_dead_one_is_not_in_the_way(program, small, started):
    job = started(*LONG, "--set", "matrix.seed.count=100000")  # outlives the patience of the other
    done = program("run", small, "--quiet")
    assert done.returncode == 5
    assert str(job.process.pid) in done.stderr
    job.process.kill()
    job.process.wait()
    assert program("run", small, "--quiet", "--fresh").returncode == 0
    assert [name for name in program.files() if name.startswith(".")] == []


@pytest.mark.parametrize("damage", ["truncated", "flipped", "emptied"])
def test_a_damaged_file_is_refused_and_left_as_it_is(program, small, damage):
    assert program("run", small, "--quiet").returncode == 0
    output = program.folder / "small.h5"
    content = bytearray(output.read_bytes())
    if damage == "flipped":
        content[len(content) // 2] ^= 4
    output.write_bytes({"truncated": content[:-1000], "flipped": content, "emptied": b""}[damage])
    before = output.read_bytes()
    done = program("run", small, "--quiet", "--set", "matrix.seed.count=50")
    assert done.returncode == 5
    assert "small.h5" in done.stderr and "--fresh" in done.stderr
    assert output.read_bytes() == before
    assert program("run", small, "--quiet", "--fresh").returncode == 0


def test_a_file_that_is_deleted_or_damaged_underneath_is_whole_again_at_the_end(program, small, started, undisturbed):
    job = started(*LONG)
    job.output.unlink()
    wait_for(job.output)
    with open(job.output, "r+b") as file:
        file.truncate(100)
    job.process.send_signal(signal.SIGTERM)
    assert job.end()[0] == 75
    assert program("run", small, "--set", "matrix.seed.count=4000", "--quiet").returncode == 0
    assert content_hash(job.output) == undisturbed


FAIL = {"FIRESWEEP_FAIL_SEEDS": "7"}
CRASH = {"FIRESWEEP_CRASH_SEEDS": "7"}
ONE_SCENARIO = ["--set", "matrix.danger_level=[severe]", "--set", "matrix.ignition_set={centre: [[20, 15]]}"]


def test_failed_runs_stay_failed_until_they_are_asked_for_again(program, small):
    allowed = ["--quiet", "--set", "max_failed=6"]
    assert program("run", small, *allowed, environment=FAIL).returncode == 3
    assert program("run", small, *allowed).returncode == 3
    done = program("run", small, *allowed, "--retry-failed")
    assert done.returncode == 0, done.stderr
    assert program("run", small, *allowed, "-o", "sound.h5").returncode == 0
    assert content_hash(program.folder / "small.h5") == content_hash(program.folder / "sound.h5")


@pytest.mark.parametrize("ranks", [None, 2])
def test_a_run_that_crashes_the_process_twice_is_quarantined(program, small, ranks):
    run = ["run", small, "--quiet", "--set", "max_failed=1", *ONE_SCENARIO]
    for _ in range(2):
        done = program(*run, environment=CRASH, ranks=ranks)
        assert done.returncode not in (0, 3)
        assert "crashed (SIGSEGV) in the run of severe, centre, seed 7" in done.stderr
    done = program(*run, environment=CRASH, ranks=ranks)
    assert done.returncode == 3, done.stderr
    with h5py.File(program.folder / "small.h5") as file:
        assert np.flatnonzero(file["status"][0, 0] == 2).tolist() == [6]
        assert "quarantined" in file["failures/message"].asstr()[0]
    assert program(*run, "--retry-failed").returncode == 0
    assert program.files() == ["small.h5", "small.yaml"]


def test_killing_from_outside_gives_no_run_a_bad_name(program, small, started):
    for _ in range(2):
        job = started(*LONG)
        job.process.kill()
        job.process.wait()
    assert not (program.folder / ".small.h5.crashes").exists()


def test_the_file_can_be_read_while_the_job_runs(started):
    job = started(*LONG)
    seen = set()
    looks, end = 0, time.monotonic() + 60
    while looks < 50 or (len(seen) < 2 and time.monotonic() < end):
        looks += 1
        with h5py.File(job.output) as file:
            counts = [int(file.attrs[f"runs_{name}"]) for name in ("ok", "failed", "missing")]
            assert sum(counts) == file.attrs["runs_total"] == 24000
            assert (file["status"][:] == 1).sum() == counts[0]
            seen.add(counts[0])
        time.sleep(0.02)
    assert len(seen) > 1
