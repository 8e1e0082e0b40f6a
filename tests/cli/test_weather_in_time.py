"""Weather that changes while a fire burns, and weathers with names: what the file says of them, and who understands it."""

import json

import h5py
import numpy as np
import pytest

FRONT = "{wind_speed: 60, humidity: 8, temperature: 43, wind_direction: 340}"


def experiment(changes="", more=""):
    return f"""\
name: front
landscape: {{width: 90, height: 70}}
model: {{wind_directionality: 0.01, step_length: 5 min}}
weather: {{wind_speed: 50, humidity: 12, temperature: 40, wind_direction: 340{changes}}}
matrix:
  ignition_set: {{centre: [[45, 30]]}}
  seed: {{count: 30}}
on_bare_ground: force
{more}"""


CHANGE = ", changes: [{after: 1 h, wind_direction: 230, humidity: 30}, {step: 20, wind_speed: 0}]"


@pytest.fixture
def front(program):
    return program.write("front.yaml", experiment(CHANGE))


def run(program, *arguments, **options):
    done = program("run", *arguments, "--quiet", **options)
    assert done.returncode == 0, done.stderr
    return done


def states(program, results, periods=None):
    done = program("replay", results, "--seed", 7, "-o", "fire.h5", "--no-gif")
    assert done.returncode == 0, done.stderr
    assert ("from step 12 (1 h 0 min): wind 50 km/h from 230, humidity 30 %, 40 degC" in done.stdout) == (periods is not None)
    with h5py.File(program.folder / "fire.h5") as file:
        found = file["state"][:]
        assert ("period_step" in file) == (periods is not None)
        if periods is not None:
            np.testing.assert_array_equal(file["period_step"], periods)
    (program.folder / "fire.h5").unlink()
    return found


def test_the_file_says_when_the_weather_changes_to_what(program, front):
    run(program, front)
    with h5py.File(program.folder / "front.h5") as file:
        np.testing.assert_array_equal(file["period_step"][0], [0, 12, 20])
        np.testing.assert_array_equal(file["period_wind_direction"][0], [340, 230, 230])
        np.testing.assert_array_equal(file["period_humidity"][0], [12, 30, 30])
        np.testing.assert_array_equal(file["period_wind_speed"][0], [50, 50, 0])
        assert file["change_step"][0] == 12


def test_a_fire_is_the_one_without_the_change_until_it_comes(program, front):
    run(program, front)
    run(program, program.write("steady.yaml", experiment()), "-o", "steady.h5")
    with_change, without = states(program, "front.h5", [0, 12, 20]), states(program, "steady.h5")
    np.testing.assert_array_equal(with_change[:13], without[:13])
    assert (with_change[13] != without[13]).any()


def test_ranks_kernels_and_threads_make_the_same_of_it(program, front):
    run(program, front)
    run(program, front, "-o", "two.h5", "--threads", 3, ranks=2)
    run(program, front, "-o", "dense.h5", "--kernel", "dense")
    for other in ("two.h5", "dense.h5"):
        done = program("diff", "front.h5", other)
        assert "the same content" in done.stdout, done.stdout + done.stderr
    assert program("verify", "front.h5").returncode == 0


def test_another_change_is_another_experiment(program, front):
    run(program, front)
    program.write("front.yaml", experiment(CHANGE.replace("230", "200")))
    done = program("run", front, "--quiet")
    assert done.returncode == 5
    assert "weather.changes" in done.stderr and "wind_direction: 230" in done.stderr and "wind_direction: 200" in done.stderr


def test_winds_of_all_periods_are_said_in_words(program, front):
    said = program("validate", front).stdout
    assert "wind    from 230 drives fires towards 50" in said and "wind    from 340 drives fires towards 160" in said


def test_fires_beyond_the_weather_that_is_known_are_counted(program):
    run(program, program.write("front.yaml", experiment(CHANGE + ", known_until: 25")))
    with h5py.File(program.folder / "front.h5") as file:
        beyond = int((file["steps"][:] > 25).sum())
        assert file["runs_beyond_weather"][0] == beyond > 0
    said = program("show", "front.h5")
    assert f"Weather: {beyond} fires burnt on after the end of the weather that is known" in said.stdout
    assert json.loads(program("show", "front.h5", "--json").stdout)["runs_beyond_weather"] == beyond


def test_named_weathers_are_an_axis_that_everything_knows(program):
    name = program.write("named.yaml", f"""\
landscape: {{width: 60, height: 50}}
model: {{wind_directionality: 0.01}}
matrix:
  weather:
    calm: {{wind_speed: 10, humidity: 30, temperature: 35, wind_direction: 0}}
    front: {FRONT}
    turning: {{wind_speed: 60, humidity: 8, temperature: 43, wind_direction: 340, changes: [{{step: 9, wind_direction: 230}}]}}
  seed: {{count: 20}}
exclude: [{{weather: front}}]
""")
    run(program, name)
    with h5py.File(program.folder / "named.h5") as file:
        assert [label.decode() for label in file["weather"]] == ["calm", "front", "turning"]
        np.testing.assert_array_equal(file["period_step"][:, 0], [[0, -1], [0, -1], [0, 9]])
        assert np.isnan(file["period_humidity"][0, 0, 1])
    shown = program("show", "named.h5", "--scenario", "weather=turning")
    assert shown.returncode == 0 and "turning" in shown.stdout
    assert program("replay", "named.h5", "--weather", "turning", "--seed", 3, "--no-gif").returncode == 0
    assert program("export", "named.h5", "--summary", "-o", "s").returncode == 0


def test_an_axis_of_the_step_of_the_change(program):
    changes = ", changes: [{step: 5, wind_direction: 230}]"
    text = experiment(changes).replace("matrix:\n", "matrix:\n  change_step: [5, 15, 400]\n")
    run(program, program.write("turn.yaml", text), "-o", "turn.h5")
    run(program, program.write("steady.yaml", experiment()), "-o", "steady.h5")
    with h5py.File(program.folder / "turn.h5") as file, h5py.File(program.folder / "steady.h5") as steady:
        np.testing.assert_array_equal(file["period_step"][:, 0, 1], [5, 15, 400])
        np.testing.assert_array_equal(file["burnt_cells"][2], steady["burnt_cells"][:])
        assert (file["burnt_cells"][0] != file["burnt_cells"][1]).any()


STATION = """\
time,temperature_degC,humidity_%,wind_speed_km/h,wind_from
2019-12-30T10:00,35,20,20,NW
2019-12-30T10:30,38,14,40,NNW
2019-12-30T11:00,38,14,40,NNW
2019-12-30T11:20,25,45,50,SW
"""


def test_a_series_is_the_weather_of_its_readings(program):
    program.write("station.csv", STATION)
    text = experiment().replace("weather: {wind_speed: 50, humidity: 12, temperature: 40, wind_direction: 340}",
                                "weather: {series: station.csv, from: 2019-12-30T10:04}")
    run(program, program.write("front.yaml", text))
    with h5py.File(program.folder / "front.h5") as file:
        np.testing.assert_array_equal(file["period_step"][0], [0, 6, 16])  # 26 and 76 minutes after, in steps of 5
        np.testing.assert_array_equal(file["period_wind_speed"][0], [20, 40, 50])
        np.testing.assert_array_equal(file["period_wind_direction"][0], [315, 337.5, 225])
        np.testing.assert_array_equal(file["runs_beyond_weather"][0], (file["steps"][:] > 16).sum())
    (program.folder / "station.csv").unlink()
    assert program("verify", "front.h5").returncode == 0, "the numbers are in the file"


def test_what_a_series_lacks_is_told(program):
    program.write("station.csv", STATION)
    for text, said in (("{series: station.csv}", "weather.from is missing"),
                       ("{series: station.csv, from: 30/12/2019}", "must be a time such as 2019-12-30T15:00"),
                       ("{series: station.csv, from: 2019-12-30T10:04, humidity: 3}", "stands beside a series"),
                       ("{series: none.csv, from: 2019-12-30T10:04}", "none.csv"),
                       ("{series: station.csv, from: 2019-12-30T09:00}", "2019-12-30")):
        done = program("validate", program.write("front.yaml", experiment().replace(
            "{wind_speed: 50, humidity: 12, temperature: 40, wind_direction: 340}", text)))
        assert done.returncode == 2 and said in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
    program.write("station.csv", STATION.replace("38,14,40,NNW\n", "38,140,40,NNW\n", 1))
    done = program("validate", program.write("front.yaml", experiment().replace(
        "{wind_speed: 50, humidity: 12, temperature: 40, wind_direction: 340}",
        "{series: station.csv, from: 2019-12-30T10:04}")))
    assert done.returncode == 2 and "station.csv:3:" in done.stderr


def test_days_of_a_station_are_an_axis(program):
    rows = "".join(f"2020-01-{day:02},{20 + day},{40 - day},{10 + day},N\n" for day in range(1, 31))
    program.write("days.csv", "date,temperature_degC,humidity_%,wind_speed_km/h,wind_from\n" + rows)
    run(program, program.write("days.yaml", """\
landscape: {width: 40, height: 30}
matrix:
  weather: days.csv
  seed: {count: 3}
season: {days_per_year: {%s}, fires_per_day: 0.1}
""" % ", ".join(f"2020-01-{day:02}: {day / 30}" for day in range(1, 31))))
    with h5py.File(program.folder / "days.h5") as file:
        assert file["weather"].shape == (30,) and file["weather"][29].decode() == "2020-01-30"
        np.testing.assert_array_equal(file["humidity"][:, 0], 40.0 - np.arange(1, 31))
        assert file["season/expected_fires"][0] == pytest.approx(1.55)
    said = program("show", "days.h5", "--season")
    assert said.returncode == 0 and "1.55 fires a year" in said.stdout
