"""What is reproducible in a results file, and how a reader can tell."""

import subprocess

import h5py
import numpy as np
import xarray as xr

SMALL = """
    landscape: {{width: 60, height: 40}}
    matrix:
      danger_level: [severe, catastrophic]
      ignition_set:
        centre: [[30, 20]]
      seed: {{first: 1, count: {count}}}
    outputs: {{arrival: true, cell_counts: true}}
"""


def test_the_documented_function_recomputes_the_content_hash(path, content_sha256):
    with h5py.File(path, "r") as f:
        for which in ("content_sha256", "estimates_sha256"):
            assert content_sha256(path, which) == f.attrs[which]


def test_the_content_hash_notices_a_changed_value(firesweep, content_sha256):
    path = firesweep.run("changed", SMALL.format(count=3))
    before = content_sha256(path)
    with h5py.File(path, "r+") as f:
        f["steps"][0, 0, 1] += 1
    assert content_sha256(path) != before


def test_the_content_hash_covers_what_identifies_the_experiment(firesweep, content_sha256):
    path = firesweep.run("renamed", SMALL.format(count=3))
    before = content_sha256(path)
    with h5py.File(path, "r+") as f:
        f.attrs["experiment"] = f.attrs["experiment"].replace("width: 60", "width: 61")
    assert content_sha256(path) != before


def test_choices_of_estimates_leave_the_content_as_it_is(firesweep):
    one = firesweep.run("usual", SMALL.format(count=5))
    other = firesweep.run("unusual", SMALL.format(count=5) + "    name: usual\n", "--set", "outputs.confidence=0.9",
                          "--set", "outputs.thresholds=[0.3]")
    with h5py.File(one, "r") as f, h5py.File(other, "r") as g:
        assert f.attrs["content_sha256"] == g.attrs["content_sha256"]
        assert f.attrs["estimates_sha256"] != g.attrs["estimates_sha256"]


def test_a_second_run_has_the_same_content_attributes_included(firesweep):
    one = firesweep.run("first", SMALL.format(count=20))
    other = firesweep.run("second", SMALL.format(count=20) + "    name: first\n", "--threads", "2")
    volatile = ["--exclude-path", "/provenance", "--exclude-path", "/performance"]
    done = subprocess.run(["h5diff", "-v", *volatile, one, other], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    with h5py.File(one, "r") as f, h5py.File(other, "r") as g:
        assert dict(f.attrs.items()) == dict(g.attrs.items())


def test_runs_stay_as_they_were_when_seeds_are_added(firesweep):
    few = firesweep.run("few", SMALL.format(count=20))
    more = firesweep.run("more", SMALL.format(count=30))
    with xr.open_dataset(few) as d, xr.open_dataset(more) as e:
        for name in d.data_vars:
            if "seed" in d[name].dims:
                np.testing.assert_array_equal(d[name], e[name].sel(seed=d.seed), err_msg=name)


def test_the_root_says_nothing_about_the_occasion(path):
    with h5py.File(path, "r") as f:
        assert list(f.attrs) == ["title", "name", "file_type", "format_version", "rng_version", "axes",
                                 "experiment", "width", "height", "max_steps", "runs_total", "runs_ok", "runs_failed",
                                 "runs_missing", "confidence", "content_sha256", "estimates_sha256"]
        assert f.attrs["file_type"] == "firesweep results"
        assert f.attrs["format_version"] == 2
