#include <algorithm>
#include <cmath>
#include <limits>

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// One number of a timing, and how readers are told.
struct TimingColumn {
  const char* name;
  const char* long_name;
  double (*value)(const Timing&);
};

constexpr std::array<TimingColumn, 4> timing_columns = {{
    {"seconds_total", "time spent", [](const Timing& timing) { return timing.total; }},
    {"seconds_mean", "mean time of one", [](const Timing& timing) { return timing.mean(); }},
    {"seconds_min", "shortest time of one",
     [](const Timing& timing) { return timing.count == 0 ? 0.0 : timing.shortest; }},
    {"seconds_max", "longest time of one", [](const Timing& timing) { return timing.longest; }},
}};

/// Writes the timings, row-major over `dimensions`, under names that begin with `prefix`.
void write_timings(GroupWriter& group, const std::string& prefix, const GroupWriter::Dimensions& dimensions,
                   const std::vector<Timing>& timings) {
  std::vector<std::int64_t> counts(timings.size());
  std::ranges::transform(timings, counts.begin(),
                         [](const Timing& timing) { return static_cast<std::int64_t>(timing.count); });
  group.write({prefix + "count", "1", "how often it was done"}, dimensions, counts);
  for (const TimingColumn& column : timing_columns) {
    std::vector<double> values(timings.size());
    std::ranges::transform(timings, values.begin(), column.value);
    group.write({prefix + column.name, "s", column.long_name}, dimensions, values);
  }
}

void write_phases(GroupWriter& group, const std::vector<RankPerformance>& ranks) {
  std::vector<Timing> over_ranks(all_phases.size());
  std::vector<Timing> by_rank;
  for (const RankPerformance& rank : ranks) {
    for (std::size_t phase = 0; phase < all_phases.size(); ++phase) over_ranks[phase].add(rank.phases[phase]);
    by_rank.insert(by_rank.end(), rank.phases.begin(), rank.phases.end());
  }
  write_timings(group, "phase_", {"phase"}, over_ranks);
  write_timings(group, "rank_phase_", {"rank", "phase"}, by_rank);
}

void write_ranks(GroupWriter& group, const std::vector<RankPerformance>& ranks) {
  const auto counter = [&](const Variable& variable, const auto& value) {
    std::vector<std::int64_t> column(ranks.size());
    std::ranges::transform(ranks, column.begin(), [value](const RankPerformance& rank) {
      return static_cast<std::int64_t>(rank.*value);
    });
    group.write(variable, {"rank"}, column);
  };
  std::vector<std::string> hosts(ranks.size());
  std::ranges::transform(ranks, hosts.begin(), &RankPerformance::host);
  group.write({"host", "1", "where the rank ran"}, {"rank"}, hosts);
  counter({"threads", "1", "threads of the rank"}, &RankPerformance::threads);
  counter({"peak_memory", "byte", "largest resident set of the rank"}, &RankPerformance::peak_memory);
  counter({"runs", "1", "runs made by the rank"}, &RankPerformance::runs);
  counter({"steps", "1", "steps taken by its runs"}, &RankPerformance::steps);
  counter({"burnt_cells", "1", "cells burnt in its runs"}, &RankPerformance::burnt_cells);
  counter({"ignitions", "1", "ignition points that started a fire"}, &RankPerformance::ignitions);
  counter({"ignitions_failed", "1", "ignition points that started nothing"},
          &RankPerformance::ignitions_failed);
}

/// Totals and rates of all ranks, as attributes for whoever only looks.
void write_totals(GroupWriter& group, const Performance& performance) {
  const auto total = [&](std::uint64_t RankPerformance::*counter) {
    std::uint64_t sum = 0;
    for (const RankPerformance& rank : performance.ranks) sum += rank.*counter;
    return static_cast<std::int64_t>(sum);
  };
  const auto rate = [&](std::int64_t count) {
    return performance.wall_seconds > 0.0 ? static_cast<double>(count) / performance.wall_seconds : 0.0;
  };
  group.attribute("wall_seconds", performance.wall_seconds);
  group.attribute("total_runs", total(&RankPerformance::runs));
  group.attribute("total_steps", total(&RankPerformance::steps));
  group.attribute("total_burnt_cells", total(&RankPerformance::burnt_cells));
  group.attribute("total_ignitions", total(&RankPerformance::ignitions));
  group.attribute("total_ignitions_failed", total(&RankPerformance::ignitions_failed));
  group.attribute("runs_per_second", rate(total(&RankPerformance::runs)));
  group.attribute("burnt_cells_per_second", rate(total(&RankPerformance::burnt_cells)));
}

}  // namespace

void write_performance(const GroupWriter& root, const Performance& performance) {
  GroupWriter group = root.create_group("performance", nullptr);
  write_totals(group, performance);
  if (performance.ranks.empty()) return;
  std::vector<std::string> phases;
  for (const Phase phase : all_phases) phases.emplace_back(name(phase));
  group.coordinate({"phase", "1", "what time is spent on"}, phases);
  group.index({"rank", "1", "MPI rank"}, performance.ranks.size());
  write_phases(group, performance.ranks);
  write_ranks(group, performance.ranks);
}

}  // namespace firesweep
