#include "firesweep/landscape/landscape.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "firesweep/check/contract.hpp"
#include "firesweep/random/draw.hpp"

#include "slope.hpp"

namespace firesweep {
namespace {

constexpr double lattice_spacing = 2.0;  // [degrees]

std::size_t tiles_along(std::uint32_t cells) {
  return (cells + tile_side - 1) / tile_side;
}

bool has_data(const LandscapeLayers& layers, std::size_t i) {
  return (layers.fuel.empty() || layers.fuel[i] != missing_fuel) &&
         (layers.elevation.empty() || !std::isnan(layers.elevation[i]));
}

}  // namespace

Landscape::Landscape(const LandscapeLayers& layers, std::span<const FuelClass> table, CellSize cell_size,
                     double convergence)
    : extent_(layers.extent),
      cell_size_(cell_size),
      convergence_(convergence),
      columns_(tiles_along(extent_.width)) {
  const std::uint64_t cells = extent_.cells();
  expects(cells >= 1, "a landscape has a cell");
  expects(layers.fuel.empty() ? table.size() == 1 : layers.fuel.size() == cells,
          "there is fuel for every cell");
  expects(layers.elevation.empty() || layers.elevation.size() == cells,
          "there is an elevation for every cell");
  expects(cell_size.width > 0 && cell_size.height > 0, "cells have a size");
  const std::size_t tiles = columns_ * tiles_along(extent_.height);
  fuel_.assign(tiles * tile_cells, no_land);
  slope_.assign(tiles * tile_cells, 0);
  burnable_.assign(tiles * tile_cells / 64, 0);
  set_fuel(layers, table);
  count_cells();
  set_burn_steps();
  set_slope(layers);
  find_kinds();
}

std::size_t Landscape::place(Cell cell) const {
  const std::size_t tile = cell.y / tile_side * columns_ + cell.x / tile_side;
  return tile * tile_cells + cell.y % tile_side * tile_side + cell.x % tile_side;
}

void Landscape::set_fuel(const LandscapeLayers& layers, std::span<const FuelClass> table) {
  std::unordered_map<std::int32_t, std::size_t> entry_of;
  for (std::size_t i = 0; i < table.size(); ++i) entry_of.emplace(table[i].code, i);
  const auto entry = [&](std::size_t i) {
    if (layers.fuel.empty()) return std::size_t{0};
    const auto found = entry_of.find(layers.fuel[i]);
    expects(found != entry_of.end(), "every fuel code is in the table");
    return found->second;
  };
  std::vector<bool> occurs(table.size(), false);
  for (std::size_t i = 0; i < extent_.cells(); ++i)
    if (has_data(layers, i)) occurs[entry(i)] = true;
  std::vector<std::uint8_t> class_of_entry(table.size(), no_land);
  for (const bool burnable : {true, false}) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (!occurs[i] || table[i].burnable != burnable) continue;
      class_of_entry[i] = static_cast<std::uint8_t>(classes_.size());
      classes_.push_back(table[i]);
    }
    if (burnable) burnable_classes_ = classes_.size();
  }
  expects(classes_.size() <= max_classes, "at most 255 classes of fuel occur");
  for (std::size_t i = 0; i < extent_.cells(); ++i)
    if (has_data(layers, i)) fuel_[place(extent_.cell(i))] = class_of_entry[entry(i)];
}

void Landscape::count_cells() {
  std::uint64_t burnable = 0;
  for (std::uint32_t y = 0; y < extent_.height; ++y) {
    for (std::uint32_t x = 0; x < extent_.width; ++x) {
      const std::size_t at = place({x, y});
      if (fuel_[at] == no_land) continue;
      ++land_cells_;
      if (!classes_[fuel_[at]].burnable) continue;
      ++burnable;
      burnable_[at / 64] |= std::uint64_t{1} << at % 64;
    }
    row_ends_.push_back(burnable);
  }
}

int Landscape::burn_step_digits() const {
  return static_cast<int>(std::bit_width(longest_burn_steps_ - 1));
}

void Landscape::set_burn_steps() {
  for (const FuelClass& fuel : burnable_classes()) {
    expects(fuel.burn_steps >= 1 && fuel.burn_steps <= 255, "a cell burns for 1 to 255 steps");
    longest_burn_steps_ = std::max(longest_burn_steps_, fuel.burn_steps);
  }
  const auto digits = static_cast<std::size_t>(burn_step_digits());
  burn_steps_.assign(digits * burnable_.size(), 0);
  constexpr std::size_t tile_words = tile_cells / 64;
  for (std::size_t at = 0; digits > 0 && at < fuel_.size(); ++at) {
    if (fuel_[at] >= burnable_classes_) continue;
    const std::uint32_t more = classes_[fuel_[at]].burn_steps - 1;
    for (std::size_t digit = 0; digit < digits; ++digit) {
      const std::size_t word = (at / tile_cells * digits + digit) * tile_words + at % tile_cells / 64;
      burn_steps_[word] |= std::uint64_t{more >> digit & 1} << at % 64;
    }
  }
}

void Landscape::set_slope(const LandscapeLayers& layers) {
  if (put_into(ExactBins(), layers)) return;
  for (double spacing = lattice_spacing; !put_into(LatticeBins(spacing), layers);) spacing *= 1.25;
}

// Returns whether there are bins enough.
template <class Bins>
bool Landscape::put_into(Bins bins, const LandscapeLayers& layers) {
  for (std::uint32_t y = 0; y < extent_.height; ++y) {
    for (std::uint32_t x = 0; x < extent_.width; ++x) {
      const Cell cell{x, y};
      if (!is_burnable(cell)) continue;
      const auto bin = bins.bin_of(cell, gradient_of(layers, cell_size_, cell));
      if (!bin) return false;
      slope_[place(cell)] = *bin;
    }
  }
  bins_ = bins.take();
  if (bins_.empty()) bins_.push_back({});
  return true;
}

void Landscape::find_kinds() {
  std::vector<bool> occurs(burnable_classes_ * bins_.size(), false);
  for (std::size_t at = 0; at < fuel_.size(); ++at)
    if (fuel_[at] < burnable_classes_) occurs[fuel_[at] * bins_.size() + slope_[at]] = true;
  for (std::size_t i = 0; i < occurs.size(); ++i)
    if (occurs[i])
      kinds_.push_back(
          {static_cast<std::uint8_t>(i / bins_.size()), static_cast<std::uint16_t>(i % bins_.size())});
}

Cell Landscape::burnable_cell(std::uint64_t k) const {
  expects(k < burnable_cells(), "so many cells are burnable");
  const auto row = std::upper_bound(row_ends_.begin(), row_ends_.end(), k);
  const auto y = static_cast<std::uint32_t>(row - row_ends_.begin());
  if (y > 0) k -= row_ends_[y - 1];
  for (std::uint32_t x = 0;; x += tile_side) {
    const std::size_t at = place({x, y});
    auto cells = static_cast<std::uint16_t>(burnable_[at / 64] >> at % 64);
    const auto here = static_cast<std::uint64_t>(std::popcount(cells));
    if (k >= here) {
      k -= here;
      continue;
    }
    for (; k > 0; --k) cells &= static_cast<std::uint16_t>(cells - 1);
    return {x + static_cast<std::uint32_t>(std::countr_zero(cells)), y};
  }
}

std::size_t Landscape::bytes() const {
  return fuel_.size() + sizeof(std::uint16_t) * slope_.size() +
         sizeof(std::uint64_t) * (burnable_.size() + burn_steps_.size() + row_ends_.size()) +
         sizeof(Gradient) * bins_.size() + sizeof(FuelClass) * classes_.size();
}

}  // namespace firesweep
