#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/experiment/ground.hpp"
#include "firesweep/landscape/assets.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// What the values of a raster of assets are of.
enum class AssetsPer : std::uint8_t { cell, hectare, square_metre, acre };

inline constexpr std::array all_assets_per = {AssetsPer::cell, AssetsPer::hectare, AssetsPer::square_metre,
                                              AssetsPer::acre};

/// As in experiment files: "cell", "hectare", "m2", "acre".
std::string_view name(AssetsPer per);

/// Its area [ha]; of a cell that of the placement.
double hectares(AssetsPer per, const Placement& placement);

/// Where a set of assets comes from, as an experiment says it.
struct AssetSource {
  enum class Kind : std::uint8_t { raster, cells, box, polygon, points };

  Kind kind = Kind::cells;
  LayerFile file = {};  ///< the raster, the polygons, or the table of points
  AssetsPer per = AssetsPer::cell;
  std::vector<Cell> cells = {};  ///< those listed; of a box its upper left and lower right cell
  std::string x =
      {};  ///< columns of the table: easting or x, northing or y, and value; the last may be empty
  std::string y = {};
  std::string value_column = {};
  double value = 1.0;  ///< of each cell or point, where none is read
};

/// A set of assets of an experiment.
struct Assets {
  std::string name = {};  ///< of letters, digits and '_', which begins with a letter
  std::string unit = {};  ///< of what is lost, e.g. "houses"
  AssetSource source = {};
  std::string sha256 = {};                   ///< of what was read
  std::uint64_t cells = 0;                   ///< that hold any
  double total = 0.0;                        ///< [unit]
  double resolution = 1.0;                   ///< [unit]
  std::vector<double> thresholds = {};       ///< losses to exceed [unit], strictly increasing, >= 0
  std::shared_ptr<const AssetSet> set = {};  ///< as read; null for an experiment of a results file

  /// What was read, not where it came from, decides whether two are the same.
  friend bool operator==(const Assets& one, const Assets& other) {
    return one.name == other.name && one.unit == other.unit && one.sha256 == other.sha256 &&
           one.thresholds == other.thresholds;
  }
};

/// Sets what is known of a set that was read.
void set_read(Assets& assets, AssetSet set);

}  // namespace firesweep
