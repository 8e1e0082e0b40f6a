#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "firesweep/engine/tally.hpp"

#include "tile_field.hpp"
#include "tile_operations.hpp"

namespace firesweep {

/// Burn counts and arrival sums over fires, tile by tile, as bit-sliced counters: digit i of the numbers of
/// 256 cells is one 256-bit word, so a fire is added to a tile in a few instructions.
class TileTallies {
 public:
  TileTallies(const TilePlanes& planes, TallyChoice choice, const TileOperations& operations);

  /// Makes room for the fire on `field`; may throw, and changes no count.
  void make_room(const TileField& field);

  /// Adds the fire on `field`, for which there is room.
  void add(const TileField& field) noexcept;

  /// Moves all counts into `tally`, and starts anew.
  void take(Tally& tally);

 private:
  static constexpr std::size_t burn_digits = 16;     // max_fires_per_tally
  static constexpr std::size_t arrival_digits = 48;  // that times the largest step

  struct Counter {
    std::uint32_t x;
    std::uint32_t y;
    std::array<TileWord, burn_digits> burns;
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
};

}  // namespace firesweep
