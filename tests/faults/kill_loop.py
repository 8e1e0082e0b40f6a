#!/usr/bin/env python3
"""Kills an ensemble again and again at random moments, resumes it on another number of ranks each time, and
compares what it ends with to the result of an undisturbed run.

usage: FIRESWEEP=path/to/firesweep kill_loop.py [--kills 200] [--seed 1] [--folder FOLDER]
"""

import argparse
import collections
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

import h5py
import numpy as np

EXPERIMENT = """
name: doomed
landscape: {width: 192, height: 128}
matrix:
  danger_level: [high, severe, extreme, catastrophic]
  ignition_set: {centre: [[96, 64]], lightning: {random: 3}}
  seed: {first: 1, count: 300}
outputs: {arrival: true, cell_counts: true}
"""
MOST_PACE = 5
MORE_SEEDS = 300  # whenever the ensemble is complete before all kills are spent


def check_counts(path):
    """Opens the file as a notebook would while a job runs, and raises if its counts contradict each other."""
    with h5py.File(path, "r") as file:
        counts = {name: int(file.attrs[f"runs_{name}"]) for name in ("ok", "failed", "missing", "total")}
        status = file["status"][:]
        per_scenario = file["runs_ok"][:]
        burnt = file["burn_count"][:].sum(dtype=np.int64)
        burnt_cells = (file["burnt_cells"][:] + file["burning_cells"][:])[status == 1].sum(dtype=np.int64)
    assert counts["ok"] + counts["failed"] + counts["missing"] == counts["total"] == status.size, counts
    assert counts["ok"] == (status == 1).sum() == per_scenario.sum(), counts
    assert counts["failed"] == (status == 2).sum(), counts
    assert burnt == burnt_cells, (burnt, burnt_cells)
    return counts


class Reader(threading.Thread):
    """Looks at the results file all the time."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.looks, self.problem, self.stopped = path, 0, None, threading.Event()

    def run(self):
        while not self.stopped.wait(0.05):
            if not self.path.exists():
                continue
            try:
                check_counts(self.path)
                self.looks += 1
            except Exception as problem:
                self.problem = problem
                return

    def finish(self):
        self.stopped.set()
        self.join()
        if self.problem:
            raise self.problem


def processes_of(mark):
    """The pids of mpirun and of the ranks whose command line contains `mark`."""
    launchers, ranks = [], []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if mark.encode() in words:
            (launchers if words[0].endswith(b"mpirun") else ranks).append(int(entry.name))
    return launchers, ranks


def kill(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


class Doomed:
    """One ensemble in a folder of its own."""

    def __init__(self, folder, dice):
        self.folder, self.dice = folder, dice
        self.output = folder / "doomed.h5"
        self.seeds = MORE_SEEDS
        self.pace = 1.0  # how much longer things take here than on an idle machine, as far as it is waited for
        (folder / "doomed.yaml").write_text(EXPERIMENT)
        self.environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}

    def command(self, output, ranks, *options):
        run = [os.environ["FIRESWEEP"], "run", str(self.folder / "doomed.yaml"), "--quiet", "-o", str(output),
               "--set", f"matrix.seed.count={self.seeds}", *options]
        launcher = ["mpirun", "-n", str(ranks), "--oversubscribe", "--bind-to", "none"] if ranks else []
        return [*launcher, *run]

    def start(self):
        # The naive kernel is slow enough to be caught in the middle of a fire.
        options = ["--kernel", self.dice.choice(["dense", "dense", "tile"]), "--threads", str(self.dice.randint(1, 2)),
                   "--checkpoint", self.dice.choice(["0", "0.1", "0.3"])]
        return subprocess.Popen(self.command(self.output, self.dice.randint(0, 4), *options), env=self.environment,
                                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def strike(self):
        """Starts the ensemble, kills something of it at a random moment, and returns what it killed."""
        process, before = self.start(), self.last_change()
        said = []
        listener = threading.Thread(target=lambda: said.extend(process.stderr.readlines()), daemon=True)
        listener.start()
        time.sleep(self.pace * self.dice.choice([self.dice.uniform(0, 0.4), self.dice.uniform(0.4, 2.5)]))
        launchers, ranks = processes_of(str(self.output))
        victims = {"a rank": self.dice.sample(ranks, min(1, len(ranks))), "mpirun": launchers, "all": launchers + ranks}
        possible = [what for what, pids in victims.items() if pids] or ["nothing"]
        what = self.dice.choice(possible)
        kill(victims.get(what, [process.pid]))
        self.wait_for_the_end(what)
        code = process.wait(timeout=60)
        # About half of the strikes are to meet an ensemble that has come some way.
        self.pace = min(max(1.0, self.pace * (1.15 if self.last_change() == before else 0.85)), MOST_PACE)
        if code == 0:
            self.seeds += MORE_SEEDS
            return "nothing: complete"
        text = b"".join(said).decode(errors="replace")
        assert code not in (2, 3, 4, 5), f"exit code {code}: {text}"
        return what

    def last_change(self):
        return self.output.stat().st_mtime_ns if self.output.exists() else None

    def wait_for_the_end(self, struck):
        patience = 60 * self.pace
        deadline = time.monotonic() + patience
        while any(processes_of(str(self.output))):
            assert time.monotonic() < deadline, f"{struck} was killed, alive {patience:.0f} s later: {processes_of(str(self.output))}"
            time.sleep(0.02)

    def content(self, path):
        with h5py.File(path, "r") as file:
            return file.attrs["content_sha256"]

    def finish(self):
        """Completes the ensemble and returns its hash and that of an undisturbed run."""
        for output, ranks in ((self.output, 2), (self.folder / "undisturbed.h5", 0)):
            subprocess.run(self.command(output, ranks), env=self.environment, cwd=self.folder, check=True,
                           stdin=subprocess.DEVNULL, timeout=600)
        return self.content(self.output), self.content(self.folder / "undisturbed.h5")


def loop(kills, seed, folder, report=lambda line: None):
    """Raises unless the file was absent or consistent all the time and ends with the right content. Returns what was killed."""
    doomed = Doomed(pathlib.Path(folder), random.Random(seed))
    reader = Reader(doomed.output)
    reader.start()
    struck = collections.Counter()
    while sum(count for what, count in struck.items() if not what.startswith("nothing")) < kills:
        struck[doomed.strike()] += 1
        if doomed.output.exists():
            counts = check_counts(doomed.output)
            report(f"{sum(struck.values()):4} {dict(struck)} x {doomed.pace:.1f} {counts['ok']} of {counts['total']} runs")
        litter = sorted(path.name for path in doomed.folder.iterdir() if ".tmp-" in path.name)
        assert len(litter) <= 1, litter
    ended_with, wanted = doomed.finish()
    reader.finish()
    assert ended_with == wanted, f"{ended_with} instead of {wanted}"
    assert not [path for path in doomed.folder.iterdir() if path.name.startswith(".")], "hidden files are left behind"
    report(f"{dict(struck)}; looked at {reader.looks} times; {doomed.seeds * 8} runs; content_sha256 {ended_with} as undisturbed")
    return struck


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        loop(options.kills, options.seed, options.folder or scratch, lambda line: print(line, flush=True))
    sys.exit(0)
