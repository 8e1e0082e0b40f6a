#include "view/estimate_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "view/table.hpp"

namespace firesweep {

std::string with_error(double estimate, const Interval& interval, double factor, const TextFormat& format) {
  const double half = factor * (interval.upper - interval.lower) / 2.0;
  if (!(half > 0.0) || std::isinf(half)) return number(factor * estimate);
  if (half < 5e-6) return fmt::format("{:.2e} {} {:.1e}", factor * estimate, format.plus_minus(), half);
  // Two digits of the error: more of the estimate would say nothing.
  const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(half))), 0, 6);
  return fmt::format("{:.{}f} {} {:.{}f}", factor * estimate, decimals, format.plus_minus(), half, decimals);
}

std::string with_interval(double estimate, const Interval& interval, double factor,
                          const TextFormat& format) {
  if (std::isnan(interval.lower)) return number(factor * estimate);
  return fmt::format("{} ({})", number(factor * estimate), range(interval, factor, format));
}

std::string bound_text(Bound bound, double estimate, double factor, const TextFormat& format) {
  const std::string text = number(factor * estimate);
  if (bound == Bound::none || std::isnan(estimate)) return text;
  return fmt::format("{} {}", bound == Bound::at_least ? format.at_least() : format.at_most(), text);
}

std::string difference_sentence(const PairedDifference& difference, const TextFormat& format) {
  const double mean = difference.difference.mean;
  if (std::isnan(mean)) return "not known, as no seed is ok in both";
  const std::string size =
      fmt::format("{} points {}", number(100.0 * std::abs(mean)), mean < 0.0 ? "less" : "more");
  const Interval& interval = difference.interval;
  if (std::isnan(interval.lower)) return size + ", of one seed";
  const bool includes_0 = interval.lower <= 0.0 && interval.upper >= 0.0;
  const Interval as_said = mean < 0.0 ? Interval{-interval.upper, -interval.lower} : interval;
  return fmt::format("{} ({}), which {} 0", size, range(as_said, 100.0, format),
                     includes_0 ? "includes" : "excludes");
}

std::string range(const Interval& interval, double factor, const TextFormat& format) {
  // A dash beside a minus is hard to read.
  const std::string_view between = interval.lower < 0.0 ? " .. " : format.dash();
  return fmt::format("{}{}{}", number(factor * interval.lower), between, number(factor * interval.upper));
}

}  // namespace firesweep
