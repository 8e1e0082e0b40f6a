#pragma once

#include "firesweep/statistics/mean.hpp"
#include "firesweep/statistics/nan.hpp"

namespace firesweep {

/// An estimate and its interval; NaN where it is not known.
struct Estimated {
  double value = nan;
  Interval interval{nan, nan};
};

/// What chance is in values of which each is a mean over seeds that all share.
struct DesignSpread {
  std::size_t rows = 0;             ///< that are used: all of their runs are ok
  std::size_t rows_dropped = 0;     ///< the others
  double mean = nan;                ///< over samples and seeds
  double standard_deviation = nan;  ///< of the expected value over samples; NaN for one seed
  double chance =
      nan;  ///< share of the variance of single runs that lies between the seeds of a sample; likewise
};

}  // namespace firesweep
