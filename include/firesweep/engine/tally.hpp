#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "firesweep/engine/asset_map.hpp"
#include "firesweep/engine/tile_counts.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

__extension__ using UInt128 = unsigned __int128;

/// What is found out about fires besides their records.
struct TallyChoice {
  bool burn_count = false;   ///< how often each cell burnt
  bool arrival = false;      ///< when the fire reached each cell; needs burn_count
  bool curves = false;       ///< burning and burnt cells at every step
  bool cell_counts = false;  ///< vegetation of the whole landscape, for RunRecord::vegetated_cells
  std::shared_ptr<const AssetMap> assets = nullptr;  ///< what fires may take; null: nothing

  friend bool operator==(const TallyChoice&, const TallyChoice&) = default;
};

/// Sums of the steps at which the cells of one tile caught fire, in the order of TileTally.
using TileArrivals = std::array<std::uint64_t, tile_cells>;

/// A fire at a step.
struct CurvePoint {
  std::uint64_t burning = 0;  ///< cells
  std::uint64_t burnt = 0;    ///< cells so far
};

/// Sums over fires for every step. A fire that has ended stays at its last state, so nothing is added for it.
struct CurveTally {
  std::vector<std::uint64_t> burning;    ///< sum of burning cells
  std::vector<UInt128> burning_squares;  ///< sum of their squares
  std::vector<std::uint64_t>
      burnt_growth;  ///< sum of burnt(t) - burnt(t-1); its running total is the sum of burnt cells
  std::vector<UInt128>
      burnt_square_growth;  ///< sum of burnt(t)^2 - burnt(t-1)^2; its running total is the sum of squares

  void add_step(std::uint32_t step, std::uint64_t burning_cells, std::uint64_t burnt_before,
                std::uint64_t burnt_now);
  /// Adds a fire, step by step from 0 on. Does not throw if there is room for its steps.
  void add_fire(std::span<const CurvePoint> fire);
  void make_room(std::size_t steps);
  void add(const CurveTally& other);

  friend bool operator==(const CurveTally&, const CurveTally&) = default;

 private:
  void lengthen(std::size_t steps);
};

/// Exact sums over some fires of one scenario. Tallies add up to the same total in any order.
struct Tally {
  TileCounts tiles;  ///< only tiles that a fire has reached, by row of tiles, then column
  std::vector<TileArrivals> arrival_sums;  ///< of the same tiles; empty unless asked for
  CurveTally curves;

  friend bool operator==(const Tally&, const Tally&) = default;
};

}  // namespace firesweep
