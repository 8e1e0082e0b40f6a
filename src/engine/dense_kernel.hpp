#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/engine/thread_team.hpp"
#include "firesweep/engine/vegetation.hpp"
#include "firesweep/model/spread_rule.hpp"

#include "embers.hpp"

namespace firesweep {

/// The naive reference: two buffers of one byte per cell, every cell looked at in every step, one draw per
/// candidate, bands of rows on the threads of a team. What it lacks in speed it has in being easy to believe.
class DenseKernel final : public Kernel, private FireView {
 public:
  DenseKernel(Extent extent, TallyChoice choice, int threads);

  RunRecord run(const Scenario& scenario, Seed seed, FireWatcher* watcher) override;
  std::span<const AssetLoss> losses() const override { return losses_; }
  std::span<const std::uint32_t> sets_reached() const override { return sets_reached_; }
  std::vector<BurntTile> burnt_tiles() const override;
  void set_threads(int threads) override { team_.resize(threads); }
  Tally take_tally() override;

 private:
  // What a band of rows saw in one step.
  struct BandCount {
    std::uint64_t burning = 0;    // next
    std::uint64_t burnt_out = 0;  // now, but no longer next
    std::uint64_t vegetated = 0;
  };

  std::uint64_t burning_cells() const override { return burning_; }
  std::uint64_t burnt_cells() const override { return burnt_; }
  std::vector<CellState> states() const override;

  std::size_t place(Cell cell) const { return (cell.y + std::size_t{1}) * stride_ + cell.x + 1; }
  template <typename Row>
  BandCount over_rows(const Row& row);
  void grow_and_ignite(const Scenario& scenario, Seed seed, RunRecord& record);
  BandCount grow_row(std::uint32_t y, const Vegetation& vegetation);
  BandCount step_row(std::uint32_t y, std::uint32_t step, Seed seed);
  unsigned burning_neighbours(std::size_t at) const;
  Threshold threshold_of(Cell cell, unsigned burning) const;
  void set_weather(const Scenario& scenario, const Weather& weather);
  void light(Cell cell, std::uint32_t step);
  void throw_embers(std::uint32_t step, Seed seed, RunRecord& record);
  void land_ember(const Embers::Landing& landing, std::uint32_t step, RunRecord& record);
  void watch(FireWatcher* watcher, std::uint32_t step);
  void count_losses();
  void add_to_tally();
  void take_tile(Cell corner, Tally& tally);

  Extent extent_;
  TallyChoice choice_;
  ThreadTeam team_;
  std::size_t stride_;                  // a border of empty cells all round spares the edge cases
  std::vector<CellState> now_;          // shape (height + 2, width + 2)
  std::vector<CellState> next_;         // the same
  std::vector<std::uint8_t> left_;      // steps that a burning cell burns on, shape (height, width)
  std::vector<std::uint32_t> arrival_;  // step at which each cell caught fire, shape (height, width)
  std::optional<SpreadRule> rule_;
  std::shared_ptr<const Landscape> landscape_;
  std::optional<Embers> embers_;
  std::uint64_t burning_ = 0;
  std::uint64_t burnt_ = 0;
  CurveTally curve_;  // of this run

  std::vector<AssetLoss> losses_;  // of this run
  std::vector<std::uint32_t> sets_reached_;

  std::vector<std::uint16_t> burn_count_;   // over runs, shape (height, width)
  std::vector<std::uint64_t> arrival_sum_;  // over runs, shape (height, width)
  CurveTally curves_;
};

}  // namespace firesweep
