#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/ensemble/block.hpp"
#include "firesweep/ensemble/results.hpp"

namespace firesweep {

/// One of `count` parts of an ensemble that together are the whole, for jobs that know nothing of each other.
/// Every part has its share of every scenario's seeds, as what a fire costs depends on the scenario; but whole scenarios
/// where these have as many seeds as they need.
struct Shard {
  std::size_t index = 1;  ///< 1 .. count
  std::size_t count = 1;

  friend bool operator==(const Shard&, const Shard&) = default;
};

/// Reads "2/8", or returns nothing if the text is no such thing.
std::optional<Shard> shard_of(std::string_view text);

/// The same of the option --shard. Throws InputError.
Shard parse_shard(std::string_view text);

/// "2/8".
std::string text(const Shard& shard);

/// Whether the run of that scenario and seed (an index into the plan's seeds) belongs to the shard.
bool contains(const Shard& shard, const Plan& plan, std::size_t scenario, std::size_t seed);

/// How many runs of the plan belong to the shard.
std::uint64_t runs_of_shard(const Plan& plan, const Shard& shard);

/// The runs of `scenario` that belong to the shard and are missing in `results`, as stretches of seeds in
/// order. None if the scenario is excluded.
std::vector<Block> missing_runs(const Results& results, std::size_t scenario, const Shard& shard);

}  // namespace firesweep
