"""Experiments that run in this process, and weather: what the command makes and says."""

import datetime
import json

import numpy as np
import pytest
import xarray as xr

import firesweep

EXPERIMENT = {
    "name": "small",
    "landscape": {"width": 40, "height": 30},
    "matrix": {"danger_level": ["severe", "extreme"], "ignition_set": {"centre": [[20, 15]], "random": {"random": 2}},
               "seed": {"first": 1, "count": 30}},
}
STATION = """time,temperature (degC),humidity (%),wind_speed (km/h),wind_from
2020-01-03T09:00,31,40,10,270
2020-01-03T12:00,38.5,18,35,280
2020-01-03T15:00,41,12,64,300
2020-01-04T09:00,25,55,0,
2020-01-04T12:00,28,45,15,180
"""


@pytest.fixture
def station(tmp_path):
    file = tmp_path / "station.csv"
    file.write_text(STATION)
    return file


def test_a_dict_is_run_as_its_file_is_by_the_command(program, tmp_path):
    (tmp_path / "small.yaml").write_text(json.dumps(EXPERIMENT))
    program("run", tmp_path / "small.yaml", "-o", tmp_path / "command.h5", "--quiet")
    in_memory = firesweep.run(EXPERIMENT, progress=False)
    of_file = firesweep.run(tmp_path / "small.yaml", tmp_path / "python.h5", threads=2, progress=False)
    program("diff", tmp_path / "command.h5", tmp_path / "python.h5")
    with xr.open_dataset(tmp_path / "command.h5", engine="h5netcdf") as command:
        for results in (in_memory, of_file):
            assert isinstance(results, xr.Dataset) and set(command.data_vars) == set(results.data_vars)
            for name in ("status", "burn_fraction", "steps", "burn_probability"):
                assert np.array_equal(command[name], results[name], equal_nan=True)
    of_file.close()


def test_an_output_is_gone_on_with(tmp_path):
    told = []
    firesweep.run(EXPERIMENT, tmp_path / "out.h5", progress=lambda *how: told.append(how)).close()
    assert told[0][:2] == (0, 120) and told[-1] == (120, 120, 0)
    told.clear()
    with firesweep.run(EXPERIMENT, tmp_path / "out.h5", overrides=["matrix.seed.count=40"],
                       progress=lambda *how: told.append(how)) as results:
        assert results.sizes["seed"] == 40 and told[0][:2] == (120, 160)
    with pytest.raises(ValueError, match="another experiment"):
        firesweep.run(EXPERIMENT | {"max_steps": 3}, tmp_path / "out.h5", progress=False)
    firesweep.run(EXPERIMENT | {"max_steps": 3}, tmp_path / "out.h5", progress=False, fresh=True).close()
    assert (tmp_path / "out.old-1.h5").exists()


def test_performance_has_the_phases_of_results_files(tmp_path):
    firesweep.reset_performance()
    assert all(numbers == dict(count=0, total=0, mean=0, min=0, max=0) for numbers in firesweep.performance().values())
    firesweep.run(EXPERIMENT, tmp_path / "out.h5", progress=False).close()
    with xr.open_dataset(tmp_path / "out.h5", engine="h5netcdf", group="performance") as file:
        counts = dict(zip(file.phase.values, file.phase_count.values.tolist()))
        seconds = dict(zip(file.phase.values, file.phase_seconds_total.values.tolist()))
    phases = firesweep.performance()
    assert list(phases) == list(counts)
    for phase in ("compute", "wait", "merge"):
        assert phases[phase]["count"] == counts[phase] and phases[phase]["total"] == pytest.approx(seconds[phase])
    firesweep.run(EXPERIMENT, progress=False)
    assert firesweep.performance()["compute"]["count"] > counts["compute"] > 0


def test_numbers_of_numpy_and_paths_are_taken(tmp_path):
    experiment = {"landscape": {"width": np.int64(20), "height": 20, "vegetation_density": np.float64(0.9)},
                  "matrix": {"wind_speed": np.linspace(10, 60, 3), "danger_level": ["severe"],
                             "seed": {"first": 1, "count": 5}}}
    assert firesweep.run(experiment, progress=False).wind_speed.values.tolist() == [10, 35, 60]


def test_every_problem_of_an_experiment_is_told_as_by_the_command(program, tmp_path):
    wrong = {"landscape": {"widht": 3, "height": 0}, "matrix": {"danger_level": ["sever"], "seed": [1]}, "max_steps": "x"}
    (tmp_path / "wrong.yaml").write_text(json.dumps(wrong, indent=1))
    with pytest.raises(ValueError) as problem:
        firesweep.run(wrong, progress=False)
    expected = program.refusal("run", tmp_path / "wrong.yaml")
    assert len(expected.splitlines()) > 3
    assert str(problem.value) == expected.replace(str(tmp_path / "wrong.yaml"), "experiment")
    with pytest.raises(FileNotFoundError):
        firesweep.run(tmp_path / "none.yaml")
    with pytest.raises(ValueError, match="does not exist"):
        firesweep.run(EXPERIMENT, tmp_path / "no" / "folder.h5", progress=False)
    with pytest.raises(ValueError):
        firesweep.run(EXPERIMENT, progress=False, threads=0)
    with pytest.raises(TypeError):
        firesweep.run({"landscape": {1, 2}}, progress=False)
    with pytest.raises(TypeError):
        firesweep.run(3)


def test_what_misleads_is_a_warning():
    with pytest.warns(UserWarning, match="never comes"):
        firesweep.run(EXPERIMENT | {"weather": {"changes": [{"step": 50, "wind_speed": 5}]}, "max_steps": 10}, progress=False)


def test_what_the_observer_raises_ends_the_job():
    class Enough(Exception):
        pass

    def enough(done, runs, seconds_left):
        raise Enough

    with pytest.raises(Enough):
        firesweep.run(EXPERIMENT, progress=enough)
    assert firesweep.run(EXPERIMENT, progress=False).sizes["seed"] == 30


def test_failed_runs_are_a_warning_or_an_error(monkeypatch):
    monkeypatch.setenv("FIRESWEEP_FAIL_SEEDS", "3")
    with pytest.warns(RuntimeWarning, match="4 runs failed"):
        results = firesweep.run(EXPERIMENT | {"max_failed": 10}, progress=False)
    assert (results.status == 2).sum() == 4
    with pytest.raises(RuntimeError, match="allows no more"), pytest.warns(UserWarning):
        firesweep.run(EXPERIMENT | {"max_failed": 0}, progress=False)


def test_levels_are_those_of_the_command(program):
    levels = firesweep.danger_levels()
    table = program("levels").splitlines()[:8]
    assert list(levels) == [line.split()[0] for line in table if line.split()[:1] and line.split()[0] in levels]
    for line in table:
        words = line.split()
        if words and words[0] in levels:
            weather = levels[words[0]]
            assert [float(word) for word in words[1:4]] == [weather["wind_speed"], weather["humidity"], weather["temperature"]]
            p = firesweep.spread_probability(words[0])
            assert p.shape == (9,) and p.dtype == np.float64 and p[0] == 0
            assert [f"{p[n]:.4f}" for n in (1, 2, 3, 4, 8)] == words[4:9]
            assert firesweep.rate(weather["temperature"], weather["humidity"], weather["wind_speed"]) == words[9]
    assert firesweep.danger_level("low", wind_speed=99) == levels["low"] | {"wind_speed": 99}


def test_ratings_and_probabilities_refuse_what_no_weather_is():
    assert firesweep.rate(41, 14, 61) == "catastrophic" and firesweep.rate(40, 14, 61) == "extreme"
    assert firesweep.is_dangerous(36, 29, 0) and not firesweep.is_dangerous(35, 29, 0)
    for wrong in ((20, 101, 5), (20, -1, 5), (-300, 5, 5), (20, 5, -1), (float("nan"), 5, 5)):
        with pytest.raises(ValueError, match="must be a"):
            firesweep.rate(*wrong)
    with pytest.raises(TypeError):
        firesweep.rate("hot", 5, 5)
    with pytest.raises(TypeError, match="no parameter"):
        firesweep.spread_probability("severe", wnd_speed=5)
    q = 0.58 * np.exp(0.0125 * 50)
    assert firesweep.spread_probability("severe", form="alexandridis")[1] == pytest.approx(min(q, 1))
    assert firesweep.spread_probability("severe", base_rate=0).sum() == 0


def test_a_station_is_read_as_by_the_command(program, station):
    shown = json.loads(program("weather", station, "--json", "--per", "reading", "--drought-factor", 9))
    read = firesweep.Station(station, drought_factor=9)
    assert len(read) == 5 and read.format == shown["format"] == "own" and read.skipped == 0

    def plain(row):
        return row | {"time": row["time"].isoformat(timespec="minutes")}
    assert [plain(row) for row in read] == shown["rows"]
    assert plain(read.latest) == shown["latest"]
    assert read.latest["time"] == datetime.datetime(2020, 1, 4, 12) and next(iter(read))["wind_from"] == 270
    recent = read.readings("24 h")
    assert [row["age_s"] for row in recent] == [75600, 10800, 0]
    assert read.average()["temperature_degC"] == pytest.approx(32.7)
    assert read.average("3 h")["humidity_percent"] == 45
    days = json.loads(program("weather", station, "--json"))["rows"]
    assert [row["readings"] for row in read.days()] == [row["readings"] for row in days] == [3, 2]
    assert read.days()[0]["rating"] == "catastrophic"


def test_a_station_that_cannot_be_read_says_where(program, station, tmp_path):
    with pytest.raises(FileNotFoundError):
        firesweep.Station(tmp_path / "none.csv")
    station.write_text(STATION.replace("38.5", "hot"))
    with pytest.raises(ValueError) as problem:
        firesweep.Station(station)
    assert str(problem.value) == program.refusal("weather", station)
    station.write_text(STATION)
    with pytest.raises(ValueError, match="no length of time"):
        firesweep.Station(station).readings("24")
    with pytest.raises(ValueError, match="from 0 to 10"):
        firesweep.Station(station, drought_factor=11)
    with pytest.raises(ValueError, match="no length of time"):
        firesweep.Station(station, interval="soon")
