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
};

/// Reads it, and tells its format by its names. Throws InputError.
StationTable read_station_table(const std::string& path);

}  // namespace firesweep
