"""`firesweep merge`: shards together are the whole, and nothing else is merged."""

import subprocess

import h5py
import pytest


@pytest.fixture
def shards(program, small):
    """Three shards, and the same ensemble in one go."""
    for index in (1, 2, 3):
        assert program("run", small, "--quiet", "--shard", f"{index}/3").returncode == 0
    assert program("run", small, "--quiet", "-o", "whole.h5").returncode == 0
    return [f"small.shard-{index}-of-3.h5" for index in (1, 2, 3)]


def attribute(program, name, key):
    with h5py.File(program.folder / name) as file:
        return file.attrs[key]


def same_root(program, a, b):
    return subprocess.run(["h5diff", "--exclude-path", "/provenance", "--exclude-path", "/performance", a, b],
                          cwd=program.folder).returncode == 0


def test_shards_in_any_order_are_the_whole(program, shards):
    for order in (shards, shards[::-1]):
        done = program("merge", "--fresh", "-o", "merged.h5", *order)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("3 files, 240 runs -> merged.h5")
        assert attribute(program, "merged.h5", "content_sha256") == attribute(program, "whole.h5", "content_sha256")
        assert same_root(program, "merged.h5", "whole.h5")
        assert program("verify", "merged.h5").returncode == 0


def test_sessions_of_all_parts_are_kept(program, shards):
    program("merge", "-o", "merged.h5", *shards)
    with h5py.File(program.folder / "merged.h5") as file:
        sessions = file["provenance/sessions"]
        assert sorted(sessions["shard"].asstr()[:]) == ["1/3", "2/3", "3/3"]
        assert sessions["runs"][:].sum() == 240
        assert "merge -o merged.h5" in file["provenance"].attrs["command_line"]
        assert "name: small" in file["provenance"].attrs["yaml_as_written"]


def test_gaps_are_reported_and_filled_by_run(program, small, shards):
    done = program("merge", "-o", "merged.h5", shards[0], shards[2])
    assert done.returncode == 75
    missing = attribute(program, "merged.h5", "runs_missing")
    assert 0 < missing < 240
    assert f"{missing} of 240 runs are missing, in 6 scenarios: low, centre (" in done.stderr
    assert "no part is of shard 2/3" in done.stderr
    assert "'firesweep run EXPERIMENT -o merged.h5' makes what is missing" in done.stderr
    assert program("run", small, "--quiet", "-o", "merged.h5").returncode == 0
    assert attribute(program, "merged.h5", "content_sha256") == attribute(program, "whole.h5", "content_sha256")


def test_overlap_is_refused_naming_the_run_and_both_files(program, shards):
    done = program("merge", "-o", "merged.h5", shards[2], shards[0], "whole.h5")
    assert done.returncode == 5
    assert f"whole.h5: overlaps with {shards[0]}: both have the run of low, centre, seed 1" in done.stderr
    done = program("merge", "-o", "merged.h5", shards[1], shards[1])
    assert done.returncode == 5
    assert f"{shards[1]}: overlaps with {shards[1]}" in done.stderr
    assert "merged.h5" not in program.files()


@pytest.mark.parametrize(("change", "message"), [
    ("landscape.vegetation_density=0.5", "landscape.vegetation_density: 0.85 in {first}, 0.5 in other.h5"),
    ("matrix.seed.count=39", "matrix.seed: 40 in {first}, left out in other.h5"),
    ("matrix.seed.count=41", "matrix.seed: left out in {first}, 41 in other.h5"),
    ("matrix.danger_level=[low, severe, extreme, catastrophic]",
     "matrix.danger_level: left out in {first}, extreme in other.h5"),
    ("outputs.maps=false", "outputs.maps: true in {first}, false in other.h5"),
])
def test_another_experiment_is_refused_naming_what_differs(program, small, shards, change, message):
    program("run", small, "--quiet", "--shard", "2/3", "-o", "other.h5", "--set", change)
    done = program("merge", "-o", "merged.h5", shards[0], "other.h5")
    assert done.returncode == 5
    assert message.format(first=shards[0]) in done.stderr
    assert "merged.h5" not in program.files()


def test_thresholds_may_differ_and_are_those_of_the_first(program, small, shards):
    program("run", small, "--quiet", "--shard", "2/3", "-o", "other.h5", "--set", "outputs.thresholds=[0.3]")
    done = program("merge", "-o", "merged.h5", shards[0], "other.h5", shards[2])
    assert done.returncode == 0
    assert "outputs.thresholds is [0.01, 0.1, 0.5] in" in done.stderr
    assert attribute(program, "merged.h5", "content_sha256") == attribute(program, "whole.h5", "content_sha256")


def test_axes_in_another_order_of_values_are_the_same_experiment(program, small, shards):
    program("run", small, "--quiet", "--shard", "1/1", "-o", "turned.h5", "--set",
            "matrix.danger_level=[catastrophic, low, severe]")
    assert program("merge", "-o", "copy.h5", "turned.h5").returncode == 0
    done = program("merge", "-o", "merged.h5", shards[0], "turned.h5")
    assert done.returncode == 5
    assert "overlaps" in done.stderr


def test_failed_runs_are_judged_by_the_experiment(program, small):
    for index in (1, 2):
        program("run", small, "--quiet", "--shard", f"{index}/2", "--set", "max_failed=6",
                environment={"FIRESWEEP_FAIL_SEEDS": "5"})
    shards = ["small.shard-1-of-2.h5", "small.shard-2-of-2.h5"]
    done = program("merge", "-o", "merged.h5", *shards)
    assert done.returncode == 3
    assert "seed 5 failed: made to fail" in done.stderr
    with h5py.File(program.folder / "merged.h5") as file:
        assert len(file["failures/message"]) == 6


def test_an_existing_output_is_kept_or_moved_aside(program, shards):
    before = (program.folder / "whole.h5").read_bytes()
    done = program("merge", "-o", "whole.h5", *shards)
    assert done.returncode == 5
    assert "--fresh" in done.stderr
    assert (program.folder / "whole.h5").read_bytes() == before
    assert program("merge", "--fresh", "-o", "whole.h5", *shards).returncode == 0
    assert (program.folder / "whole.old-1.h5").read_bytes() == before


def test_a_merge_that_fails_moves_nothing_aside(program, shards):
    before = (program.folder / "whole.h5").read_bytes()
    assert program("merge", "--fresh", "-o", "whole.h5", shards[0], shards[0]).returncode == 5
    assert (program.folder / "whole.h5").read_bytes() == before


def test_a_damaged_part_is_refused(program, shards):
    path = program.folder / shards[1]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    done = program("merge", "-o", "merged.h5", *shards)
    assert done.returncode == 5
    assert shards[1] in done.stderr
    assert "merged.h5" not in program.files()


@pytest.mark.parametrize("arguments", [(), ("-o", "x.h5"), ("a.h5",), ("-o", "x.h5", "none.h5"),
                                       ("-o", "x.h5", "x.h5"), ("-o", "no/x.h5", "whole.h5")])
def test_bad_input_is_said_to_be_so(program, shards, arguments):
    before = program.files()
    assert program("merge", *arguments).returncode == 2
    assert program.files() == before
