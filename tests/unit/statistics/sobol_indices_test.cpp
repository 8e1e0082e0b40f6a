#include "firesweep/statistics/sobol_indices.hpp"

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "catch.hpp"
#include "random_stream.hpp"

using namespace firesweep;

namespace {

using Function = std::function<double(const std::vector<double>&)>;

/// T. Ishigami, T. Homma, ISUMA 1990, with a = 7 and b = 0.1.
double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2.0 * u[k] - 1.0); };
  return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}
constexpr double sd_of_ishigami = 3.7208;

/// The G function of Sobol', with his a = 0, 1, 4.5, 9, 99, 99, 99, 99.
double g(const std::vector<double>& u) {
  const std::vector<double> a = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
  double product = 1.0;
  for (std::size_t k = 0; k < u.size(); ++k) product *= (std::abs(4.0 * u[k] - 2.0) + a[k]) / (1.0 + a[k]);
  return product;
}

struct Noise {
  std::size_t seeds = 1;
  double common = 0.0;  ///< standard deviation of what a seed does to all samples alike
  double own = 0.0;     ///< of what it does to each
  double smooth = 0.0;  ///< of what it does along each parameter
};

double normal(const RandomStream& stream, std::uint64_t i) {
  return std::sqrt(-2.0 * std::log(1.0 - uniform(stream(2 * i)))) *
         std::cos(2.0 * std::numbers::pi * uniform(stream(2 * i + 1)));
}

/// Values of the rows of a design, drawn at random.
std::vector<double> values_of(const Function& f, std::size_t d, std::size_t rows, const Noise& noise,
                              std::uint64_t stream, bool has_second_order = false) {
  const RandomStream points(3 * stream);
  const RandomStream luck(3 * stream + 1);
  const RandomStream of_seeds(3 * stream + 2);
  std::vector<double> values;
  std::uint64_t drawn = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> a(d);
    std::vector<double> b(d);
    for (std::size_t k = 0; k < d; ++k) {
      a[k] = uniform(points(2 * (row * d + k)));
      b[k] = uniform(points(2 * (row * d + k) + 1));
    }
    std::vector<std::vector<double>> samples = {a, b};
    for (const auto& [from, with] : {std::pair(a, b), std::pair(b, a)}) {
      for (std::size_t k = 0; k < d; ++k) {
        samples.push_back(from);
        samples.back()[k] = with[k];
      }
      if (!has_second_order) break;
    }
    for (const std::vector<double>& sample : samples)
      for (std::size_t s = 0; s < noise.seeds; ++s) {
        double value = f(sample) + noise.common * normal(of_seeds, s) + noise.own * normal(luck, drawn++);
        for (std::size_t k = 0; k < d; ++k)
          value += noise.smooth * normal(of_seeds, 1000 + s * d + k) * (sample[k] - 0.5) *
                   std::sqrt(12.0 / static_cast<double>(d));
        values.push_back(value);
      }
  }
  return values;
}

void check(double estimate, double known, double margin) {
  CHECK(std::abs(estimate - known) < margin);
}

}  // namespace

TEST_CASE("indices of Ishigami's function are those that are known") {
  const std::vector<double> values = values_of(ishigami, 3, 20000, {}, 1);
  const SobolIndices found = sobol_indices({values, 3, false, 1}, 0.95, RandomStream(7));
  const std::vector<double> first = {0.3139, 0.4424, 0.0};
  const std::vector<double> total = {0.5576, 0.4424, 0.2437};
  for (std::size_t k = 0; k < 3; ++k) {
    check(found.parameters[k].first_order_uncorrected, first[k], 0.035);  // four standard errors
    check(found.parameters[k].total_uncorrected, total[k], 0.02);
    CHECK(std::isnan(found.parameters[k].first_order.value));  // of one seed nobody knows the noise
  }
  CHECK(found.spread.rows == 20000);
  CHECK(std::isnan(found.spread.chance));
}

TEST_CASE("indices of the G function are those that are known") {
  const std::vector<double> values = values_of(g, 8, 20000, {}, 2);
  const SobolIndices found = sobol_indices({values, 8, false, 1}, 0.95, RandomStream(7));
  const std::vector<double> first = {0.7165, 0.1791, 0.0237, 0.0072, 0.0001, 0.0001, 0.0001, 0.0001};
  for (std::size_t k = 0; k < 8; ++k) check(found.parameters[k].first_order_uncorrected, first[k], 0.035);
}

TEST_CASE("what parameters do together is the rest of it") {
  const Noise two_seeds{.seeds = 4};
  const std::vector<double> values = values_of(ishigami, 3, 20000, two_seeds, 3, true);
  const SobolIndices found = sobol_indices({values, 3, true, 4}, 0.95, RandomStream(7));
  REQUIRE(found.second_order.size() == 3);
  check(found.second_order[0].value, 0.0, 0.07);     // 1 and 2
  check(found.second_order[1].value, 0.2437, 0.07);  // 1 and 3
  check(found.second_order[2].value, 0.0, 0.07);     // 2 and 3
}

TEST_CASE("noise of few seeds is taken out of indices, and biases those in which it is left") {
  for (const std::size_t seeds : {5U, 20U, 80U}) {
    const Noise noise{.seeds = seeds, .common = 2.0 * sd_of_ishigami, .own = sd_of_ishigami};
    const std::vector<double> values = values_of(ishigami, 3, 1000, noise, 4 + seeds);
    const SobolIndices found = sobol_indices({values, 3, false, seeds}, 0.99, RandomStream(7));
    const std::vector<double> first = {0.3139, 0.4424, 0.0};
    const std::vector<double> total = {0.5576, 0.4424, 0.2437};
    for (std::size_t k = 0; k < 3; ++k) {
      const SobolIndex& index = found.parameters[k];
      CHECK((index.first_order.interval.lower <= first[k] && first[k] <= index.first_order.interval.upper));
      CHECK((index.total.interval.lower <= total[k] && total[k] <= index.total.interval.upper));
      if (seeds == 5) CHECK(index.total_uncorrected > total[k] + 0.05);
    }
    // Of single runs: own and common noise, and what the parameters do.
    check(found.spread.chance, 5.0 / 6.0, 0.25);
    check(found.spread.standard_deviation, sd_of_ishigami, 0.3);
  }
}

TEST_CASE("intervals allow for seeds that do other things to other samples") {
  int covers = 0;
  constexpr int ensembles = 40;
  for (std::uint64_t i = 0; i < ensembles; ++i) {
    const Noise noise{.seeds = 8, .smooth = sd_of_ishigami};
    const std::vector<double> values = values_of(ishigami, 3, 128, noise, 100 + i);
    const Interval interval =
        sobol_indices({values, 3, false, 8}, 0.95, RandomStream(i)).parameters[1].total.interval;
    covers += interval.lower <= 0.4424 && 0.4424 <= interval.upper ? 1 : 0;
  }
  CHECK(covers >= 34);  // of which rows alone would cover some 24
}

TEST_CASE("a row of which a run is not ok is left out and counted") {
  std::vector<double> values = values_of(ishigami, 3, 50, {.seeds = 3, .own = 1.0}, 9);
  const SobolIndices whole =
      sobol_indices({std::span(values).first(49 * 15), 3, false, 3}, 0.9, RandomStream(1));
  values[49 * 15 + 7] = std::nan("");
  const SobolIndices found = sobol_indices({values, 3, false, 3}, 0.9, RandomStream(1));
  CHECK(found.spread.rows == 49);
  CHECK(found.spread.rows_dropped == 1);
  CHECK(found.parameters[0].total.value == whole.parameters[0].total.value);
}

TEST_CASE("where nothing varies there is nothing to be explained") {
  const std::vector<double> values(10 * 5 * 4, 0.25);
  const SobolIndices found = sobol_indices({values, 3, false, 4}, 0.95, RandomStream(1));
  CHECK(std::isnan(found.parameters[0].total.value));
  CHECK(std::isnan(found.parameters[0].total.interval.lower));
  CHECK(found.spread.standard_deviation == Approx(0.0).margin(1e-12));
  CHECK(found.spread.mean == Approx(0.25));
}
