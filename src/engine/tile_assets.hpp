#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "firesweep/engine/asset_map.hpp"
#include "firesweep/engine/record.hpp"

#include "tile_field.hpp"

namespace firesweep {

/// What a fire takes of the assets on its field. Kernels tell at which steps any cell with assets of a set not reached so
/// far burns; only then the active tiles are looked over for which. What it took is added up once, at its end, and only
/// if it has reached any.
class TileAssets {
 public:
  /// `map` may be null: there is nothing to take.
  explicit TileAssets(std::shared_ptr<const AssetMap> map);

  /// A fire begins.
  void begin();

  /// The cells to look out for, as FireStep::watched has them: at least those of sets not reached so far.
  const std::uint64_t* watched() const {
    return reached_.size() < losses_.size() ? watched_.front().data() : nullptr;
  }

  /// A byte for each row of tiles, which kernels set where such cells burn.
  std::uint8_t* watched_rows() { return rows_.data(); }

  /// Does so for a cell that was lit by itself. Returns whether there are assets.
  bool look_at(Cell cell);

  /// Notes what of those burns on the field after so many steps.
  void note(const TileField& field, std::uint32_t step);

  /// Adds up what the fire on the field has taken.
  void end(const TileField& field);

  /// Of the last fire, one for each set; none if it has reached none.
  std::span<const AssetLoss> losses() const {
    return reached_.empty() ? std::span<const AssetLoss>() : losses_;
  }

  /// The sets that it has reached, ascending.
  std::span<const std::uint32_t> reached() const { return reached_; }

 private:
  struct Cleared {
    std::size_t word;
    std::uint32_t bit;
    std::uint32_t x;
    std::uint32_t y;
  };

  bool reach(const TileWord& burning, std::uint32_t x, std::uint32_t y, std::uint32_t step);

  std::shared_ptr<const AssetMap> map_;
  std::vector<AssetLoss> losses_;
  std::vector<std::uint32_t> reached_;  // sets
  std::vector<std::uint8_t> rows_;      // of tiles: whether to look at it
  std::vector<std::uint32_t> waiting_;  // a bit per tile: whether it may have assets of an unreached set
  std::vector<TileWord> watched_;       // of each tile: its cells with assets where it may, else none
  std::vector<Cleared> cleared_;        // of those bits, by this fire
};

}  // namespace firesweep
