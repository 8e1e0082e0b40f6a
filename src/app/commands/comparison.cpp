#include "commands/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/ensemble/run_quantity.hpp"

#include "terminal/terminal.hpp"

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

std::string differing_fields(const RunRecord& one, const RunRecord& other, const Land& land) {
  if (one.status != other.status)
    return fmt::format("status {} and {}", name(one.status), name(other.status));
  std::vector<std::string> fields;
  for (const RunQuantity& quantity : run_quantities()) {
    if (quantity.restore == nullptr) continue;  // follows from others
    const double first = quantity.known(one, land);
    const double second = quantity.known(other, land);
    if (std::isnan(first) || std::isnan(second)) continue;  // older than the number
    if (first != second) fields.push_back(fmt::format("{} {} and {}", quantity.name, first, second));
  }
  return fmt::format("{}", fmt::join(fields, ", "));
}

std::string differing_losses(const std::vector<Assets>& sets, const std::vector<AssetLoss>& one,
                             const std::vector<AssetLoss>& other) {
  const auto step = [](const AssetLoss& loss) {
    return loss.is_hit() ? fmt::format("{}", loss.arrival_step) : "-1";
  };
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (one[i].lost != other[i].lost)
      texts.push_back(fmt::format("{}_lost {} and {}", sets[i].name,
                                  static_cast<double>(one[i].lost) * sets[i].resolution,
                                  static_cast<double>(other[i].lost) * sets[i].resolution));
    if (one[i].arrival_step != other[i].arrival_step)
      texts.push_back(fmt::format("{}_arrival_step {} and {}", sets[i].name, step(one[i]), step(other[i])));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string run_text(const Plan& plan, std::size_t scenario, std::size_t seed) {
  return printable(plan.run_name(scenario, seed));
}

}  // namespace firesweep
