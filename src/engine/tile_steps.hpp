#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "firesweep/model/spread.hpp"
#include "tile_layout.hpp"

namespace firesweep {

/// What every tile needs to know in one step.
struct FireStep {
  const DrawKeys* keys;
  const ThresholdPlanes* thresholds;
  const ThresholdPlanes* density;
  std::uint32_t number;       ///< of the step, 0 for the first
  std::uint16_t** arrival;    ///< planes, laid out as TilePlanes, that cells catching fire are added to
  int arrival_digits;         ///< how many
};

/// The work that depends on the instruction set, for one set and one rule.
struct TileSteps {
  ThresholdTable (*thresholds)(const Weather& weather, const SpreadParameters& spread);
  void (*prepare)(const ThresholdTable& table, ThresholdPlanes& planes);

  /// Generates the vegetation of tile (x, y) into the four words of `grown`, and returns how many cells it has.
  std::uint32_t (*grow)(const TilePlanes& tiles, const ThresholdPlanes& density, const DrawKeys& keys, std::uint32_t x,
                        std::uint32_t y, std::uint64_t* grown);

  /// Generates the vegetation of tile (x, y) in its place.
  void (*touch)(const TilePlanes& tiles, const ThresholdPlanes& density, const DrawKeys& keys, std::uint32_t x,
                std::uint32_t y);

  /// Adds 1 to the number of each of the tile's cells that is set; digit i of the 256 numbers is digits[4 i .. 4 i + 3].
  void (*count_up)(std::uint64_t* digits, const void* set);

  /// Advances the fire in a band of rows, by the number of special sets of the thresholds.
  BandCount (*advance[max_threshold_classes])(const TilePlanes& tiles, const FireStep& step, const TileBand& band);
};

enum class InstructionSet : std::uint8_t { portable, avx2, avx512 };

std::string_view name(InstructionSet set);

/// Returns the instruction sets that this build has and this machine can run, the fastest last.
std::span<const InstructionSet> supported_instruction_sets();

/// Returns the steps by NeighbourCountRule for an instruction set that is supported.
TileSteps tile_steps(InstructionSet set);

}  // namespace firesweep
