#include "commands/comparison.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace firesweep {

std::string_view name(RunStatus status) {
  constexpr std::array<std::string_view, 3> names = {"missing", "ok", "failed"};
  return names[static_cast<std::size_t>(status)];
}

std::vector<Difference> differences_both_ways(const Experiment& one, const Experiment& other) {
  std::vector<Difference> found = differences(one, other);
  for (const auto& [key, of_other, of_one] : differences(other, one)) {
    // What is wrong in both directions has been said.
    if (std::ranges::find(found, key, &Difference::key) == found.end())
      found.push_back({key, of_one, of_other});
  }
  return found;
}

std::string differing_fields(const RunRecord& one, const RunRecord& other) {
  if (one.status != other.status)
    return fmt::format("status {} and {}", name(one.status), name(other.status));
  std::vector<std::string> fields;
  const auto compare = [&](std::string_view field, auto RunRecord::*value) {
    if (one.*value != other.*value)
      fields.push_back(fmt::format("{} {} and {}", field, one.*value, other.*value));
  };
  compare("burnt_cells", &RunRecord::burnt_cells);
  compare("vegetated_cells", &RunRecord::vegetated_cells);
  compare("burning_cells", &RunRecord::burning_cells);
  compare("steps", &RunRecord::steps);
  compare("peak_burning_cells", &RunRecord::peak_burning_cells);
  compare("peak_step", &RunRecord::peak_step);
  compare("ignitions", &RunRecord::ignitions);
  compare("ignitions_failed", &RunRecord::ignitions_failed);
  return fmt::format("{}", fmt::join(fields, ", "));
}

std::string run_text(const Plan& plan, std::size_t scenario, std::size_t seed) {
  return fmt::format("{}, seed {}", fmt::join(plan.labels(scenario), ", "),
                     static_cast<std::uint64_t>(plan.seed(seed)));
}

}  // namespace firesweep
