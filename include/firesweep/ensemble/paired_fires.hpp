#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/ensemble/block.hpp"
#include "firesweep/experiment/compared_axes.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// Burns the fires that those of a block are compared with, cell by cell: of the same seed, in the earlier scenarios of
/// paired_map_pairs(). They burn again for that, as their own blocks may be another rank's; so a pair needs no other result
/// than that of its later scenario, and results stay the same for any ranks, order and interruption.
class PairedFires {
 public:
  /// Called before a fire burns again; what it throws is that fire's failure.
  using BeforeRun = std::function<void(std::size_t scenario)>;

  /// `plan` must outlive this; `kernel` adds nothing up.
  PairedFires(const Plan& plan, std::unique_ptr<Kernel> kernel);

  /// A block of this scenario begins.
  void begin(std::size_t scenario);

  /// Burns the earlier scenarios' fires of a seed. One that fails is not compared. Throws FireAbandoned if `watcher` does.
  void burn(Seed seed, FireWatcher& watcher, const BeforeRun& before_run);

  /// Compares them with the scenario's own fire of that seed.
  void compare(std::span<const BurntTile> own);

  /// What came of the pairs since begin().
  std::vector<PairTally> take();

 private:
  /// Counts by (row, column) of tiles.
  using Counts = std::map<std::pair<std::uint32_t, std::uint32_t>, TileTally>;

  struct Pair {
    Scenario earlier;
    std::size_t earlier_number = 0;
    std::optional<std::vector<BurntTile>> burnt =
        std::nullopt;  ///< in the fire that burnt last; nothing if it failed
    std::uint32_t seeds = 0;
    Counts only_first = {};
    Counts only_second = {};
  };

  const Plan& plan_;
  std::unique_ptr<Kernel> kernel_;
  std::vector<Pair> pairs_;
};

}  // namespace firesweep
