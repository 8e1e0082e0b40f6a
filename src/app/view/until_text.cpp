#include "view/until_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/experiment/names.hpp"
#include "firesweep/experiment/stopping_rule.hpp"

namespace firesweep {

std::string until_text(const ResultsView& view) {
  const std::optional<StoppingRule> rule = view.results->until();
  if (!rule) return "";
  constexpr std::size_t most_named = 3;
  std::vector<std::string> missed;
  std::size_t others = 0;
  std::uint64_t fewest = rule->most;
  std::uint64_t longest = 0;
  for (const ScenarioView& scenario : view.scenarios) {
    fewest = std::min(fewest, scenario.counts.planned);
    longest = std::max(longest, scenario.counts.planned);
    if (scenario.counts.targets_met == rule->targets.size()) continue;
    if (missed.size() < most_named)
      missed.push_back(scenario_name(scenario.labels));
    else
      ++others;
  }
  std::string text = fmt::format(
      "Seeds: as many as {} asks, {}\n", targets_text(*rule),
      fewest == longest ? grouped(fewest) : fmt::format("{} to {}", grouped(fewest), grouped(longest)));
  if (!missed.empty())
    text += fmt::format("Not known so well, with {} seeds at most: {}{}; give a larger matrix.seed.most\n",
                        grouped(rule->most), fmt::join(missed, "; "),
                        others > 0 ? fmt::format(" and {} more", others) : "");
  return text;
}

}  // namespace firesweep
