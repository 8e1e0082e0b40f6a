#include "hillshade.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

/// A cell's elevation with that of its neighbours, NaN where there is none.
class Neighbourhood {
 public:
  Neighbourhood(Extent extent, std::span<const float> elevation, Cell centre) {
    for (std::uint32_t row = 0; row < 3; ++row) {
      for (std::uint32_t column = 0; column < 3; ++column) {
        const Cell cell{centre.x + column - 1, centre.y + row - 1};  // beyond the edge it wraps, to no cell
        if (extent.contains(cell)) heights_[row][column] = static_cast<double>(elevation[extent.index(cell)]);
      }
    }
  }

  double to_east() const {
    return weighted([&](std::size_t line, std::size_t place) { return heights_[line][place]; });
  }
  double to_south() const {
    return weighted([&](std::size_t line, std::size_t place) { return heights_[place][line]; });
  }

 private:
  /// The rise from one place of three to the next, of as much as is known of the three lines.
  template <class Height>
  static double weighted(const Height& height) {
    constexpr std::array<double, 3> weights = {1.0, 2.0, 1.0};
    double sum = 0.0;
    double weight = 0.0;
    for (std::size_t line = 0; line < weights.size(); ++line) {
      const double rise = rise_of(height(line, 0), height(line, 1), height(line, 2));
      if (std::isnan(rise)) continue;
      sum += weights[line] * rise;
      weight += weights[line];
    }
    return weight > 0.0 ? sum / weight : 0.0;
  }

  static double rise_of(double before, double centre, double after) {
    if (std::isnan(before)) return after - centre;
    if (std::isnan(after)) return centre - before;
    return (after - before) / 2.0;
  }

  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::array<std::array<double, 3>, 3> heights_ = {
      {{none, none, none}, {none, none, none}, {none, none, none}}};
};

}  // namespace

std::vector<float> hillshade(Extent extent, std::span<const float> elevation, CellSize cell,
                             double exaggeration) {
  expects(elevation.size() == extent.cells(), "every cell has an elevation or none");
  constexpr double up = std::numbers::sqrt2 / 2.0;  // of the direction of the sun, which is 1 long
  constexpr double aside = 0.5;                     // to the west as to the north
  std::vector<float> light(elevation.begin(), elevation.end());
  for (std::uint64_t i = 0; i < light.size(); ++i) {
    if (std::isnan(elevation[i])) continue;
    const Neighbourhood heights(extent, elevation, extent.cell(i));
    const double east = exaggeration * heights.to_east() / cell.width;
    const double south = exaggeration * heights.to_south() / cell.height;
    const double cosine = (up + aside * (east + south)) / std::sqrt(1.0 + east * east + south * south);
    light[i] = static_cast<float>(std::max(0.0, cosine));
  }
  return light;
}

std::uint8_t relief_level(float light) {
  constexpr double level = std::numbers::sqrt2 / 2.0;
  constexpr double darkest = 0.2;
  constexpr int lighter_levels = relief_levels - 1 - level_ground;
  if (std::isnan(light)) return level_ground;
  const double more = static_cast<double>(light) - level;
  const double levels =
      more > 0.0 ? more / (1.0 - level) * lighter_levels : more / (level - darkest) * level_ground;
  return static_cast<std::uint8_t>(std::max(0L, level_ground + std::lround(levels)));
}

std::vector<std::uint8_t> relief_of(Extent extent, std::span<const float> elevation, CellSize cell) {
  if (elevation.empty()) return {};
  constexpr double exaggeration = 2.0;
  const std::vector<float> light = hillshade(extent, elevation, cell, exaggeration);
  std::vector<std::uint8_t> levels(light.size());
  std::ranges::transform(light, levels.begin(), relief_level);
  return levels;
}

}  // namespace firesweep
