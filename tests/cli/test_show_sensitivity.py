"""What `firesweep show` says of the shares of the variance."""

import json
import re

import h5py
import numpy as np
import pytest

from shown import UNICODE, as_json, show

UNEVEN = """
    name: uneven
    landscape: {width: 40, height: 40}
    matrix:
      danger_level: [high, severe, extreme, catastrophic]
      wind_speed: {from: 10, to: 90, count: 5}
      seed: {first: 1, count: 40}
    on_bare_ground: force
    exclude: [{danger_level: high, wind_speed: 10}]
"""


def test_shares_of_the_variance_are_over_the_scenarios_of_the_variance(program):
    program.write("uneven.yaml", UNEVEN)
    assert program("run", "uneven.yaml", "--quiet").returncode == 0
    found = as_json(program, "uneven.h5")["sensitivity"]
    assert (found["scenarios"], found["scenarios_in_matrix"]) == (19, 20)
    assert {axis["axis"]: axis["scenarios"] for axis in found["axes"]} == {"danger_level": 16, "wind_speed": 15}
    assert sum(axis["mean"]["share"] for axis in found["axes"]) + found["chance_of_mean"] <= 1 + 1e-12
    with h5py.File(program.folder / "uneven.h5") as file:
        fires = file["burn_fraction"][:]
        assert file["sensitivity"].attrs["scenarios_in_matrix"] == 20
        assert file["sensitivity/effect_scenarios"][:].tolist() == [16, 15]
    fires = fires.reshape(4, 5, 40)
    used = ~np.isnan(fires).all(axis=2)
    flat, wind = fires[used], np.nonzero(used)[1]
    plain = sum((wind == w).mean() * (flat[wind == w].mean() - flat.mean()) ** 2 for w in range(5)) / flat.var()
    assert found["axes"][1]["mean"]["share"] == pytest.approx(plain, rel=0.02)  # less what noise adds
    text = show(program, "uneven.h5")
    assert "over 19 of 20 scenarios of 40 seeds" in text
    assert "danger_level in 16, wind_speed in 15" in text
    together = float(re.search(r"^axes together +([\d.]+)$", text, re.M)[1])
    assert together > 1


def test_an_axis_without_effect_has_no_share_at_all(program):
    program.write("idle.yaml", """
        name: idle
        landscape: {width: 40, height: 40}
        matrix: {danger_level: [severe, extreme, catastrophic], temperature: [20, 30, 40], seed: {first: 1, count: 30}}
        model: {base_rate: 100}
        """)  # beyond the cap at any temperature
    assert program("run", "idle.yaml", "--quiet").returncode == 0
    axis = as_json(program, "idle.h5")["sensitivity"]["axes"][1]
    assert axis["mean"]["share"] == 0 and axis["mean"]["share_interval"] == [0, 0]


def test_shares_that_an_older_firesweep_took_over_other_scenarios_are_not_shown(program):
    program.write("uneven.yaml", UNEVEN)
    assert program("run", "uneven.yaml", "--quiet").returncode == 0
    with h5py.File(program.folder / "uneven.h5", "r+") as file:
        del file["sensitivity/effect_scenarios"]
    done = program("show", "uneven.h5", "--json", environment=UNICODE)
    found = json.loads(done.stdout)["sensitivity"]
    assert [axis["mean"]["share"] for axis in found["axes"]] == [None, None]
    assert found["axes"][0]["mean"]["effect"] > 0 and found["chance_of_mean"] > 0
    assert re.search(r"^axes together +-$", program("show", "uneven.h5", environment=UNICODE).stdout, re.M)
