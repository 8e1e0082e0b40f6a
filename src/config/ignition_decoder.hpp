#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "firesweep/experiment/axis.hpp"
#include "firesweep/landscape/landscape.hpp"
#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// Where fires can start.
struct IgnitionGround {
  Extent extent;
  MaybePlacement placement;
  std::vector<std::shared_ptr<const Landscape>> landscapes;  ///< of the matrix; none without rasters

  /// Whether there is land in every landscape.
  bool is_land(Cell cell) const;
  /// The fewest cells that burn in any landscape.
  std::uint64_t burnable_cells() const;
};

/// Returns the ignition sets of `matrix.ignition_set`, or notes every problem in it and returns nothing. If
/// the `ground` is not known, because it is a problem itself, no point is said to lie outside.
std::optional<IgnitionSetAxis> decode_ignition_sets(const SourceNode& node,
                                                    const std::optional<IgnitionGround>& ground,
                                                    ValueDecoder& decode);

}  // namespace firesweep
