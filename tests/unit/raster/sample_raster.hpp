#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <gdal.h>

#include "firesweep/landscape/placement.hpp"

namespace firesweep::sample {

/// A GeoTIFF that a test makes, of 4 x 3 cells of 30 m near Kinglake unless it says otherwise.
struct Raster {
  int width = 4;
  int height = 3;
  std::array<double, 6> transform = {360'000.0, 30.0, 0.0, 5'850'000.0, 0.0, -30.0};
  std::string crs = "EPSG:28355";
  GDALDataType type = GDT_Float64;
  std::vector<std::vector<double>> bands = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
  std::vector<std::string> descriptions = {};
  std::optional<double> nodata = {};
  std::string unit = {};
  double scale = 1.0;
  double offset = 0.0;
  std::vector<double> mask = {};  ///< 0 where there is no data, 255 else; empty: none

  /// Writes it, and returns `path`.
  std::string write(const std::string& path) const;
};

/// As large as that, in another system and with square cells.
inline Raster raster_in(const std::string& crs, double west, double north, double cell) {
  return {.transform = {west, cell, 0.0, north, 0.0, -cell}, .crs = crs};
}

/// The WKT of what "EPSG:code" or a PROJ string names.
std::string wkt_of(const std::string& crs);

/// Where a raster lies.
inline Placement placement_of(const Raster& raster) {
  return {.west = raster.transform[0],
          .north = raster.transform[3],
          .cell_width = raster.transform[1],
          .cell_height = -raster.transform[5],
          .crs = wkt_of(raster.crs)};
}

}  // namespace firesweep::sample
