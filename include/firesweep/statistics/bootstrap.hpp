#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// Fills `words` with those of numbers first, first + 1, .. of a stream of independent random 64-bit words: a pure
/// function, so that who owns the seed decides the resamples, whatever else was drawn before.
using RandomWords = std::function<void(std::uint64_t first, std::span<std::uint64_t> words)>;

/// Resamples of a bootstrap. The 95 % bounds are then known to about 3 % of half the interval's width
/// (standard error), 6 % where few values are large; and the ranks (B + 1) alpha of the usual confidences are
/// whole.
inline constexpr std::size_t bootstrap_resamples = 1999;

/// Above this count the mean's interval is the analytic one: 1999 resamples of a million values would take
/// two thousand million draws, to differ from it by less than their own noise. (Measured: so they do if five
/// values or more are large; with fewer the means come in steps, and either interval is rough.)
inline constexpr std::size_t most_resampled_values = 2000;

/// Efron's BCa bootstrap interval of the mean, 0 < confidence < 1: between those resampled means whose ranks
/// correct for bias (share of resampled means below the mean, ties counted half) and for skewness
/// (acceleration a = sum d^3 / (6 (sum d^2)^1.5) over the deviations d from the mean, which for a mean is the
/// jackknife's). The lower rank is rounded down, the upper up. NaN for fewer than two values, which must come
/// in an order that does not depend on chance; for at most 2^32 - 1 values.
///
/// Resample b takes, from the word b ceil(n / 2) + i, the values floor(n u / 2^32) for its low and its high
/// half u: value 2i and 2i + 1 of the resample. Only integers and sums are drawn upon, so another machine
/// draws the same resamples. O(1999 n).
///
/// Source: B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987) 171-185.
Interval bca_mean_interval(std::span<const double> values, double confidence, const RandomWords& words);

/// The ABC interval of the mean: what BCa tends to with endless resamples, up to terms that are 1 / n times
/// smaller than the standard error. Bounds are m + s w / (1 - a w)^2, cut to the values' range, with w = a -+
/// z, s = sqrt(sum d^2) / n, a as for BCa, and z the two-sided normal quantile of the confidence. For a mean,
/// a linear statistic, the general formula's bias correction is a and its curvature zero. NaN for fewer than
/// two values. O(n), no draws.
///
/// Source: T. J. DiCiccio, B. Efron, "More accurate confidence intervals in exponential families", Biometrika
/// 79 (1992) 231-245, section 4; B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993,
/// section 22.6.
Interval abc_mean_interval(std::span<const double> values, double confidence);

/// The bootstrap interval of the mean: BCa up to most_resampled_values values, ABC above.
Interval bootstrap_mean_interval(std::span<const double> values, double confidence, const RandomWords& words);

}  // namespace firesweep
