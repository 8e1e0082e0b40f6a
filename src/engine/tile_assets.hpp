#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "firesweep/engine/asset_map.hpp"
#include "firesweep/engine/record.hpp"

#include "tile_field.hpp"

namespace firesweep {

/// What a fire takes of the assets on its field. The first step at which it reaches a set is looked for at every step,
/// among the active tiles that have assets of a set not reached so far; what it took is added up once, at its end, and
/// only if it has reached any. Most fires die at once and take nothing, so that looking would be most of their cost: they
/// may burn their first steps unseen, and are looked over after those. One that has reached assets by then begins again,
/// watched.
class TileAssets {
 public:
  /// `map` may be null: there is nothing to take.
  explicit TileAssets(std::shared_ptr<const AssetMap> map);

  /// Steps that a fire may burn unseen.
  static constexpr std::uint32_t unseen_steps = 8;

  bool are_there() const { return map_ != nullptr; }
  bool are_at(Cell cell) const;

  /// A fire begins.
  void begin();

  /// Notes what burns on the field after so many steps.
  void note(const TileField& field, std::uint32_t step) {
    if (unreached_ > 0) look(field, step);
  }

  /// Whether the fire on the field, which was not noted so far, has reached any.
  bool are_reached(const TileField& field) const;

  /// Adds up what the fire on the field has taken.
  void end(const TileField& field);

  /// Of the last fire, one for each set; none if it has reached none.
  std::span<const AssetLoss> losses() const {
    return unreached_ == losses_.size() ? std::span<const AssetLoss>() : losses_;
  }

 private:
  struct Cleared {
    std::size_t word;
    std::uint32_t tile;
  };

  void look(const TileField& field, std::uint32_t step);
  bool reach(const TileWord& burning, std::uint32_t x, std::uint32_t y, std::uint32_t step);

  std::shared_ptr<const AssetMap> map_;
  std::vector<AssetLoss> losses_;
  std::size_t unreached_ = 0;           // sets
  std::vector<std::uint8_t> has_row_;   // of tiles: whether any of its tiles has assets
  std::vector<std::uint32_t> waiting_;  // a bit per tile: whether it may have assets of an unreached set
  std::vector<Cleared> cleared_;        // of those bits, by this fire
};

}  // namespace firesweep
