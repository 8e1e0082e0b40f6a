#pragma once

#include <limits>
#include <optional>
#include <string>

#include "firesweep/check/input_error.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep::sample {

inline const AvailableMemory plenty;

inline LandscapeFiles fuel_of(const std::string& path, const std::string& band = "") {
  LandscapeFiles files;
  files.fuel = RasterFile{path, band};
  return files;
}

inline LandscapeFiles elevation_of(const std::string& path, const std::string& band = "") {
  LandscapeFiles files;
  files.elevation = RasterFile{path, band};
  return files;
}

inline LandscapeFiles both_of(const std::string& fuel, const std::string& elevation) {
  LandscapeFiles files = fuel_of(fuel);
  files.elevation = RasterFile{elevation, ""};
  return files;
}

inline ReadLandscape read(const LandscapeFiles& files) {
  return read_landscape(files, plenty);
}

/// What is said about files that are refused; empty if they are not.
inline std::string refusal(const LandscapeFiles& files, const AvailableMemory& available = plenty) {
  try {
    read_landscape(files, available);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

inline std::string warnings(const ReadLandscape& read) {
  std::string text;
  for (const Problem& problem : read.warnings)
    text += to_string(problem.where) + ": " + problem.message + "\n";
  return text;
}

}  // namespace firesweep::sample
