#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "firesweep/statistics/interval.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Sets what a part of a map, from the cell `first` on, says of cells that are no land; of a cell there are `numbers`.
template <class T>
void forget_outside(std::span<const std::uint8_t> land, T unknown, std::size_t first, std::span<T> part,
                    std::size_t numbers = 1) {
  if (land.empty()) return;
  for (std::size_t i = 0; i < part.size(); i += numbers)
    if (land[first + i / numbers] == 0) std::ranges::fill(part.subspan(i, numbers), unknown);
}

/// What is estimated of a cell, by the number of fires that burnt it: made once for each, as far fewer numbers than cells occur.
template <std::size_t numbers>
class EstimateOfCount {
 public:
  using Numbers = std::array<float, numbers>;

  /// Remembers those of counts below `most`.
  EstimateOfCount(std::size_t most, std::function<Numbers(std::uint32_t)> estimate)
      : estimate_(std::move(estimate)), known_(most), is_known_(most) {}

  Numbers operator()(std::uint32_t count) {
    if (count >= known_.size()) return estimate_(count);
    if (!is_known_[count]) {
      known_[count] = estimate_(count);
      is_known_[count] = 1;
    }
    return known_[count];
  }

 private:
  std::function<Numbers(std::uint32_t)> estimate_;
  std::vector<Numbers> known_;
  std::vector<std::uint8_t> is_known_;
};

/// Writes a map of estimates that follow from the counts, estimate(count, runs).
template <std::size_t numbers, class Estimate>
void write_estimated_map(const ResultsContent& content, const Array<float>& array, const Estimate& estimate) {
  content.write_map(array, [&](std::size_t s) {
    return [counts = content.results().burn_count(s), land = content.shared_land(s),
            runs = content.results().records(s).count(RunStatus::ok),
            estimate](std::size_t first, std::span<float> part) {
      if (runs == 0) return std::ranges::fill(part, not_a_number), void();
      const auto here = counts.subspan(first / numbers, part.size() / numbers);
      // No more than cells here: a count of many runs may be larger than a map, and is rare then.
      EstimateOfCount<numbers> of(std::min(here.size(), std::size_t{std::ranges::max(here)} + 1),
                                  [&](std::uint32_t count) { return estimate(count, runs); });
      float* to = part.data();
      for (const std::uint32_t count : here) {
        const auto estimates = of(count);
        to = std::ranges::copy(estimates, to).out;
      }
      forget_outside<float>(*land, not_a_number, first / numbers, part, numbers);
    };
  });
}

void write_burn_probability(const ResultsContent& content) {
  write_estimated_map<1>(content, arrays::burn_probability, [](std::uint32_t count, std::uint64_t runs) {
    return std::array{static_cast<float>(count / static_cast<double>(runs))};
  });
}

void write_burn_probability_ci(const ResultsContent& content) {
  const double confidence = content.experiment().outputs.confidence;
  write_estimated_map<2>(
      content, arrays::burn_probability_ci, [confidence](std::uint32_t count, std::uint64_t runs) {
        const Interval interval = wilson_interval(count, runs, confidence);
        return std::array{static_cast<float>(interval.lower), static_cast<float>(interval.upper)};
      });
}

void write_arrival(const ResultsContent& content) {
  content.write_map(arrays::arrival_step_mean, [&](std::size_t s) {
    return [sums = content.results().arrival_sum(s), counts = content.results().burn_count(s)](
               std::size_t first, std::span<float> part) {
      const auto mean = [](std::uint64_t sum, std::uint32_t count) {
        return count == 0 ? not_a_number : static_cast<float>(static_cast<double>(sum) / count);
      };
      std::ranges::transform(sums.subspan(first, part.size()), counts.subspan(first, part.size()),
                             part.begin(), mean);
    };
  });
}

}  // namespace

void write_maps(const ResultsContent& content) {
  // Neither is above 2^31 or 2^63: a plan has fewer seeds, and its fires fewer steps.
  Variable burn_count = arrays::burn_count;
  if (content.experiment().has_rasters()) burn_count.missing = Missing::minus_one;
  content.write_map(arrays::burn_count, burn_count, [&](std::size_t s) {
    return [counts = content.results().burn_count(s), land = content.shared_land(s)](
               std::size_t first, std::span<std::int32_t> part) {
      std::ranges::copy(counts.subspan(first, part.size()), part.begin());
      forget_outside<std::int32_t>(*land, -1, first, part);
    };
  });
  content.write_map(arrays::arrival_step_sum, [&](std::size_t s) {
    return [sums = content.results().arrival_sum(s)](std::size_t first, std::span<std::int64_t> part) {
      std::ranges::copy(sums.subspan(first, part.size()), part.begin());
    };
  });
}

void write_map_estimates(const ResultsContent& content) {
  write_burn_probability(content);
  write_burn_probability_ci(content);
  write_arrival(content);
}

}  // namespace firesweep
