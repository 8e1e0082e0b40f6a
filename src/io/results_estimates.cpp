#include <algorithm>
#include <cmath>
#include <limits>

#include "results_content.hpp"

namespace firesweep {
namespace {

/// The one NaN of results files, whatever sign and payload the machine's arithmetic gave.
double canonical(double value) {
  return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value;
}

/// Writes a vector of estimates per scenario; values(summary) must be as long as the dimension.
template <class Values>
void write_values(const ResultsContent& content, const Variable& variable, const std::string& dimension,
                  const Values& values) {
  content.write<double>(content.root(), variable, {dimension}, [&](std::size_t s, std::span<double> out) {
    const std::vector<double>& estimates = values(content.summary(s));
    expects(estimates.size() == out.size(), "there is an estimate for every coordinate");
    std::ranges::transform(estimates, out.begin(), canonical);
  });
}

template <class Values>
void write_intervals(const ResultsContent& content, const Variable& variable, const std::string& dimension,
                     const Values& values) {
  content.write<double>(
      content.root(), variable, {dimension, "bound"}, [&](std::size_t s, std::span<double> out) {
        const std::vector<Interval>& intervals = values(content.summary(s));
        expects(2 * intervals.size() == out.size(), "there is an interval for every coordinate");
        for (std::size_t i = 0; i < intervals.size(); ++i) {
          out[2 * i] = canonical(intervals[i].lower);
          out[2 * i + 1] = canonical(intervals[i].upper);
        }
      });
}

void write_mean(const ResultsContent& content) {
  const auto each = [&](const Variable& variable, double Mean::*estimate) {
    content.write_each<double>(variable,
                               [&](std::size_t s) { return canonical(content.summary(s).mean.*estimate); });
  };
  each({"burn_fraction_mean", "1", "mean burn fraction"}, &Mean::mean);
  each({"burn_fraction_sd", "1", "sample standard deviation of the burn fraction"},
       &Mean::standard_deviation);
  each({"burn_fraction_se", "1", "standard error of the mean burn fraction"}, &Mean::standard_error);
  content.write<double>(content.root(),
                        {"burn_fraction_mean_ci", "1", "t interval of the mean burn fraction"}, {"bound"},
                        [&](std::size_t s, std::span<double> out) {
                          out[0] = canonical(content.summary(s).mean_ci.lower);
                          out[1] = canonical(content.summary(s).mean_ci.upper);
                        });
}

}  // namespace

void write_estimates(const ResultsContent& content) {
  write_mean(content);
  if (content.root().has_dimension("quantile")) {
    write_values(
        content, {"burn_fraction_quantile", "1", "quantile of the burn fraction, type 7"}, "quantile",
        [](const Summary& summary) -> auto& { return summary.quantile; });
    write_intervals(
        content, {"burn_fraction_quantile_ci", "1", "order-statistic interval of the quantile"}, "quantile",
        [](const Summary& summary) -> auto& { return summary.quantile_ci; });
    write_values(
        content, {"burn_fraction_cvar", "1", "mean burn fraction of the worst (1 - quantile) of runs"},
        "quantile", [](const Summary& summary) -> auto& { return summary.cvar; });
  }
  if (content.root().has_dimension("threshold")) {
    write_values(
        content, {"exceedance", "1", "share of runs that burn more than the threshold"}, "threshold",
        [](const Summary& summary) -> auto& { return summary.exceedance; });
    write_intervals(
        content, {"exceedance_ci", "1", "Wilson interval of the exceedance"}, "threshold",
        [](const Summary& summary) -> auto& { return summary.exceedance_ci; });
  }
}

}  // namespace firesweep
