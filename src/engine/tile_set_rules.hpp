#pragma once

// The rules that ask which neighbours burn, and what they look at. See tile_bits.hpp for the compiling.

#include <type_traits>

#include "tile_bytes.hpp"
#include "tile_step.hpp"

namespace firesweep {
namespace {

// The rules: the threshold of a cell of some class and bin for a set of burning neighbours, and its first byte, 255 if it
// is 2^32.

inline std::uint64_t smaller(std::uint64_t a, std::uint64_t b) {
  return a < b ? a : b;
}

struct ByClass {
  static std::uint64_t threshold(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t,
                                 std::uint32_t set) {
    return tables.by_class[256 * fuel + set];
  }
  static std::uint8_t first_byte(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t,
                                 std::uint32_t set) {
    return tables.by_class_byte[256 * fuel + set];
  }
};

struct Linear {
  static std::uint64_t product(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t bin,
                               std::uint32_t set) {
    const std::uint32_t* sums = tables.sums + std::size_t{32} * bin;
    return tables.fuel[fuel] * std::uint64_t{sums[set & 15] + sums[16 + (set >> 4)]};
  }
  static std::uint64_t threshold(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t bin,
                                 std::uint32_t set) {
    return smaller(product(tables, fuel, bin, set) >> 20, tables.cap);
  }
  static std::uint8_t first_byte(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t bin,
                                 std::uint32_t set) {
    return static_cast<std::uint8_t>(smaller(product(tables, fuel, bin, set) >> 44, tables.cap_byte));
  }
};

struct Independent {
  static std::uint64_t uncapped(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t bin,
                                std::uint32_t set) {
    const std::uint32_t* products =
        tables.products + std::size_t{32} * (std::size_t{fuel} * tables.bins + bin);
    return (std::uint64_t{1} << 32) - (std::uint64_t{products[set & 15]} * products[16 + (set >> 4)] >> 30);
  }
  static std::uint64_t threshold(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t bin,
                                 std::uint32_t set) {
    return smaller(uncapped(tables, fuel, bin, set), tables.cap);
  }
  static std::uint8_t first_byte(const NeighbourSetTables& tables, std::uint32_t fuel, std::uint32_t bin,
                                 std::uint32_t set) {
    return static_cast<std::uint8_t>(smaller(uncapped(tables, fuel, bin, set) >> 24, tables.cap_byte));
  }
};

// The burning cells in and around a tile.
struct Surroundings {
  Neighbourhood::Column west;
  Neighbourhood::Column middle;
  Neighbourhood::Column east;
  Bits any;  // cells with a burning neighbour; itself does not count

  Surroundings(const std::uint16_t* tile, std::uint64_t strip)
      : west(tile - strip), middle(tile), east(tile + strip) {
    const Bits beside = middle.above | middle.below;
    const Bits column = beside | middle.here;
    any = beside | from_west(column, west.above | west.here | west.below) |
          from_east(column, east.above | east.here | east.below);
  }

  // The cells whose neighbours[i] burns (model/spread_directions.hpp).
  template <int i>
  Bits burning() const {
    if constexpr (i == 0) return from_west(middle.above, west.above);
    if constexpr (i == 1) return middle.above;
    if constexpr (i == 2) return from_east(middle.above, east.above);
    if constexpr (i == 3) return from_west(middle.here, west.here);
    if constexpr (i == 4) return from_east(middle.here, east.here);
    if constexpr (i == 5) return from_west(middle.below, west.below);
    if constexpr (i == 6) return middle.below;
    if constexpr (i == 7) return from_east(middle.below, east.below);
  }
};

// Without a landscape all cells are of class 0.
alignas(64) constexpr std::uint8_t class_zero[tile_cells] = {};

inline const std::uint8_t* fuel_of_tile(const TileGround* ground, std::uint64_t tile) {
  return ground == nullptr ? class_zero : ground->fuel + tile_cells * tile;
}

// The layers of a landscape do not fit into the nearest cache, but they can come while draws are made.
inline void prefetch(const void* layer, std::size_t size) {
  for (std::size_t i = 0; i < size; i += 64) __builtin_prefetch(static_cast<const char*>(layer) + i);
}

// The thresholds of a tile's candidates.
template <class Rule>
struct ThresholdOfCell {
  const NeighbourSetTables& tables;
  const std::uint8_t* fuel;    // of the tile
  const std::uint16_t* slope;  // the same; null for ByClass
  Bits burning[8];             // the bytes of the sets of neighbours that burn

  ThresholdOfCell(const FireStep& step, std::uint64_t tile, const Surroundings& near)
      : tables(*step.by_set),
        fuel(fuel_of_tile(step.growth.ground, tile)),
        slope(nullptr),
        burning{near.burning<0>(), near.burning<1>(), near.burning<2>(), near.burning<3>(),
                near.burning<4>(), near.burning<5>(), near.burning<6>(), near.burning<7>()} {
    prefetch(fuel, tile_cells);
    if constexpr (!std::is_same_v<Rule, ByClass>) {
      slope = step.growth.ground->slope + tile_cells * tile;
      prefetch(slope, tile_cells * sizeof *slope);
    }
    planes_to_bytes(burning);
  }

  std::uint64_t operator()(std::uint32_t cell) const {
    return Rule::threshold(tables, fuel[cell], bin(cell), *byte_of(burning, cell));
  }
  std::uint8_t first_byte(std::uint32_t cell) const {
    return Rule::first_byte(tables, fuel[cell], bin(cell), *byte_of(burning, cell));
  }

 private:
  std::uint32_t bin(std::uint32_t cell) const {
    if constexpr (std::is_same_v<Rule, ByClass>) return 0;
    return slope[cell];
  }
};

}  // namespace
}  // namespace firesweep
