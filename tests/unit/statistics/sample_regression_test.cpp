#include "firesweep/statistics/sample_regression.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "catch.hpp"
#include "random_stream.hpp"

using namespace firesweep;

namespace {

struct Samples {
  std::vector<double> inputs;  // shape (samples, 2), uniform from 0 to 1
  std::vector<double> values;  // shape (samples, seeds)
};

Samples samples_of(std::size_t count, std::size_t seeds, double noise, const auto& f) {
  const RandomStream stream(21);
  const RandomStream luck(22);
  Samples made;
  std::uint64_t drawn = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = uniform(stream(2 * i));
    const double y = uniform(stream(2 * i + 1));
    made.inputs.insert(made.inputs.end(), {x, y});
    for (std::size_t s = 0; s < seeds; ++s) {
      const double normal = std::sqrt(-2.0 * std::log(1.0 - uniform(luck(2 * drawn)))) *
                            std::cos(2.0 * std::numbers::pi * uniform(luck(2 * drawn + 1)));
      ++drawn;
      made.values.push_back(f(x, y) + noise * normal + 5.0 * static_cast<double>(s));
    }
  }
  return made;
}

SampleRegression regression(const Samples& samples, std::size_t seeds) {
  return sample_regression(samples.inputs, samples.values, 2, seeds, 0.95, RandomStream(1));
}

}  // namespace

TEST_CASE("a linear function is explained whole") {
  const Samples samples = samples_of(200, 3, 0.0, [](double x, double y) { return 3.0 * x - 4.0 * y; });
  const SampleRegression found = regression(samples, 3);
  CHECK(found.r_squared == Approx(1.0));
  // The parameters have nearly equal variance and little correlation: 3 and -4 over 5.
  CHECK(found.parameters[0].coefficient.value == Approx(0.6).margin(0.1));
  CHECK(found.parameters[1].coefficient.value == Approx(-0.8).margin(0.1));
  CHECK(found.parameters[0].partial_rank_correlation.value > 0.9);
  CHECK(found.parameters[1].rank_coefficient.value < -0.7);
  CHECK(found.parameters[0].coefficient.interval.lower < found.parameters[0].coefficient.value);
  CHECK(found.parameters[0].coefficient.interval.upper > found.parameters[0].coefficient.value);
}

TEST_CASE("ranks explain what only rises") {
  const Samples samples = samples_of(300, 3, 0.0, [](double x, double) { return std::exp(12.0 * x); });
  const SampleRegression found = regression(samples, 3);
  CHECK(found.rank_r_squared == Approx(1.0));
  CHECK(found.r_squared < 0.6);
  CHECK(found.parameters[0].partial_rank_correlation.value == Approx(1.0));
  CHECK(std::abs(found.parameters[1].rank_coefficient.value) < 0.01);
}

TEST_CASE("coefficients are of the expected value, however few seeds there are") {
  // 3 x + 4 y, so 0.6 and 0.8 of the standard deviation; the noise of a mean over two seeds has as large a one.
  const Samples samples =
      samples_of(4000, 2, 5.0 / std::sqrt(6.0), [](double x, double y) { return 3.0 * x + 4.0 * y; });
  const SampleRegression found = regression(samples, 2);
  CHECK(found.parameters[0].coefficient.value == Approx(0.6).margin(0.07));  // four standard errors
  CHECK(found.parameters[1].coefficient.value == Approx(0.8).margin(0.07));
  CHECK(found.parameters[1].rank_coefficient.value < 0.65);  // in which the noise is left
}

TEST_CASE("noise of few seeds is no part of what a regression has to explain") {
  const Samples samples = samples_of(2000, 5, 1.0, [](double x, double) { return std::sqrt(12.0) * x; });
  const SampleRegression found = regression(samples, 5);
  CHECK(found.r_squared == Approx(1.0).margin(0.03));
  CHECK(found.rank_r_squared < 0.9);  // of means with their noise: 1 / 1.2
  CHECK(found.spread.chance == Approx(63.5 / 64.5).margin(0.002));
}

TEST_CASE("parameters that depend on each other, or an outcome that does not vary, have no coefficients") {
  Samples samples = samples_of(50, 3, 0.0, [](double x, double) { return x; });
  for (std::size_t i = 0; i < 50; ++i) samples.inputs[2 * i + 1] = 2.0 * samples.inputs[2 * i] + 1.0;
  CHECK(std::isnan(regression(samples, 3).parameters[0].coefficient.value));
  const Samples same = samples_of(50, 3, 0.0, [](double, double) { return 0.0; });
  CHECK(std::isnan(regression(same, 3).parameters[0].coefficient.value));
  CHECK(std::isnan(regression(same, 3).r_squared));
  CHECK(regression(same, 3).spread.rows == 50);
}
