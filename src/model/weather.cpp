#include "firesweep/model/weather.hpp"

namespace firesweep {

Weather WeatherParts::over(const Weather& weather) const {
  return {.wind_speed = wind_speed.value_or(weather.wind_speed),
          .humidity = humidity.value_or(weather.humidity),
          .temperature = temperature.value_or(weather.temperature),
          .wind_direction = wind_direction.value_or(weather.wind_direction)};
}

std::vector<WeatherPeriod> weather_periods(const Weather& first, const WeatherCourse& course) {
  std::vector<WeatherPeriod> periods = {{0, first}};
  const auto first_change = static_cast<std::uint32_t>(course.change_step);
  for (const WeatherChange& change : course.changes)
    periods.push_back({first_change + change.delay, change.parts.over(periods.back().weather)});
  return periods;
}

}  // namespace firesweep
