"""Seeds that grow until estimates are known: the same whoever made them and however often it was ended, and what is said of it."""

import html
import json
import os
import signal
import subprocess
import time

import h5py
import numpy as np
import pytest
from scipy import stats

UNTIL = """
    name: until
    landscape: {{width: 64, height: 64}}
    matrix:
      danger_level: [low, severe, extreme, catastrophic]
      ignition_set: {{centre: [[32, 32]], lightning: {{random: 2}}}}
      seed: {{first: 5, count: 100, until: {until}, most: {most}}}
    assets: {{town: {{box: [40, 40, 45, 45]}}}}
    outputs: {{maps: true}}
"""
EXCEEDANCE = "{exceedance: 0.1, half_width: 0.03}"


def write(program, until=EXCEEDANCE, most=5000, name="until.yaml"):
    return program.write(name, UNTIL.format(until=until, most=most))


def run(program, *arguments, output="until.h5", until=EXCEEDANCE, most=5000, **options):
    done = program("run", write(program, until, most), "-o", output, "--quiet", *arguments, **options)
    assert done.returncode == 0, done.stderr
    return program.folder / output


def content(path):
    with h5py.File(path) as file:
        return file.attrs["content_sha256"]


def stages(path):
    with h5py.File(path) as file:
        assert (file["runs_planned"][:] == file["runs_ok"][:]).all() and file.attrs["runs_missing"] == 0
        return file["runs_planned"][:]


def wilson_half_width(count, of, confidence):
    z = stats.norm.ppf((1 + confidence) / 2)
    return z / (1 + z * z / of) * np.sqrt(count * (of - count) / of**3 + z * z / (4 * of * of))


def test_each_scenario_stops_at_the_first_stage_that_is_known_well_enough(program):
    with h5py.File(run(program)) as file:
        planned = file["runs_planned"][:]
        assert len(file["seed"]) == planned.max() > planned.min() == 100
        for place in np.ndindex(planned.shape):
            sizes, stage = file["burn_fraction"][place], 100
            while True:
                over = int((sizes[:stage] > 0.1).sum())
                if wilson_half_width(over, stage, 0.95 if over in (0, stage) else 0.975) <= 0.03:
                    break
                stage *= 2
            assert planned[place] == stage and np.isnan(sizes[stage:]).all()
            assert (file["status"][place][stage:] == 0).all() and file["targets_met"][place] == 1


def test_the_same_for_any_ranks_threads_and_shards(program):
    alone = content(run(program, "--threads", "1"))
    assert content(run(program, "--threads", "2", output="threads.h5")) == alone
    assert content(run(program, output="ranks.h5", ranks=3)) == alone
    parts = [run(program, "--shard", f"{i}/3", output=f"part{i}.h5") for i in (1, 2, 3)]
    assert program("merge", *parts, "-o", "merged.h5").returncode == 0
    assert content(program.folder / "merged.h5") == alone
    assert program("verify", "merged.h5", "--sample", "20").returncode == 0


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM])
def test_a_job_that_is_ended_comes_to_the_same(program, kill):
    long = {"until": "{exceedance: 0.1, half_width: 0.006}", "most": 100000}
    whole = content(run(program, output="whole.h5", **long))
    job = subprocess.Popen([os.environ["FIRESWEEP"], "run", write(program, **long), "-o", "ended.h5", "--checkpoint", "0.02",
                            "--quiet", "--threads", "1"], cwd=program.folder)
    deadline = time.monotonic() + 20
    while not (program.folder / "ended.h5").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    job.send_signal(kill)
    assert job.wait() != 0
    assert content(run(program, output="ended.h5", **long)) == whole


def test_a_tighter_target_extends_the_file(program):
    first = stages(run(program))
    tighter = "{exceedance: 0.1, half_width: 0.015}"
    path = run(program, until=tighter)
    assert (stages(path) >= first).all() and stages(path).sum() > first.sum()
    assert content(path) == content(run(program, until=tighter, output="fresh.h5"))
    before = stages(path)
    assert (stages(run(program)) == before).all()  # a looser one loses nothing


def test_seeds_that_were_asked_for_by_number_are_gone_on_with(program):
    text = (program.folder / write(program)).read_text().replace(", until: {exceedance: 0.1, half_width: 0.03}, most: 5000", "")
    done = program("run", program.write("plain.yaml", text), "-o", "plain.h5", "--quiet")
    assert done.returncode == 0, done.stderr
    assert content(run(program, output="plain.h5")) == content(run(program))


@pytest.mark.parametrize("until", ["{mean: burn_fraction, relative_half_width: 0.2}", "{quantile: 0.9, half_width: 0.05}",
                                   "{started: true, half_width: 0.03}", "{mean: town_lost, half_width: 1}",
                                   "[{started: true, half_width: 0.05}, {exceedance: 0.5, half_width: 0.04}]"])
def test_other_targets(program, until):
    with h5py.File(run(program, until=until, most=6400)) as file:
        met = file["targets_met"][:]
        wanted = 2 if until.startswith("[") else 1
        assert ((met == wanted) | (file["runs_planned"][:] == 6400)).all()
        assert (met == wanted).any()


def test_a_share_of_nothing_is_never_known_relatively_and_that_is_said(program):
    run(program, until="{exceedance: 0.1, relative_half_width: 0.5}", most=1000)
    shown = program("show", "until.h5").stdout
    assert "Not known so well, with 1 000 seeds at most: low, centre; low, lightning" in shown
    assert "the share of fires > 10 % to 50 % of it" in shown
    found = json.loads(program("show", "until.h5", "--json").stdout)
    assert "the share of fires" in found["seeds_until"]
    with h5py.File(program.folder / "until.h5") as file:
        assert file["targets_met"].attrs["targets"] == 1
        assert file["targets_met"].attrs["comment"] == found["seeds_until"]
    assert program("report", "until.h5").returncode == 0
    page = html.unescape((program.folder / "until.html").read_text())
    assert "are not known so well with 1\N{NARROW NO-BREAK SPACE}000 runs: low, centre; low, lightning" in page


def test_plan_says_how_far_it_may_go_and_by_results_how_far_it_will(program):
    path = write(program)
    said = program("plan", path).stdout
    assert "100 to 5 000 seeds of a scenario, 800 to 40 000 runs" in said
    run(program, output="early.h5", until="{exceedance: 0.1, half_width: 0.08}")
    said = program("plan", write(program), "--results", "early.h5").stdout
    assert "by the runs of early.h5 it will take about" in said
    expected = int(said.split("will take about ")[1].split(" run")[0].replace(" ", ""))
    assert 0.5 < expected / stages(run(program)).sum() < 2.1


PROBLEMS = {
    "{exceedence: 0.1, half_width: 0.02}": "did you mean 'exceedance'",
    "{exceedance: 0.1}": "needs half_width or relative_half_width",
    "{exceedance: 0.1, half_width: 0}": "must be above 0",
    "{exceedance: 0.1, half_width: 0.1, relative_half_width: 0.1}": "not both",
    "{exceedance: 1.5, half_width: 0.1}": "below 1",
    "{mean: burn_fracton, half_width: 0.1}": "did you mean 'burn_fraction'",
    "{exceedance: 0.1, mean: burn_fraction, half_width: 0.1}": "must name one of",
    "often": "must be a map",
}


@pytest.mark.parametrize("until", PROBLEMS)
def test_bad_targets(program, until):
    done = program("run", write(program, until))
    assert done.returncode == 2 and PROBLEMS[until] in done.stderr, done.stderr


def test_bad_limits(program):
    done = program("validate", write(program, most=50))
    assert done.returncode == 2 and "must be at least the count, 100" in done.stderr
    text = (program.folder / "until.yaml").read_text().replace(", until: {exceedance: 0.1, half_width: 0.03}", "")
    done = program("validate", program.write("most.yaml", text))
    assert done.returncode == 2 and "no meaning without until" in done.stderr
