#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/landscape/fuel_class.hpp"
#include "firesweep/landscape/layers.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// What grows where, and how steep the ground is: one grid of layers that never changes. About 3.1 bytes a cell, shared
/// by all who burn on it; where cells burn for several steps a bit more for every binary digit of that number.
///
/// Slopes are rounded, so that a kernel can look up what they do: a cell has one of some gradients, its bin. Where the
/// landscape has at most 1024 gradients, the bins are those. Else they are points of a lattice in the plane
/// (t cos a, t sin a), with t the angle of the ground against the level and a its aspect, 2 degrees apart, or more where
/// more than 4096 would be needed; a cell takes one of the four around its own point by a draw (Purpose::dither) whose
/// mean is that point. So neighbouring cells share the error out, and a broad slope has none.
class Landscape {
 public:
  /// At most so many classes occur.
  static constexpr std::size_t max_classes = 255;

  /// `table` has every code of the layers; without a fuel raster its only class is everywhere. Cells without fuel or
  /// elevation, where there is such a layer, are no land. The gradient of a cell is that of central differences,
  /// one-sided at the grid's edge and beside cells without elevation. `convergence` is where true north lies [degrees
  /// clockwise of grid north].
  Landscape(const LandscapeLayers& layers, std::span<const FuelClass> table, CellSize cell_size,
            double convergence = 0.0);

  Extent extent() const { return extent_; }
  CellSize cell_size() const { return cell_size_; }
  double convergence() const { return convergence_; }

  /// The classes that occur, those that burn first, else in the order of the table.
  const std::vector<FuelClass>& classes() const { return classes_; }
  /// Those of them that burn.
  std::span<const FuelClass> burnable_classes() const { return std::span(classes_).first(burnable_classes_); }
  /// The gradients that occur on burnable cells; at least one.
  const std::vector<Gradient>& bins() const { return bins_; }

  /// The longest that a cell burns [steps]; 1 where nothing burns.
  std::uint32_t longest_burn_steps() const { return longest_burn_steps_; }

  std::uint64_t land_cells() const { return land_cells_; }
  std::uint64_t burnable_cells() const { return row_ends_.back(); }
  bool is_land(Cell cell) const { return fuel_[place(cell)] != no_land; }
  bool is_burnable(Cell cell) const {
    const std::size_t at = place(cell);
    return (burnable_[at / 64] >> at % 64 & 1) != 0;
  }
  /// Index of the cell's class in classes(); the cell is land.
  std::size_t class_of(Cell cell) const { return fuel_[place(cell)]; }
  /// Index of the cell's gradient in bins(); the cell is burnable.
  std::size_t bin_of(Cell cell) const { return slope_[place(cell)]; }

  /// Returns the k-th burnable cell, row by row, for 0 <= k < burnable_cells().
  Cell burnable_cell(std::uint64_t k) const;

  /// A class and a gradient, by their indices.
  struct Kind {
    std::uint8_t fuel;
    std::uint16_t slope;
  };
  /// The kinds of burnable cells that occur.
  const std::vector<Kind>& kinds() const { return kinds_; }

  /// What it takes in memory.
  std::size_t bytes() const;

  // For kernels: tile by tile, row by row of tiles (random/draw.hpp), the 256 cells of each in the order of the draws.
  // Tiles at the border are as large as the others.

  std::span<const std::uint8_t> tile_fuel() const { return fuel_; }     ///< class_of()
  std::span<const std::uint16_t> tile_slope() const { return slope_; }  ///< bin_of()
  std::span<const std::uint64_t> tile_burnable() const {
    return burnable_;
  }  ///< a bit per cell, four words per tile
  /// How many binary digits longest_burn_steps() - 1 has.
  int burn_step_digits() const;
  /// The digits of burn_steps - 1 of every cell, the least significant first: a bit per cell, four words per digit, the
  /// digits of a tile one after the other.
  std::span<const std::uint64_t> tile_burn_steps() const { return burn_steps_; }

 private:
  static constexpr std::uint8_t no_land = 255;

  std::size_t place(Cell cell) const;
  void set_fuel(const LandscapeLayers& layers, std::span<const FuelClass> table);
  void count_cells();
  void set_burn_steps();
  void set_slope(const LandscapeLayers& layers);
  void find_kinds();
  template <class Bins>
  bool put_into(Bins bins, const LandscapeLayers& layers);

  Extent extent_;
  CellSize cell_size_;
  double convergence_;
  std::size_t columns_;  // of tiles
  std::vector<FuelClass> classes_;
  std::size_t burnable_classes_ = 0;
  std::vector<Gradient> bins_;
  std::vector<Kind> kinds_;
  std::vector<std::uint8_t> fuel_;
  std::vector<std::uint16_t> slope_;
  std::vector<std::uint64_t> burnable_;
  std::vector<std::uint64_t> burn_steps_;
  std::vector<std::uint64_t> row_ends_;  // burnable cells of the rows up to and with each
  std::uint64_t land_cells_ = 0;
  std::uint32_t longest_burn_steps_ = 1;
};

}  // namespace firesweep
