#include "slope.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "firesweep/model/portable_math.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {
namespace {

constexpr std::size_t most_exact_bins = 1024;
constexpr std::size_t most_lattice_bins = 4096;

double rise(double before, double here, double after, double distance) {
  if (!std::isnan(before) && !std::isnan(after)) return (after - before) / (2 * distance);
  if (!std::isnan(here) && !std::isnan(after)) return (after - here) / distance;
  if (!std::isnan(here) && !std::isnan(before)) return (here - before) / distance;
  return 0;
}

// The gradient whose angle has these parts to the east and to the south [degrees].
Gradient gradient_at(double east, double south) {
  const double angle = std::sqrt(east * east + south * south);
  if (angle == 0) return {};
  const portable::Turn turn = portable::turn(std::min(angle, 89.0));
  const double scale = turn.sine / turn.cosine / angle;
  return {scale * east, scale * south};
}

// Returns one of the two whole numbers next to `x`, whose mean over the draws is x.
int dithered(double x, std::uint64_t draw_of_32_bits) {
  return static_cast<int>(std::floor(x + std::ldexp(static_cast<double>(draw_of_32_bits), -32)));
}

}  // namespace

Gradient gradient_of(const LandscapeLayers& layers, CellSize size, Cell cell) {
  if (layers.elevation.empty()) return {};
  const auto height = [&](std::int64_t dx, std::int64_t dy) {
    const std::int64_t x = cell.x + dx;
    const std::int64_t y = cell.y + dy;
    if (x < 0 || y < 0 || x >= layers.extent.width || y >= layers.extent.height) return std::nan("");
    return double{layers.elevation[static_cast<std::size_t>(y * layers.extent.width + x)]};
  };
  const double here = height(0, 0);
  return {rise(height(-1, 0), here, height(1, 0), size.width) + 0.0,  // no minus zero
          rise(height(0, -1), here, height(0, 1), size.height) + 0.0};
}

std::size_t ExactBins::Hash::operator()(const Gradient& gradient) const {
  return std::hash<double>()(gradient.x) * 31 + std::hash<double>()(gradient.y);
}

std::optional<std::uint16_t> ExactBins::bin_of(Cell, Gradient gradient) {
  const auto [found, is_new] = known_.try_emplace(gradient, static_cast<std::uint16_t>(bins_.size()));
  if (is_new) {
    if (bins_.size() == most_exact_bins) return std::nullopt;
    bins_.push_back(gradient);
  }
  return found->second;
}

LatticeBins::LatticeBins(double spacing)
    : spacing_(spacing),
      reach_(static_cast<int>(std::ceil(90 / spacing)) + 1),
      known_(static_cast<std::size_t>(2 * reach_ + 1) * static_cast<std::size_t>(2 * reach_ + 1), 0) {}

std::optional<std::uint16_t> LatticeBins::bin_of(Cell cell, Gradient gradient) {
  const double steepness = std::sqrt(gradient.x * gradient.x + gradient.y * gradient.y);
  const double scale = steepness > 0 ? portable::atan_degrees(steepness) / steepness / spacing_ : 0;
  const std::uint64_t draws = number(Seed{0}, Purpose::dither, cell.x | std::uint64_t{cell.y} << 32);
  const int east = dithered(scale * gradient.x, draws & 0xFFFFFFFF);
  const int south = dithered(scale * gradient.y, draws >> 32);
  std::uint16_t& known =
      known_[static_cast<std::size_t>((south + reach_) * (2 * reach_ + 1) + east + reach_)];
  if (known == 0) {
    if (bins_.size() == most_lattice_bins) return std::nullopt;
    bins_.push_back(gradient_at(spacing_ * east, spacing_ * south));
    known = static_cast<std::uint16_t>(bins_.size());
  }
  return static_cast<std::uint16_t>(known - 1);
}

}  // namespace firesweep
