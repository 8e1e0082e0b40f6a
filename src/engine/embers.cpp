#include "embers.hpp"

#include <cmath>

namespace firesweep {
namespace {

EmberFlight flight_of(const Scenario& scenario, const Weather& weather) {
  const Landscape* landscape = scenario.landscape.get();
  return {scenario.spotting, weather, landscape ? landscape->cell_size() : scenario.cell_size,
          landscape ? landscape->convergence() : 0.0};
}

// The column or row that lies `way` away from the centre of another; none beyond `length`, NaN included.
std::optional<std::uint32_t> moved(std::uint32_t from, double way, std::uint32_t length) {
  const double to = std::floor(from + 0.5 + way);
  if (!(to >= 0 && to < length)) return std::nullopt;
  return static_cast<std::uint32_t>(to);
}

}  // namespace

Embers::Embers(const Scenario& scenario, const Weather& weather)
    : extent_(scenario.extent),
      landscape_(scenario.landscape.get()),
      rate_(threshold(scenario.spotting.rate)),
      ignition_(threshold(scenario.spotting.ignition)),
      flight_(flight_of(scenario, weather)) {}

Embers::Landing Embers::landing(Seed seed, std::uint32_t step, Cell from) const {
  const auto draws = more_draws(seed, Purpose::ember, step, from.x, from.y);
  const EmberFlight::Way way = flight_.way(draws[0], draws[1]);
  const auto x = moved(from.x, way.x, extent_.width);
  const auto y = moved(from.y, way.y, extent_.height);
  Landing landing{std::nullopt, draws[2] < static_cast<std::uint64_t>(ignition_)};
  if (x && y && (landscape_ == nullptr || landscape_->is_land({*x, *y}))) landing.cell = Cell{*x, *y};
  return landing;
}

std::optional<Embers> embers_of(const Scenario& scenario, const Weather& weather) {
  if (scenario.spotting.rate == 0) return std::nullopt;
  return Embers(scenario, weather);
}

}  // namespace firesweep
