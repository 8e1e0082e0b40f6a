#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "firesweep/model/weather.hpp"

namespace firesweep {

/// A number of a weather that experiment files name.
struct WeatherPart {
  std::string_view name;  ///< of the parameter, too
  std::optional<double> WeatherParts::*in;
  bool is_needed;  ///< without it there is no weather
};

inline constexpr std::array<WeatherPart, 4> weather_parts = {
    {{"wind_speed", &WeatherParts::wind_speed, true},
     {"humidity", &WeatherParts::humidity, true},
     {"temperature", &WeatherParts::temperature, true},
     {"wind_direction", &WeatherParts::wind_direction, false}}};

}  // namespace firesweep
