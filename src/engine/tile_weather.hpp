#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "firesweep/landscape/scenario.hpp"

#include "embers.hpp"
#include "neighbour_set_tables.hpp"
#include "tile_operations.hpp"

namespace firesweep {

/// What steps of one weather look up: the rule of the spread, in the form that tiles want it, and where embers fly.
class TileSpread {
 public:
  /// Refers to the scenario's landscape. Throws InputError as SpreadRule does.
  TileSpread(const TileOperations& operations, const Scenario& scenario, const Weather& weather);

  Advance advance() const { return advance_; }
  const ThresholdPlanes& thresholds() const { return thresholds_; }  ///< of a rule that counts neighbours
  const NeighbourSetTables& by_set() const { return by_set_; }       ///< of one that asks which they are
  const Embers* embers() const { return embers_ ? &*embers_ : nullptr; }

 private:
  ThresholdPlanes thresholds_{};
  std::optional<NeighbourSetTableStore> store_;
  NeighbourSetTables by_set_{};
  Advance advance_ = nullptr;
  std::optional<Embers> embers_;
};

/// The weather of a scenario as tiles see it. What a period needs is made when the first fire reaches it, and kept for
/// the fires after it.
class TileWeather {
 public:
  TileWeather(const TileOperations& operations, const Scenario& scenario);

  /// Goes to the period of a step: 0 for a new fire, or the one after the step before.
  void go_to(const Scenario& scenario, std::uint32_t step) {
    if (step == 0 || step == next_change_) enter(scenario, step == 0 ? 0 : now_ + 1);
  }

  /// Goes to the period that holds at a step, whatever came before. Throws InputError as TileSpread does; all is then as it
  /// was.
  void go_on_at(const Scenario& scenario, std::uint32_t step);

  const TileSpread& spread() const { return *spread_; }

 private:
  struct Period {
    WeatherPeriod weather;
    std::unique_ptr<TileSpread> spread;
  };

  void enter(const Scenario& scenario, std::size_t period);

  TileOperations operations_;
  std::vector<Period> periods_;
  std::size_t now_ = 0;
  const TileSpread* spread_ = nullptr;
  std::uint32_t next_change_ = 0;  // a step; 0: there is none
};

}  // namespace firesweep
