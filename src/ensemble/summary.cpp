#include "firesweep/ensemble/summary.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/quantile.hpp"

namespace firesweep {

Summary summarise(std::span<const double> burn_fractions, const OutputChoices& choices) {
  std::vector<double> values;
  values.reserve(burn_fractions.size());
  std::ranges::copy_if(burn_fractions, std::back_inserter(values),
                       [](double value) { return !std::isnan(value); });

  Summary summary;
  summary.runs_ok = values.size();
  summary.mean = mean_of(values);  // before sorting: in the order of the seeds, as anyone would recompute it
  summary.mean_ci = mean_interval(summary.mean, choices.confidence);

  std::ranges::sort(values);
  for (const double q : choices.quantiles) {
    summary.quantile.push_back(quantile(values, q));
    summary.quantile_ci.push_back(quantile_interval(values, q, choices.confidence));
    summary.cvar.push_back(conditional_value_at_risk(values, q));
  }
  for (const double threshold : choices.thresholds) {
    const auto over = static_cast<std::uint64_t>(values.end() - std::ranges::upper_bound(values, threshold));
    summary.exceedance.push_back(values.empty()
                                     ? std::numeric_limits<double>::quiet_NaN()
                                     : static_cast<double>(over) / static_cast<double>(values.size()));
    summary.exceedance_ci.push_back(wilson_interval(over, values.size(), choices.confidence));
  }
  summary.modes = mode_split(values);
  return summary;
}

std::vector<double> burn_fractions(std::span<const RunRecord> records, std::uint64_t cells) {
  expects(cells > 0, "a landscape has cells");
  std::vector<double> fractions;
  fractions.reserve(records.size());
  for (const RunRecord& record : records) {
    fractions.push_back(record.status == RunStatus::ok
                            ? static_cast<double>(record.burnt_cells) / static_cast<double>(cells)
                            : std::numeric_limits<double>::quiet_NaN());
  }
  return fractions;
}

}  // namespace firesweep
