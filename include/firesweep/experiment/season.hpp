#pragma once

#include <cstddef>
#include <vector>

#include "firesweep/check/matrix_shape.hpp"

namespace firesweep {

/// The year that a matrix of fires adds up to: how often each weather comes with fires, and how these are lit. Fires
/// are independent, and Poisson.
struct Season {
  /// Days with one weather.
  struct Days {
    double days_per_year = 0.0;  ///< [day year-1], >= 0
    double fires_per_day = 0.0;  ///< ignitions as the experiment makes them [day-1], >= 0

    double fires_per_year() const { return days_per_year * fires_per_day; }
    friend bool operator==(const Days&, const Days&) = default;
  };

  /// An axis whose values mix.
  struct Mixture {
    std::size_t axis;            ///< index into Experiment::axes
    std::vector<double> shares;  ///< of its values [1], >= 0; their sum is 1

    friend bool operator==(const Mixture&, const Mixture&) = default;
  };

  static constexpr double longest_year = 366.0;  ///< [day]

  std::size_t weather_axis = 0;  ///< danger levels or named weathers; index into Experiment::axes
  std::vector<Days> days;        ///< of its values
  std::vector<Mixture> mixtures;
  std::vector<double> return_periods = {10.0, 50.0, 100.0};  ///< [year], > 0, strictly increasing

  /// Whether the year is estimated for each value of an axis apart.
  bool keeps(std::size_t axis) const;

  friend bool operator==(const Season&, const Season&) = default;
};

/// A scenario as a part of a year.
struct SeasonScenario {
  std::size_t scenario;
  double rate;  ///< of its fires [year-1]
};

/// Returns the parts of each year that the matrix has, shape (lengths of the axes that the season keeps.., parts).
std::vector<std::vector<SeasonScenario>> seasons_of(const Season& season, const MatrixShape& matrix);

}  // namespace firesweep
