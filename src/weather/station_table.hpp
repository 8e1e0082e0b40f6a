#pragma once

#include <string>

#include "firesweep/table/csv.hpp"
#include "firesweep/weather/station.hpp"

namespace firesweep {

/// A station's file as rows and columns.
struct StationTable {
  StationFormat format;
  CsvTable table;
  std::size_t first_row;  ///< of readings: a row of units may stand above
  bool is_metric = true;  ///< of a format that says so above its names

  /// The unit of a column by its heading, by the row of units or by the format; empty if there is none.
  std::string unit(std::size_t column) const;
};

/// Reads it, and tells its format by its names. Throws InputError.
StationTable read_station_table(const std::string& path);

}  // namespace firesweep
