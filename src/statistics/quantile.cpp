#include "firesweep/statistics/quantile.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include <boost/sort/spreadsort/float_sort.hpp>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"

#include "distributions.hpp"
#include "order_statistics.hpp"

namespace firesweep {

namespace {

/// Counts how often values occur, as long as few of them differ.
class Occurrences {
 public:
  struct Occurring {
    double value = 0.0;
    std::size_t times = 0;
  };

  /// False if more values differ than can be counted.
  bool add(double value) {
    Occurring& slot = slot_of(value);
    if (slot.times++ > 0) return true;
    slot.value = value;
    return ++different_ <= most_different;
  }

  std::vector<Occurring> sorted() const {
    std::vector<Occurring> occurring;
    std::ranges::copy_if(slots_, std::back_inserter(occurring),
                         [](const Occurring& one) { return one.times > 0; });
    std::ranges::sort(occurring, {}, &Occurring::value);
    return occurring;
  }

 private:
  static constexpr int bits = 13;
  // A quarter of the slots, so that most values find theirs at once.
  static constexpr std::size_t most_different = std::size_t{1} << (bits - 2);

  Occurring& slot_of(double value) {
    constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;  // 2^64 / the golden ratio: parts neighbours
    std::size_t slot = (std::bit_cast<std::uint64_t>(value) * golden) >> (64 - bits);
    while (slots_[slot].times > 0 && slots_[slot].value != value) slot = (slot + 1) % slots_.size();
    return slots_[slot];
  }

  std::vector<Occurring> slots_{std::size_t{1} << bits};
  std::size_t different_ = 0;
};

void sort_by_digits(std::span<double> values) {
  boost::sort::spreadsort::float_sort(values.begin(), values.end());
}

}  // namespace

void sort_values(std::span<double> values) {
  constexpr std::size_t worth_counting = 50'000;  // of fewer, the table takes longer than they do
  if (values.size() < worth_counting) return sort_by_digits(values);
  Occurrences occurrences;
  if (!std::ranges::all_of(values, [&](double value) { return occurrences.add(value); }))
    return sort_by_digits(values);
  auto next = values.begin();
  for (const auto& [value, times] : occurrences.sorted()) next = std::fill_n(next, times, value);
}

double quantile(std::span<const double> sorted, double q) {
  expects_share(q);
  if (sorted.empty()) return nan;
  return quantile_of(sorted.size(), q, [&](std::size_t i) { return sorted[i]; });
}

Interval quantile_interval(std::span<const double> sorted, double q, double confidence, double lowest,
                           double highest) {
  expects_share(q);
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  if (sorted.empty()) return {nan, nan};
  if (q == 1.0) return {sorted.back(), highest};  // all lie below, which Boost 1.74 does not know
  const Binomial below(static_cast<double>(sorted.size()), q);
  const double tail = tail_of(confidence);
  const auto lower_rank = static_cast<std::size_t>(boost::math::quantile(below, tail));
  const auto upper_rank = static_cast<std::size_t>(boost::math::quantile(complement(below, tail))) + 1;
  return {lower_rank == 0 ? lowest : sorted[lower_rank - 1],
          upper_rank > sorted.size() ? highest : sorted[upper_rank - 1]};
}

double conditional_value_at_risk(std::span<const double> sorted, double q) {
  expects_share(q);
  if (sorted.empty()) return nan;
  return conditional_value_at_risk_of(sorted.size(), q, [&](std::size_t i) { return sorted[i]; });
}

}  // namespace firesweep
