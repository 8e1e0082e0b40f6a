#include "firesweep/landscape/assets.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace firesweep {
namespace {

constexpr int digits_of_total = 52;

/// One value for each cell, by cell.
std::vector<CellValue> sums_by_cell(std::vector<CellValue> values) {
  std::ranges::stable_sort(values, {}, &CellValue::cell);
  std::vector<CellValue> sums;
  for (const CellValue& next : values) {
    if (!sums.empty() && sums.back().cell == next.cell)
      sums.back().value += next.value;
    else
      sums.push_back(next);
  }
  return sums;
}

double resolution_of(const std::vector<CellValue>& sums) {
  double total = 0.0;
  bool are_whole = true;
  for (const CellValue& cell : sums) {
    total += cell.value;
    are_whole &= cell.value == std::floor(cell.value);
  }
  if (are_whole && total <= std::ldexp(1.0, digits_of_total)) return 1.0;
  int exponent = 0;
  std::frexp(total, &exponent);  // total < 2^exponent
  return std::ldexp(1.0, exponent - digits_of_total);
}

}  // namespace

std::uint64_t AssetSet::total() const {
  std::uint64_t total = 0;
  for (const Place& place : places) total += place.amount;
  return total;
}

AssetSet make_asset_set(std::vector<CellValue> values) {
  const std::vector<CellValue> sums = sums_by_cell(std::move(values));
  AssetSet set{.resolution = resolution_of(sums), .places = {}};
  for (const CellValue& cell : sums) {
    const auto amount = static_cast<std::uint64_t>(std::llround(cell.value / set.resolution));
    if (amount > 0) set.places.push_back({cell.cell, amount});
  }
  return set;
}

}  // namespace firesweep
