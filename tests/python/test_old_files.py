"""Files from before a group or dataset was there are as good as ever."""

import os
import subprocess

import h5py
import numpy as np
import pytest

NEW = ["paired", "sensitivity", "burn_fraction_mean_bootstrap_ci", "burn_fraction_mean_bounds",
       "burn_fraction_quantile_bounds", "burn_fraction_cvar_bounds", "exceedance_band", "exceedance_bounds",
       "exceedance_size_mean", "exceedance_size_ci", "exceedance_size_bounds", "escape_border", "escape_probability",
       "escape_probability_bounds", "escape_size_mean", "escape_size_bounds", "contained_size_mean"]

SMALL = """
    name: small
    landscape: {{width: 40, height: 30}}
    matrix:
      danger_level: [severe, extreme]
      ignition_set:
        centre: [[20, 15]]
        corner: [[0, 0]]
      seed: {{first: 1, count: {seeds}}}
"""


def call(*words):
    return subprocess.run([os.environ["FIRESWEEP"], *map(str, words)], capture_output=True, text=True, timeout=60)


def made_old(path, content_sha256):
    """Takes from a results file what was not there before."""
    with h5py.File(path, "r+") as f:
        for name in NEW:
            del f[name]
    digest = content_sha256(path)
    with h5py.File(path, "r+") as f:
        f.attrs["content_sha256"] = digest
    return path


def content(path):
    with h5py.File(path, "r") as f:
        return f.attrs["content_sha256"]


@pytest.fixture
def old(firesweep, content_sha256):
    """Makes a file as it was before, of so many seeds, or a part of one."""
    def make(name, seeds, *options):
        path = firesweep.folder / f"{name}.h5"
        path.unlink(missing_ok=True)
        return made_old(firesweep.run(name, SMALL.format(seeds=seeds), *options), content_sha256)
    return make


def test_show_and_verify_read_an_old_file(old):
    path = old("old-shown", 12)
    done = call("show", path)
    assert done.returncode == 0 and "extreme" in done.stdout, done.stderr
    done = call("verify", path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_old_file_resumes_to_what_is_made_today(firesweep, old):
    fresh = firesweep.run("fresh", SMALL.format(seeds=12))
    path = old("old-resumed", 8)
    assert firesweep.run("old-resumed", SMALL.format(seeds=12)) == path
    assert content(path) == content(fresh)
    with h5py.File(path, "r") as f:
        assert np.isfinite(f["paired/difference_mean"][()]).all()


def test_old_parts_merge_to_what_is_made_today(firesweep, old, tmp_path):
    fresh = firesweep.run("fresh-parts", SMALL.format(seeds=12))
    parts = [old(f"old-part-{i}", 12, "--shard", f"{i}/2") for i in (1, 2)]
    done = call("merge", "-o", tmp_path / "merged.h5", *parts)
    assert done.returncode == 0, done.stderr
    assert content(tmp_path / "merged.h5") == content(fresh)
