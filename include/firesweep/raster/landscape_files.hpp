#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/process_memory.hpp"
#include "firesweep/landscape/layers.hpp"
#include "firesweep/landscape/placement.hpp"

namespace firesweep {

/// One band of a raster file: a GeoTIFF, a LANDFIRE landscape (.lcp) or an ESRI ASCII grid.
struct RasterFile {
  std::string path;
  std::string band;  ///< its description, its number from 1, or "fuel" or "elevation" for the one band whose
                     ///< description says so; empty: the only one
};

enum class LengthUnit : std::uint8_t { metre, foot };

/// Where the layers of a landscape are. At least one is given.
struct LandscapeFiles {
  std::optional<RasterFile> fuel;
  std::optional<RasterFile> elevation;
  std::optional<LengthUnit> elevation_unit;  ///< absent: what the file says, or metres
};

/// What was read, by what it holds: a file changed is another landscape.
struct InputFile {
  std::string path;
  std::string sha256;  ///< in hexadecimal

  friend bool operator==(const InputFile&, const InputFile&) = default;
};

/// How many cells have a code.
struct CodeCount {
  std::int32_t code = 0;
  std::uint64_t cells = 0;

  friend bool operator==(const CodeCount&, const CodeCount&) = default;
};

/// What there is to say back about what was read.
struct LandscapeFacts {
  std::string crs_name;  ///< e.g. "NAD83 / Conus Albers (EPSG:5070)"; empty where no file names one
  double least_point_scale =
      1.0;  ///< of all directions, at the centre and the corners [map metre / metre on the
  double most_point_scale = 1.0;              ///< ground]; 1 where no file names a CRS
  std::uint64_t land_cells = 0;               ///< with data in every layer
  std::uint64_t cells_without_fuel = 0;       ///< but with an elevation, where there is a raster of each;
  std::uint64_t cells_without_elevation = 0;  ///< but with a fuel; neither are land
  std::vector<CodeCount> codes;               ///< of fuel, on land, ascending
  std::optional<float> lowest;                ///< elevation [m]; on land; absent without the layer
  std::optional<float> highest;               ///< the same
};

struct ReadLandscape {
  LandscapeLayers layers;
  Placement placement;
  LandscapeFacts facts;
  std::vector<InputFile> inputs;
  std::vector<Problem> warnings;  ///< what is valid, but may mislead
};

/// Reads layers, at full resolution, with rows from north to south whatever the files have. Cells without data are
/// those that have the file's nodata value, are masked out, or hold -9999, 32767, -32768 or no number.
/// Throws InputError, with the command that mends it where there is one, where
/// - a file is not a regular local file, no raster of these formats, or ends too early;
/// - a band is not found, or not the only one that is meant;
/// - a side is longer than max_grid_side, or the layers would not fit into the memory that is available;
/// - the grid is not on the ground as cells of one size in metres: no georeference, geographic or Web Mercator
///   coordinates, rotated, mirrored, an unknown unit, or a point scale off by more than 5 %;
/// - the layers differ in size, transform (by more than 1/100 cell) or CRS;
/// - no cell has data in every layer;
/// - a fuel code is not whole or has no place in 32 bits, or an elevation is none of this planet. Rows and columns in
///   these messages count from 1, as the file has them.
ReadLandscape read_landscape(const LandscapeFiles& files, const AvailableMemory& available);

/// Throws InputError, naming each difference and the command that mends it, unless two landscapes that were read are
/// alternatives of one grid.
void expect_same_grid(const ReadLandscape& first, const ReadLandscape& other);

}  // namespace firesweep
