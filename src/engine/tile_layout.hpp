#pragma once

#include <cstdint>

#include "firesweep/random/draw.hpp"

// The plain data that the kernel shares with its steps, which are compiled once per instruction set; without
// member functions on purpose, see tile_bits.hpp.
namespace firesweep {

/// Where the cells of the tiles are.
///
/// A tile is 16 x 16 cells, one bit each, row after row: 256 bits in the order of the draws
/// (random/draw.hpp). The tiles of one column of tiles stand on top of each other in a strip, so the rows
/// above and below a tile are read by starting one row earlier or later, and its western and eastern
/// neighbours lie one strip to either side. A border of one empty tile surrounds the grid.
struct TilePlanes {
  std::uint16_t* burning;    ///< cells that burn now
  std::uint16_t* ignited;    ///< cells that burn next; what it holds is overwritten tile by tile
  std::uint16_t* fuel;       ///< vegetation that has not caught fire; of touched tiles
  std::uint16_t* landscape;  ///< vegetation at step 0; of touched tiles
  std::uint64_t strip;       ///< rows from one strip to the next

  std::uint32_t columns;               ///< of tiles
  std::uint32_t rows;                  ///< of tiles
  std::uint64_t last_column_rows;      ///< cells inside the grid, in a quarter of a tile of the last column
  std::uint64_t last_row_quarters[4];  ///< cells inside the grid, in the quarters of a tile of the last row

  std::uint32_t words;         ///< of a row in the sets of tiles below: bit x % 32 of word x / 32
  std::uint32_t* active;       ///< tiles to be looked at in this step, by row; emptied as it is read
  std::uint32_t* next;         ///< tiles to be looked at in the next step
  std::uint32_t* touched;      ///< tiles whose vegetation has been generated
  std::uint8_t* active_rows;   ///< whether a row has active tiles
  std::uint8_t* next_rows;     ///< the same for `next`
  std::uint8_t* touched_rows;  ///< the same for `touched`
  std::uint32_t* work;         ///< active tiles that the last step found in a row, if it was in its range
};

/// The rows of tiles first .. end - 1, which one thread owns.
struct TileBand {
  std::uint32_t first;
  std::uint32_t end;
  std::uint32_t first_active;  ///< only rows first_active .. end_active - 1 have active tiles
  std::uint32_t end_active;
  std::uint32_t* above;  ///< takes the tiles of row first - 1 that become active
  std::uint32_t* below;  ///< takes the tiles of row `end` that become active
  void* flights;         ///< of the embers thrown here, for EmberThrow::fly; null without embers
};

/// What a thread found in its band.
struct BandCount {
  std::uint64_t burning;  ///< cells that burn next
  std::uint64_t burn_on;  ///< those of them that burn now
  std::uint64_t tiles;    ///< active tiles
  std::uint32_t first;    ///< rows that had some: first .. end - 1
  std::uint32_t end;
  bool is_watched = false;  ///< whether any that burn next are watched cells
};

/// Philox' key schedule of one seed.
struct DrawKeys {
  std::uint64_t low[rng_rounds];
  std::uint64_t high[rng_rounds];
};

/// The draws of one (seed, purpose, step).
struct DrawStream {
  const DrawKeys* keys;
  std::uint32_t purpose_word;
  std::uint32_t step;
};

/// At most so many classes of candidates differ in their threshold.
inline constexpr int max_threshold_classes = 8;

/// The thresholds of a scenario's candidates: one of all, but for those in one of some disjoint special sets.
struct ThresholdTable {
  int specials;
  Threshold threshold[max_threshold_classes];  ///< [0] of all others, [i] of special set i - 1
};

/// A ThresholdTable, plane by plane, as the instruction set wants it: the bit of class 0, then for every
/// special class whether its bit differs.
struct ThresholdPlanes {
  alignas(64) std::uint64_t plane[32 * max_threshold_classes * 4];
  std::uint64_t always[max_threshold_classes];  ///< 1-bits if the class needs no draw, encoded as above
  std::uint64_t never[max_threshold_classes];
  bool has_certain;  ///< whether any class is in always or never
  int specials;
};

/// The layers of a landscape, tile by tile; see Landscape.
struct TileGround {
  const std::uint8_t* fuel;
  const std::uint16_t* slope;
  const std::uint64_t* burnable;
  const std::uint64_t* densities;  ///< threshold of every class that burns; null: all have that of Growth
};

/// At most so many binary digits has the number of steps that a cell burns on.
inline constexpr int max_burn_step_digits = 8;

/// How long cells burn, where some burn for more than a step: in binary digits, the least significant first.
struct TileResidence {
  int digits;
  std::uint16_t*
      left[max_burn_step_digits];   ///< planes, laid out as TilePlanes: the steps after this one that a
                                    ///< burning cell burns on; of no meaning for others
  const std::uint64_t* burn_steps;  ///< see Landscape::tile_burn_steps
};

/// How burning cells throw embers.
struct EmberThrow {
  const ThresholdPlanes* rate;
  /// Takes those that the cells of tile (x, y) throw, a bit each in four words.
  void (*fly)(void* flights, std::uint32_t x, std::uint32_t y, const std::uint64_t* cells);
};

/// How the threshold of a cell is looked up by the set of its burning neighbours (model/spread_rule.hpp).
enum class NeighbourSetRule : std::uint8_t {
  by_class,  ///< all ground has one gradient
  linear,
  independent,
};
inline constexpr int neighbour_set_rules = 3;

/// A SpreadRule as tables. Of 16 sets there are those of the first four neighbours, then those of the last four.
struct NeighbourSetTables {
  std::uint64_t cap;                  ///< greatest threshold
  std::uint64_t cap_byte;             ///< its first byte, 255 if it is 2^32
  const std::uint64_t* by_class;      ///< by_class: of every class, the threshold of each of the 256 sets
  const std::uint8_t* by_class_byte;  ///< their first bytes, 255 if it is 2^32; four more bytes may be read
  const std::uint32_t* fuel;          ///< linear: F of every class
  const std::uint32_t* sums;          ///< linear: of every bin, the sums of G over 2 x 16 sets
  const std::uint32_t* products;  ///< independent: of every class and bin, the products of Q over 2 x 16 sets
  std::uint32_t bins;             ///< how many
};

}  // namespace firesweep
