#include "firesweep/ensemble/shard.hpp"

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"

namespace firesweep {

std::optional<Shard> shard_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::optional<std::size_t> index = parse_number<std::size_t>(text.substr(0, slash));
  const std::optional<std::size_t> count = parse_number<std::size_t>(text.substr(slash + 1));
  if (!index || !count || *index < 1 || *index > *count || *count > max_seeds) return std::nullopt;
  return Shard{*index, *count};
}

Shard parse_shard(std::string_view text) {
  if (const std::optional<Shard> shard = shard_of(text)) return *shard;
  throw InputError(fmt::format(
      "--shard {}: is not a part of a whole; write i/N with i from 1 to N, e.g. 2/8 for the second of eight",
      text));
}

std::string text(const Shard& shard) {
  return fmt::format("{}/{}", shard.index, shard.count);
}

bool contains(const Shard& shard, const Plan& plan, std::size_t scenario, std::size_t seed) {
  // Whether a scenario has seeds enough is judged by all of its first ones, so they stay together.
  if (plan.experiment().until) return scenario % shard.count == shard.index - 1;
  // A consecutive stretch of the scenario's seeds; which of them goes round from scenario to scenario, for
  // when there are fewer seeds than shards.
  const std::size_t stretch = seed * shard.count / plan.seeds();
  return (stretch + scenario) % shard.count == shard.index - 1;
}

std::uint64_t runs_of_shard(const Plan& plan, const Shard& shard) {
  if (shard.count == 1) return plan.runs();
  std::uint64_t runs = 0;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    for (std::size_t seed = 0; seed < plan.planned(scenario); ++seed)
      if (contains(shard, plan, scenario, seed)) ++runs;
  }
  return runs;
}

std::vector<Block> missing_runs(const Results& results, std::size_t scenario, const Shard& shard) {
  const Plan& plan = results.plan();
  std::vector<Block> gaps;
  const RunRows records = results.records(scenario).first(plan.planned(scenario));
  const std::size_t missing = records.count(RunStatus::missing);
  if (missing == 0) return {};
  if (missing == records.size() && shard.count == 1) return {{scenario, 0, missing}};  // as all are at first
  records.of<&RunRecord::status>().visit([&](auto statuses) {
    for (std::size_t seed = 0; seed < statuses.size(); ++seed) {
      if (statuses[seed] != static_cast<std::uint8_t>(RunStatus::missing)) continue;
      if (shard.count > 1 && !contains(shard, plan, scenario, seed)) continue;
      if (gaps.empty() || gaps.back().first_seed + gaps.back().count != seed)
        gaps.push_back({.scenario = scenario, .first_seed = seed, .count = 0});
      ++gaps.back().count;
    }
  });
  return gaps;
}

}  // namespace firesweep
