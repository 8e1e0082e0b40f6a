#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include "firesweep/engine/stepped_fire.hpp"
#include "firesweep/ensemble/performance.hpp"

#include "turns.hpp"

namespace firesweep::python {

/// What a fire spends its time on.
enum class FirePhase : std::uint8_t {
  step,    ///< taking a step
  states,  ///< bringing the states of its cells up to date
};
inline constexpr std::array all_fire_phases = {FirePhase::step, FirePhase::states};

/// A fire for Python: any thread may call anything at any time. Whatever takes its time does so without the interpreter's lock,
/// and with the fire's own; nobody waits for the former while holding the latter.
class Fire {
 public:
  /// `burnable_cells` is what shares are of.
  Fire(Scenario scenario, Seed seed, std::uint64_t burnable_cells, int threads);

  const Extent& extent() const { return extent_; }
  std::uint64_t seed() const { return seed_; }
  std::uint32_t max_steps() const { return max_steps_; }

  // As of the last step that anybody has taken.
  std::uint64_t burning() const { return burning_.load(std::memory_order_relaxed); }
  std::uint64_t burnt() const { return burnt_.load(std::memory_order_relaxed); }
  std::uint32_t steps() const { return steps_.load(std::memory_order_relaxed); }

  bool ignite(pybind11::handle x, pybind11::handle y, bool is_strict);
  void set_weather(const WeatherParts& parts);
  Weather weather();
  void reset(std::optional<Seed> seed);

  /// How far to go, and whom to tell.
  struct Course {
    std::uint64_t most_steps;                      ///< to take
    std::uint64_t last_step;                       ///< never go beyond it
    bool is_until_out = true;                      ///< else time goes on when nothing burns
    pybind11::object progress = pybind11::none();  ///< is called with the fire, between steps
    std::uint64_t every = 1;                       ///< steps
  };
  /// Burns on, and returns the steps taken. The interpreter gets its turn some ten times a second: signals are heeded then.
  std::uint64_t burn(const Course& course, pybind11::handle self);
  /// Has all calls of burn() return after the step that they take. Returns whether there are any.
  bool stop();

  /// A read-only array on the fire's own memory, which `self` keeps, brought up to date.
  pybind11::array states(pybind11::handle self);
  /// The states from now on, shape (steps + 1, height, width).
  pybind11::array film(const Course& course);
  pybind11::array history();
  pybind11::dict stats();

  pybind11::dict performance();
  void reset_performance();

 private:
  struct Way {
    std::uint64_t steps = 0;
    bool is_over = false;
  };
  Way go(const Course& course, std::uint64_t most_steps, std::uint64_t stops);
  bool is_over(const Course& course) const;
  void step();
  void note();

  Timing& timing(FirePhase phase) { return timings_[static_cast<std::size_t>(phase)]; }

  Turns turns_;  // of all below, but for what is atomic and what never changes
  SteppedFire fire_;
  std::array<Timing, all_fire_phases.size()> timings_;
  Extent extent_;
  std::uint64_t burnable_cells_;
  std::uint32_t max_steps_;
  std::atomic<std::uint64_t> seed_;
  std::atomic<std::uint64_t> burning_;
  std::atomic<std::uint64_t> burnt_;
  std::atomic<std::uint32_t> steps_;
  bool has_states_ = false;               // memory for them
  std::atomic<int> burns_ = 0;            // calls of burn() in progress
  std::atomic<std::uint64_t> stops_ = 0;  // calls of stop() so far
};

}  // namespace firesweep::python
