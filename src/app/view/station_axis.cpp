#include <fmt/format.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/model/rating.hpp"

#include "terminal/terminal.hpp"
#include "view/station_view.hpp"

namespace firesweep {
namespace {

constexpr double days_per_year = 365.0;

std::string comment(const StationView& view) {
  std::string text = fmt::format(
      "# {} of {}, {} to {}, each rated by its reading of greatest spread (thresholds of 'firesweep "
      "levels',\n"
      "# no official rating). An entry is that reading of the median day of its rating; days are scaled to a "
      "year of 365.\n",
      counted(view.days.size(), "day"), printable(view.station.path), date_text(view.days.front().date),
      date_text(view.days.back().date));
  if (static_cast<double>(view.days.size()) < 0.9 * days_per_year)
    text +=
        "# These days are no whole year, and are taken for one: mend days_per_year if they are of one "
        "season.\n";
  return text;
}

std::string entry(const RatedDays& rated) {
  const StationReading& reading = rated.representative;
  const Weather& weather = reading.weather;
  const std::string direction =
      reading.has_direction ? fmt::format(" wind_direction: {:.6g},", weather.wind_direction) : "";
  return fmt::format(
      "    {}: {{wind_speed: {:.6g},{} humidity: {:.6g}, temperature: {:.6g}}}  # {}, of {}{}\n",
      name(rated.rating), weather.wind_speed, direction, weather.humidity, weather.temperature,
      time_text(reading.time), counted(rated.days, "day"),
      reading.has_direction ? "" : ", without a direction");
}

}  // namespace

std::string station_axis(const StationView& view) {
  std::string entries, days;
  for (const RatedDays& rated : rated_days(view.days)) {
    entries += entry(rated);
    days += fmt::format("{}{}: {:.6g}", days.empty() ? "" : ", ", name(rated.rating),
                        days_per_year * rated.share);
  }
  return fmt::format("{}matrix:\n  weather:\n{}season:\n  days_per_year: {{{}}}\n", comment(view), entries,
                     days);
}

}  // namespace firesweep
