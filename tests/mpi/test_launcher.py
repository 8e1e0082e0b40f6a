"""Ranks end with the launcher that started them."""

import os
import pathlib
import subprocess
import time

import pytest

EXPERIMENT = """
name: endless
landscape: {width: 512, height: 512}
matrix:
  danger_level: [catastrophic]
  seed: {first: 1, count: 1000000}
outputs: {maps: false}
"""


def is_running(process):
    """Whether a process exists and is not merely waiting to be collected."""
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def children_of(process):
    return list(map(int, subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True).stdout.split()))


def ranks_of(launcher):
    """The firesweep processes that a launcher has started, and those in which their ranks work."""
    launched = children_of(launcher)
    return launched + [rank for process in launched for rank in children_of(process)]


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(not pathlib.Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_no_rank_outlives_an_mpirun_that_was_killed(tmp_path):
    (tmp_path / "endless.yaml").write_text(EXPERIMENT, encoding="utf-8")
    launcher = subprocess.Popen(
        ["mpirun", "-n", "3", "--oversubscribe", "--bind-to", "none", os.environ["FIRESWEEP"], "run", "endless.yaml",
         "--threads", "1", "--checkpoint", "0.2"],
        cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ranks = []
    try:
        wait_until((tmp_path / "endless.h5").exists)
        ranks = ranks_of(launcher.pid)
        assert len(ranks) == 6
    finally:
        launcher.kill()
        launcher.wait()
    wait_until(lambda: not any(is_running(rank) for rank in ranks))
