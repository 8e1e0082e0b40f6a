#include "firesweep/model/spotting.hpp"

#include <cmath>

#include "firesweep/model/portable_math.hpp"

namespace firesweep {
namespace {

// (u + 1/2) / 2^32, inside (0, 1).
double share_of(std::uint32_t draw) {
  return std::ldexp(draw + 0.5, -32);
}

}  // namespace

EmberFlight::EmberFlight(const Spotting& spotting, const Weather& weather, CellSize size, double convergence)
    : spotting_(spotting),
      size_(size),
      downwind_(weather.wind_direction + 180 + convergence),
      is_calm_(weather.wind_speed == 0) {}

EmberFlight::Way EmberFlight::way(std::uint32_t distance_draw, std::uint32_t direction_draw) const {
  const double distance = spotting_.distance *
                          portable::exp(spotting_.sigma * portable::normal_quantile(share_of(distance_draw)));
  const double share = share_of(direction_draw);
  const portable::Turn to =
      portable::turn(is_calm_ ? 360 * share : downwind_ + spotting_.angle * portable::normal_quantile(share));
  return {distance * to.sine / size_.width, -(distance * to.cosine / size_.height)};
}

}  // namespace firesweep
