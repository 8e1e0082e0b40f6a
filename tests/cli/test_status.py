"""What `firesweep status` says of a results file, at work, interrupted and complete."""

import json
import re
import signal
import time

import pytest

ENDLESS = """
    name: endless
    landscape: {width: 200, height: 200}
    matrix:
      danger_level: [low, catastrophic]
      ignition_set: {centre: [[100, 100]]}
      seed: {first: 1, count: 1000000}
    outputs: {maps: false, curves: false}
"""


def status(program, *arguments):
    done = program("status", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def complete(program, small):
    assert program("run", small, "--quiet").returncode == 0
    return "small.h5"


def test_a_complete_file_says_so(program, complete):
    text = program("status", complete).stdout
    assert text.startswith("small: 240 of 240 runs done (100 %), complete\n")
    assert "no job is at work on it" in text
    assert re.search(r" complete$", text, re.M)


def test_json_says_the_same(program, complete):
    found = status(program, complete)
    assert found["name"] == "small"
    assert found["runs"] == {"planned": 240, "ok": 240, "failed": 0, "missing": 0}
    assert found["complete"] is True
    assert found["at_work"] is None
    assert found["shard"] is None
    assert found["seconds_left"] is None
    assert found["bytes"] == (program.folder / complete).stat().st_size
    assert 0 <= found["age_seconds"] < 300
    (session,) = found["sessions"]
    assert (session["runs"], session["ending"], session["ranks"]) == (240, "complete", 1)
    assert "scenarios" not in found


def test_scenarios_are_counted_when_asked_for(program, small):
    assert program("run", small, "--quiet", environment={"FIRESWEEP_FAIL_SEEDS": "7,11"}).returncode == 4
    text = program("status", "small.h5", "--scenarios").stdout
    assert "240 of 240 runs done (100 %), 12 of them failed, complete" in text
    assert re.search(r"^severe +lightning +40 +40 +2 +0$", text, re.M)
    scenarios = status(program, "small.h5", "--scenarios")["scenarios"]
    assert len(scenarios) == 6
    assert scenarios[3] == {"scenario": {"danger_level": "severe", "ignition_set": "lightning"},
                            "planned": 40, "ok": 38, "failed": 2, "missing": 0}


def test_a_shard_is_measured_by_its_own_share(program, small):
    assert program("run", small, "--quiet", "--shard", "2/3").returncode == 0
    found = status(program, "small.shard-2-of-3.h5", "--scenarios")
    assert found["shard"] == "2/3"
    assert found["complete"] is True
    assert found["runs"]["planned"] == found["runs"]["ok"] == sum(s["planned"] for s in found["scenarios"])
    assert found["runs_of_ensemble"] == 240
    text = program("status", "small.shard-2-of-3.h5").stdout
    assert "shard 2/3 of an ensemble of 240 runs" in text


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def test_a_job_at_work_is_told_with_the_time_left_and_an_interrupted_one_is_not(program):
    program.write("endless.yaml", ENDLESS)
    job = program.start("run", "endless.yaml", "--quiet", "--checkpoint", "0.5")
    try:
        def written_on_the_way():
            if not (program.folder / "endless.h5").exists():
                return None
            found = status(program, "endless.h5")
            return found if found["runs_per_second"] else None
        found = wait_for(written_on_the_way)
        assert found["at_work"]["process"] == job.pid
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["at_work"]["since"])
        assert found["sessions"][-1]["ending"] == "running"
        assert found["runs"]["missing"] > 0
        assert found["seconds_left"] > 0
        text = program("status", "endless.h5").stdout
        assert f"at work: process {job.pid} on " in text
        assert " left\n" in text
    finally:
        job.send_signal(signal.SIGTERM)
        assert job.wait(60) == 75
    found = status(program, "endless.h5")
    assert found["at_work"] is None
    assert found["complete"] is False
    assert found["sessions"][-1]["ending"] != "running"
    assert found["seconds_left"] > 0
    assert "with as many cores as the last session had" in program("status", "endless.h5").stdout


def test_a_job_that_has_not_written_yet_is_known_by_its_lock(program):
    program.write("endless.yaml", ENDLESS)
    job = program.start("run", "endless.yaml", "--quiet", "--checkpoint", "3600")
    try:
        wait_for(lambda: program("status", "endless.h5").returncode == 0)
        if not (program.folder / "endless.h5").exists():
            assert "nothing has been written yet" in program("status", "endless.h5").stdout
            assert status(program, "endless.h5")["at_work"]["process"] == job.pid
    finally:
        job.send_signal(signal.SIGTERM)
        assert job.wait(60) == 75


@pytest.mark.parametrize("arguments", [(), ("none.h5",), (".",)], ids=["no file", "missing", "directory"])
def test_bad_input_is_said_to_be_so(program, arguments):
    done = program("status", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""


def test_a_damaged_file_is_no_status(program, complete):
    path = program.folder / complete
    path.write_bytes(path.read_bytes()[:-200])
    done = program("status", complete)
    assert done.returncode == 5
    assert "damaged" in done.stderr
