#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace firesweep {

/// How well an estimate shall be known.
struct PrecisionTarget {
  enum class Of : std::uint8_t {
    mean,        ///< mean burn fraction
    exceedance,  ///< share of runs over a threshold
    quantile,    ///< of the burn fraction
    started,     ///< share of runs in which a fire starts
    loss,        ///< mean of what is lost of a set of assets
  };

  Of of = Of::mean;
  double at = 0.0;          ///< the threshold, or the quantile
  std::string assets = {};  ///< the set
  double half_width = 0.0;  ///< of its interval, > 0: in its unit, or as a share of the estimate
  bool is_relative = false;

  friend bool operator==(const PrecisionTarget&, const PrecisionTarget&) = default;
};

/// When a scenario has seeds enough: they grow in stages, each twice the one before, until all targets are met by exactly
/// the seeds of the stage, or the last stage is reached.
struct StoppingRule {
  std::size_t first_stage = 0;  ///< seeds
  std::size_t most = 0;         ///< seeds of the last stage, >= first_stage
  std::vector<PrecisionTarget> targets = {};

  /// The seeds of the stage after one; those of the last after the last.
  std::size_t next(std::size_t stage) const { return stage > most / 2 ? most : 2 * stage; }

  /// The least stage of so many seeds or more; the last if none has.
  std::size_t stage_of(std::size_t seeds) const {
    std::size_t stage = first_stage;
    while (stage < seeds && stage < most) stage = next(stage);
    return stage;
  }

  friend bool operator==(const StoppingRule&, const StoppingRule&) = default;
};

/// What its targets ask for: "the share of fires > 10 % to +-0.02 and the mean burn fraction to 5 % of it".
std::string targets_text(const StoppingRule& rule);

}  // namespace firesweep
