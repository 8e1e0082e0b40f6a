#include "firesweep/landscape/start_cells.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

constexpr int weight_digits = 62;  // leaves room for the cells that are given 1 instead of 0

/// e as StartCells says.
int exponent_of(const std::vector<float>& densities) {
  double sum = 0.0;
  for (const float density : densities)
    if (density > 0.0F) sum += static_cast<double>(density);
  int digits = 0;
  std::frexp(sum, &digits);
  return weight_digits - digits;
}

/// Calls keep(cell) for every cell of a set, row by row.
struct ForEachCell {
  Extent extent;

  void operator()(const IgnitionBox& box, const auto& keep) const {
    for (std::uint32_t y = box.first.y; y <= box.last.y; ++y)
      for (std::uint32_t x = box.first.x; x <= box.last.x; ++x) keep(Cell{x, y});
  }
  void operator()(IgnitionPoints points, const auto& keep) const {
    std::ranges::sort(points, {}, [this](Cell cell) { return extent.index(cell); });
    points.erase(std::unique(points.begin(), points.end()), points.end());
    std::ranges::for_each(points, keep);
  }
  void operator()(const IgnitionLine& line, const auto& keep) const { (*this)(cells_of(line), keep); }
  void operator()(const auto& /*anywhere or density*/, const auto& keep) const {
    (*this)(IgnitionBox{{0, 0}, {extent.width - 1, extent.height - 1}}, keep);
  }
};

}  // namespace

StartCells::StartCells(Extent extent, IgnitionDensity density)
    : extent_(extent), density_(std::move(density)) {
  if (is_uniform()) return;
  expects(density_.values->size() == extent.cells(), "there is a density for every cell");
  exponent_ = exponent_of(*density_.values);
}

std::uint64_t StartCells::weight_of(std::uint64_t index) const {
  if (is_uniform()) return 1;
  const auto density = static_cast<double>((*density_.values)[index]);
  if (!(density > 0.0)) return 0;
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ldexp(density, exponent_)));
}

void StartCells::add(Cell cell) {
  const std::uint64_t index = extent_.index(cell);
  const std::uint64_t cell_weight = weight_of(index);
  if (cell_weight == 0) return;
  const std::uint64_t bit = std::uint64_t{1} << index % 64;
  if (words_.empty() || words_.back().place != index / 64) {
    expects(words_.empty() || words_.back().place < index / 64, "cells are added row by row");
    words_.push_back({index / 64, 0, weight()});
  }
  expects(words_.back().bits < bit, "cells are added row by row");
  words_.back().bits |= bit;
  words_.back().end += cell_weight;
  ++cells_;
}

StartCells::Share StartCells::share_of(std::uint64_t number) const {
  expects(number < weight(), "the number means a cell");
  const auto word = std::ranges::upper_bound(words_, number, {}, &Word::end);
  std::uint64_t first = word == words_.begin() ? 0 : std::prev(word)->end;
  for (std::uint64_t left = word->bits;; left &= left - 1) {
    const std::uint64_t index = 64 * word->place + static_cast<std::uint64_t>(std::countr_zero(left));
    const std::uint64_t cell_weight = weight_of(index);
    if (number - first < cell_weight) return {extent_.cell(index), first, cell_weight};
    first += cell_weight;
  }
}

StartCells start_cells(const RandomIgnition::Among& among, Extent extent,
                       std::span<const std::shared_ptr<const Landscape>> landscapes) {
  const auto* density = std::get_if<IgnitionDensity>(&among);
  StartCells starts(extent, density == nullptr ? IgnitionDensity{} : *density);
  const auto keep = [&](Cell cell) {
    const bool burns = landscapes.empty() || std::ranges::any_of(landscapes, [&](const auto& landscape) {
                         return landscape->is_burnable(cell);
                       });
    if (burns) starts.add(cell);
  };
  std::visit([&](const auto& set) { ForEachCell{extent}(set, keep); }, among);
  return starts;
}

}  // namespace firesweep
