#pragma once

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace firesweep {

/// Computes in double throughout, because long double has another width on another machine; a quantile of a
/// discrete distribution is the least integer whose distribution function reaches the probability (Boost's
/// default is not).
using StatisticsPolicy = boost::math::policies::policy<
    boost::math::policies::promote_double<false>,
    boost::math::policies::discrete_quantile<boost::math::policies::integer_round_up>>;

using Binomial = boost::math::binomial_distribution<double, StatisticsPolicy>;
using Normal = boost::math::normal_distribution<double, StatisticsPolicy>;
using StudentsT = boost::math::students_t_distribution<double, StatisticsPolicy>;

/// The probability left out on each side of a two-sided interval. It is used from the upper end as a
/// complement, where (1 + confidence) / 2 would round to 1.
inline double tail_of(double confidence) {
  return 0.5 * (1.0 - confidence);
}

}  // namespace firesweep
