#include "view/metric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/statistics/exceedance.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/statistics/quantile.hpp"

namespace firesweep {
namespace {

Bound bound_if_cut_off(std::string_view quantity) {
  constexpr std::array<std::string_view, 6> settled = {"burning_cells", "ignitions",  "ignitions_failed",
                                                       "ignition_x",    "ignition_y", "empty_cells"};
  if (std::ranges::find(settled, quantity) != settled.end()) return Bound::none;
  return quantity == "vegetation_cells" ? Bound::at_most : Bound::at_least;
}

}  // namespace

std::vector<std::string> metric_names(const StoredResults& results) {
  return results.run_columns();
}

Metric metric_of(const StoredResults& results, const std::string& name) {
  const std::vector<std::string> names = metric_names(results);
  const RunQuantity* const quantity = results.run_quantity(name);
  if (quantity == nullptr) {
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    throw InputError(fmt::format("--metric {}: {} has no such number of every run (it has {}){}", name,
                                 results.path(), fmt::join(names, ", "), suggestion(name, candidates)));
  }
  const bool is_share = quantity->storage == RunQuantity::Storage::share;
  return {name,
          std::string(quantity->meaning),
          std::string(is_share                    ? "%"
                      : quantity->counted.empty() ? quantity->unit
                                                  : quantity->counted),
          is_share ? 100.0 : 1.0,
          is_share,
          bound_if_cut_off(name)};
}

Summary summarise_metric(std::span<const double> values, const OutputChoices& choices) {
  std::vector<double> known;
  std::ranges::copy_if(values, std::back_inserter(known), [](double value) { return !std::isnan(value); });
  constexpr Interval not_known{nan, nan};
  Summary summary = unknown_summary(0, 0);
  summary.runs_ok = known.size();
  summary.mean = mean_of(known);
  summary.mean_ci = mean_interval(summary.mean, choices.confidence);
  std::ranges::sort(known);
  for (const double q : choices.quantiles) {
    summary.quantile.push_back(quantile(known, q));
    summary.quantile_ci.push_back(
        quantile_interval(known, q, choices.confidence, 0.0, std::numeric_limits<double>::infinity()));
    summary.cvar.push_back(conditional_value_at_risk(known, q));
  }
  for (const Exceedance& point : exceedance_curve(known, choices.thresholds, choices.confidence)) {
    summary.exceedance.push_back(point.share);
    summary.exceedance_ci.push_back(point.pointwise);
    summary.exceedance_band.push_back(point.simultaneous);
    const Mean size = mean_over(known, point.threshold);
    summary.exceedance_size.push_back(size.mean);
    summary.exceedance_size_ci.push_back(mean_interval(size, choices.confidence));
  }
  summary.quantile_bounds = summary.cvar_bounds = std::vector(choices.quantiles.size(), not_known);
  summary.exceedance_bounds = summary.exceedance_size_bounds =
      std::vector(choices.thresholds.size(), not_known);
  return summary;
}

}  // namespace firesweep
