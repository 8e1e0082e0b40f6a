"""Starts a real Slurm of one node for these tests, if asked to: they start daemons, which nobody expects of a test."""

import os
import pathlib
import resource
import subprocess
import time

import h5py
import pytest

from private_slurm import PrivateSlurm, wait_until

SKIPPED = 77   # ctest knows it
SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "slurm"
seen = []      # a row of text per job, for the summary

EXPERIMENT = """
name: {name}
landscape: {{width: 512, height: 512}}
matrix:
  danger_level: [severe, catastrophic]
  seed: {{first: 1, count: {seeds}}}
on_bare_ground: force
"""

# Says which cores it may use, then becomes firesweep.
BOUND = """#!/bin/bash
echo "bound: rank ${OMPI_COMM_WORLD_RANK:-${SLURM_PROCID:-0}} to cores $(taskset -pc $$ | sed 's/.*: //')"
exec "$REAL_FIRESWEEP" "$@"
"""


def pytest_sessionstart():
    if not os.environ.get("FIRESWEEP_SLURM_TESTS"):
        pytest.exit("skipped: these tests start a private Slurm; ask for them with ./quickstart.sh test --slurm", SKIPPED)


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("jobs on the private Slurm")
    for row in seen:
        terminalreporter.write_line(row)


def content_of(path):
    """The fingerprint of a results file's content."""
    with h5py.File(path) as results:
        return results.attrs["content_sha256"]


class Cluster:
    """Submits the project's scripts as its users do, from a folder of its own."""

    def __init__(self, slurm: PrivateSlurm, folder: pathlib.Path):
        self.slurm = slurm
        self.folder = folder
        bound = folder / "bound-firesweep"
        bound.write_text(BOUND, encoding="utf-8")
        bound.chmod(0o755)
        self.environment = {"FIRESWEEP": str(bound), "REAL_FIRESWEEP": os.environ["FIRESWEEP"]}

    def submit(self, script, *arguments, options=(), launcher="srun"):
        """Returns the job's number. Small jobs: what the scripts ask for is made for real nodes."""
        return self.slurm.submit(self.folder, "--mem-per-cpu=100M", *options, SCRIPTS / script, *arguments,
                                 FIRESWEEP_LAUNCHER=launcher, **self.environment)

    def wait(self, number, seconds=120):
        """Waits for the job's end, or an array's. Returns its jobs; a failing test shows their logs."""
        try:
            jobs = self.slurm.wait(number, seconds)
        finally:
            print(self.logs())
        for job in jobs:
            task = f"_{job.fields['ArrayTaskId']}" if "ArrayTaskId" in job.fields else ""
            seen.append(f"job {number + task:4} {job.name:16} {job.state:10} exit code {job.exit_code}  restarts {job.restarts}")
        return jobs

    def wait_for_start(self, results):
        """Waits until the program holds the lock of its results file, and a moment more for its ranks to be at work."""
        wait_until((self.folder / f".{results}.lock").exists, 60, lambda: f"the start of a job\n{self.logs()}")
        time.sleep(1)

    def signal(self, number, *options):
        self.slurm.run("scancel", "--signal=USR1", *options, number, check=True)

    def wait_for_restart(self, number, seconds=120):
        wait_until(lambda: self.slurm.jobs(number)[0].restarts, seconds, lambda: f"a restart\n{self.logs()}")

    def content(self, name, of):
        found = content_of(self.folder / name)
        seen.append(f"    {of + ':':29} content_sha256 {found}")
        return found

    def logs(self):
        return "\n".join(f"--- {path.name}\n{path.read_text()}" for path in sorted(self.folder.glob("*.log")))


class Reference:
    """What the same experiments give on this machine without Slurm. Each is run once, on one core."""

    def __init__(self):
        self.processes = {}

    def start(self, experiment):
        if experiment not in self.processes:
            self.processes[experiment] = subprocess.Popen(
                [os.environ["FIRESWEEP"], "run", experiment, "-o", experiment.with_suffix(".h5"), "--quiet",
                 "--threads", "1"], stdin=subprocess.DEVNULL)

    def content(self, experiment):
        self.start(experiment)
        assert self.processes[experiment].wait() == 0
        found = content_of(experiment.with_suffix(".h5"))
        seen.append(f"    without Slurm, uninterrupted: content_sha256 {found}")
        return found


@pytest.fixture(scope="session")
def slurm():
    with PrivateSlurm() as private:
        yield private


@pytest.fixture
def cluster(slurm, tmp_path):
    return Cluster(slurm, tmp_path)


@pytest.fixture(scope="session")
def reference():
    return Reference()


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """Returns an experiment that takes one core of this machine so many seconds, whatever else it is doing."""
    folder = tmp_path_factory.mktemp("experiments")

    def write(name, seeds):
        path = folder / f"{name}.yaml"
        path.write_text(EXPERIMENT.format(name=name, seeds=seeds), encoding="utf-8")
        return path

    trial = 800
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([os.environ["FIRESWEEP"], "run", write("trial", trial), "-o", folder / "trial.h5", "--threads", "1",
                    "--quiet"], stdin=subprocess.DEVNULL, check=True, timeout=120)
    seconds_per_seed = (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before) / trial
    return lambda name, seconds: write(name, round(seconds / seconds_per_seed))
