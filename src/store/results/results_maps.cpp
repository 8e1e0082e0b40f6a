#include <algorithm>
#include <array>
#include <limits>

#include "firesweep/statistics/interval.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Sets what a map says of cells that are no land; of a cell there are one or more numbers.
template <class T>
void forget_outside(std::span<const std::uint8_t> land, T unknown, std::span<T> map) {
  if (land.empty()) return;
  const std::size_t numbers = map.size() / land.size();
  for (std::size_t cell = 0; cell < land.size(); ++cell)
    if (land[cell] == 0) std::ranges::fill(map.subspan(cell * numbers, numbers), unknown);
}

/// Writes a map of estimates; fill(scenario, runs, values) sets those of a scenario that has runs.
template <class Fill>
void write_estimated_map(const ResultsContent& content, const Array<float>& array, const Fill& fill) {
  content.write(array, [&](std::size_t s, std::span<float> map) {
    const std::uint64_t runs = content.summary(s).runs_ok;
    if (runs == 0) {
      std::ranges::fill(map, not_a_number);
    } else {
      fill(s, runs, map);
    }
    forget_outside(content.land(s), not_a_number, map);
  });
}

void write_burn_probability(const ResultsContent& content) {
  const auto fill = [&](std::size_t s, std::uint64_t runs, std::span<float> map) {
    std::ranges::transform(content.results().burn_count(s), map.begin(), [runs](std::uint32_t count) {
      return static_cast<float>(count / static_cast<double>(runs));
    });
  };
  write_estimated_map(content, arrays::burn_probability, fill);
}

/// Wilson's bounds for every count up to the largest of a map: far fewer than cells.
class IntervalOfCount {
 public:
  IntervalOfCount(std::uint64_t runs, double confidence, std::uint32_t largest)
      : runs_(runs), confidence_(confidence), known_(std::size_t{largest} + 1, {-1.0F, -1.0F}) {}

  const std::array<float, 2>& operator()(std::uint32_t count) {
    std::array<float, 2>& bounds = known_[count];
    if (bounds[1] < 0.0F) {
      const Interval interval = wilson_interval(count, runs_, confidence_);
      bounds = {static_cast<float>(interval.lower), static_cast<float>(interval.upper)};
    }
    return bounds;
  }

 private:
  std::uint64_t runs_;
  double confidence_;
  std::vector<std::array<float, 2>> known_;
};

void write_burn_probability_ci(const ResultsContent& content) {
  const auto fill = [&](std::size_t s, std::uint64_t runs, std::span<float> map) {
    const auto counts = content.results().burn_count(s);
    IntervalOfCount interval(runs, content.experiment().outputs.confidence, std::ranges::max(counts));
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
      std::ranges::copy(interval(counts[cell]), &map[2 * cell]);
    }
  };
  write_estimated_map(content, arrays::burn_probability_ci, fill);
}

void write_arrival(const ResultsContent& content) {
  content.write(arrays::arrival_step_mean, [&](std::size_t s, std::span<float> map) {
    const auto mean = [](std::uint64_t sum, std::uint32_t count) {
      return count == 0 ? not_a_number : static_cast<float>(static_cast<double>(sum) / count);
    };
    std::ranges::transform(content.results().arrival_sum(s), content.results().burn_count(s), map.begin(),
                           mean);
  });
}

}  // namespace

void write_maps(const ResultsContent& content) {
  // Neither is above 2^31 or 2^63: a plan has fewer seeds, and its fires fewer steps.
  Variable burn_count = arrays::burn_count;
  if (content.experiment().has_rasters()) burn_count.missing = Missing::minus_one;
  content.write(arrays::burn_count, burn_count, [&](std::size_t s, std::span<std::int32_t> map) {
    std::ranges::copy(content.results().burn_count(s), map.begin());
    forget_outside(content.land(s), -1, map);
  });
  content.write(arrays::arrival_step_sum, [&](std::size_t s, std::span<std::int64_t> map) {
    std::ranges::copy(content.results().arrival_sum(s), map.begin());
  });
}

void write_map_estimates(const ResultsContent& content) {
  write_burn_probability(content);
  write_burn_probability_ci(content);
  write_arrival(content);
}

}  // namespace firesweep
