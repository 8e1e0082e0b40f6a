#include "view/until_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/experiment/names.hpp"

namespace firesweep {
namespace {

std::string target_text(const PrecisionTarget& target) {
  std::string of;
  switch (target.of) {
    case PrecisionTarget::Of::mean:
      of = "the mean burn fraction";
      break;
    case PrecisionTarget::Of::exceedance:
      of = fmt::format("the share of fires > {:.6g} %", 100.0 * target.at);
      break;
    case PrecisionTarget::Of::quantile:
      of = fmt::format("the quantile {:.6g} of the burn fraction", target.at);
      break;
    case PrecisionTarget::Of::started:
      of = "the share that starts";
      break;
    case PrecisionTarget::Of::loss:
      of = fmt::format("the mean of {} lost", target.assets);
      break;
  }
  return target.is_relative ? fmt::format("{} to {:.6g} % of it", of, 100.0 * target.half_width)
                            : fmt::format("{} to +-{:.6g}", of, target.half_width);
}

}  // namespace

std::string targets_text(const StoppingRule& rule) {
  std::vector<std::string> texts;
  for (const PrecisionTarget& target : rule.targets) texts.push_back(target_text(target));
  return fmt::format("{}", fmt::join(texts, " and "));
}

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
