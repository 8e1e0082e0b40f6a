#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// A map that lies on the ground.
struct GroundMap {
  Extent extent;
  Placement placement;
  std::span<const float> values;  ///< shape (height, width), from north to south; NaN where not known
};

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

// All of these write files that are absent or whole, and the same bytes for the same map. They throw CannotWrite, and
// InputError where the path is a directory or in none.

/// Writes the map as a GeoTIFF: Float32, NaN as nodata, in tiles, deflated, with overviews that average. `description`
/// is of its band.
void write_geotiff(const std::string& path, const GroundMap& map, const std::string& description);

/// Writes a map of shares, from 0 to 1, as a GeoTIFF of whole percents, 255 where not known, for tools that take
/// classes. What is above 0 is at least 1 there, and what is below 1 at most 99. `colours` are of the percents from 0 on,
/// 101 of them; empty: none.
void write_percent_geotiff(const std::string& path, const GroundMap& map, const std::string& description,
                           std::span<const Rgb> colours);

/// Writes a map of classes, whole numbers from 0 to 254, as a GeoTIFF of bytes, 255 where not known. `colours` are of the
/// classes from 0 on.
void write_class_geotiff(const std::string& path, const GroundMap& map, const std::string& description,
                         std::span<const Rgb> colours);

/// Writes the map as an ESRI ASCII grid, -9999 where not known, and beside it, ending in .prj, its coordinate system if
/// it has one. Cells that are not square have lines dx and dy in place of cellsize, which GDAL and QGIS read.
void write_ascii_grid(const std::string& path, const GroundMap& map);

}  // namespace firesweep
