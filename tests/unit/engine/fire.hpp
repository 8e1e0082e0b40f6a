#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/model/danger_level.hpp"

// Scenarios that the engine's tests have in common.
namespace firesweep {

inline const TallyChoice everything{.burn_count = true, .arrival = true, .curves = true, .cell_counts = true};

/// One ignition at the centre, forced, in the weather of `level`.
inline Scenario centre_fire(Extent extent, DangerLevel level, double density = 0.85) {
  return {.extent = extent,
          .vegetation_density = density,
          .weather = weather_of(level),
          .spread = {},
          .ignition = IgnitionPoints{{extent.width / 2, extent.height / 2}},
          .on_bare_ground = OnBareGround::force,
          .max_steps = 100'000};
}

/// The same with p(n) = 1 for n >= 1.
inline Scenario certain_fire(Extent extent, double density = 1.0) {
  Scenario scenario = centre_fire(extent, DangerLevel::extreme, density);
  scenario.spread.base_rate = 1000;
  scenario.spread.max_probability = 1.0;
  return scenario;
}

/// Keeps the states of every step.
class Film final : public FireWatcher {
 public:
  Verdict at_step(std::uint32_t, const FireView& fire) override {
    frames.push_back(fire.states());
    return Verdict::go_on;
  }

  std::vector<std::vector<CellState>> frames;
};

/// States as a picture: . empty, v vegetation, * burning, # burnt; rows parted by '/'.
inline std::string picture(const std::vector<CellState>& states, std::uint32_t width) {
  constexpr std::string_view signs = ".v*#";
  std::string text;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (i > 0 && i % width == 0) text += '/';
    text += signs[static_cast<std::size_t>(states[i])];
  }
  return text;
}

}  // namespace firesweep
