#include "firesweep/weather/clock_time.hpp"

#include <array>

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"

namespace firesweep {
namespace {

std::string iso(std::string_view text) {
  const auto written = parse_iso_time(text);
  if (!written) return "";
  return time_text(written->time) + (written->offset ? " " + std::to_string(written->offset->count()) : "");
}

std::string read_as(const std::string& format, std::string_view text) {
  const auto written = TimeFormat(format).parse(text);
  return written ? time_text(written->time, 'T') : "";
}

std::string format_refusal(const std::string& format) {
  try {
    const TimeFormat read(format);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::vector<std::string> fitting(std::vector<std::string_view> texts) {
  std::vector<std::string> found;
  for (const TimeFormat& format : fitting_time_formats(texts).formats) found.push_back(format.text());
  return found;
}

TEST_CASE("Times of ISO 8601 are read, with their zone") {
  CHECK(iso("2019-12-30T15:00") == "2019-12-30 15:00");
  CHECK(iso("2019-12-30 15:00:07.5") == "2019-12-30 15:00:07");
  CHECK(iso("2025-07-1") == "2025-07-01 00:00");
  CHECK(iso("2017-01-03T08:30:00Z") == "2017-01-03 08:30 0");
  CHECK(iso("2017-01-03 08:30 UTC") == "2017-01-03 08:30 0");
  CHECK(iso("2017-01-03T08:30-09:30") == "2017-01-03 08:30 -570");
  CHECK(iso("2017-01-03T08:30+1000") == "2017-01-03 08:30 600");
  CHECK(iso("2020-02-29T00:00") == "2020-02-29 00:00");
}

TEST_CASE("What is no time of ISO 8601 is nothing") {
  for (const char* const text :
       {"", "2019", "2019-12", "01/02/2019", "2019-02-29", "2019-13-01", "2019-12-30T24:00", "2019-12-30T15",
        "2019-12-30T15:60", "2019-12-30T1:00", "2019-12-30T15:00x", "2019-12-30T", "19-12-30",
        "2019-12-30T15:00+25:00", "2019-12-30T15:00."})
    CHECK(iso(text).empty());
}

TEST_CASE("Times are read as a format of strptime says") {
  CHECK(read_as("%d/%m/%Y %H:%M", "01/02/2019 9:05") == "2019-02-01T09:05");
  CHECK(read_as("%m/%d/%Y %H:%M", "01/02/2019 9:05") == "2019-01-02T09:05");
  CHECK(read_as("%d-%b-%y %I:%M %p", "3-Mar-14 12:30 am") == "2014-03-03T00:30");
  CHECK(read_as("%d %B %Y %I:%M%p", "3 march 2014 1:30PM") == "2014-03-03T13:30");
  CHECK(read_as("%Y%m%d%H%M", "201912301500") == "2019-12-30T15:00");
  CHECK(read_as("%Y %j %T", "2020 366 23:59:59") == "2020-12-31T23:59:59");
  CHECK(read_as("%D %R", "12/30/68 15:00") == "2068-12-30T15:00");
  CHECK(read_as("%d/%m/%y", "30/12/69") == "1969-12-30T00:00");
  CHECK(read_as("%m/%d/%Y %H:%M %Z", "08/19/2020 23:50 MDT") == "2020-08-19T23:50");
  CHECK(TimeFormat("%F %R %Z").parse("2020-08-19 23:50 UTC")->offset == std::chrono::minutes(0));
  CHECK_FALSE(TimeFormat("%F %R %Z").parse("2020-08-19 23:50 MDT")->offset);
  CHECK(read_as("%d/%m/%Y", "31/04/2019").empty());
  CHECK(read_as("%Y %j", "2019 366").empty());
  CHECK(read_as("%d/%m/%Y", "01/02/2019 x").empty());
  CHECK(read_as("%F %I:%M %p", "2019-12-30 13:00 PM").empty());
}

TEST_CASE("A format that makes no time is refused") {
  CHECK(
      format_refusal("%Q") ==
      "time_format '%Q': has the conversion %Q, and known are %Y %y %m %d %e %b %B %j %H %I %M %S %p %z %Z");
  CHECK(format_refusal("%Y-%m-%d%") == "time_format '%Y-%m-%d%': ends with a lone %; a percent sign is %%");
  CHECK(format_refusal("%H:%M") ==
        "time_format '%H:%M': makes no date: it needs %Y or %y, and %m or %b with %d, or %j");
  CHECK(format_refusal("%F %I:%M") == "time_format '%F %I:%M': has one of %I and %p without the other");
}

TEST_CASE("Whether day or month comes first is known once a day is above 12") {
  CHECK(fitting({"01/02/2019 10:00", "02/02/2019 10:00"}) ==
        std::vector<std::string>{"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"});
  CHECK(fitting({"01/02/2019 10:00", "13/02/2019 10:00"}) == std::vector<std::string>{"%d/%m/%Y %H:%M"});
  CHECK(fitting({"10/27/2017 18:00"}) == std::vector<std::string>{"%m/%d/%Y %H:%M"});
  CHECK(fitting({"08/19/2020 23:50 UTC"}) == std::vector<std::string>{"%m/%d/%Y %H:%M %Z"});
  CHECK(fitting({"12/04/25 14:00"}).size() == 3);
  const std::array<std::string_view, 3> mixed = {"12-03-2014 13:00", "13-03-2014 13:00", "03-14-2014 13:00"};
  CHECK(fitting_time_formats(mixed).formats.empty());
  CHECK(fitting_time_formats(mixed).most_texts == 2);
}

TEST_CASE("Lengths of time have a unit") {
  CHECK(parse_span("10 min") == std::chrono::seconds(600));
  CHECK(parse_span("24h") == std::chrono::seconds(86400));
  CHECK(parse_span("0.5 h") == std::chrono::seconds(1800));
  CHECK(parse_span("2 d") == std::chrono::seconds(172800));
  CHECK(parse_span("90 s") == std::chrono::seconds(90));
  for (const char* const text : {"", "10", "min", "-5 min", "0 h", "0.1 s", "ten min", "1e300 d"})
    CHECK_FALSE(parse_span(text));
}

}  // namespace
}  // namespace firesweep
