"""Files of format 1 are as good as ever: `tests/data/format-1.h5.gz` was written by the firesweep of that time.

It is the half of an ensemble: of 12 seeds one failed, others are missing; some fires were cut off, some never started.
"""

import gzip
import os
import pathlib
import subprocess

import h5py
import numpy as np
import pytest

STORED = pathlib.Path(__file__).parents[1] / "data" / "format-1.h5.gz"

EXPERIMENT = """
    name: format-1
    landscape: {width: 24, height: 16}
    matrix:
      danger_level: [severe, catastrophic]
      ignition_set:
        centre: [[12, 8]]
        corner: [[0, 0], [23, 15]]
      seed: {first: 1, count: 12}
    max_steps: 20
    max_failed: 0.5
    outputs: {arrival: true, cell_counts: true, thresholds: [0.1]}
"""


def call(*words):
    return subprocess.run([os.environ["FIRESWEEP"], *map(str, words)], capture_output=True, text=True, timeout=60)


def content(path):
    with h5py.File(path, "r") as f:
        return f.attrs["content_sha256"]


@pytest.fixture
def old(firesweep):
    """A copy of the file, where the experiment of its name writes to."""
    path = firesweep.folder / "format-1.h5"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    return path


def test_the_file_is_of_format_1(old):
    with h5py.File(old, "r") as f:
        assert f.attrs["format_version"] == 1 and f["steps"].dtype == np.uint32


@pytest.mark.parametrize("command", [["show"], ["show", "--csv"], ["show", "--json"], ["show", "--paired"], ["status"],
                                     ["verify"], ["diff"]])
def test_commands_read_an_old_file(old, command):
    words = [*command, old, old] if command == ["diff"] else [*command, old]
    done = call(*words)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_old_file_is_exported(old, tmp_path):
    done = call("export", old, "-o", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_old_file_resumes_to_what_is_made_today(firesweep, old):
    fresh = firesweep.run("fresh", EXPERIMENT, fail_seeds="5")
    assert firesweep.run("format-1", EXPERIMENT, fail_seeds="5") == old
    assert content(old) == content(fresh)
    with h5py.File(old, "r") as f:
        assert f.attrs["format_version"] == 2 and f["steps"].dtype == np.int32
        assert (f["steps"][f["status"][()] != 1] == -1).all()


def test_an_old_part_merges_with_a_new_one(firesweep, old, tmp_path):
    fresh = firesweep.run("fresh-parts", EXPERIMENT, fail_seeds="5")
    part = firesweep.run("new-part", EXPERIMENT, "--shard", "2/2", fail_seeds="5")
    done = call("merge", "-o", tmp_path / "merged.h5", old, part)
    assert done.returncode == 3, done.stderr
    assert content(tmp_path / "merged.h5") == content(fresh)
