#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/model/grid.hpp"

#include "tile_field.hpp"
#include "tile_kernel.hpp"

namespace firesweep {

/// The states of all cells as bytes. Only tiles in which something may have changed are written again: a cell that catches
/// fire lies in a tile that is active afterwards, and one that burns out in a tile that was active before.
class TileStates {
 public:
  explicit TileStates(const TileKernel& kernel);

  /// Remembers the tiles that are active. To be called after every step and after whatever lights a cell.
  void note_active();

  /// Forgets all: there is another fire.
  void forget() { is_known_ = false; }

  /// Returns the states, shape (height, width), at an address that never changes.
  std::span<const CellState> refresh();

 private:
  const TileKernel& kernel_;
  std::vector<CellState> states_;
  std::vector<std::uint32_t> changed_;  // tiles, as TilePlanes::active
  bool is_known_ = false;
};

}  // namespace firesweep
