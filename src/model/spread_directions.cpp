#include "firesweep/model/spread_directions.hpp"

#include <algorithm>
#include <cmath>

#include "firesweep/model/portable_math.hpp"

namespace firesweep {
namespace {

constexpr double steepest = 45.0;  // [degrees]

// Of length 1, to the east and to the south of the grid.
struct Heading {
  double x;
  double y;
};

Heading from_neighbour(NeighbourOffset neighbour, CellSize size) {
  const double x = -neighbour.dx * size.width;
  const double y = -neighbour.dy * size.height;
  const double length = std::sqrt(x * x + y * y);
  return {x / length, y / length};
}

}  // namespace

ByNeighbour wind_factors(const Weather& weather, const SpreadParameters& parameters, CellSize size,
                         double convergence) {
  const portable::Turn to = portable::turn(weather.wind_direction + 180 + convergence);
  const double strength = parameters.wind_directionality * weather.wind_speed;
  ByNeighbour factors{};
  double sum = 0;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const Heading heading = from_neighbour(neighbours[i], size);
    const double cosine = heading.x * to.sine - heading.y * to.cosine;
    factors[i] = portable::exp(strength * (cosine - 1));
    sum += factors[i];
  }
  if (parameters.form == Form::alexandridis) return factors;
  for (double& factor : factors) factor = factor * static_cast<double>(factors.size()) / sum;
  return factors;
}

ByNeighbour slope_factors(Gradient gradient, double slope_coefficient, CellSize size) {
  ByNeighbour factors{};
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const Heading heading = from_neighbour(neighbours[i], size);
    const double angle = portable::atan_degrees(gradient.x * heading.x + gradient.y * heading.y);
    factors[i] = portable::exp(slope_coefficient * std::clamp(angle, -steepest, steepest));
  }
  return factors;
}

}  // namespace firesweep
