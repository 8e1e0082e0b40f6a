#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "firesweep/model/grid.hpp"
#include "firesweep/raster/landscape_files.hpp"

#include "coordinate_system.hpp"

namespace firesweep {

/// What a raster file says of itself.
struct RasterHeader {
  std::string path;  ///< as given
  Extent extent;
  /// x and y of the upper left corner of column c and row r are t0 + c t1 + r t2 and t3 + c t4 + r t5
  std::optional<std::array<double, 6>> transform;
  std::optional<CoordinateSystem> crs;
  std::string unit;                  ///< of the values, as the file names it; may be empty
  std::vector<std::string> sources;  ///< every file that was read for it
};

/// One band of a raster file, read from its first row to its last.
class RasterSource {
 public:
  virtual ~RasterSource() = default;

  virtual const RasterHeader& header() const = 0;

  /// How many rows are read best at once.
  virtual std::uint32_t rows_at_once() const = 0;

  /// The next `rows` rows, as the file has them: shape (rows, width), NaN where there is no data. Throws InputError.
  virtual void read(std::uint32_t rows, std::span<double> values) = 0;

  /// How the file is made to say that a value means no data.
  virtual std::string way_to_forget(double value) const = 0;
};

/// What a band is wanted for: which descriptions name it, and how rasters of its kind are resampled.
enum class LayerKind : std::uint8_t { fuel, elevation, perimeter, density, assets };

/// Throws InputError as read_landscape() does, as far as the file itself goes.
std::unique_ptr<RasterSource> open_raster(const RasterFile& file, LayerKind kind);

/// Whether a value means that there is none, in any raster: no fuel has such a code, no ground such an elevation, and
/// the files of LANDFIRE hold them without saying so.
inline bool is_never_data(double value) {
  return value == -9999.0 || value == 32767.0 || value == -32768.0;
}

/// Reads the lines of `X.prj` beside `X.asc` or `X.lcp`, if there is one, and notes it among the sources.
void read_prj_beside(RasterHeader& header);

}  // namespace firesweep
