#pragma once

#include <array>
#include <cstdint>

#include "firesweep/random/philox.hpp"

/// One draw, one address.
///
/// Every random number of a fire is a pure function of (seed, purpose, step, cell). Nothing is drawn "next":
/// two kernels, ranks or instruction sets that ask for the same address get the same bits, and a cell nobody
/// asks about costs nothing. The address does not know the danger level or the landscape's size, so scenarios
/// that share a seed share their luck (common random numbers).
///
/// The layout, version `rng_version`:
///
/// - Tiles. The cell (x, y) is cell (x mod 16, y mod 16) of the tile (x / 16, y / 16). The 16 rows of a tile
///   form four quarters q = 0..3 of four rows; within its quarter the cell is bit b = 16 (y mod 4) + (x mod 16).
/// - Planes. Plane k = 0..31 of (seed, purpose, step, tile) holds bit 31 - k of the 32-bit draws of the tile's 256
///   cells, the most significant bit first, so u < threshold can be decided plane by plane and usually after a few.
/// - Blocks. One block of Philox4x32-7 with key (seed mod 2^32, seed / 2^32) and counter
///   (tile_x, tile_y, step, 2^16 purpose + 4 m + q) holds two planes of a quarter: words 0 and 1 are the low
///   and high half of the 64 bits of plane 2m, words 2 and 3 those of plane 2m + 1, for m = 0..15.
/// - Cells. The block with counter (tile_x, tile_y, step, 2^16 purpose + 2^8 + c) holds four more 32-bit draws of the cell
///   c = 16 (y mod 16) + (x mod 16) of the tile.
/// - Numbers. The i-th 64-bit number of (seed, purpose) is words 0 (low) and 1 (high) of the block with counter
///   (i mod 2^32, i / 2^32, 0, 2^16 purpose).
///
/// A purpose is drawn by cell or by number, never both: a number is a block of the cells' planes 0 and 1 at step 0. The
/// blocks of cells are apart from both.
///
/// A change to anything above is a new `rng_version`, a line in the changelog and new known answers in the
/// tests.
namespace firesweep {

inline constexpr int rng_version = 1;
inline constexpr int rng_rounds = 7;

/// Names a stream of draws; any value is as good as any other.
enum class Seed : std::uint64_t {};

/// What a draw is for; draws for different purposes are independent.
enum class Purpose : std::uint32_t {
  vegetation = 0,
  spread = 1,
  ignition = 2,
  design = 3,
  bootstrap = 4,
  audit = 5,   ///< which runs of a results file are made again to check it
  dither = 6,  ///< to which of the slopes around a cell's own it is rounded; number x + 2^32 y
  ember = 7,   ///< which cells throw embers, where these fly, and whether they light
};

/// The side of a tile [cells].
inline constexpr std::uint32_t tile_side = 16;
inline constexpr std::uint32_t tile_cells = tile_side * tile_side;

/// A probability p as the count round(2^32 p), 0..2^32, of the 32-bit draws that succeed.
enum class Threshold : std::uint64_t { never = 0, always = std::uint64_t{1} << 32 };

/// Returns the threshold of `probability`, which must lie in [0, 1].
Threshold threshold(double probability);

/// Returns whether the trial of cell (x, y) at `step` succeeds: its 32-bit draw is below the threshold.
/// This is the reference that every fast kernel must agree with; it looks at one cell and stops at the first
/// plane that decides.
bool trial(Seed seed, Purpose purpose, std::uint32_t step, std::uint32_t x, std::uint32_t y,
           Threshold threshold);

/// Returns the whole 32-bit draw of cell (x, y) at `step`.
std::uint32_t draw(Seed seed, Purpose purpose, std::uint32_t step, std::uint32_t x, std::uint32_t y);

/// Returns the four more draws of cell (x, y) at `step`.
std::array<std::uint32_t, 4> more_draws(Seed seed, Purpose purpose, std::uint32_t step, std::uint32_t x,
                                        std::uint32_t y);

/// Returns the i-th 64-bit number of (seed, purpose).
std::uint64_t number(Seed seed, Purpose purpose, std::uint64_t i);

/// Returns the i-th number of (seed, purpose) scaled to 0..bound - 1, for bound > 0: floor(bound u / 2^64).
/// The bias towards any value is below bound / 2^64.
std::uint64_t number_below(Seed seed, Purpose purpose, std::uint64_t i, std::uint64_t bound);

}  // namespace firesweep
