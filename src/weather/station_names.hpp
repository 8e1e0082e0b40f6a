#pragma once

#include <chrono>
#include <span>
#include <string_view>
#include <vector>

#include "firesweep/weather/station.hpp"

#include "measure.hpp"

namespace firesweep {

/// A name that the column of a measure may have, as plain_name() has it.
struct StationName {
  Measure measure;
  std::string_view name;
};

/// The names of what makes one reading of a row.
struct ReadingNames {
  std::span<const StationName> names;
  std::chrono::hours after{0};  ///< the time of the row
};

/// Of every reading of a row, in order of time.
std::vector<ReadingNames> reading_names(StationFormat format, StationOptions::Wind wind);

/// Names of directions that do not say whether they are from or towards.
std::span<const std::string_view> sideless_names();

}  // namespace firesweep
