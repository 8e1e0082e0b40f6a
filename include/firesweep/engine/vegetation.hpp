#pragma once

#include <cstdint>

#include "firesweep/landscape/scenario.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// The vegetation that a seed grows: each cell is vegetated independently with the density of its class, or of the
/// landscape; what does not burn is never vegetated. Nothing is stored; a cell is decided when asked for.
class Vegetation {
 public:
  Vegetation(Seed seed, double density) : seed_(seed), threshold_(threshold(density)) {}

  /// Refers to the scenario's landscape.
  Vegetation(Seed seed, const Scenario& scenario)
      : seed_(seed),
        threshold_(threshold(scenario.vegetation_density)),
        landscape_(scenario.landscape.get()) {}

  bool at(Cell cell) const {
    return can_grow(cell) && trial(seed_, Purpose::vegetation, 0, cell.x, cell.y, threshold_at(cell));
  }

  /// Whether the cell burns if it is vegetated.
  bool can_grow(Cell cell) const { return landscape_ == nullptr || landscape_->is_burnable(cell); }

 private:
  Threshold threshold_at(Cell cell) const {
    if (landscape_ == nullptr) return threshold_;
    const FuelClass& fuel = landscape_->classes()[landscape_->class_of(cell)];
    return fuel.density ? threshold(*fuel.density) : threshold_;
  }

  Seed seed_;
  Threshold threshold_;
  const Landscape* landscape_ = nullptr;
};

}  // namespace firesweep
