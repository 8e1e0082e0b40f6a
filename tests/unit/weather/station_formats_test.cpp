#include <string>

#include "../catch.hpp"
#include "station_file.hpp"

namespace firesweep {
namespace {

using sample::station_of;

// As the Bureau lays them out: a preamble with quotes inside of quotes, and a first column without a name. `degree` is
// the sign as the file's encoding has it.
std::string bom_file(const std::string& degree, const std::string& rows) {
  return "\"Daily Weather Observations for Somewhere, Victoria for December 2019\"\r\n"
         "\"Prepared at 16:06 GMT on Monday  6 January 2020   IDCJDW0000.201912\"\r\n"
         "\"The \"official\" site is another, and so is its name.\"\r\n"
         "\r\n"
         ",\"Date\",\"Minimum temperature (" +
         degree + "C)\",\"Maximum temperature (" + degree +
         "C)\",\"Rainfall (mm)\","
         "\"Direction of maximum wind gust \",\"Speed of maximum wind gust (km/h)\",\"Time of maximum wind "
         "gust\","
         "\"9am Temperature (" +
         degree +
         "C)\",\"9am relative humidity (%)\",\"9am wind direction\",\"9am wind speed (km/h)\","
         "\"3pm Temperature (" +
         degree + "C)\",\"3pm relative humidity (%)\",\"3pm wind direction\",\"3pm wind speed (km/h)\"\r\n" +
         rows;
}

constexpr const char* bom_rows =
    ",\"2019-12-1\",14.1,33.0,0,\"NNW\",56,\"14:20\",21.5,40,\"NNE\",11,32.0,18,\"NW\",33\r\n"
    ",\"2019-12-2\",16.0,38.1,0,,,,25.0,30,\" \",\"Calm\",37.5,,\"N\",46\r\n";

TEST_CASE("A row of the Bureau of Meteorology's daily observations is a reading at 9 am and one at 3 pm") {
  for (const char* const degree : {"\xC2\xB0", "\xB0", "Deg "}) {
    const StationReadings station = station_of(bom_file(degree, bom_rows));
    CHECK(station.format == StationFormat::bom_daily);
    REQUIRE(station.readings.size() == 3);
    CHECK(time_text(station.readings[0].time) == "2019-12-01 09:00");
    CHECK(time_text(station.readings[1].time) == "2019-12-01 15:00");
    CHECK(time_text(station.readings[2].time) == "2019-12-02 09:00");
    CHECK(station.readings[0].line == 6);
    CHECK(station.readings[2].line == 7);
    CHECK(station.readings[0].weather ==
          Weather{.wind_speed = 11, .humidity = 40, .temperature = 21.5, .wind_direction = 22.5});
    CHECK(station.readings[1].weather ==
          Weather{.wind_speed = 33, .humidity = 18, .temperature = 32, .wind_direction = 315});
    CHECK(station.readings[2].weather.wind_speed == 0);
    CHECK_FALSE(station.readings[2].has_direction);
    CHECK(station.skipped == 1);  // without humidity
    CHECK(station.gaps.empty());  // nor is the night one
  }
}

TEST_CASE(
    "Synoptic Data's units stand in a row of their own, and its direction is where the wind comes from") {
  const StationReadings station = station_of(
      "# STATION: XXXX1\n# STATION NAME: SOMEWHERE\n# ELEVATION [ft]: 2598\n"
      "Station_ID,Date_Time,fuel_moisture_set_1,air_temp_set_1,relative_humidity_set_1,wind_speed_set_1,wind_"
      "direction_set_1\n"
      ",,gm,Fahrenheit,%,Miles/hour,Degrees\n"
      "XXXX1,2017-01-03T08:30:00Z,,95,12,10,350\n"
      "XXXX1,2017-01-03T09:30:00Z,,32,50,0,\n");
  CHECK(station.format == StationFormat::synoptic);
  CHECK(station.offset == std::chrono::minutes(0));
  REQUIRE(station.readings.size() == 2);
  CHECK(station.readings[0].line == 6);
  CHECK(station.readings[0].weather.temperature == Approx(35));
  CHECK(station.readings[0].weather.wind_speed == Approx(16.09344));
  CHECK(station.readings[0].weather.wind_direction == 350);
  CHECK(station.readings[1].weather.temperature == Approx(0).margin(1e-12));
}

TEST_CASE("RAWS as FARSITE reads them have columns parted by blanks") {
  const auto read = [](const std::string& units) {
    return station_of("RAWS_UNITS: " + units +
                      "\nRAWS_ELEVATION: 500\nRAWS: 2\n"
                      "Year  Mth  Day   Time    Temp     RH  HrlyPcp  WindSpd WindDir CloudCov\n"
                      "2013  4  25   2300   50  25 0.00  10  270 25 \r\n"
                      " 2013 4 26  5 50 25 0.00 0 0 25\n");
  };
  const StationReadings station = read("English");
  CHECK(station.format == StationFormat::wxs);
  REQUIRE(station.readings.size() == 2);
  CHECK(time_text(station.readings[0].time) == "2013-04-25 23:00");
  CHECK(time_text(station.readings[1].time) == "2013-04-26 00:05");
  CHECK(station.readings[0].weather.temperature == Approx(10));
  CHECK(station.readings[0].weather.wind_speed == Approx(16.09344));
  CHECK(station.readings[0].weather.wind_direction == 270);
  CHECK(read("Metric").readings[0].weather.temperature == 50);
  CHECK(read("Metric").readings[0].weather.wind_speed == 10);
}

TEST_CASE("Gusts can stand for the wind") {
  StationOptions options;
  options.wind = StationOptions::Wind::gust;
  const StationReadings days = station_of(bom_file("\xC2\xB0", bom_rows), options);
  REQUIRE(days.readings.size() == 1);
  CHECK(time_text(days.readings[0].time) == "2019-12-01 15:00");
  CHECK(days.readings[0].weather ==
        Weather{.wind_speed = 56, .humidity = 18, .temperature = 32, .wind_direction = 337.5});
  CHECK(days.skipped == 1);
  const StationReadings own =
      station_of("time,temp_c,rh_%,wind_kmh,gust_m/s\n2019-12-30T15:00,30,20,10,20\n", options);
  CHECK(own.readings[0].weather.wind_speed == 72);
}

TEST_CASE("Columns are found by name and unit, in any order") {
  const StationReadings station = station_of(
      "\xEF\xBB\xBF# our mast\n"
      ",Wind From,remark,RH (%),wind_speed_m/s,time,Air Temperature [degF],drought factor\n"
      "0,NNE,\"dry, hot\",20,10,2019-12-30 15:00,104,9.5\n"
      "1,SSW,,21,calm,2019-12-30 16:00,104,\n");
  CHECK(station.format == StationFormat::own);
  REQUIRE(station.readings.size() == 2);
  const StationReading& first = station.readings.front();
  CHECK(first.weather.temperature == Approx(40));
  CHECK(first.weather.wind_speed == Approx(36));
  CHECK(first.weather.humidity == 20);
  CHECK(first.weather.wind_direction == 22.5);
  CHECK(first.has_direction);
  CHECK(first.drought_factor == 9.5);
  CHECK_FALSE(station.readings[1].has_direction);
  CHECK(station.readings[1].weather ==
        Weather{.wind_speed = 0, .humidity = 21, .temperature = first.weather.temperature});
  CHECK_FALSE(station.readings[1].drought_factor);
}

TEST_CASE("Units are known in their usual spellings") {
  const auto read = [](const std::string& temperature, const std::string& wind) {
    return station_of("time," + temperature + ",humidity_%," + wind + "\n2019-12-30T15:00,50,20,10\n")
        .readings.front()
        .weather;
  };
  for (const char* const heading : {"temp_c",
                                    "temperature (\xC2\xB0"
                                    "C)",
                                    "temp [Celsius]", "air temp degC"})
    CHECK(read(heading, "wind_kmh").temperature == 50);
  for (const char* const heading : {"temp_f",
                                    "temperature (\xC2\xB0"
                                    "F)",
                                    "temp [deg F]"})
    CHECK(read(heading, "wind (km/h)").temperature == Approx(10));
  for (const char* const heading : {"wind_speed_m/s", "wind (m s-1)", "wind_ms"})
    CHECK(read("temp_c", heading).wind_speed == Approx(36));
  for (const char* const heading : {"wind_speed_knots", "wind (kt)"})
    CHECK(read("temp_c", heading).wind_speed == Approx(18.52));
  CHECK(read("temp_c", "wind (mph)").wind_speed == Approx(16.09344));
}

TEST_CASE("A wind that blows towards somewhere comes from the other side") {
  const auto direction = [](const std::string& heading, const std::string& value) {
    return station_of("time,temp_c,rh_%,wind_kmh," + heading + "\n2019-12-30T15:00,30,20,10," + value + "\n")
        .readings.front()
        .weather.wind_direction;
  };
  CHECK(direction("wind_from", "90") == 90);
  CHECK(direction("wind_towards", "90") == 270);
  CHECK(direction("wind_towards", "S") == 0);
  CHECK(direction("wind_to_direction [degrees]", "200") == 20);
  CHECK(direction("wind_from", "360") == 0);
  CHECK(direction("wind direction (degrees from)", "90") == 90);
  CHECK(direction("wind direction (degrees towards)", "90") == 270);
}

TEST_CASE("Columns can be chosen, with their unit") {
  StationOptions options;
  options.columns = {{"temperature", "TMP [degC]"},
                     {"humidity", "rel [%]"},
                     {"wind_speed", "WS (knots)"},
                     {"wind_from", "WD"},
                     {"time", "when"}};
  options.time_format = "%d/%m/%Y %H:%M";
  const StationReadings station = station_of("when,TMP,Rel,WS,WD\n01/02/2019 15:00,30,20,10,45\n", options);
  CHECK(time_text(station.readings.front().time) == "2019-02-01 15:00");
  CHECK(station.readings.front().weather.wind_speed == Approx(18.52));
  CHECK(station.readings.front().weather.wind_direction == 45);
}

TEST_CASE("Of two columns one can be chosen by its name alone") {
  StationOptions options;
  options.columns = {{"wind_speed", "wind_m/s"}};
  const StationReadings station =
      station_of("time,temp_c,rh_%,wind_kmh,wind_m/s\n2019-12-30T15:00,30,20,11,3\n", options);
  CHECK(station.readings.front().weather.wind_speed == Approx(10.8));
}

TEST_CASE("A whole time needs no date beside it") {
  const StationReadings station =
      station_of("date,timestamp,temp_c,rh_%,wind_kmh\n30/12/2019,2019-12-30T15:00,30,20,10\n");
  CHECK(time_text(station.readings.front().time) == "2019-12-30 15:00");
}

TEST_CASE("A date and a time may stand beside each other") {
  const StationReadings station = station_of("date,time,temp_c,rh_%,wind_kmh\n2019-12-30,15:00,30,20,10\n");
  CHECK(time_text(station.readings.front().time) == "2019-12-30 15:00");
}

TEST_CASE("An interval stands for one time that all rows repeat") {
  StationOptions options;
  options.interval = std::chrono::minutes(10);
  const StationReadings station =
      station_of(sample::with_headings(
                     "2014-03-13T13:00,30,20,10,0\n2014-03-13T13:00,,20,10,0\n2014-03-13T13:00,32,20,10,0\n"),
                 options);
  REQUIRE(station.readings.size() == 2);
  CHECK(station.skipped == 1);
  CHECK(time_text(station.readings[1].time) == "2014-03-13 13:20");
}

TEST_CASE("A part begins with the reading that holds at its start") {
  StationOptions options;
  options.from = parse_iso_time("2019-12-30T10:20")->time;
  options.to = parse_iso_time("2019-12-30T12:00")->time;
  const StationReadings station = station_of(
      sample::with_headings(
          "2019-12-30T09:00,30,20,10,0\n2019-12-30T10:00,31,20,10,0\n2019-12-30T11:00,32,20,10,0\n"
          "2019-12-30T12:00,33,20,10,0\n2019-12-30T13:00,34,20,10,0\n2019-12-30T19:00,34,20,10,0\n"),
      options);
  REQUIRE(station.readings.size() == 3);
  CHECK(station.readings.front().weather.temperature == 31);
  CHECK(station.readings.back().weather.temperature == 33);
}

TEST_CASE("Gaps are counted where they are not refused") {
  StationOptions options;
  options.gaps = StationOptions::Gaps::counted;
  const StationReadings station =
      station_of(sample::with_headings(
                     "2019-12-30T09:00,30,20,10,0\n2019-12-30T10:00,31,20,10,0\n2019-12-30T11:00,,20,10,0\n"
                     "2019-12-30T12:00,33,20,10,0\n2019-12-30T13:00,34,20,10,0\n"),
                 options);
  REQUIRE(station.gaps.size() == 1);
  CHECK(time_text(station.gaps.front().from) == "2019-12-30 10:00");
  CHECK(time_text(station.gaps.front().to) == "2019-12-30 12:00");
}

}  // namespace
}  // namespace firesweep
