#include "firesweep/model/rating.hpp"

#include <array>

namespace firesweep {
namespace {

struct Thresholds {
  Rating rating;
  double temperature;
  double humidity;
  double wind_speed;
};

constexpr std::array<Thresholds, 4> worst_first = {{
    {Rating::catastrophic, 40, 15, 60},
    {Rating::extreme, 35, 20, 40},
    {Rating::severe, 30, 25, 30},
    {Rating::high, 25, 40, 20},
}};

}  // namespace

std::string_view name(Rating rating) {
  constexpr std::array<std::string_view, 5> names = {"moderate", "high", "severe", "extreme", "catastrophic"};
  return names[static_cast<std::size_t>(rating)];
}

Rating rate(const Weather& weather) {
  for (const Thresholds& row : worst_first) {
    if (weather.temperature > row.temperature && weather.humidity < row.humidity &&
        weather.wind_speed > row.wind_speed)
      return row.rating;
  }
  return Rating::moderate;
}

bool is_dangerous(const Weather& weather) {
  return weather.temperature > 35 && weather.humidity < 30;
}

}  // namespace firesweep
