#include "measure.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace firesweep {
namespace {

struct UnitRow {
  Measure measure;
  std::string_view name;  // as plain_unit() has it
  UnitScale to_ours;
};

constexpr double mile = 1.609344, nautical_mile = 1.852;  // [km]
constexpr UnitScale same{};
constexpr UnitScale from_fahrenheit{5.0 / 9.0, -160.0 / 9.0};

constexpr UnitRow unit_rows[] = {
    {Measure::temperature, "c", same},
    {Measure::temperature, "degc", same},
    {Measure::temperature, "deg_c", same},
    {Measure::temperature, "degree_c", same},
    {Measure::temperature, "degrees_c", same},
    {Measure::temperature, "celsius", same},
    {Measure::temperature, "degrees_celsius", same},
    {Measure::temperature, "f", from_fahrenheit},
    {Measure::temperature, "degf", from_fahrenheit},
    {Measure::temperature, "deg_f", from_fahrenheit},
    {Measure::temperature, "degree_f", from_fahrenheit},
    {Measure::temperature, "degrees_f", from_fahrenheit},
    {Measure::temperature, "fahrenheit", from_fahrenheit},
    {Measure::temperature, "degrees_fahrenheit", from_fahrenheit},
    {Measure::humidity, "%", same},
    {Measure::humidity, "percent", same},
    {Measure::humidity, "pct", same},
    {Measure::wind_speed, "km/h", same},
    {Measure::wind_speed, "kmh", same},
    {Measure::wind_speed, "km/hr", same},
    {Measure::wind_speed, "kph", same},
    {Measure::wind_speed, "kmph", same},
    {Measure::wind_speed, "km_h_1", same},
    {Measure::wind_speed, "kilometers/hour", same},
    {Measure::wind_speed, "kilometres/hour", same},
    {Measure::wind_speed, "m/s", {3.6}},
    {Measure::wind_speed, "ms", {3.6}},
    {Measure::wind_speed, "mps", {3.6}},
    {Measure::wind_speed, "m_s_1", {3.6}},
    {Measure::wind_speed, "meters/second", {3.6}},
    {Measure::wind_speed, "metres/second", {3.6}},
    {Measure::wind_speed, "mph", {mile}},
    {Measure::wind_speed, "mi/h", {mile}},
    {Measure::wind_speed, "miles/hour", {mile}},
    {Measure::wind_speed, "knots", {nautical_mile}},
    {Measure::wind_speed, "knot", {nautical_mile}},
    {Measure::wind_speed, "kt", {nautical_mile}},
    {Measure::wind_speed, "kts", {nautical_mile}},
    {Measure::wind_speed, "kn", {nautical_mile}},
};

// What a direction is in, and that it is the direction from; which way it is, its measure says.
constexpr std::string_view direction_units[] = {
    "",         "deg",  "degree",       "degrees",  "compass", "degrees_true",
    "deg_true", "true", "degrees_from", "deg_from", "from",    "degrees_from_true_north"};

// The degree sign as UTF-8 has it, also where it is the ordinal that looks like it.
std::string without_degree_signs(std::string_view unit) {
  std::string text(unit);
  for (const std::string_view sign : {"\xC2\xB0", "\xC2\xBA"})
    for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign))
      text.replace(at, 2, "deg");
  return text;
}

std::string plain_unit(std::string_view unit) {
  return plain_name(without_degree_signs(unit));
}

}  // namespace

std::string_view name(Measure measure) {
  constexpr std::array<std::string_view, 12> names = {
      "year",     "month",      "day",       "date",      "time",         "temperature",
      "humidity", "wind_speed", "wind_gust", "wind_from", "wind_towards", "drought_factor"};
  return names[static_cast<std::size_t>(measure)];
}

std::optional<UnitScale> unit_scale(Measure measure, std::string_view unit) {
  const std::string plain = plain_unit(unit);
  if (is_direction(measure)) {
    const bool is_one = std::ranges::find(direction_units, plain) != std::end(direction_units);
    return is_one ? std::optional(same) : std::nullopt;
  }
  if (!needs_unit(measure)) return plain.empty() || plain == "1" ? std::optional(same) : std::nullopt;
  const Measure of = is_speed(measure) ? Measure::wind_speed : measure;
  for (const UnitRow& row : unit_rows)
    if (row.measure == of && row.name == plain) return row.to_ours;
  return std::nullopt;
}

bool needs_unit(Measure measure) {
  return measure == Measure::temperature || measure == Measure::humidity || is_speed(measure);
}

std::string_view units_text(Measure measure) {
  switch (measure) {
    case Measure::temperature:
      return "degC or degF";
    case Measure::humidity:
      return "%";
    case Measure::wind_speed:
    case Measure::wind_gust:
      return "km/h, m/s, mph or knots";
    case Measure::wind_from:
    case Measure::wind_towards:
      return "degrees or points of the compass";
    default:
      return "";
  }
}

MeasureRange range_of(Measure measure) {
  switch (measure) {
    case Measure::temperature:
      return {-90.0, 60.0, " degC"};
    case Measure::humidity:
      return {0.0, 100.0, " %"};
    case Measure::wind_speed:
    case Measure::wind_gust:
      return {0.0, 410.0, " km/h"};  // the strongest gust measured is of 408 km/h
    case Measure::drought_factor:
      return {0.0, 10.0, ""};
    default:
      return {0.0, 360.0, ""};
  }
}

std::optional<double> compass_degrees(std::string_view point) {
  constexpr std::array<std::string_view, 16> points = {"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
                                                       "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"};
  std::string upper(point);
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto* const found = std::ranges::find(points, upper);
  return found == points.end() ? std::nullopt
                               : std::optional(22.5 * static_cast<double>(found - points.begin()));
}

std::string plain_name(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const bool parts = c == ' ' || c == '\t' || c == '-' || c == '_';
    if (!parts) {
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!plain.empty() && plain.back() != '_') {
      plain += '_';
    }
  }
  if (plain.ends_with('_')) plain.pop_back();
  return plain;
}

}  // namespace firesweep
