#include "firesweep/model/spread_rule.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"

namespace firesweep {
namespace {

constexpr std::uint32_t too_large = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t one_at_31_bits = std::uint64_t{1} << 31;
constexpr std::uint64_t one_at_32_bits = std::uint64_t{1} << 32;

// A slope_coefficient [1/degree] with which no ground and no wind gives a sum of 256: it is at most 8 exp(45 degrees x
// that), as the mean of D is 1 and slopes count up to 45 degrees.
constexpr double always_possible = 0.077;

// round(2^bits value), or too_large if it is that or more; a negative weight lights nothing.
std::uint32_t rounded(double value, int bits) {
  const double scaled = std::ldexp(std::max(value, 0.0), bits);
  return scaled < too_large - 0.5 ? static_cast<std::uint32_t>(std::llround(scaled)) : too_large;
}

}  // namespace

SpreadRule::SpreadRule(const Weather& weather, const SpreadParameters& parameters, double fuel_scale,
                       const SpreadGround& ground)
    : combination_(effective_combination(parameters)) {
  expects(!ground.spreads.empty() && !ground.gradients.empty(), "there is a class and a bin");
  const double cap = spread_cap(weather, parameters);
  cap_ = static_cast<std::uint64_t>(std::llround(std::ldexp(cap, 32)));
  const double factor = spread_factor(weather, parameters) * fuel_scale;
  for (const double spread : ground.spreads) {
    strength_.push_back(factor * spread);
    fuel_.push_back(rounded(strength_.back(), 28));
  }
  const ByNeighbour wind = wind_factors(weather, parameters, ground.cell_size, ground.convergence);
  for (const Gradient gradient : ground.gradients) {
    ByNeighbour shape = slope_factors(gradient, parameters.slope_coefficient, ground.cell_size);
    std::array<std::uint32_t, 8> direction{};
    for (std::size_t i = 0; i < shape.size(); ++i) {
      shape[i] = wind[i] * shape[i];
      direction[i] = rounded(shape[i], 24);
    }
    shape_.push_back(shape);
    direction_.push_back(direction);
  }
  if (counts_only())
    by_count_ = spread_probability(strength_.front(), cap, combination_);
  else if (combination_ == Combination::linear)
    check_limits();
}

bool SpreadRule::counts_only() const {
  const auto all_are = [](const auto& values, const auto& value) {
    return std::all_of(values.begin(), values.end(), [&](const auto& it) { return it == value; });
  };
  const std::uint32_t direction = direction_.front().front();
  const bool is_one_fuel =
      fuel_.front() == too_large ? all_are(strength_, strength_.front()) : all_are(fuel_, fuel_.front());
  return is_one_fuel && all_are(direction_.front(), direction) && all_are(direction_, direction_.front());
}

void SpreadRule::check_limits() const {
  const double strongest = *std::ranges::max_element(strength_);
  if (rounded(strongest, 28) == too_large) {
    throw InputError(
        fmt::format("one burning neighbour would count for {:.4g}, and must for less than 16 where fuel, "
                    "slope or wind direction differ (the weather's factor x fuel_scale x the spread of a "
                    "class); lower base_rate, fuel_scale or that spread, or set model.combination: "
                    "independent, which has no such limit",
                    strongest));
  }
  const bool fits = std::ranges::all_of(direction_, [](const auto& of_bin) {
    return std::accumulate(of_bin.begin(), of_bin.end(), std::uint64_t{0}) < one_at_32_bits;
  });
  if (fits) return;
  double most = 0.0;
  for (const ByNeighbour& of_bin : shape_)
    most = std::max(most, std::accumulate(of_bin.begin(), of_bin.end(), 0.0));
  throw InputError(
      fmt::format("wind and slope would multiply the spread from all sides by {:.4g} on the steepest ground, "
                  "and may by less than 256; lower slope_coefficient (up to {} is always possible) or "
                  "wind_directionality, or set model.combination: independent, which has no such limit",
                  most, always_possible));
}

std::array<std::uint32_t, 8> SpreadRule::escape(std::size_t fuel, std::size_t bin) const {
  std::array<std::uint32_t, 8> escape{};
  for (std::size_t i = 0; i < escape.size(); ++i)
    escape[i] = static_cast<std::uint32_t>(one_at_31_bits) -
                8 * rounded(std::min(1.0, strength_[fuel] * shape_[bin][i]), 28);
  return escape;
}

std::uint64_t SpreadRule::threshold(std::size_t fuel, std::size_t bin, unsigned burning) const {
  if (by_count_) {
    const auto n = static_cast<std::size_t>(__builtin_popcount(burning));
    return static_cast<std::uint64_t>(std::llround(std::ldexp((*by_count_)[n], 32)));
  }
  if (combination_ == Combination::linear) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < neighbours.size(); ++i)
      sum += (burning >> i & 1) != 0 ? direction_[bin][i] : 0;
    return std::min(cap_, fuel_[fuel] * sum >> 20);
  }
  const std::array<std::uint32_t, 8> by_one = escape(fuel, bin);
  const auto product = [&](std::size_t first) {
    std::uint64_t escaped = one_at_31_bits;
    for (std::size_t i = first; i < first + 4; ++i)
      if ((burning >> i & 1) != 0) escaped = escaped * by_one[i] >> 31;
    return escaped;
  };
  return std::min(cap_, one_at_32_bits - (product(0) * product(4) >> 30));
}

}  // namespace firesweep
