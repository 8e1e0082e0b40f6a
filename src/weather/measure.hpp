#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace firesweep {

/// What a column of a station's file may hold.
enum class Measure : std::uint8_t {
  year,
  month,
  day,
  date,
  time,
  temperature,
  humidity,
  wind_speed,
  wind_gust,
  wind_from,
  wind_towards,
  drought_factor,
};

/// The measures that users can choose columns for.
inline constexpr std::array choosable_measures = {
    Measure::date,      Measure::time,         Measure::temperature,
    Measure::humidity,  Measure::wind_speed,   Measure::wind_gust,
    Measure::wind_from, Measure::wind_towards, Measure::drought_factor};

/// Whether it is a part of the time of a row.
constexpr bool is_of_time(Measure measure) {
  return measure <= Measure::time;
}

/// Whether it is a speed of the wind.
constexpr bool is_speed(Measure measure) {
  return measure == Measure::wind_speed || measure == Measure::wind_gust;
}

/// Whether it is a direction of the wind.
constexpr bool is_direction(Measure measure) {
  return measure == Measure::wind_from || measure == Measure::wind_towards;
}

/// As users name it, e.g. "wind_speed".
std::string_view name(Measure measure);

/// From a unit to ours: ours = scale * theirs + shift.
struct UnitScale {
  double scale = 1.0;
  double shift = 0.0;
};

/// The scale of a unit of that measure, in any of its usual spellings: to degC, percent, km h-1 and degrees. Nothing if it is
/// none.
std::optional<UnitScale> unit_scale(Measure measure, std::string_view unit);

/// Whether columns of that measure must say their unit; degrees are all that a direction has.
bool needs_unit(Measure measure);

/// The units of a measure, as a message lists them, e.g. "degC or degF"; empty if it has none.
std::string_view units_text(Measure measure);

/// Our values of a measure: what is outside is no weather but a mark for a missing value, or a wrong unit.
struct MeasureRange {
  double least;
  double greatest;
  std::string_view unit;  ///< behind a blank; empty for none
};
MeasureRange range_of(Measure measure);

/// The degrees of a point of the compass, such as "NNE"; nothing if it is none of the sixteen.
std::optional<double> compass_degrees(std::string_view point);

/// In lower case, with every run of blanks, '-' and '_' as one '_'.
std::string plain_name(std::string_view text);

}  // namespace firesweep
