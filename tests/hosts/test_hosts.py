"""An ensemble across several hosts, and what happens when one of them is cut off."""

import os
import re
import subprocess

import h5py
import pytest

from conftest import wait_until

EXPERIMENT = """
name: hosts
landscape: {width: 256, height: 256}
matrix:
  danger_level: [severe, extreme, catastrophic]
  seed: {first: 1, count: 10000}
"""
SECONDS_TO_END = 60


def run(output, *options):
    return [os.environ["FIRESWEEP"], "run", "hosts.yaml", "--output", output, "--threads", "1", *options]


def contents(path):
    """The file's hash, and how many runs it has."""
    with h5py.File(path) as file:
        return file.attrs["content_sha256"], int((file["status"][...] == 1).sum())


@pytest.fixture
def hosts(three_hosts):
    (three_hosts.folder / "hosts.yaml").write_text(EXPERIMENT, encoding="utf-8")
    return three_hosts


@pytest.fixture
def of_one_process(hosts):
    """The results as a single process makes them."""
    subprocess.run(run("one.h5", "--quiet"), cwd=hosts.folder, check=True, timeout=300)
    return contents(hosts.folder / "one.h5")


def test_hosts_make_the_results_of_one_process_and_those_left_complete_what_one_that_was_cut_off_could_not(
        hosts, of_one_process):
    whole = hosts.mpirun([1, 2, 3], *run("whole.h5"))
    _, errors = whole.communicate(timeout=300)
    assert whole.returncode == 0, errors
    assert contents(hosts.folder / "whole.h5") == of_one_process
    with h5py.File(hosts.folder / "whole.h5") as file:
        assert [name.decode() for name in file["performance/host"][...]] == ["host-1", "host-2", "host-3"]

    cut = hosts.mpirun([1, 2, 3], *run("cut.h5", "--rank-timeout", "4", "--checkpoint", "0.2"))
    assert wait_until((hosts.folder / "cut.h5").exists, 60)
    hosts.cut_off(3)
    _, errors = cut.communicate(timeout=SECONDS_TO_END)
    assert cut.returncode not in (0, 2, 3, 4, 5)
    assert re.search(r"interrupted \(lost ranks? .*2\).* are in cut\.h5; run the same command again", errors), errors
    for number in (1, 2, 3):
        assert wait_until(lambda: hosts.is_idle(number), SECONDS_TO_END), f"host-{number} still has processes"

    _, runs_before = contents(hosts.folder / "cut.h5")
    assert 0 < runs_before < of_one_process[1]
    rest = hosts.mpirun([1, 2], *run("cut.h5"))
    output, errors = rest.communicate(timeout=300)
    assert rest.returncode == 0, errors
    assert re.search(r"\([\d ]+ were there\)", output)
    assert contents(hosts.folder / "cut.h5") == of_one_process
