#include "firesweep/weather/station_days.hpp"

#include "../catch.hpp"
#include "station_file.hpp"

namespace firesweep {
namespace {

TEST_CASE("A day is told by its reading of greatest spread, the first of several") {
  StationOptions options;
  options.gaps = StationOptions::Gaps::counted;
  const StationReadings station = sample::station_of(
      sample::with_headings("2019-12-30T09:00,25,50,10,0\n2019-12-30T15:00,39,12,50,0\n2019-12-30T18:00,39,"
                            "12,50,90\n2019-12-31T09:00,20,60,5,0\n"),
      options);
  const std::vector<StationDay> days = days_of(station);
  REQUIRE(days.size() == 2);
  CHECK(date_text(days[0].date) == "2019-12-30");
  CHECK(days[0].readings == 3);
  CHECK(time_text(days[0].worst.time) == "2019-12-30 15:00");
  CHECK(days[1].readings == 1);
}

TEST_CASE("A rating is represented by its day of median spread, the lower of two") {
  std::string rows;
  for (const char* const row : {"01T15:00,20,60,5", "02T15:00,20,60,20", "03T15:00,20,60,10",
                                "04T15:00,20,60,15", "05T15:00,41,10,70"})
    rows += std::string("2019-12-") + row + ",0\n";
  const std::vector<RatedDays> rated = rated_days(days_of(sample::station_of(sample::with_headings(rows))));
  REQUIRE(rated.size() == 2);
  CHECK(rated[0].rating == Rating::moderate);
  CHECK(rated[0].days == 4);
  CHECK(rated[0].share == 0.8);
  CHECK(rated[0].representative.weather.wind_speed == 10);
  CHECK(rated[1].rating == Rating::catastrophic);
  CHECK(rated[1].representative.weather.wind_speed == 70);
}

}  // namespace
}  // namespace firesweep
