"""The scripts for PBS and LSF, with what these schedulers put into the environment of a job."""

import os
import pathlib
import signal
import subprocess
import time

import h5py
import pytest

SCRIPTS = pathlib.Path(__file__).parents[2] / "slurm"
# Binding needs as many cores as are asked for.
MPIRUN = """#!/bin/bash
echo "$*" >asked
while [[ $1 != */firesweep ]]; do [[ $1 == -n ]] && ranks=$2; shift; done
exec {mpirun} -n "$ranks" --oversubscribe --bind-to none "$@"
"""
QSTAT = """#!/bin/bash
printf 'Job Id: %s\\n    Job_Name = firesweep\\n    Resource_List.walltime = {walltime}\\n' "$2"
"""
LONG = "--kernel dense --set matrix.seed.count=100000 --checkpoint 0.2"


class Scheduler:
    """Starts the script of `kind` for two ranks of one thread each, or of `threads`."""

    def __init__(self, program, kind):
        self.program, self.kind = program, kind
        self.commands = program.folder / "commands"
        self.commands.mkdir()
        self.walltime()
        self.command("mpirun", MPIRUN.format(mpirun=subprocess.check_output(["which", "mpirun"], text=True).strip()))

    def command(self, name, text):
        (self.commands / name).write_text(text, encoding="utf-8")
        (self.commands / name).chmod(0o755)

    def walltime(self, limit="12:00:00"):
        self.command("qstat", QSTAT.format(walltime=limit))

    def environment(self, experiment, threads, options):
        (self.program.folder / "hosts").write_text("localhost\n" * (2 if self.kind == "pbs" else 2 * threads))
        of_job = {"PBS_NODEFILE": "hosts", "PBS_JOBID": "7.server", "PBS_O_WORKDIR": str(self.program.folder), "OMP_NUM_THREADS": str(threads)} \
            if self.kind == "pbs" else {"LSB_DJOB_HOSTFILE": "hosts", "LSB_DJOB_NUMPROC": str(2 * threads), "THREADS": str(threads)}
        return {**os.environ, **of_job, "PATH": f"{self.commands}:{os.environ['PATH']}", "EXPERIMENT": experiment, "RESULTS": "out.h5",
                "OPTIONS": options}

    def start(self, experiment, threads=1, options=""):
        return subprocess.Popen(["bash", SCRIPTS / f"firesweep.{self.kind}"], cwd=self.program.folder, stdin=subprocess.DEVNULL,
                                env=self.environment(experiment, threads, options), stderr=subprocess.PIPE, text=True)


@pytest.fixture(params=["pbs", "bsub"])
def scheduler(program, request):
    return Scheduler(program, request.param)


def test_a_job_has_the_ranks_and_threads_asked_for(program, small, scheduler):
    job = scheduler.start(small, threads=2, options="--set matrix.seed.count=20")
    assert job.wait(120) == 0, job.stderr.read()
    assert "-n 2 --hostfile hosts --map-by slot:PE=2 --bind-to core" in (program.folder / "asked").read_text()
    with h5py.File(program.folder / "out.h5") as results:
        assert results["performance/threads"][:].tolist() == [2, 2]
        assert results["seed"].size == 20


def test_a_job_of_nothing_says_how_to_submit_it(scheduler):
    job = scheduler.start("")
    assert job.wait(60) == 2
    assert "usage: " in job.stderr.read()


@pytest.mark.parametrize("scheduler", ["pbs"], indirect=True)
def test_a_job_of_pbs_ends_before_its_walltime(program, small, scheduler):
    scheduler.walltime("00:00:03")
    job = scheduler.start(small, options=LONG)
    assert job.wait(60) == 75
    assert "submit the same command again" in job.stderr.read()


@pytest.mark.parametrize("scheduler, sent, code", [("pbs", signal.SIGTERM, 75), ("bsub", signal.SIGUSR1, 75), ("bsub", signal.SIGUSR2, 75),
                                                   ("bsub", signal.SIGTERM, 130)], indirect=["scheduler"])
def test_what_a_job_has_done_is_published_when_it_is_sent_a_signal(program, small, scheduler, sent, code):
    job = scheduler.start(small, options=LONG)
    deadline = time.monotonic() + 60
    while not (program.folder / "out.h5").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    job.send_signal(sent)
    assert job.wait(60) == code
    with h5py.File(program.folder / "out.h5") as results:
        assert 0 < results.attrs["runs_ok"] < results.attrs["runs_total"]
