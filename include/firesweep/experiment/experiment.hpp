#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/experiment/assets.hpp"
#include "firesweep/experiment/axis.hpp"
#include "firesweep/experiment/ground.hpp"
#include "firesweep/experiment/season.hpp"
#include "firesweep/experiment/seeds.hpp"
#include "firesweep/experiment/stopping_rule.hpp"
#include "firesweep/landscape/scenario.hpp"

namespace firesweep {

/// A run may not be allowed more steps, so that a step and the one after it always fit a 32-bit counter.
inline constexpr std::uint32_t max_steps_limit = 1'000'000'000;

/// What a user chooses to keep and to estimate.
struct OutputChoices {
  bool maps = true;                                   ///< burn counts and probabilities per cell
  bool arrival = false;                               ///< mean arrival step per cell
  bool curves = true;                                 ///< burning and burnt per step
  bool run_curves = false;                            ///< burning cells per step of every run
  bool paired_maps = false;                           ///< which cells burn in one of two compared fires only
  bool cell_counts = false;                           ///< count empty and vegetated cells of every run
  std::vector<double> thresholds = {0.01, 0.1, 0.5};  ///< burn fractions, strictly increasing in [0, 1)
  std::vector<double> quantiles = {0.05, 0.25, 0.5, 0.75, 0.95, 0.99};  ///< strictly increasing in (0, 1)
  double confidence = 0.95;                                             ///< of every interval, in (0, 1)
  std::vector<std::string> compare =
      {};  ///< names of the axes that are compared; none: as compared_axes() says

  friend bool operator==(const OutputChoices&, const OutputChoices&) = default;
};

enum class OnFailure : std::uint8_t {
  go_on,  ///< "continue": a failed run is a record like any other
  stop,   ///< "stop": the first failed run ends the ensemble
};

inline constexpr std::array all_on_failure = {OnFailure::go_on, OnFailure::stop};

/// As in experiment files: "continue", "stop".
std::string_view name(OnFailure choice);

/// How many runs may fail: a number of runs, or a share of all runs if `is_share`.
struct FailureAllowance {
  double amount = 0.0;
  bool is_share = false;

  /// The largest number of failed runs, of `runs` in all, that is within the allowance.
  std::uint64_t runs_of(std::uint64_t runs) const;

  friend bool operator==(const FailureAllowance&, const FailureAllowance&) = default;
};

/// Scenarios to leave out: all whose coordinate on every axis named here is the given one.
struct Exclusion {
  struct Coordinate {
    std::size_t axis;   ///< index into Experiment::axes
    std::size_t value;  ///< index along that axis

    friend bool operator==(const Coordinate&, const Coordinate&) = default;
  };
  std::vector<Coordinate> coordinates;

  friend bool operator==(const Exclusion&, const Exclusion&) = default;
};

/// What the user wrote, resolved: every default filled in, every name looked up, everything valid.
struct Experiment {
  std::string name;
  Scenario base;  ///< landscape, weather overrides, model constants; the axes write over it
  Ground ground;
  std::vector<Axis>
      axes;     ///< in the order of the file; ignition_set always, danger_level or explicit weather
  Seeds seeds;  ///< distinct, at least one; with `until` a range, those that the scenarios have so far
  std::optional<StoppingRule> until;  ///< seeds grow until it is met
  std::set<std::string_view>
      overrides;  ///< names of the parameters in base.weather that hold for every danger level
  std::vector<Exclusion> exclude;
  OutputChoices outputs;
  std::vector<Assets> assets;    ///< what is at stake, in the order of the file
  std::optional<Season> season;  ///< the year that its fires add up to
  OnFailure on_failure = OnFailure::go_on;
  FailureAllowance max_failed;

  /// Whether fires burn on rasters, of all scenarios or of the values of an axis.
  bool has_rasters() const;

  /// Whether a class of fuel burns for more than a step.
  bool has_residence() const;

  /// Whether cells throw embers in a scenario.
  bool has_spotting() const;

  /// Whether an ignition set is drawn anew for every seed.
  bool has_random_ignition() const;

  /// Whether one of them is drawn by a raster.
  bool has_ignition_density() const;

  /// The most periods of weather that a scenario has: 1 where the weather does not change.
  std::size_t most_weather_periods() const;

  /// Whether the weather of a scenario is known for a time only.
  bool has_weather_end() const;

  /// What burn fractions are of: the cells that can burn in at least one landscape. Without rasters all.
  std::uint64_t burnable_cells() const { return has_rasters() ? ground.burnable_cells : base.extent.cells(); }

  friend bool operator==(const Experiment&, const Experiment&) = default;
};

/// The landscapes of its matrix, in the order of the axis; or the only one; none without rasters.
std::vector<LandscapeInput*> landscape_inputs(Experiment& experiment);
std::vector<const LandscapeInput*> landscape_inputs(const Experiment& experiment);

/// The same as far as they are made; none unless all are.
std::vector<std::shared_ptr<const Landscape>> landscapes_of(const Experiment& experiment);

/// The samples of its design, the last axis; null if it has none.
const SampleAxis* samples_of(const Experiment& experiment);

/// The ignition sets of its matrix, in the order of the axis.
std::vector<NamedIgnitionSet*> ignition_sets(Experiment& experiment);
std::vector<const NamedIgnitionSet*> ignition_sets(const Experiment& experiment);

/// Makes NamedIgnitionSet::starts of the random sets, as far as what they need is known. Sets of one landscape that are
/// drawn from anywhere need none.
void make_start_cells(Experiment& experiment);

/// The classes of fuel of the ground, and those that its alternatives give themselves.
std::vector<FuelClass> all_fuel_classes(const Experiment& experiment);

}  // namespace firesweep
