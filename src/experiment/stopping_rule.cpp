#include "firesweep/experiment/stopping_rule.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

}  // namespace firesweep
