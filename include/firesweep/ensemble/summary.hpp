#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/run_columns.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"
#include "firesweep/statistics/modes.hpp"
#include "firesweep/statistics/nan.hpp"

namespace firesweep {

/// The two kinds of fire of a bimodal distribution. They describe the runs there are and have no intervals:
/// the runs themselves decide where the border lies. Estimates at thresholds, which they do not, have. NaN
/// where the distribution has one mode.
struct TwoKinds {
  ModeSplit modes{unknown, unknown, unknown, unknown};
  Interval upper_share_bounds{unknown, unknown};
  Interval upper_mean_bounds{unknown, unknown};

  static constexpr double unknown = nan;
};

/// Estimates from the burn fractions of one scenario. "Bounds" are those on the estimate if all runs that are
/// not ok had gone either way.
struct Summary {
  std::size_t runs_ok = 0;
  std::size_t runs_started = 0;  ///< of the runs ok, those with an ignition or more
  std::size_t runs_cut_off = 0;  ///< of the runs ok, those that max_steps ended while cells were burning
  double started = 0.0;          ///< their share of the runs ok
  Interval started_ci;           ///< Wilson
  Mean mean;
  Interval mean_ci;
  Interval mean_bootstrap_ci;  ///< NaN unless asked for
  Interval mean_bounds;
  std::vector<double> quantile;                  ///< shape (quantiles)
  std::vector<Interval> quantile_ci;             ///< shape (quantiles)
  std::vector<Interval> quantile_bounds;         ///< shape (quantiles)
  std::vector<double> cvar;                      ///< mean of the worst (1 - q) share, shape (quantiles)
  std::vector<Interval> cvar_bounds;             ///< shape (quantiles)
  std::vector<double> exceedance;                ///< share of runs over the threshold, shape (thresholds)
  std::vector<Interval> exceedance_ci;           ///< Wilson, shape (thresholds)
  std::vector<Interval> exceedance_band;         ///< DKW, for all thresholds at once, shape (thresholds)
  std::vector<Interval> exceedance_bounds;       ///< shape (thresholds)
  std::vector<double> exceedance_size;           ///< mean of the runs over the threshold, shape (thresholds)
  std::vector<Interval> exceedance_size_ci;      ///< Student's t, shape (thresholds)
  std::vector<Interval> exceedance_size_bounds;  ///< shape (thresholds)
  TwoKinds kinds;

  bool is_bimodal() const { return !std::isnan(kinds.modes.border); }
};

/// Summarises burn fractions given in the order of their seeds, of which those that are NaN are runs that are
/// not ok. With `words` to draw from, also by the bootstrap. The same of anything else that runs come to, from 0 to
/// `most`.
Summary summarise(std::vector<double> burn_fractions, const OutputChoices& choices,
                  const RandomWords& words = {}, double most = 1.0);

/// The same with no memory for as many values: it leaves them in another order.
Summary summarise_in_place(std::span<double> burn_fractions, const OutputChoices& choices,
                           const RandomWords& words = {}, double most = 1.0);

/// Counts the runs of a scenario that started and that were cut off into its summary, and estimates the share
/// of those that start.
void add_starts(Summary& summary, const RunRows& records, double confidence);

/// Burn fractions of a scenario's records over `cells` cells, NaN unless ok, in the order of their seeds.
std::vector<double> burn_fractions(const RunRows& records, std::uint64_t cells);
void burn_fractions(const RunRows& records, std::uint64_t cells, std::span<double> fractions);

/// The same without the runs that are known to have never started.
void burn_fractions_given_start(const RunRows& records, std::uint64_t cells, std::vector<double>& fractions);

/// Whether a run of so many ignitions is known to have never started.
inline bool never_started(const RunRows& records, std::size_t run, std::uint64_t ignitions) {
  return ignitions == 0 && records.status(run) == RunStatus::ok;
}

/// How many of the runs started: of those that are not ok none did.
std::size_t started_runs(const RunRows& records);

}  // namespace firesweep
