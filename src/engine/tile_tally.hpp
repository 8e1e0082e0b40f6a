#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "firesweep/engine/tally.hpp"

#include "tile_field.hpp"
#include "tile_operations.hpp"

namespace firesweep {

/// Burn counts and arrival sums over fires, tile by tile, as bit-sliced counters: digit i of the numbers of
/// 256 cells is one 256-bit word, so a fire is added to a tile in a few instructions. The cells of fires that have
/// only a few are counted one by one, which takes fewer still.
class TileTallies {
 public:
  TileTallies(const TilePlanes& planes, TallyChoice choice, const TileOperations& operations);

  /// Makes room for the fire on `field`, of so many cells; may throw, and changes no count.
  void make_room(const TileField& field, std::uint64_t cells);

  /// Adds the fire on `field`, for which room was just made.
  void add(const TileField& field) noexcept;

  /// Moves all counts into `tally`, and starts anew.
  void take(Tally& tally);

 private:
  static constexpr std::size_t burn_digits = 16;     // max_fires_per_tally
  static constexpr std::size_t arrival_digits = 48;  // that times the largest step

  static constexpr std::uint64_t few_cells = 16;  // of a fire whose cells are counted one by one

  using Counts = std::array<std::uint16_t, tile_cells>;
  struct Counter {
    std::uint32_t x;
    std::uint32_t y;
    std::uint32_t few;  // what was counted one by one: 0 nothing, else 1 + its index
    std::array<TileWord, burn_digits> burns;
  };
  struct Burnt {
    std::size_t counter;
    TileWord cells;
  };

  std::uint32_t& slot(std::uint32_t x, std::uint32_t y) const {
    return slots_[std::size_t{y} * columns_ + x];
  }

  TallyChoice choice_;
  void (*count_up_)(std::uint64_t* digits, const void* set);
  std::size_t columns_;
  LazyZeros<std::uint32_t> slots_;  // of each tile: 0 none, else 1 + the index of its counter
  std::vector<Counter> counters_;
  std::vector<std::array<TileWord, arrival_digits>> arrivals_;  // of the same tiles, if asked for
  std::vector<Counts> few_;
  std::uint32_t fires_ = 0;   // that were added
  std::vector<Burnt> burnt_;  // the tiles of the fire that room was made for
  bool has_few_cells_ = false;
};

}  // namespace firesweep
