#pragma once

#include <cstdint>
#include <optional>

#include "firesweep/landscape/scenario.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// What becomes of the embers of a scenario in one weather, for every kernel alike. A cell that burns at a step throws an ember if its
/// trial of Purpose::ember succeeds; its more_draws() of that step say how far it flies, whereto, and whether it lights
/// vegetation, which then burns at the next step. Every ember tries on its own.
class Embers {
 public:
  /// Refers to the scenario's landscape.
  Embers(const Scenario& scenario, const Weather& weather);

  /// Of the trial that throws one.
  Threshold rate() const { return rate_; }

  struct Landing {
    std::optional<Cell> cell;  ///< none: the ember is lost, beyond the grid or where there is no land
    bool lights;               ///< whether it lights what can burn there
  };

  /// Returns where the ember lands that a cell throws at a step.
  Landing landing(Seed seed, std::uint32_t step, Cell from) const;

 private:
  Extent extent_;
  const Landscape* landscape_;
  Threshold rate_;
  Threshold ignition_;
  EmberFlight flight_;
};

/// The embers of a scenario in one weather, or none where they are off.
std::optional<Embers> embers_of(const Scenario& scenario, const Weather& weather);

}  // namespace firesweep
