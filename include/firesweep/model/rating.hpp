#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "firesweep/model/weather.hpp"

namespace firesweep {

/// What observed weather is rated as, by thresholds, mildest first; no official rating. The design weather of
/// a `DangerLevel` may be rated with another name, as that of four of the seven is.
enum class Rating : std::uint8_t { moderate, high, severe, extreme, catastrophic };

inline constexpr std::array all_ratings = {Rating::moderate, Rating::high, Rating::severe, Rating::extreme,
                                           Rating::catastrophic};

std::string_view name(Rating rating);

/// The rating of observed weather: the first that all three of its thresholds are strictly passed for,
///
///     catastrophic  T > 40  H < 15  W > 60
///     extreme       T > 35  H < 20  W > 40
///     severe        T > 30  H < 25  W > 30
///     high          T > 25  H < 40  W > 20
///
/// with T [degC], H [percent], W [km h-1]; else moderate.
Rating rate(const Weather& weather);

/// Whether the air is hot and dry enough to worry, whatever the wind: T > 35 degC and H < 30 percent.
bool is_dangerous(const Weather& weather);

}  // namespace firesweep
