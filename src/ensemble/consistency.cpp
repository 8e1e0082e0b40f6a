#include "firesweep/ensemble/consistency.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace firesweep {
namespace {

struct RecordSums {
  std::uint64_t caught_fire = 0;  // cells burnt or still burning at the end
  std::uint64_t ignitions = 0;
  UInt128 burnt_squares = 0;
};

RecordSums sums_of(const std::vector<RunRecord>& records) {
  RecordSums sums;
  for (const RunRecord& record : records) {
    sums.caught_fire += record.burnt_cells + record.burning_cells;
    sums.ignitions += record.ignitions;
    sums.burnt_squares += UInt128{record.burnt_cells} * record.burnt_cells;
  }
  return sums;
}

template <class Values, class Sum>
Sum total(const Values& values, Sum zero) {
  return std::accumulate(values.begin(), values.end(), zero);
}

// Without `burnt`, every cell burns for one step.
bool fits(std::span<const std::uint32_t> curve, std::span<const std::uint64_t> burnt,
          const RunRecord& record) {
  if (record.status != RunStatus::ok) return curve.empty();
  if (curve.size() != std::size_t{record.steps} + 1) return false;
  const auto peak = std::ranges::max_element(curve);
  const bool has_cells = burnt.empty()
                             ? total(curve, std::uint64_t{0}) == record.burnt_cells + record.burning_cells
                             : burnt.front() == 0 && burnt.back() == record.burnt_cells;
  return has_cells && curve.front() == record.ignitions && curve.back() == record.burning_cells &&
         *peak == record.peak_burning_cells && peak - curve.begin() == record.peak_step;
}

// Cells that caught fire at each step.
std::vector<std::uint64_t> caught_fire(const CurveTally& curves) {
  std::vector<std::uint64_t> caught = curves.burning;
  for (std::size_t step = 0; step < caught.size(); ++step)
    caught[step] += curves.burnt_growth[step] - (step == 0 ? 0 : curves.burning[step - 1]);
  return caught;
}

}  // namespace

std::vector<std::string> contradictions(const ScenarioResults& known) {
  std::vector<std::string> found;
  const auto expect = [&](std::uint64_t sum, std::uint64_t expected, std::string_view what) {
    if (sum != expected) found.push_back(fmt::format("{} is {}, but should be {}", what, sum, expected));
  };
  const RecordSums records = sums_of(known.records);
  const CurveTally& curves = known.curves;
  for (std::size_t seed = 0; seed < known.run_curves.seeds(); ++seed)
    if (!fits(known.run_curves[seed], known.run_curves.burnt(seed), known.records[seed]))
      found.push_back(fmt::format("the curve of run {} is not that of its record", seed));
  if (!known.burn_count.empty())
    expect(total(known.burn_count, std::uint64_t{0}), records.caught_fire, "the sum of its burn counts");
  if (curves.burning.empty()) return found;
  const std::vector<std::uint64_t> caught = caught_fire(curves);
  expect(total(caught, std::uint64_t{0}), records.caught_fire, "the sum of its burning cells");
  expect(curves.burning.front(), records.ignitions, "the number of cells burning at step 0");
  if (total(curves.burnt_square_growth, UInt128{0}) != records.burnt_squares)
    found.emplace_back("the sum of squares of its burnt cells is not that of its records");
  if (!known.arrival_sum.empty()) {
    std::uint64_t steps = 0;
    for (std::size_t step = 0; step < caught.size(); ++step) steps += step * caught[step];
    expect(total(known.arrival_sum, std::uint64_t{0}), steps, "the sum of its arrival steps");
  }
  return found;
}

}  // namespace firesweep
