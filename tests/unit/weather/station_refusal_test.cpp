#include <string>

#include "../catch.hpp"
#include "station_file.hpp"

namespace firesweep {
namespace {

using sample::station_refusal;
using sample::with_headings;

TEST_CASE("Every value that cannot be read is named with its row and column") {
  CHECK(station_refusal(with_headings("2019-12-30T15:00,hot,120,fast,NNX\n"
                                      "2019-12-30T16:00,-9999,20,-1,361\n"
                                      "2019-12-30T17:00,\"30,5\",20,10,0\n")) ==
        "s.csv:2:18: temperature 'hot' is no number\n"
        "s.csv:2:22: humidity 120 is out of range; allowed is 0 to 100 %, and a value that is missing is an "
        "empty cell\n"
        "s.csv:2:26: wind_speed 'fast' is no number\n"
        "s.csv:2:31: wind_from 'NNX' is neither degrees nor a point of the compass such as NNE\n"
        "s.csv:3:18: temperature -9999 is out of range; allowed is -90 to 60 degC, and a value that is "
        "missing is an empty cell\n"
        "s.csv:3:27: wind_speed -1 is out of range; allowed is 0 to 410 km/h, and a value that is missing is "
        "an empty cell\n"
        "s.csv:3:30: wind_from 361 is out of range; allowed is 0 to 360, and a value that is missing is an "
        "empty cell\n"
        "s.csv:4:18: temperature '30,5' is no number; write decimals with a point");
}

TEST_CASE("A year of problems does not hide the first") {
  std::string rows;
  for (int hour = 0; hour < 24; ++hour)
    rows += "2019-12-30T" + std::to_string(100 + hour).substr(1) + ":00,x,20,10,0\n";
  const std::string text = station_refusal(with_headings(rows));
  CHECK_THAT(text, Contains("s.csv:21:18: temperature 'x' is no number\ns.csv: has 4 problems more"));
}

TEST_CASE("A column that is missing, there twice or without its unit is named") {
  CHECK(station_refusal("time,temperature,rh_%,wind_kmh,wind_kt\n2019-12-30T15:00,30,20,10,5\n") ==
        "s.csv:1:6: column 'temperature' does not say its unit; name it 'temperature (UNIT)' with a unit of "
        "degC or degF\n"
        "s.csv:1:32: columns 'wind_kmh' and 'wind_kt' both give the wind speed; choose one (columns or "
        "--column: wind_speed=wind_kmh)");
  CHECK(station_refusal("when,temp (K),wind_kmh\n2019-12-30T15:00,300,10\n") ==
        "s.csv:1:6: column 'temp' is in 'K', which is no unit of temperature that is known; known are degC "
        "or degF\n"
        "s.csv:1: has no column for the humidity; name it 'humidity (UNIT)' with a unit of %, or choose "
        "one (columns or --column: humidity=NAME [UNIT])");
  CHECK(station_refusal("temp_c,rh_%,wind_kmh\n30,20,10\n") ==
        "s.csv:1: has no column for the time; name it time, or choose one (columns or --column: time=NAME)");
}

TEST_CASE("A direction must say from or towards") {
  CHECK(station_refusal("time,temp_c,rh_%,wind_kmh,wind_direction\n2019-12-30T15:00,30,20,10,90\n") ==
        "s.csv:1:27: column 'wind_direction' does not say whether the wind comes from there or blows towards "
        "it; name it wind_from or "
        "wind_towards (or choose it, columns or --column: wind_from=wind_direction)");
  CHECK(station_refusal("time,temp_c,rh_%,wind_kmh,WD (deg)\n2019-12-30T15:00,30,20,10,90\n")
            .starts_with("s.csv:1:27: column 'wd' does"));
  CHECK(station_refusal(
            "time,temp_c,rh_%,wind_kmh,wind_from,wind_towards\n2019-12-30T15:00,30,20,10,90,270\n") ==
        "s.csv:1:37: the wind has a direction from (column 5) and one towards (here); keep one");
}

TEST_CASE("Choices of columns that cannot be are refused") {
  StationOptions options;
  options.columns = {{"temprature", "TMP"}, {"humidity", "humidty_%"}};
  CHECK(station_refusal(with_headings("2019-12-30T15:00,30,20,10,0\n"), options) ==
        "columns: nothing is called 'temprature'; did you mean 'temperature'?\n"
        "s.csv:1: has no column 'humidty_%', which is to be the humidity; did you mean 'humidity_%'?");
}

TEST_CASE("Columns of a format that has its own names cannot be chosen") {
  StationOptions options;
  options.columns = {{"humidity", "RH"}};
  CHECK(
      station_refusal("RAWS_UNITS: English\nYear Mth Day Time Temp RH HrlyPcp WindSpd WindDir CloudCov\n"
                      "2013 4 25 1200 77 25 0.00 3 270 25\n",
                      options) ==
      "s.csv: columns cannot be chosen in observations of RAWS as FARSITE reads them, whose names are known");
}

TEST_CASE("A date that can be read in two ways is refused with both") {
  CHECK(station_refusal(with_headings("01/02/2019 10:00,30,20,10,0\n01/02/2019 11:00,30,20,10,0\n")) ==
        "s.csv:2:1: time '01/02/2019 10:00' is not of ISO 8601 (2019-12-30T15:00) and can be read in more "
        "than one way; say which with "
        "time_format (--time-format) '%d/%m/%Y %H:%M' or '%m/%d/%Y %H:%M'");
  CHECK(station_refusal(with_headings("12-03-2014 13:00,30,20,10,0\n13-03-2014 13:00,30,20,10,0\n")) ==
        "s.csv:2:1: time '12-03-2014 13:00' is not of ISO 8601 (2019-12-30T15:00); say so with time_format "
        "(--time-format) '%d-%m-%Y %H:%M'");
}

TEST_CASE("Day first and month first are never mixed") {
  CHECK(station_refusal(with_headings("13/03/2014 13:00,30,20,10,0\n10/27/2017 18:00,30,20,10,0\n")) ==
        "s.csv:2:1: time '13/03/2014 13:00' is not of ISO 8601 (2019-12-30T15:00), and line 3 ('10/27/2017 "
        "18:00') is not written as those "
        "before it; write all times in one way");
  CHECK(station_refusal(with_headings("2014-03-13 13:00,30,20,10,0\n14/03/2014 13:00,30,20,10,0\n")) ==
        "s.csv:3:1: time '14/03/2014 13:00' is not of ISO 8601, as the first is, '2014-03-13 13:00'; write "
        "all times in one way");
  StationOptions options;
  options.time_format = "%m/%d/%Y %H:%M";
  CHECK(
      station_refusal(with_headings("12/03/2014 13:00,30,20,10,0\n13/03/2014 13:00,30,20,10,0\n"), options) ==
      "s.csv:3:1: time '13/03/2014 13:00' is not written as time_format '%m/%d/%Y %H:%M' says, or is none");
}

TEST_CASE("A time that is missing, or is none, is named") {
  CHECK(station_refusal(with_headings(",30,20,10,0\n")) == "s.csv:2:1: a row has no time");
  CHECK(station_refusal(with_headings("noon,30,20,10,0\n")) ==
        "s.csv:2:1: time 'noon' is not of ISO 8601 (2019-12-30T15:00); say how it is written with "
        "time_format (--time-format), as in '%d/%m/%Y %H:%M'");
}

TEST_CASE("Times that repeat, go back or change their zone are named") {
  CHECK(station_refusal(with_headings(
            "2019-12-30T15:00,30,20,10,0\n2019-12-30T15:00,30,20,10,0\n2019-12-30T14:00,30,20,10,0\n")) ==
        "s.csv:3:1: time '2019-12-30T15:00' is that of line 2 again; keep one of them or, where a file "
        "repeats one time, say how far apart "
        "its readings are (interval or --interval: 10 min)\n"
        "s.csv:4:1: time '2019-12-30T14:00' is before that of line 3, '2019-12-30T15:00'; sort the rows by "
        "time");
  CHECK(station_refusal(
            with_headings("2019-12-30T15:00+11:00,30,20,10,0\n2019-12-30T15:00+10:00,30,20,10,0\n")) ==
        "s.csv:3:1: time '2019-12-30T15:00+10:00' is of another zone than the first, "
        "'2019-12-30T15:00+11:00'; write all times on one "
        "clock");
}

TEST_CASE("An interval that the times contradict is refused") {
  StationOptions options;
  options.interval = std::chrono::minutes(10);
  CHECK(
      station_refusal(with_headings("2019-12-30T15:00,30,20,10,0\n2019-12-30T16:00,30,20,10,0\n"), options) ==
      "s.csv:3:1: time '2019-12-30T16:00' is neither the first, '2019-12-30T15:00', nor 10 min 0 s after the "
      "row before; leave out "
      "interval, or mend the times");
}

TEST_CASE("A gap is named with its row") {
  CHECK(station_refusal(with_headings(
            "2019-12-30T09:00,30,20,10,0\n2019-12-30T10:00,31,20,10,0\n2019-12-30T12:00,33,20,10,0\n"
            "2019-12-30T13:00,34,20,10,0\n")) ==
        "s.csv:4: 2019-12-30 12:00 is 2 h 0 min after the reading before it (line 3), where 1 h 0 min is "
        "usual; fill the gap, or take a "
        "part without one (from, to)");
}

TEST_CASE("A part outside of what is there is refused") {
  const std::string csv = with_headings("2019-12-30T09:00,30,20,10,0\n2019-12-30T10:00,31,20,10,0\n");
  StationOptions options;
  options.from = parse_iso_time("2019-12-29T00:00")->time;
  CHECK(station_refusal(csv, options) ==
        "s.csv: has no reading yet at 2019-12-29 00:00; its first is of 2019-12-30 09:00");
  options.from = parse_iso_time("2019-12-31T00:00")->time;
  CHECK(station_refusal(csv, options) ==
        "s.csv: has no reading at 2019-12-31 00:00 or later; its last is of 2019-12-30 10:00");
  options.from = parse_iso_time("2019-12-30T10:00")->time;
  options.to = parse_iso_time("2019-12-30T09:00")->time;
  CHECK(station_refusal(csv, options) ==
        "s.csv: 2019-12-30 09:00 is before 2019-12-30 10:00, where it is to begin");
}

TEST_CASE("A file without readings is refused") {
  CHECK(station_refusal(with_headings("")) == "s.csv: has no reading with temperature, humidity and wind");
  CHECK(station_refusal(with_headings("2019-12-30T09:00,30,,10,0\n")) ==
        "s.csv: has no reading with temperature, humidity and wind");
  CHECK(station_refusal("") == "s.csv: is empty; its first row must name its columns");
  CHECK(station_refusal(std::string("t\0i\0", 4)) == "s.csv: is no table of text; save it as CSV in UTF-8");
}

}  // namespace
}  // namespace firesweep
