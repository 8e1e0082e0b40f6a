#include "fire_ground.hpp"

#include <array>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/ground.hpp"

#include "hillshade.hpp"
#include "look.hpp"
#include "map_scale.hpp"

namespace firesweep {
namespace {

/// The elevation of the landscape that a fire burns on [m]; empty if there is none.
std::span<const float> elevation_of(const Experiment& experiment, const Landscape* burning) {
  for (const LandscapeInput* input : landscape_inputs(experiment))
    if (burning != nullptr && input->landscape.get() == burning && input->layers)
      return input->layers->elevation;
  return {};
}

}  // namespace

FireGround::FireGround(const ReplayedFire& fire)
    : placement_(fire.plan.experiment().ground.placement),
      step_minutes_(fire.plan.experiment().ground.step_minutes) {
  if (!placement_) return;
  const Experiment& experiment = fire.plan.experiment();
  const Scenario scenario = fire.plan.scenario(fire.scenario);
  landscape_ = scenario.landscape;
  relief_ = relief_of(scenario.extent, elevation_of(experiment, landscape_.get()), cell_size_of(placement_));
  if (scenario.spread.wind_directionality > 0.0) weather_ = weather_periods(scenario);
}

std::span<const Colour> FireGround::colours() const {
  static const auto on_ground = ground_colours();
  return is_known() ? std::span<const Colour>(on_ground) : std::span<const Colour>(fire_colours);
}

std::uint8_t FireGround::paper() const {
  return is_known() ? ground_paper : fire_paper;
}

std::span<const std::uint8_t> FireGround::inks() const {
  static constexpr std::array only_ink = {fire_ink};
  return is_known() ? std::span<const std::uint8_t>(ground_inks) : std::span<const std::uint8_t>(only_ink);
}

std::uint8_t FireGround::colour(GroundKind kind) const {
  return is_known() ? ground_colour(kind, level_ground) : static_cast<std::uint8_t>(kind);
}

std::uint8_t FireGround::colour(Cell cell, std::uint64_t index, CellState state) const {
  if (!is_known()) return static_cast<std::uint8_t>(state);
  const std::uint8_t level = relief_.empty() ? level_ground : relief_[index];
  const bool may_be_unburnable = state == CellState::empty && landscape_;
  if (may_be_unburnable && !landscape_->is_land(cell)) return ground_no_land;
  if (may_be_unburnable && !landscape_->is_burnable(cell))
    return ground_colour(GroundKind::unburnable, level);
  return ground_colour(static_cast<GroundKind>(state), level);
}

std::optional<double> FireGround::wind_to(std::uint32_t step) const {
  std::optional<double> found;
  for (const WeatherPeriod& period : weather_)
    if (period.first_step <= step) found = period.weather.wind_direction + 180.0;
  return found;
}

Marginalia FireGround::marginalia(double cells_per_pixel, std::uint32_t step) const {
  expects(is_known(), "somebody has said where the landscape lies");
  Marginalia marginalia{cell_size_of(placement_).width * cells_per_pixel, placement_->convergence};
  if (const auto direction = wind_to(step)) marginalia.wind_to = *direction + placement_->convergence;
  return marginalia;
}

double FireGround::hectares(std::uint64_t cells) const {
  expects(is_known(), "somebody has said how large a cell is");
  return static_cast<double>(cells) * cell_hectares(*placement_);
}

}  // namespace firesweep
