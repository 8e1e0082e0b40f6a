#pragma once

#include <cstdint>
#include <vector>

namespace firesweep {

/// Things of one kind that fires take, cell by cell: houses, a hospital, cattle. What a cell holds is a whole multiple
/// of the resolution, which is a power of two, so that sums are exact in integers and as floating-point numbers alike.
struct AssetSet {
  /// What one cell holds.
  struct Place {
    std::uint64_t cell;    ///< row by row
    std::uint64_t amount;  ///< [resolution], > 0

    friend bool operator==(const Place&, const Place&) = default;
  };

  double resolution = 1.0;    ///< [unit of the assets]
  std::vector<Place> places;  ///< by cell, each cell once

  /// All there is [resolution]; below 2^53.
  std::uint64_t total() const;

  /// An amount in the unit of the assets. Exact.
  double value(std::uint64_t amount) const { return static_cast<double>(amount) * resolution; }

  friend bool operator==(const AssetSet&, const AssetSet&) = default;
};

/// What a place holds before it is rounded.
struct CellValue {
  std::uint64_t cell;  ///< row by row
  double value;        ///< >= 0, finite
};

/// Adds up what lies in the same cell, and chooses the resolution: 1 if all sums are whole, else, or where the total is
/// above 2^52, the power of two by which the total is between 2^51 and 2^52. A value is then known to 2^-52 of the total.
AssetSet make_asset_set(std::vector<CellValue> values);

}  // namespace firesweep
