#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "firesweep/weather/station.hpp"

#include "measure.hpp"
#include "station_table.hpp"

namespace firesweep {

/// Where a measure stands in a table.
struct StationColumn {
  Measure measure;
  std::size_t index;
  UnitScale unit;
};

/// Where one reading of a row stands.
struct ReadingColumns {
  std::optional<StationColumn> temperature;
  std::optional<StationColumn> humidity;
  std::optional<StationColumn> wind_speed;
  std::optional<StationColumn> wind_direction;  ///< its measure says from or towards
  std::optional<StationColumn> drought_factor;
  std::chrono::hours after{0};  ///< the time of the row
};

struct StationColumns {
  std::vector<std::size_t> time;         ///< those of date and time, to be read one behind the other
  std::vector<ReadingColumns> readings;  ///< of each row, in order of time; the first three columns are there
};

/// Finds them by name and unit. Throws InputError with every column that is missing or cannot be told.
StationColumns find_station_columns(const StationTable& station, const StationOptions& options);

}  // namespace firesweep
