#include "firesweep/statistics/elementary_effects.hpp"

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "random_stream.hpp"

using namespace firesweep;

namespace {

constexpr double by = 2.0 / 3.0;

/// Trajectories of f in three parameters, each moved up once, in order, from a random start; noise of each run.
struct Trajectories {
  std::vector<double> values;
  std::vector<TrajectoryStep> steps;
};

Trajectories trajectories(std::size_t rows, std::size_t seeds, double noise, const auto& f) {
  const RandomStream stream(11);
  const RandomStream luck(12);
  Trajectories made;
  std::uint64_t drawn = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> u(3);
    for (std::size_t k = 0; k < 3; ++k) u[k] = uniform(stream(3 * row + k)) < 0.5 ? 0.0 : 1.0 / 3.0;
    const auto run = [&] {
      for (std::size_t s = 0; s < seeds; ++s) {
        const double normal = std::sqrt(-2.0 * std::log(1.0 - uniform(luck(2 * drawn)))) *
                              std::cos(2.0 * std::numbers::pi * uniform(luck(2 * drawn + 1)));
        ++drawn;
        made.values.push_back(f(u) + noise * normal + 10.0 * static_cast<double>(s));
      }
    };
    run();
    for (std::size_t k = 0; k < 3; ++k) {
      u[k] += by;
      made.steps.push_back({k, by});
      run();
    }
  }
  return made;
}

}  // namespace

TEST_CASE("elementary effects of a linear function are its coefficients, and do not differ") {
  const Trajectories made =
      trajectories(20, 4, 0.0, [](const std::vector<double>& u) { return 3.0 * u[0] - 2.0 * u[1]; });
  const EffectsOfDesign found = elementary_effects(made.values, made.steps, 3, 4, 0.95, RandomStream(1));
  const std::vector<double> coefficients = {3.0, -2.0, 0.0};
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(found.parameters[k].mean.value == Approx(coefficients[k]).margin(1e-12));
    CHECK(found.parameters[k].mean_absolute.value == Approx(std::abs(coefficients[k])).margin(1e-12));
    CHECK(found.parameters[k].standard_deviation.value == Approx(0.0).margin(1e-6));
    CHECK(found.parameters[k].mean.interval.lower == Approx(coefficients[k]).margin(1e-9));
  }
}

TEST_CASE("effects that depend on another parameter differ") {
  const Trajectories made =
      trajectories(400, 4, 0.0, [](const std::vector<double>& u) { return u[0] * u[1]; });
  const EffectsOfDesign found = elementary_effects(made.values, made.steps, 3, 4, 0.95, RandomStream(1));
  // The first moves where the second is 0 or 1/3, each half of the time.
  CHECK(found.parameters[0].mean.value == Approx(1.0 / 6.0).margin(0.03));
  CHECK(found.parameters[0].standard_deviation.value == Approx(1.0 / 6.0).margin(0.01));
}

TEST_CASE("noise of few seeds is taken out of the differences of effects") {
  const Trajectories made =
      trajectories(400, 5, 2.0, [](const std::vector<double>& u) { return 3.0 * u[0] + u[1] * u[2]; });
  const EffectsOfDesign found = elementary_effects(made.values, made.steps, 3, 5, 0.95, RandomStream(1));
  const double noise = 2.0 * std::sqrt(2.0 / 5.0) / by;  // of an effect
  CHECK(found.parameters[0].mean.value == Approx(3.0).margin(4.0 * noise / 20.0));
  CHECK(found.parameters[0].standard_deviation.value < 0.4 * noise);
  // Of the third, times u[1] of 2/3 and more or nothing, hardly more than noise is seen.
  CHECK(found.parameters[0].mean_absolute_inert ==
        Approx(noise * std::sqrt(2.0 / std::numbers::pi)).epsilon(0.1));
  CHECK(found.parameters[0].mean.interval.lower < 3.0);
  CHECK(found.parameters[0].mean.interval.upper > 3.0);
}

TEST_CASE("what a seed does to the effects of all trajectories alike is no noise in their differences") {
  // The first moves where the second is 0 or 1/3, so its effects 1 + u[1] differ by a standard deviation of 1/6; and
  // each seed tilts them all.
  const std::vector<double> tilt = {-3.0, -1.5, 0.0, 1.5, 3.0};
  Trajectories made =
      trajectories(200, 5, 0.0, [](const std::vector<double>& u) { return u[0] * (1.0 + u[1]); });
  for (std::size_t i = 0; i < made.values.size() / 5; ++i)
    for (std::size_t s = 0; s < 5 && i % 4 > 0; ++s) made.values[5 * i + s] += by * tilt[s];
  const EffectsOfDesign found = elementary_effects(made.values, made.steps, 3, 5, 0.95, RandomStream(1));
  CHECK(found.parameters[0].mean.value == Approx(7.0 / 6.0).margin(0.04));
  CHECK(found.parameters[0].standard_deviation.value == Approx(1.0 / 6.0).margin(0.01));
}

TEST_CASE("effects of six trajectories are those that are published") {
  // A. Saltelli et al., Global Sensitivity Analysis: The Primer, 2008, exercise 4 of chapter 3.
  const std::vector<double> first = {2.52, 2.01, 2.30, -0.66, -0.93, -1.30};
  const std::vector<double> second = {-0.39, 0.13, 0.80, 0.25, -0.02, 0.51};
  Trajectories made;
  for (std::size_t row = 0; row < 6; ++row) {
    double value = 1.0;
    const auto run = [&] {
      made.values.insert(made.values.end(), {value, value});
    };  // two seeds without noise
    run();
    for (const auto& [parameter, effect] : {std::pair(std::size_t{0}, first[row]), {1, second[row]}}) {
      const double move = row % 2 == 0 ? by : -by;
      value += effect * move;
      made.steps.push_back({parameter, move});
      run();
    }
  }
  const EffectsOfDesign found = elementary_effects(made.values, made.steps, 2, 2, 0.95, RandomStream(1));
  CHECK(found.parameters[0].mean.value == Approx(0.66).margin(0.005));
  CHECK(found.parameters[0].mean_absolute.value == Approx(1.62).margin(0.005));
  CHECK(found.parameters[0].standard_deviation.value == Approx(1.79).margin(0.005));
  CHECK(found.parameters[1].mean.value == Approx(0.21).margin(0.005));
  CHECK(found.parameters[1].mean_absolute.value == Approx(0.35).margin(0.005));
  CHECK(found.parameters[1].standard_deviation.value == Approx(0.41).margin(0.005));
}
