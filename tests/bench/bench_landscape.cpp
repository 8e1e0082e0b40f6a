#include "bench_landscape.hpp"

#include <algorithm>
#include <cmath>

namespace firesweep {
namespace {

std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
  x = (x ^ x >> 27) * 0x94D049BB133111EB;
  return x ^ x >> 31;
}

std::uint64_t hash(std::uint64_t salt, std::uint64_t x, std::uint64_t y) {
  return mixed(salt ^ mixed(x << 32 | y));
}

// The index of the nearest of some points, one in each square of a grid.
std::uint64_t patch_at(std::uint32_t x, std::uint32_t y, std::uint32_t side) {
  double best = 1e300;
  std::uint64_t nearest = 0;
  for (std::uint32_t j = y / side; j <= y / side + 2; ++j) {
    for (std::uint32_t i = x / side; i <= x / side + 2; ++i) {
      const std::uint64_t point = hash(1, i, j);
      const double dx = (i - 1.0 + static_cast<double>(point % 1024) / 1024) * side - x;
      const double dy = (j - 1.0 + static_cast<double>(point / 1024 % 1024) / 1024) * side - y;
      if (dx * dx + dy * dy >= best) continue;
      best = dx * dx + dy * dy;
      nearest = point;
    }
  }
  return nearest >> 20;
}

// Smooth noise of some wavelength [cells], -0.5..0.5.
double noise(double wavelength, std::uint32_t x, std::uint32_t y) {
  const double u = x / wavelength;
  const double v = y / wavelength;
  const auto i = static_cast<std::uint64_t>(u);
  const auto j = static_cast<std::uint64_t>(v);
  const auto smooth = [](double t) { return t * t * (3 - 2 * t); };
  const double a = smooth(u - static_cast<double>(i));
  const double b = smooth(v - static_cast<double>(j));
  const auto at = [&](std::uint64_t p, std::uint64_t q) {
    return std::ldexp(static_cast<double>(hash(static_cast<std::uint64_t>(wavelength), p, q) >> 11), -53) -
           0.5;
  };
  return (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) +
         (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b;
}

}  // namespace

std::shared_ptr<const Landscape> make_landscape(const BenchLandscape& choice, std::uint32_t side) {
  std::vector<FuelClass> table(choice.classes);
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i].code = static_cast<std::int32_t>(i);
    table[i].burn_steps = 1 + static_cast<std::uint32_t>(i) % choice.longest_burn_steps;
    table[i].burnable = i > 0 || choice.classes == 1 || choice.patch == 1;
    if (choice.classes > 1)
      table[i].spread = 0.6 + 0.9 * static_cast<double>(i) / static_cast<double>(choice.classes - 1);
  }
  LandscapeLayers layers{.extent = {side, side}, .fuel = {}, .elevation = {}};
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      const std::uint64_t patch = choice.patch == 1 ? hash(2, x, y) : patch_at(x, y, choice.patch);
      layers.fuel.push_back(static_cast<std::int32_t>(patch % choice.classes));
      if (!choice.is_hilly) continue;
      double height = 0;
      for (double wavelength = 512; wavelength >= 2; wavelength /= 2)
        height += 5 * std::pow(wavelength, 0.85) * noise(wavelength, x, y);
      layers.elevation.push_back(static_cast<float>(height));
    }
  }
  return std::make_shared<const Landscape>(layers, table, CellSize{30, 30});
}

}  // namespace firesweep
