#pragma once

#include <cstdint>

#include "firesweep/model/grid.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// The vegetation that a seed grows: each cell is vegetated independently with the landscape's density.
/// Nothing is stored; a cell is decided when asked for.
class Vegetation {
 public:
  Vegetation(Seed seed, double density) : seed_(seed), threshold_(threshold(density)) {}

  bool at(Cell cell) const { return trial(seed_, Purpose::vegetation, 0, cell.x, cell.y, threshold_); }

 private:
  Seed seed_;
  Threshold threshold_;
};

}  // namespace firesweep
