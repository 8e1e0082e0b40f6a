#include "firesweep/statistics/season.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"

namespace firesweep {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The parts that have fires, over the seeds known in all of them.
class Year {
 public:
  Year(std::span<const SeasonPart> parts, double confidence) : confidence_(confidence) {
    for (const SeasonPart& part : parts)
      if (part.rate > 0.0) rates_.push_back(part.rate);
    const std::size_t seeds = parts.empty() ? 0 : parts.front().values.size();
    std::vector<double> of_seed;
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      of_seed.clear();
      for (const SeasonPart& part : parts)
        if (part.rate > 0.0) of_seed.push_back(part.values[seed]);
      if (std::ranges::any_of(of_seed, [](double value) { return std::isnan(value); })) continue;
      values_.insert(values_.end(), of_seed.begin(), of_seed.end());
      ++seeds_;
    }
  }

  std::size_t seeds() const { return seeds_; }
  std::span<const double> rates() const { return rates_; }
  std::span<const double> values() const { return values_; }

  /// What each seed makes of a year, shape (seeds).
  std::vector<double> sums() const {
    std::vector<double> sums(seeds_, 0.0);
    for (std::size_t seed = 0; seed < seeds_; ++seed)
      for (std::size_t part = 0; part < rates_.size(); ++part) sums[seed] += rates_[part] * at(part, seed);
    return sums;
  }

  std::vector<std::uint64_t> runs_over(double threshold) const {
    std::vector<std::uint64_t> over(rates_.size(), 0);
    for (std::size_t seed = 0; seed < seeds_; ++seed)
      for (std::size_t part = 0; part < rates_.size(); ++part)
        over[part] += at(part, seed) > threshold ? 1U : 0U;
    return over;
  }

  double rate_over(double threshold) const { return rate_of(runs_over(threshold)); }

  /// The bounds of the rate's interval; NaN for less than two seeds.
  double lower_rate(double threshold) const {
    const std::vector<std::uint64_t> over = runs_over(threshold);
    const double distance =
        joined(over, threshold, [](double share, const Interval& wilson) { return share - wilson.lower; });
    return std::max(rate_of(over) - distance, 0.0);  // NaN stays NaN
  }
  double upper_rate(double threshold) const {
    const std::vector<std::uint64_t> over = runs_over(threshold);
    const double fires = std::accumulate(rates_.begin(), rates_.end(), 0.0);
    const double distance =
        joined(over, threshold, [](double share, const Interval& wilson) { return wilson.upper - share; });
    return std::min(rate_of(over) + distance, fires);
  }

 private:
  double at(std::size_t part, std::size_t seed) const { return values_[seed * rates_.size() + part]; }
  double share(std::uint64_t runs) const { return static_cast<double>(runs) / static_cast<double>(seeds_); }

  double rate_of(const std::vector<std::uint64_t>& over) const {
    double rate = 0.0;
    for (std::size_t part = 0; part < over.size(); ++part) rate += rates_[part] * share(over[part]);
    return rate;
  }

  /// The root of the sum over k, l of c_kl d_k d_l, d_k the rate times distance(share, Wilson's interval): over seeds, the
  /// mean square of the sum of d_k times the exceedance less its mean in standard deviations; parts that do not vary are
  /// correlated with none.
  template <class Distance>
  double joined(const std::vector<std::uint64_t>& over, double threshold, const Distance& distance) const {
    if (seeds_ < 2) return nan;
    double squares = 0.0;
    double mean = 0.0;
    std::vector<double> scale(over.size(), 0.0);
    for (std::size_t part = 0; part < over.size(); ++part) {
      const double p = share(over[part]);
      const double d = rates_[part] * distance(p, wilson_interval(over[part], seeds_, confidence_));
      if (over[part] == 0 || over[part] == seeds_)
        squares += d * d;
      else
        scale[part] = d / std::sqrt(p * (1.0 - p));
      mean += scale[part] * p;
    }
    double varying = 0.0;
    for (std::size_t seed = 0; seed < seeds_; ++seed) {
      double sum = -mean;
      for (std::size_t part = 0; part < scale.size(); ++part)
        if (at(part, seed) > threshold) sum += scale[part];
      varying += sum * sum;
    }
    return std::sqrt(squares + varying / static_cast<double>(seeds_));
  }

  double confidence_;
  std::vector<double> rates_;   // of the parts that have fires
  std::vector<double> values_;  // shape (seeds, parts)
  std::size_t seeds_ = 0;
};

SeasonExceedance exceedance_of(const Year& year, double threshold) {
  if (year.seeds() == 0) return {nan, {nan, nan}, nan, {nan, nan}, nan, {nan, nan}};
  const auto chance = [](double rate) { return -std::expm1(-rate); };
  const auto period = [](double rate) { return rate > 0.0 ? 1.0 / rate : std::isnan(rate) ? nan : infinity; };
  const double rate = year.rate_over(threshold);
  const Interval ci{year.lower_rate(threshold), year.upper_rate(threshold)};
  return {.rate = rate,
          .rate_ci = ci,
          .chance = chance(rate),
          .chance_ci = {chance(ci.lower), chance(ci.upper)},
          .return_period = period(rate),
          .return_period_ci = {period(ci.upper), period(ci.lower)}};
}

/// The least of the sizes, which ascend, at which falling(size) is at most `wanted`; NaN if it is at none.
template <class Falling>
double least_size(std::span<const double> sizes, double wanted, const Falling& falling) {
  const auto found =
      std::partition_point(sizes.begin(), sizes.end(), [&](double size) { return falling(size) > wanted; });
  return found == sizes.end() ? nan : *found;
}

SeasonSize size_of(const Year& year, std::span<const double> sizes, double return_period) {
  SeasonSize result{nan, {nan, nan}, nan};
  if (year.seeds() == 0) return result;
  const double wanted = 1.0 / return_period;
  const double size = least_size(sizes, wanted, [&](double x) { return year.rate_over(x); });
  const auto beyond = std::ranges::count_if(year.values(), [&](double value) { return value > size; });
  result.runs_beyond = static_cast<double>(beyond);
  if (beyond < static_cast<std::ptrdiff_t>(SeasonSize::fewest_runs_beyond)) return result;
  result.size = size;
  if (year.seeds() < 2) return result;
  result.size_ci = {least_size(sizes, wanted, [&](double x) { return year.lower_rate(x); }),
                    least_size(sizes, wanted, [&](double x) { return year.upper_rate(x); })};
  return result;
}

/// 0 and the distinct values, ascending: where a rate can fall.
std::vector<double> sizes_of(const Year& year) {
  std::vector<double> sizes(year.values().begin(), year.values().end());
  sizes.push_back(0.0);
  std::ranges::sort(sizes);
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

}  // namespace

std::vector<double> year_sums(std::span<const SeasonPart> parts) {
  std::vector<double> sums(parts.empty() ? 0 : parts.front().values.size(), 0.0);
  for (const SeasonPart& part : parts)
    for (std::size_t seed = 0; seed < sums.size() && part.rate > 0.0; ++seed)
      sums[seed] += part.rate * part.values[seed];
  return sums;
}

SeasonEstimate season_estimate(std::span<const SeasonPart> parts, std::span<const double> thresholds,
                               std::span<const double> return_periods, double confidence,
                               const RandomWords& words) {
  for (const SeasonPart& part : parts)
    expects(part.values.size() == parts.front().values.size(), "all parts of a year have the same seeds");
  const Year year(parts, confidence);
  const std::vector<double> sums = year.sums();
  const Mean mean = mean_of(sums);
  SeasonEstimate estimate;
  estimate.seeds = static_cast<double>(year.seeds());
  for (const double rate : year.rates()) estimate.fires += rate;
  estimate.expected = mean.mean;
  estimate.expected_ci = mean_interval(mean, confidence);
  estimate.expected_bootstrap_ci = bootstrap_mean_interval(sums, confidence, words);
  for (const double threshold : thresholds) estimate.exceedance.push_back(exceedance_of(year, threshold));
  const std::vector<double> sizes = sizes_of(year);
  for (const double period : return_periods) estimate.size.push_back(size_of(year, sizes, period));
  return estimate;
}

}  // namespace firesweep
