#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "firesweep/landscape/scenario.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// One fire in the hands of its user, who lights cells and changes the weather between steps. Lit by its scenario alone, it
/// is the fire of Kernel::run with the same scenario and seed, step by step; but it may go on beyond max_steps.
///
/// One thread at a time.
class SteppedFire {
 public:
  /// Burning and burnt cells at a step.
  struct Counts {
    std::uint64_t burning = 0;
    std::uint64_t burnt = 0;
  };

  /// Spreads the fire over so many threads, at least 1. Throws InputError as SpreadRule does for the weather of step 0.
  SteppedFire(Scenario scenario, Seed seed, int threads = 1);
  ~SteppedFire();
  SteppedFire(const SteppedFire&) = delete;
  SteppedFire& operator=(const SteppedFire&) = delete;

  /// Goes back to step 0, its weather and the cells that the scenario lights, on the landscape of `seed`.
  void reset(Seed seed);

  /// As it was made, but with the weather as it has been changed since.
  const Scenario& scenario() const;
  Seed seed() const;

  /// Sets a cell of the grid on fire if it is vegetation. Returns what it was.
  CellState ignite(Cell cell);

  /// Has these parts of the weather hold from the next step on; others stay as they are now. Changes that the scenario had in
  /// store do not come. Throws InputError as SpreadRule does; the weather is then as it was.
  void set_weather(const WeatherParts& parts);

  /// That of the next step.
  Weather weather() const;

  /// Takes a step, also if nothing burns: then only time goes on. Throws InputError as SpreadRule does, and takes none, if the
  /// weather changes to one that is beyond its limits. At most 2^32 - 2 steps are taken.
  void step();

  std::uint32_t steps() const { return static_cast<std::uint32_t>(history_.size() - 1); }
  std::uint64_t burning() const { return history_.back().burning; }
  std::uint64_t burnt() const { return history_.back().burnt; }

  /// Of every step from 0 on.
  const std::vector<Counts>& history() const { return history_; }

  /// Vegetation at step 0, burning included. The first time it takes a look at the whole landscape.
  std::uint64_t vegetated_cells() const;

  /// Returns the CellState of every cell, shape (height, width). They stay where they are as long as this fire lives, and as
  /// they are until the next call, which writes what has changed.
  std::span<const CellState> states();

 private:
  struct Parts;

  void note_counts();

  std::unique_ptr<Parts> parts_;
  std::vector<Counts> history_;
};

}  // namespace firesweep
