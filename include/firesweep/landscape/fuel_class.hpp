#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace firesweep {

/// What grows on a cell, as far as a fire cares.
struct FuelClass {
  std::int32_t code = 0;  ///< as in fuel rasters
  std::string name = {};  ///< e.g. "GR1"
  double spread = 1.0;    ///< factor on the weight of every burning neighbour [1], >= 0
  /// Share of its cells that are vegetated [1], 0..1; else that of the landscape.
  std::optional<double> density = std::nullopt;
  bool burnable = true;
  std::uint32_t burn_steps = 1;  ///< how long a cell of it burns [steps], 1..255

  friend bool operator==(const FuelClass&, const FuelClass&) = default;
};

}  // namespace firesweep
