#pragma once

#include <string>

#include "firesweep/check/input_error.hpp"
#include "firesweep/weather/station.hpp"

#include "folder.hpp"

namespace firesweep::sample {

/// What is read from a file of that text, "s.csv" in a folder of its own.
inline StationReadings station_of(const std::string& csv, const StationOptions& options = {}) {
  const Folder folder;
  write_bytes(folder / "s.csv", csv);
  return read_station(folder / "s.csv", options);
}

/// Every problem of such a file: where, from "s.csv" on, and what.
inline std::string station_refusal(const std::string& csv, const StationOptions& options = {}) {
  try {
    station_of(csv, options);
  } catch (const InputError& error) {
    std::string text;
    for (const Problem& problem : error.problems()) {
      const std::string where = to_string(problem.where);
      const std::string whole = where.empty() ? problem.message : where + ": " + problem.message;
      const std::size_t start = whole.find("s.csv");
      text += (text.empty() ? "" : "\n") + (start == std::string::npos ? whole : whole.substr(start));
    }
    return text;
  }
  return "";
}

/// Rows below headings that are right.
inline std::string with_headings(const std::string& rows) {
  return "time,temperature_degC,humidity_%,wind_speed_km/h,wind_from\n" + rows;
}

}  // namespace firesweep::sample
