#pragma once

#include <cstddef>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/experiment/stopping_rule.hpp"
#include "firesweep/statistics/estimated.hpp"

namespace firesweep {

/// How well a scenario's estimate is known beside what is asked.
struct Precision {
  Estimated estimate;
  double half_width = nan;  ///< of its interval, relative if the target is
  bool is_met = false;      ///< never where it is not known, or where a share of an estimate of 0 is asked
};

/// What is known of a target from the first `seeds` runs of a scenario, by the interval that results files have of the
/// estimate: Wilson's of shares, Student's t of means, that of order statistics of quantiles.
///
/// The interval of a mean over runs that are all alike would have no width. It is judged instead by what may be there unseen:
/// as large a share of other runs as none of so many leaves open (Wilson), which may be anything from 0 to the most there
/// is. So a loss that is rare is not called known before the number of runs says that it is rare enough.
///
/// Looking repeatedly makes intervals too short: a sample whose spread happens to be small is where one stops. So the
/// interval that is judged has a higher confidence than the one that is reported, stopping_confidence(), but for shares of 0
/// and 1, which say nothing of a spread. Measured (tests/bench/until_coverage.txt), intervals of 95 % then cover in 93.5 to
/// 97 % of ensembles from 200 seeds at first on, whatever is estimated; with 50 at first, means of sizes of which few are
/// large in 91 to 95 %, as they do without any stopping.
Precision precision_of(const Results& results, std::size_t scenario, std::size_t seeds,
                       const PrecisionTarget& target);

/// The confidence at which a half-width is judged: 1 - (1 - confidence) / 2.
double stopping_confidence(double confidence);

/// How many targets of the experiment the first `seeds` runs of a scenario meet.
std::size_t targets_met(const Results& results, std::size_t scenario, std::size_t seeds);

/// The seeds that each scenario has, shape (scenarios): those of the first stage that is not complete, or that meets the
/// targets, or is the last; but never fewer than are known already, so that nothing that was made is lost. As it follows
/// from the runs alone, it is the same whatever else has come back, and in whatever order. Without a rule all seeds.
std::vector<std::size_t> stages_of(const Results& results);

/// The seeds that a scenario is expected to take from what its runs so far say, as half-widths shrink with the root of their
/// number: one of the rule's stages. The last where nothing can be said.
std::size_t expected_seeds(const Results& results, std::size_t scenario);

/// The plan of the experiment whose scenarios have so many seeds.
Plan plan_of_stages(const Plan& plan, std::vector<std::size_t> stages);

}  // namespace firesweep
