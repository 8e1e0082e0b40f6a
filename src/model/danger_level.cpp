#include "firesweep/model/danger_level.hpp"

#include <algorithm>

namespace firesweep {
namespace {

struct Row {
  std::string_view name;
  Weather weather;
};

// In the order of the enumeration.
constexpr std::array<Row, all_danger_levels.size()> table = {{
    {"low", {.wind_speed = 15, .humidity = 65, .temperature = 25}},
    {"moderate", {.wind_speed = 20, .humidity = 50, .temperature = 30}},
    {"high", {.wind_speed = 30, .humidity = 35, .temperature = 35}},
    {"very_high", {.wind_speed = 40, .humidity = 25, .temperature = 40}},
    {"severe", {.wind_speed = 50, .humidity = 15, .temperature = 45}},
    {"extreme", {.wind_speed = 65, .humidity = 8, .temperature = 48}},
    {"catastrophic", {.wind_speed = 80, .humidity = 5, .temperature = 50}},
}};

const Row& row(DangerLevel level) {
  return table[static_cast<std::size_t>(level)];
}

}  // namespace

std::string_view name(DangerLevel level) {
  return row(level).name;
}

Weather weather_of(DangerLevel level) {
  return row(level).weather;
}

std::optional<DangerLevel> danger_level(std::string_view wanted) {
  const auto* const found = std::find_if(all_danger_levels.begin(), all_danger_levels.end(),
                                         [&](DangerLevel level) { return name(level) == wanted; });
  if (found == all_danger_levels.end()) return std::nullopt;
  return *found;
}

}  // namespace firesweep
