#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/model/rating.hpp"
#include "firesweep/weather/station.hpp"

namespace firesweep {

/// What a fire makes of a reading, by which readings are told better or worse: the spread factor f of the model [1], with its
/// published constants and without its cap, so that it tells any two weathers apart.
double spread_of(const StationReading& reading);

/// A day on the station's clock.
struct StationDay {
  std::chrono::local_days date;
  std::size_t readings = 0;
  StationReading worst;  ///< of greatest spread, the first of several
};

/// The days that have a reading, in order of time.
std::vector<StationDay> days_of(const StationReadings& station);

/// The days whose worst reading has one rating.
struct RatedDays {
  Rating rating;
  std::size_t days;               ///< at least one
  double share;                   ///< of all days [1]
  StationReading representative;  ///< the worst of the day whose spread is the median, the lower of two
};

/// The ratings that the days have, mildest first.
std::vector<RatedDays> rated_days(std::span<const StationDay> days);

}  // namespace firesweep
