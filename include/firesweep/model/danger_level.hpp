#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "firesweep/model/weather.hpp"

namespace firesweep {

/// What experiments simulate, mildest first. The names are those of Australian ratings until September 2022.
enum class DangerLevel : std::uint8_t { low, moderate, high, very_high, severe, extreme, catastrophic };

inline constexpr std::array<DangerLevel, 7> all_danger_levels = {
    DangerLevel::low,    DangerLevel::moderate, DangerLevel::high,        DangerLevel::very_high,
    DangerLevel::severe, DangerLevel::extreme,  DangerLevel::catastrophic};

/// The level's name as written in experiments and results files, e.g. "very_high".
std::string_view name(DangerLevel level);

/// The level of that name, or nothing if there is none.
std::optional<DangerLevel> danger_level(std::string_view name);

/// The design weather of a level.
Weather weather_of(DangerLevel level);

}  // namespace firesweep
