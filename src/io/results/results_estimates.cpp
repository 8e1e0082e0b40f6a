#include <algorithm>
#include <limits>

#include "results/estimate_column.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Writes estimate(summary) of every scenario: a number, an interval, or a vector of either as long as the
/// first of the dimensions.
template <class Estimate>
void write(const ResultsContent& content, const Variable& variable, const GroupWriter::Dimensions& dimensions,
           const Estimate& estimate) {
  content.write<double>(content.root(), variable, dimensions, [&](std::size_t s, std::span<double> out) {
    EstimateColumn column;
    column.add(estimate(content.summary(s)));
    expects(column.values().size() == out.size(), "there is an estimate for every coordinate");
    std::ranges::copy(column.values(), out.begin());
  });
}

void write_mean(const ResultsContent& content) {
  write(content, {"burn_fraction_mean", "1", "mean burn fraction"}, {},
        [](const Summary& summary) { return summary.mean.mean; });
  write(content, {"burn_fraction_sd", "1", "sample standard deviation of the burn fraction"}, {},
        [](const Summary& summary) { return summary.mean.standard_deviation; });
  write(content, {"burn_fraction_se", "1", "standard error of the mean burn fraction"}, {},
        [](const Summary& summary) { return summary.mean.standard_error; });
  write(content, {"burn_fraction_mean_ci", "1", "t interval of the mean burn fraction"}, {"bound"},
        [](const Summary& summary) { return summary.mean_ci; });
  write(content, {"burn_fraction_mean_bootstrap_ci", "1", "bootstrap interval of the mean burn fraction"},
        {"bound"}, [](const Summary& summary) { return summary.mean_bootstrap_ci; });
  write(
      content,
      {"burn_fraction_mean_bounds", "1", "mean burn fraction if all failed or missing runs went either way"},
      {"bound"}, [](const Summary& summary) { return summary.mean_bounds; });
}

void write_quantiles(const ResultsContent& content) {
  write(
      content, {"burn_fraction_quantile", "1", "quantile of the burn fraction, type 7"}, {"quantile"},
      [](const Summary& summary) -> auto& { return summary.quantile; });
  write(
      content, {"burn_fraction_quantile_ci", "1", "order-statistic interval of the quantile"},
      {"quantile", "bound"}, [](const Summary& summary) -> auto& { return summary.quantile_ci; });
  write(
      content,
      {"burn_fraction_quantile_bounds", "1", "quantile if all failed or missing runs went either way"},
      {"quantile", "bound"}, [](const Summary& summary) -> auto& { return summary.quantile_bounds; });
  write(
      content, {"burn_fraction_cvar", "1", "mean burn fraction of the worst (1 - quantile) of runs"},
      {"quantile"}, [](const Summary& summary) -> auto& { return summary.cvar; });
  write(
      content,
      {"burn_fraction_cvar_bounds", "1",
       "mean of the worst runs if all failed or missing runs went either way"},
      {"quantile", "bound"}, [](const Summary& summary) -> auto& { return summary.cvar_bounds; });
}

void write_exceedance(const ResultsContent& content) {
  write(
      content, {"exceedance", "1", "share of runs that burn more than the threshold"}, {"threshold"},
      [](const Summary& summary) -> auto& { return summary.exceedance; });
  write(
      content, {"exceedance_ci", "1", "Wilson interval of the exceedance"}, {"threshold", "bound"},
      [](const Summary& summary) -> auto& { return summary.exceedance_ci; });
  write(
      content, {"exceedance_band", "1", "DKW band of the exceedance, for all thresholds at once"},
      {"threshold", "bound"}, [](const Summary& summary) -> auto& { return summary.exceedance_band; });
  write(
      content, {"exceedance_bounds", "1", "exceedance if all failed or missing runs went either way"},
      {"threshold", "bound"}, [](const Summary& summary) -> auto& { return summary.exceedance_bounds; });
  write(
      content, {"exceedance_size_mean", "1", "mean burn fraction of the fires over the threshold"},
      {"threshold"}, [](const Summary& summary) -> auto& { return summary.exceedance_size; });
  write(
      content, {"exceedance_size_ci", "1", "t interval of the mean of the fires over the threshold"},
      {"threshold", "bound"}, [](const Summary& summary) -> auto& { return summary.exceedance_size_ci; });
  write(
      content,
      {"exceedance_size_bounds", "1",
       "mean over the threshold if all failed or missing runs went either way"},
      {"threshold", "bound"}, [](const Summary& summary) -> auto& { return summary.exceedance_size_bounds; });
}

/// Writes estimate(kinds), NaN where the distribution has one mode.
template <class Estimate>
void write_of_kinds(const ResultsContent& content, const Variable& variable, const Estimate& estimate) {
  write(content, variable, {},
        [&](const Summary& summary) { return summary.kinds ? estimate(*summary.kinds) : nan; });
}

template <class Estimate>
void write_bounds_of_kinds(const ResultsContent& content, const Variable& variable,
                           const Estimate& estimate) {
  write(content, variable, {"bound"}, [&](const Summary& summary) {
    return summary.kinds ? estimate(*summary.kinds) : Interval{nan, nan};
  });
}

void write_escape(const ResultsContent& content) {
  write_of_kinds(content, {"escape_border", "1", "burn fraction between the two modes"},
                 [](const TwoKinds& kinds) { return kinds.modes.border; });
  write_of_kinds(content, {"escape_probability", "1", "share of fires over the border"},
                 [](const TwoKinds& kinds) { return kinds.modes.upper_share; });
  write_bounds_of_kinds(content,
                        {"escape_probability_bounds", "1",
                         "share over the border if all failed or missing runs went either way"},
                        [](const TwoKinds& kinds) { return kinds.upper_share_bounds; });
  write_of_kinds(content, {"escape_size_mean", "1", "mean burn fraction of the fires over the border"},
                 [](const TwoKinds& kinds) { return kinds.modes.upper_mean; });
  write_bounds_of_kinds(
      content,
      {"escape_size_bounds", "1", "mean over the border if all failed or missing runs went either way"},
      [](const TwoKinds& kinds) { return kinds.upper_mean_bounds; });
  write_of_kinds(content, {"contained_size_mean", "1", "mean burn fraction of the fires that stay small"},
                 [](const TwoKinds& kinds) { return kinds.modes.lower_mean; });
}

}  // namespace

void write_estimates(const ResultsContent& content) {
  write_mean(content);
  if (content.root().has_dimension("quantile")) write_quantiles(content);
  if (content.root().has_dimension("threshold")) write_exceedance(content);
  write_escape(content);
}

}  // namespace firesweep
