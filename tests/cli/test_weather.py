"""What a station recorded, as 'firesweep weather' tells it."""

import csv
import io
import json

import pytest
import yaml

HEADINGS = "time,temperature_degC,humidity_%,wind_speed_km/h,wind_from\n"
DAYS = HEADINGS + """\
2019-12-01T09:00,18,70,10,180
2019-12-01T15:00,24,45,15,200
2019-12-02T09:00,25,40,20,350
2019-12-02T15:00,36,18,45,340
2019-12-03T09:00,28,35,25,N
2019-12-03T15:00,42,9,65,330
2019-12-03T18:00,30,30,40,220
2019-12-04T15:00,22,50,calm,
2019-12-05T15:00,23,,10,90
"""


def bom(degree="°"):
    """Two days as the Bureau lays them out, in made-up numbers."""
    headings = [f"Minimum temperature ({degree}C)", "Rainfall (mm)", "Direction of maximum wind gust ", "Speed of maximum wind gust (km/h)",
                *(f"{hour} {what}" for hour in ("9am", "3pm") for what in
                  (f"Temperature ({degree}C)", "relative humidity (%)", "wind direction", "wind speed (km/h)", "MSL pressure (hPa)"))]
    return ('"Daily Weather Observations for Somewhere for December 2019"\n"The "official" site has another name."\n\n'
            + ',"Date",' + ",".join(f'"{heading}"' for heading in headings) + "\n"
            + ",2019-12-1,12.0,0,NNW,70,20.0,40,N,11,1012.0,36.5,17,NW,43,1008.0\n"
            + ",2019-12-2,15.0,0,,,22.0,60, ,Calm,1010.0,,,,,\n")


def told(program, *arguments):
    done = program("weather", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of(program, *arguments):
    return json.loads(told(program, *arguments, "--json"))["rows"]


def refused(program, *arguments):
    done = program("weather", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


@pytest.fixture
def station(program):
    return program.write("station.csv", DAYS)


def test_it_says_what_there_is(program, station):
    text = told(program, station)
    assert "8 readings from 2019-12-01 09:00 to 2019-12-04 15:00, on 4 days" in text
    assert "1 reading of the file without temperature, humidity or wind was skipped" in text
    assert "latest, 2019-12-04 15:00: 22.0 degC (71.6 degF), 50 %, wind 0.0 km/h; rated moderate; p(1) " in text
    assert "temperature degC   18.0  28.1      42.0" in text
    assert "days by the rating of their worst reading: moderate 2, high 0, severe 0, extreme 1, catastrophic 1" in text
    assert "no official ones" in text


def test_a_day_is_its_reading_of_greatest_spread(program, station):
    rows = rows_of(program, station)
    assert [row["time"] for row in rows] == [f"2019-12-0{day}T15:00" for day in (1, 2, 3, 4)]
    assert [row["readings"] for row in rows] == [2, 2, 3, 1]
    assert [row["rating"] for row in rows] == ["moderate", "extreme", "catastrophic", "moderate"]
    assert [row["dangerous"] for row in rows] == [False, True, True, False]
    assert rows[1]["temperature_degF"] == pytest.approx(96.8)
    expected = 0.35 * (1 + 45 / 120) * (1.15 - 18 / 100) * (0.85 + 36 / 120) * 0.45
    assert rows[1]["p1"] == pytest.approx(expected, rel=1e-12)
    assert rows[3]["wind_from"] is None


def test_rows_can_be_readings(program, station):
    rows = rows_of(program, station, "--per", "reading")
    assert len(rows) == 8
    assert [row["line"] for row in rows] == list(range(2, 10))


@pytest.mark.parametrize("weather, drought, expected", [((20, 60, 10), 5, 1.9575), ((30, 30, 30), 9, 22.0389), ((40, 10, 50), 10, 109.1583)])
def test_the_danger_index_is_mcarthurs(program, weather, drought, expected):
    temperature, humidity, wind = weather
    program.write("one.csv", HEADINGS + f"2019-12-01T15:00,{temperature},{humidity},{wind},0\n")
    row, = rows_of(program, "one.csv", "--drought-factor", drought)
    assert row["ffdi"] == pytest.approx(expected, abs=5e-5)
    program.write("own.csv", HEADINGS.strip() + f",drought_factor\n2019-12-01T15:00,{temperature},{humidity},{wind},0,{drought}\n")
    row, = rows_of(program, "own.csv", "--drought-factor", 1)
    assert row["ffdi"] == pytest.approx(expected, abs=5e-5)


def test_without_a_drought_factor_there_is_no_danger_index(program, station):
    assert all(row["ffdi"] is None for row in rows_of(program, station))
    assert "FFDI" not in told(program, station)


def test_the_last_hours_have_ages(program, station):
    rows = rows_of(program, station, "--last", "24 h")
    assert [(row["time"], row["age_s"]) for row in rows] == [("2019-12-03T18:00", 75600), ("2019-12-04T15:00", 0)]
    assert "2019-12-03 18:00  21 h 00 min" in told(program, station, "--last", "1d")
    assert "'24' is no length of time with its unit" in refused(program, station, "--last", "24")


def test_its_csv_is_read_again(program, station):
    text = told(program, station, "--csv", "--per", "reading")
    assert [row["rating"] for row in csv.DictReader(io.StringIO(text))].count("moderate") == 4
    program.write("again.csv", text)
    assert told(program, "again.csv", "--csv", "--per", "reading") == text


def test_an_axis_has_an_entry_for_each_rating(program, station):
    text = told(program, station, "--as-axis")
    pasted = yaml.safe_load(text)
    assert pasted["matrix"]["weather"] == {
        "moderate": {"wind_speed": 0, "humidity": 50, "temperature": 22},
        "extreme": {"wind_speed": 45, "wind_direction": 340, "humidity": 18, "temperature": 36},
        "catastrophic": {"wind_speed": 65, "wind_direction": 330, "humidity": 9, "temperature": 42}}
    assert pasted["season"]["days_per_year"] == {"moderate": 182.5, "extreme": 91.25, "catastrophic": 91.25}
    assert "# 2019-12-02 15:00, of 1 day" in text
    assert "These days are no whole year" in text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_daily_observations_of_the_bureau(program, encoding):
    (program.folder / "IDCJDW.csv").write_bytes(bom().replace("\n", "\r\n").encode(encoding))
    shown = json.loads(told(program, "IDCJDW.csv", "--per", "reading", "--json"))
    assert (shown["format"], shown["readings"], shown["skipped"]) == ("bom_daily", 3, 1)
    assert [(row["time"], row["wind_speed_km_h"], row["wind_from"]) for row in shown["rows"]] == [
        ("2019-12-01T09:00", 11, 0), ("2019-12-01T15:00", 43, 315), ("2019-12-02T09:00", 0, None)]


def test_american_units(program):
    program.write("raws.csv", """\
        # STATION: XXXX1
        Station_ID,Date_Time,air_temp_set_1,relative_humidity_set_1,wind_speed_set_1,wind_direction_set_1
        ,,Fahrenheit,%,Miles/hour,Degrees
        XXXX1,08/19/2020 23:50 UTC,95,11,20,314
        """)
    assert "time_format (--time-format) '%m/%d/%Y %H:%M %Z'" in refused(program, "raws.csv")
    row, = rows_of(program, "raws.csv", "--time-format", "%m/%d/%Y %H:%M %Z")
    assert (row["time"], row["wind_from"]) == ("2020-08-19T23:50", 314)
    assert row["temperature_degC"] == pytest.approx(35)
    assert row["wind_speed_km_h"] == pytest.approx(32.18688)


def test_one_time_in_all_rows(program):
    program.write("flat.csv", HEADINGS + "2014-03-13T13:00,30,20,10,0\n" * 3)
    assert "flat.csv:3:1: time '2014-03-13T13:00' is that of line 2 again" in refused(program, "flat.csv")
    rows = rows_of(program, "flat.csv", "--interval", "10 min", "--per", "reading")
    assert [row["time"][-5:] for row in rows] == ["13:00", "13:10", "13:20"]


def test_columns_can_be_chosen(program):
    program.write("odd.csv", "when,TMP,RH,WS,WD\n2019-12-01T15:00,30,20,10,90\n")
    assert "column 'wd' does not say whether the wind comes from there" in refused(program, "odd.csv")
    row, = rows_of(program, "odd.csv", "--column", "time=when", "--column", "temperature=TMP [degC]", "--column", "humidity=RH [%]",
                   "--column", "wind_speed=WS [m/s]", "--column", "wind_towards=WD")
    assert (row["wind_speed_km_h"], row["wind_from"]) == (36, 270)
    assert "write it as KEY=NAME" in refused(program, "odd.csv", "--column", "TMP")


# What is wrong -> the row below the headings, and what standard error says.
FAULTS = {
    "no number": ("2019-12-01T15:00,hot,20,10,90", "bad.csv:2:18: temperature 'hot' is no number"),
    "out of range": ("2019-12-01T15:00,30,-20,10,90", "bad.csv:2:21: humidity -20 is out of range; allowed is 0 to 100 %"),
    "no direction": ("2019-12-01T15:00,30,20,10,X", "bad.csv:2:27: wind_from 'X' is neither degrees nor a point of the compass"),
    "ambiguous": ("01/02/2019,30,20,10,90", "bad.csv:2:1: time '01/02/2019' is not of ISO 8601 (2019-12-30T15:00) and can be read in more"),
    "too few cells": ("2019-12-01T15:00,30,20", "bad.csv:2: has 3 cells, and the first row has 5"),
    "no reading": ("2019-12-01T15:00,,20,10,90", "bad.csv: has no reading with temperature, humidity and wind"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_place(program, fault):
    row, message = FAULTS[fault]
    program.write("bad.csv", HEADINGS + row + "\n")
    assert message in refused(program, "bad.csv")


@pytest.mark.parametrize("words, message", [
    (("nowhere.csv",), "nowhere.csv: cannot be read (there is no such file)"),
    (("station.csv", "--json", "--csv"), "--json, --csv and --as-axis: choose one"),
    (("station.csv", "--drought-factor", "11"), "'11' is no drought factor, which is from 0 to 10"),
    (("station.csv", "--time-format", "%H:%M"), "time_format '%H:%M': makes no date"),
])
def test_what_cannot_be_asked(program, station, words, message):
    assert message in refused(program, *words)
