#include "firesweep/ensemble/asset_estimates.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/statistics/bounds.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/quantile.hpp"

namespace firesweep {
namespace {

std::vector<double> known_values(std::span<const double> values) {
  std::vector<double> known;
  std::ranges::copy_if(values, std::back_inserter(known), [](double value) { return !std::isnan(value); });
  return known;
}

AssetHits hits_of(std::span<const double> lost, std::span<const double> arrival,
                  const OutputChoices& choices) {
  std::vector<double> steps = known_values(arrival);
  std::ranges::sort(steps);
  const std::size_t runs = known_values(lost).size();
  AssetHits hits;
  if (runs > 0) hits.share = static_cast<double>(steps.size()) / static_cast<double>(runs);
  hits.share_ci = wilson_interval(steps.size(), runs, choices.confidence);
  if (!lost.empty()) hits.share_bounds = share_bounds(steps.size(), runs, lost.size() - runs);
  for (const double q : choices.quantiles) hits.arrival.push_back(quantile(steps, q));
  return hits;
}

}  // namespace

AssetEstimate estimate_loss(std::span<const double> lost, std::span<const double> arrival,
                            const Assets& assets, const OutputChoices& choices, const RandomWords& words) {
  OutputChoices of_assets = choices;
  of_assets.thresholds = assets.thresholds;
  return {hits_of(lost, arrival, choices),
          summarise({lost.begin(), lost.end()}, of_assets, words, assets.total)};
}

AssetEstimate unknown_asset_estimate(const Assets& assets, std::size_t quantiles) {
  return {{.arrival = std::vector<double>(quantiles, nan)},
          unknown_summary(quantiles, assets.thresholds.size())};
}

AssetYear estimate_year(std::span<const SeasonPart> parts, const Assets& assets,
                        std::span<const double> return_periods, double confidence, const RandomWords& words) {
  std::vector<double> thresholds = {0.0};  // a hit is a loss of more
  thresholds.insert(thresholds.end(), assets.thresholds.begin(), assets.thresholds.end());
  AssetYear year{{}, season_estimate(parts, thresholds, return_periods, confidence, words)};
  year.hit = year.loss.exceedance.front();
  year.loss.exceedance.erase(year.loss.exceedance.begin());
  return year;
}

AssetYear unknown_asset_year(const Assets& assets, std::size_t return_periods) {
  constexpr Interval not_known{nan, nan};
  return {{nan, not_known, nan, not_known, nan, not_known},
          unknown_year(assets.thresholds.size(), return_periods)};
}

std::vector<double> lost_values(const RunRows& records, std::span<const AssetLoss> losses, std::size_t set,
                                const std::vector<Assets>& sets) {
  std::vector<double> values;
  values.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i)
    values.push_back(records.status(i) == RunStatus::ok
                         ? static_cast<double>(losses[i * sets.size() + set].lost) * sets[set].resolution
                         : nan);
  return values;
}

std::vector<double> arrival_values(const RunRows& records, std::span<const AssetLoss> losses, std::size_t set,
                                   std::size_t sets) {
  std::vector<double> values;
  values.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const AssetLoss& loss = losses[i * sets + set];  // nothing unless the run is ok
    values.push_back(loss.is_hit() ? static_cast<double>(loss.arrival_step) : nan);
  }
  return values;
}

}  // namespace firesweep
