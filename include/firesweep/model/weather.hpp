#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace firesweep {

/// The weather of some steps of a fire, the same in all of the landscape.
struct Weather {
  double wind_speed = 0.0;      ///< [km h-1], >= 0
  double humidity = 0.0;        ///< relative humidity [percent], 0..100
  double temperature = 0.0;     ///< [degC]
  double wind_direction = 0.0;  ///< where the wind comes from [degrees clockwise from true north], 0..360

  friend bool operator==(const Weather&, const Weather&) = default;
};

/// The parts of a weather that somebody names.
struct WeatherParts {
  std::optional<double> wind_speed = std::nullopt;
  std::optional<double> humidity = std::nullopt;
  std::optional<double> temperature = std::nullopt;
  std::optional<double> wind_direction = std::nullopt;

  /// Returns `weather` with these parts in the place of its own.
  Weather over(const Weather& weather) const;

  friend bool operator==(const WeatherParts&, const WeatherParts&) = default;
};

/// What changes while a fire burns; what is not named stays as it was.
struct WeatherChange {
  std::uint32_t delay = 0;  ///< steps after the first change; 0 of the first, then increasing
  WeatherParts parts;

  friend bool operator==(const WeatherChange&, const WeatherChange&) = default;
};

/// How the weather goes on from that of step 0.
struct WeatherCourse {
  std::vector<WeatherChange> changes;
  double change_step = 1.0;  ///< of the first change, a whole number >= 1; of no meaning without changes
  std::optional<std::uint32_t> end;  ///< the step from which on nobody knows the weather, and the last holds

  friend bool operator==(const WeatherCourse&, const WeatherCourse&) = default;
};

/// A weather that holds until the next period. That of period k decides the spread of fire from its first step on:
/// what burns at step `first_step` + 1 has caught fire in it.
struct WeatherPeriod {
  std::uint32_t first_step;
  Weather weather;

  friend bool operator==(const WeatherPeriod&, const WeatherPeriod&) = default;
};

/// Returns the periods of a course that begins with `first`: at least one, the first from step 0 on, steps
/// increasing.
std::vector<WeatherPeriod> weather_periods(const Weather& first, const WeatherCourse& course);

}  // namespace firesweep
