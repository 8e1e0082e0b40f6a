#include "firesweep/ensemble/summary.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/bounds.hpp"
#include "firesweep/statistics/exceedance.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/statistics/quantile.hpp"

namespace firesweep {
namespace {

constexpr auto is_positive = [](auto count) { return count > 0; };

void add_quantiles(Summary& summary, std::span<const double> sorted, std::uint64_t unknown,
                   const OutputChoices& choices, double most) {
  for (const double q : choices.quantiles) {
    summary.quantile.push_back(quantile(sorted, q));
    summary.quantile_ci.push_back(quantile_interval(sorted, q, choices.confidence));
    summary.quantile_bounds.push_back(quantile_bounds(sorted, q, unknown, 0.0, most));
    summary.cvar.push_back(conditional_value_at_risk(sorted, q));
    summary.cvar_bounds.push_back(conditional_value_at_risk_bounds(sorted, q, unknown, 0.0, most));
  }
}

void add_exceedance_sizes(Summary& summary, std::span<const double> values, std::uint64_t unknown,
                          const OutputChoices& choices, double most) {
  for (const double threshold : choices.thresholds) {
    const Mean size = mean_over(values, threshold);
    summary.exceedance_size.push_back(size.mean);
    summary.exceedance_size_ci.push_back(mean_interval(size, choices.confidence));
    summary.exceedance_size_bounds.push_back(mean_bounds(size, unknown, threshold, most));
  }
}

void add_exceedance(Summary& summary, std::span<const double> sorted, std::uint64_t unknown,
                    const OutputChoices& choices) {
  for (const Exceedance& point : exceedance_curve(sorted, choices.thresholds, choices.confidence)) {
    summary.exceedance.push_back(point.share);
    summary.exceedance_ci.push_back(point.pointwise);
    summary.exceedance_band.push_back(point.simultaneous);
    summary.exceedance_bounds.push_back(share_bounds(point.count, sorted.size(), unknown));
  }
}

TwoKinds kinds_of(std::span<const double> sorted, std::uint64_t unknown, double most) {
  const std::optional<ModeSplit> modes = mode_split(sorted);
  if (!modes) return {};
  const Mean upper = mean_over(sorted, modes->border);
  return {*modes, share_bounds(upper.count, sorted.size(), unknown),
          mean_bounds(upper, unknown, modes->border, most)};
}

}  // namespace

Summary summarise(std::vector<double> values, const OutputChoices& choices, const RandomWords& words,
                  double most) {
  return summarise_in_place(values, choices, words, most);
}

Summary summarise_in_place(std::span<double> values, const OutputChoices& choices, const RandomWords& words,
                           double most) {
  const auto known =
      std::remove_if(values.begin(), values.end(), [](double value) { return std::isnan(value); });
  const auto unknown = static_cast<std::uint64_t>(values.end() - known);
  values = values.first(values.size() - unknown);

  Summary summary;
  summary.runs_ok = values.size();
  // Before sorting: in the order of the seeds, as anyone would recompute it.
  summary.mean = mean_of(values);
  summary.mean_ci = mean_interval(summary.mean, choices.confidence);
  summary.mean_bootstrap_ci =
      words ? bootstrap_mean_interval(values, choices.confidence, words) : Interval{nan, nan};
  summary.mean_bounds = mean_bounds(summary.mean, unknown, 0.0, most);
  add_exceedance_sizes(summary, values, unknown, choices, most);

  sort_values(values);
  add_quantiles(summary, values, unknown, choices, most);
  add_exceedance(summary, values, unknown, choices);
  summary.kinds = kinds_of(values, unknown, most);
  return summary;
}

std::size_t started_runs(const RunRows& records) {
  return records.of<&RunRecord::ignitions>().count_if(is_positive);
}

void add_starts(Summary& summary, const RunRows& records, double confidence) {
  summary.runs_started = started_runs(records);
  summary.runs_cut_off = records.of<&RunRecord::burning_cells>().count_if(is_positive);
  const auto runs = static_cast<double>(summary.runs_ok);
  summary.started = summary.runs_ok == 0 ? nan : static_cast<double>(summary.runs_started) / runs;
  summary.started_ci = wilson_interval(summary.runs_started, summary.runs_ok, confidence);
}

std::vector<double> burn_fractions(const RunRows& records, std::uint64_t cells) {
  std::vector<double> fractions(records.size());
  burn_fractions(records, cells, fractions);
  return fractions;
}

void burn_fractions(const RunRows& records, std::uint64_t cells, std::span<double> fractions) {
  expects(cells > 0, "a landscape has cells");
  records.of<&RunRecord::burnt_cells>().visit([&](auto burnt) {
    std::ranges::transform(burnt, fractions.begin(), [cells](auto burnt_cells) {
      return static_cast<double>(burnt_cells) / static_cast<double>(cells);
    });
  });
  if (records.count(RunStatus::ok) < records.size())
    for (std::size_t i = 0; i < fractions.size(); ++i)
      if (records.status(i) != RunStatus::ok) fractions[i] = nan;
}

void burn_fractions_given_start(const RunRows& records, std::uint64_t cells, std::vector<double>& fractions) {
  fractions.resize(records.size());
  burn_fractions(records, cells, fractions);
  std::size_t kept = 0;
  records.of<&RunRecord::ignitions>().visit([&](auto ignitions) {
    for (std::size_t i = 0; i < ignitions.size(); ++i)
      if (!never_started(records, i, ignitions[i])) fractions[kept++] = fractions[i];
  });
  fractions.resize(kept);
}

}  // namespace firesweep
