#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "firesweep/model/spread.hpp"

#include "tile_layout.hpp"

namespace firesweep {

/// What the vegetation of a seed grows by.
struct Growth {
  const DrawKeys* keys;
  const ThresholdPlanes* density;  ///< of cells whose class gives none
  const TileGround* ground;        ///< null: the same everywhere
};

/// What every tile needs to know in one step.
struct FireStep {
  Growth growth;
  const ThresholdPlanes* thresholds;  ///< of a rule that counts neighbours
  const NeighbourSetTables* by_set;   ///< of one that asks which they are
  const TileResidence* residence;     ///< null: every cell burns for one step
  const EmberThrow* embers;           ///< null: there are none
  std::uint32_t number;               ///< of the step, 0 for the first
  std::uint16_t** arrival;  ///< planes, laid out as TilePlanes, that cells catching fire are added to
  int arrival_digits;       ///< how many
  /// Null, or 4 words of each tile, row by row: cells whose burning is to be told ...
  const std::uint64_t* watched;
  std::uint8_t* watched_rows;  ///< ... by setting the byte of their row of tiles
};

/// Advances the fire in a band of rows by one step.
using Advance = BandCount (*)(const TilePlanes& tiles, const FireStep& step, const TileBand& band);

/// The work that depends on the instruction set, for one set and one rule.
struct TileOperations {
  /// Returns the rule's thresholds.
  ThresholdTable (*thresholds)(const SpreadProbability& p);

  /// Lays a table out in planes.
  void (*prepare)(const ThresholdTable& table, ThresholdPlanes& planes);

  /// Generates the vegetation of tile (x, y) into the four words of `grown`. Returns how many cells it has.
  std::uint32_t (*grow)(const TilePlanes& tiles, const Growth& growth, std::uint32_t x, std::uint32_t y,
                        std::uint64_t* grown);

  /// Generates the vegetation of tile (x, y) in its place.
  void (*touch)(const TilePlanes& tiles, const Growth& growth, std::uint32_t x, std::uint32_t y);

  /// Adds 1 to the numbers of the tile's cells that are set; digit i of all 256 is the four words from 4 i
  /// on.
  void (*count_up)(std::uint64_t* digits, const void* set);

  /// Advances the fire in a band of rows, by the number of special sets of the thresholds.
  Advance advance[max_threshold_classes];

  /// The same by rules that ask which neighbours burn, by NeighbourSetRule.
  Advance advance_by_set[neighbour_set_rules];
};

/// What the steps can be compiled for. The portable one uses 128-bit vectors where the compiler has them
/// (SSE2, NEON).
enum class InstructionSet : std::uint8_t {
  portable,
  avx2,    ///< Haswell, Zen and later
  avx512,  ///< with VBMI2: Ice Lake, Zen 4 and later
};

std::string_view name(InstructionSet set);

/// Returns the instruction sets that this build has and this machine can run, the fastest last.
std::span<const InstructionSet> supported_instruction_sets();

/// Returns the operations of NeighbourCountRule for an instruction set that is supported.
TileOperations tile_operations(InstructionSet set);

}  // namespace firesweep
