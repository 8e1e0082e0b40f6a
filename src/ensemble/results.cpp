#include "firesweep/ensemble/results.hpp"

#include <algorithm>
#include <functional>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/compared_axes.hpp"

namespace firesweep {
namespace {

/// Calls visit(first cell of the map, first of the tile, cells) for every row of a tile.
void for_each_row(const Extent& extent, const TileTally& tile, const auto& visit) {
  const Cell corner{tile.tile_x * tile_side, tile.tile_y * tile_side};
  const std::uint32_t columns = std::min(tile_side, extent.width - corner.x);
  const std::uint32_t rows = std::min(tile_side, extent.height - corner.y);
  for (std::uint32_t y = 0; y < rows; ++y)
    visit(extent.index({corner.x, corner.y + y}), std::size_t{tile_side} * y, columns);
}

}  // namespace

Results::Results(const Plan& plan)
    : plan_(plan),
      records_(plan.scenarios() * plan.seeds()),
      pairs_(plan.scenarios()),
      curves_(plan.scenarios()),
      locks_(std::make_unique<Locks>(plan.scenarios())) {
  const OutputChoices& outputs = plan.experiment().outputs;
  const std::uint64_t cells = plan.experiment().base.extent.cells();
  if (outputs.maps || outputs.arrival) burn_count_.resize(plan.scenarios() * cells);
  if (outputs.arrival) arrival_sum_.resize(plan.scenarios() * cells);
  losses_.resize(records_.size() * plan.experiment().assets.size());
  for (std::size_t s = 0; outputs.paired_maps && s < plan.scenarios(); ++s)
    pairs_[s].assign(paired_map_pairs(plan, s).size(),
                     {0, std::vector<std::uint32_t>(cells), std::vector<std::uint32_t>(cells)});
  run_curves_.assign(plan.scenarios(), RunCurves(outputs.run_curves ? plan.seeds() : 0));
}

Results::Results(const Plan& plan, Results&& known)
    : plan_(plan),
      burn_count_(std::move(known.burn_count_)),
      arrival_sum_(std::move(known.arrival_sum_)),
      pairs_(std::move(known.pairs_)),
      curves_(std::move(known.curves_)),
      run_curves_(std::move(known.run_curves_)),
      failures_(std::move(known.failures_)),
      runs_ok_(known.runs_ok_),
      locks_(std::move(known.locks_)) {
  const std::size_t before = known.plan_.seeds();
  const std::size_t kept = std::min(before, plan.seeds());
  const std::size_t sets = plan.experiment().assets.size();
  records_ = RunColumns(plan.scenarios() * plan.seeds());
  losses_.resize(records_.size() * sets);
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    records_.set(s * plan.seeds(), known.records_.rows(s * before, kept));
    std::copy_n(known.losses_.begin() + static_cast<std::ptrdiff_t>(s * before * sets), kept * sets,
                losses_.begin() + static_cast<std::ptrdiff_t>(s * plan.seeds() * sets));
    if (plan.experiment().outputs.run_curves) run_curves_[s].resize(plan.seeds());
  }
}

void Results::merge(const BlockResult& result) {
  const Block& block = result.block;
  expects(block.scenario < plan_.scenarios() && block.first_seed + block.count <= plan_.seeds() &&
              result.records.size() == block.count,
          "a block lies within the plan");
  const std::size_t place = block.scenario * plan_.seeds() + block.first_seed;
  set_records(place, result.records);
  const std::size_t sets = plan_.experiment().assets.size();
  for (const auto& [run, set, loss] : result.losses) {
    expects(run < block.count && set < sets, "what is lost is lost by a run of the block, of a set");
    losses_[(place + run) * sets + set] = loss;
  }
  const std::size_t runs_ok = RunRows(result.records).count(RunStatus::ok);
  {
    const std::lock_guard lock(locks_->of_counts);
    failures_.insert(failures_.end(), result.failures.begin(), result.failures.end());
    runs_ok_ += runs_ok;
  }
  const std::lock_guard lock(locks_->of_scenario[block.scenario]);
  add_sums(result);
}

void Results::set_records(std::size_t place, const RunRows& records) {
  const auto set = [&] {
    expects(records_.rows(place, records.size()).count(RunStatus::missing) == records.size(),
            "a run is made once");
    records_.set(place, records);
  };
  {
    const std::shared_lock lock(locks_->columns);
    if (records_.has_room_for(records)) return set();
  }
  const std::lock_guard lock(locks_->columns);
  set();
}

void Results::add_sums(const BlockResult& result) {
  const std::size_t scenario = result.block.scenario;
  curves_[scenario].add(result.tally.curves);
  add_maps(scenario, result.tally);
  std::vector<PairMaps>& pairs = pairs_[scenario];
  expects(result.pairs.empty() || result.pairs.size() == pairs.size(), "a block compares all of its pairs");
  for (std::size_t p = 0; p < result.pairs.size(); ++p) {
    pairs[p].seeds += result.pairs[p].seeds;
    for (const TileTally& tile : result.pairs[p].only_first) add_counts(pairs[p].only_first, tile);
    for (const TileTally& tile : result.pairs[p].only_second) add_counts(pairs[p].only_second, tile);
  }
  if (plan_.experiment().outputs.run_curves) add_run_curves(result);
}

void Results::add_run_curves(const BlockResult& result) {
  std::span<const std::uint32_t> left = result.run_curves;
  std::span<const std::uint64_t> burnt_left = result.run_burnt;
  const bool has_burnt = plan_.experiment().has_residence();
  expects(burnt_left.size() == (has_burnt ? left.size() : 0), "burnt cells are kept where they have to be");
  for (std::size_t i = 0; i < result.records.size(); ++i) {
    const RunRecord record = result.records[i];
    if (record.status != RunStatus::ok) continue;
    const std::size_t length = std::size_t{record.steps} + 1;
    expects(length <= left.size(), "every run of a block has its curve");
    const std::size_t burnt_length = has_burnt ? length : 0;
    run_curves_[result.block.scenario].set(result.block.first_seed + i, left.first(length),
                                           burnt_left.first(burnt_length));
    left = left.subspan(length);
    burnt_left = burnt_left.subspan(burnt_length);
  }
  expects(left.empty(), "every curve of a block has its run");
}

void Results::add(std::size_t scenario, const ScenarioResults& known) {
  const std::uint64_t cells = plan_.experiment().base.extent.cells();
  expects(scenario < plan_.scenarios() && known.records.size() == plan_.seeds() &&
              known.losses.size() == known.records.size() * plan_.experiment().assets.size() &&
              known.burn_count.size() == (burn_count_.empty() ? 0 : cells) &&
              known.arrival_sum.size() == (arrival_sum_.empty() ? 0 : cells) &&
              known.pairs.size() == pairs_[scenario].size() &&
              known.run_curves.seeds() == run_curves_[scenario].seeds(),
          "what is known of a scenario has the shapes of the plan");
  const std::size_t first = scenario * plan_.seeds();
  const std::size_t sets = plan_.experiment().assets.size();
  std::size_t failed = 0;
  for (std::size_t i = 0; i < known.records.size(); ++i) {
    if (known.records[i].status == RunStatus::missing) continue;
    expects(records(scenario)[i].status == RunStatus::missing, "a run is made once");
    records_.set(first + i, known.records[i]);
    std::copy_n(known.losses.begin() + static_cast<std::ptrdiff_t>(i * sets), sets,
                losses_.begin() + static_cast<std::ptrdiff_t>((scenario * plan_.seeds() + i) * sets));
    if (known.records[i].status == RunStatus::ok) ++runs_ok_;
    if (known.records[i].status == RunStatus::failed) ++failed;
  }
  expects(known.failures.size() == failed, "every failed run says why");
  failures_.insert(failures_.end(), known.failures.begin(), known.failures.end());
  curves_[scenario].add(known.curves);
  const auto counts = std::span(burn_count_).subspan(scenario * known.burn_count.size());
  for (std::size_t i = 0; i < known.burn_count.size(); ++i) counts[i] += known.burn_count[i];
  const auto arrivals = std::span(arrival_sum_).subspan(scenario * known.arrival_sum.size());
  for (std::size_t i = 0; i < known.arrival_sum.size(); ++i) arrivals[i] += known.arrival_sum[i];
  for (std::size_t p = 0; p < known.pairs.size(); ++p) {
    PairMaps& pair = pairs_[scenario][p];
    pair.seeds += known.pairs[p].seeds;
    std::ranges::transform(pair.only_first, known.pairs[p].only_first, pair.only_first.begin(), std::plus());
    std::ranges::transform(pair.only_second, known.pairs[p].only_second, pair.only_second.begin(),
                           std::plus());
  }
  for (std::size_t i = 0; i < known.run_curves.seeds(); ++i)
    if (known.records[i].status == RunStatus::ok)
      run_curves_[scenario].set(i, known.run_curves[i], known.run_curves.burnt(i));
}

void Results::add_maps(std::size_t scenario, const Tally& tally) {
  const Extent extent = plan_.experiment().base.extent;
  if (!burn_count_.empty())
    tally.tiles.add_to(std::span(burn_count_).subspan(scenario * extent.cells(), extent.cells()), extent);
  if (arrival_sum_.empty()) return;
  const auto sums = std::span(arrival_sum_).subspan(scenario * extent.cells(), extent.cells());
  for (std::size_t t = 0; t < tally.arrival_sums.size(); ++t)
    for_each_row(extent, tally.tiles[t], [&](std::size_t first, std::size_t in_tile, std::uint32_t columns) {
      for (std::uint32_t x = 0; x < columns; ++x) sums[first + x] += tally.arrival_sums[t][in_tile + x];
    });
}

void Results::add_counts(std::span<std::uint32_t> map, const TileTally& tile) const {
  for_each_row(plan_.experiment().base.extent, tile,
               [&](std::size_t first, std::size_t in_tile, std::uint32_t columns) {
                 for (std::uint32_t x = 0; x < columns; ++x) map[first + x] += tile.burn_count[in_tile + x];
               });
}

void Results::forget_failures() {
  for (const Failure& failure : failures_)
    records_.set(failure.scenario * plan_.seeds() + failure.seed, RunRecord{});
  failures_.clear();
}

RunRows Results::records(std::size_t scenario) const {
  return records_.rows(scenario * plan_.seeds(), plan_.seeds());
}

std::span<const AssetLoss> Results::losses(std::size_t scenario) const {
  const std::size_t length = plan_.seeds() * plan_.experiment().assets.size();
  return std::span(losses_).subspan(scenario * length, length);
}

std::span<const std::uint32_t> Results::burn_count(std::size_t scenario) const {
  if (burn_count_.empty()) return {};
  const std::uint64_t cells = plan_.experiment().base.extent.cells();
  return std::span(burn_count_).subspan(scenario * cells, cells);
}

std::span<const std::uint64_t> Results::arrival_sum(std::size_t scenario) const {
  if (arrival_sum_.empty()) return {};
  const std::uint64_t cells = plan_.experiment().base.extent.cells();
  return std::span(arrival_sum_).subspan(scenario * cells, cells);
}

std::uint64_t Results::runs_failed(std::size_t scenario) const {
  const auto failed = std::count_if(failures_.begin(), failures_.end(),
                                    [&](const Failure& failure) { return failure.scenario == scenario; });
  return static_cast<std::uint64_t>(failed);
}

std::vector<Failure> Results::failures() const {
  std::vector<Failure> sorted = failures_;
  std::sort(sorted.begin(), sorted.end(), [](const Failure& a, const Failure& b) {
    return a.scenario != b.scenario ? a.scenario < b.scenario : a.seed < b.seed;
  });
  return sorted;
}

}  // namespace firesweep
