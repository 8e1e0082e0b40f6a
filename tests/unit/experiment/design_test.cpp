#include "firesweep/experiment/design.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "catch.hpp"

using namespace firesweep;

namespace {

Design design_of(DesignMethod method, std::size_t rows) {
  Design design{.method = method, .rows = rows, .columns = {}};
  design.columns.push_back({find_parameter("wind_speed"), {.numbers = {20.0, 90.0}}});
  design.columns.push_back(
      {find_parameter("humidity"),
       {.kind = Distribution::Kind::normal, .numbers = {20.0, 6.0}, .within = {{3.0, 60.0}}}});
  design.columns.push_back({find_parameter("change_step"), {.numbers = {1.0, 100.0}}});
  return design;
}

/// The strata of width 1 / count that the samples' coordinate k lies in, from sample `first` on, every `by`-th.
std::set<std::size_t> strata(const Design& design, std::size_t k, std::size_t first, std::size_t by) {
  const std::vector<double> places = unit_samples(design);
  std::set<std::size_t> found;
  for (std::size_t i = first; i < design.samples(); i += by)
    found.insert(
        static_cast<std::size_t>(places[i * design.parameters() + k] * static_cast<double>(design.rows)));
  return found;
}

}  // namespace

TEST_CASE("a Latin hypercube has one sample in every stratum of every parameter") {
  const Design design = design_of(DesignMethod::latin_hypercube, 37);
  CHECK(design.samples() == 37);
  for (std::size_t k = 0; k < 3; ++k) CHECK(strata(design, k, 0, 1).size() == 37);
}

TEST_CASE("rows of a Sobol' design are stratified in A and in B") {
  const Design design = design_of(DesignMethod::sobol, 64);
  CHECK(design.samples() == 64 * 5);
  for (std::size_t k = 0; k < 3; ++k)
    for (const std::size_t matrix : {0U, 1U}) CHECK(strata(design, k, matrix, 5).size() == 64);
}

TEST_CASE("A_B has one column of B, and B_A one of A") {
  Design design = design_of(DesignMethod::sobol, 8);
  design.has_second_order = true;
  const std::size_t d = 3;
  REQUIRE(design.samples_per_row() == 8);
  const std::vector<double> places = unit_samples(design);
  const std::vector<std::string> parts = parts_of(design);
  for (std::size_t row = 0; row < design.rows; ++row) {
    const double* const first = &places[row * 8 * d];
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t k = 0; k < d; ++k) {
        CHECK(first[(2 + i) * d + k] == first[(i == k ? 1 : 0) * d + k]);
        CHECK(first[(2 + d + i) * d + k] == first[(i == k ? 0 : 1) * d + k]);
      }
    CHECK(parts[row * 8] == "A");
    CHECK(parts[row * 8 + 1] == "B");
    CHECK(parts[row * 8 + 3] == "A_B humidity");
    CHECK(parts[row * 8 + 5] == "B_A wind_speed");
  }
}

TEST_CASE("trajectories move every parameter once, by two of three levels") {
  const Design design = design_of(DesignMethod::morris, 50);
  const std::vector<double> places = unit_samples(design);
  const std::vector<MorrisStep> steps = morris_steps(design);
  const std::vector<std::string> parts = parts_of(design);
  std::set<std::size_t> first_moved;
  for (std::size_t row = 0; row < design.rows; ++row) {
    std::set<std::size_t> moved;
    CHECK(parts[row * 4] == "start");
    for (std::size_t i = 0; i < 3; ++i) {
      const MorrisStep& step = steps[row * 3 + i];
      moved.insert(step.parameter);
      if (i == 0) first_moved.insert(step.parameter);
      CHECK(parts[row * 4 + i + 1] == design.columns[step.parameter].parameter->name);
      for (std::size_t k = 0; k < 3; ++k) {
        const double before = places[(row * 4 + i) * 3 + k];
        const double after = places[(row * 4 + i + 1) * 3 + k];
        CHECK(after - before == Approx(k == step.parameter ? step.by : 0.0).margin(1e-12));
        CHECK((after >= 0.0 && after <= 1.0));
      }
    }
    CHECK(moved.size() == 3);
  }
  CHECK(first_moved.size() == 3);
}

TEST_CASE("more samples leave those that were there as they are, but for a Latin hypercube") {
  for (const DesignMethod method : all_design_methods) {
    const std::vector<double> few = draw_samples(design_of(method, 16));
    const std::vector<double> many = draw_samples(design_of(method, 32));
    CHECK(std::equal(few.begin(), few.end(), many.begin()) == (method != DesignMethod::latin_hypercube));
  }
}

TEST_CASE("samples are of their distributions, and of the design's seed") {
  Design design = design_of(DesignMethod::random, 4000);
  const std::vector<double> values = draw_samples(design);
  double wind = 0.0;
  double humidity = 0.0;
  for (std::size_t i = 0; i < design.rows; ++i) {
    wind += values[3 * i] / 4000.0;
    humidity += values[3 * i + 1] / 4000.0;
    CHECK(values[3 * i + 2] == std::round(values[3 * i + 2]));
  }
  CHECK(wind == Approx(55.0).margin(4.0 * 70.0 / std::sqrt(12.0 * 4000.0)));
  CHECK(humidity == Approx(20.0).margin(0.5));
  design.seed = Seed{2};
  CHECK(draw_samples(design) != values);
}

// What any version of the library that makes the sequence must come to, or files could not be extended.
TEST_CASE("known samples of a Sobol' design") {
  const std::vector<double> places = unit_samples(design_of(DesignMethod::sobol, 4));
  const std::vector<double> first = {0.738538142883290, 0.233925273760805, 0.172903177855030,   // A
                                     0.056508929426611, 0.656034212174758, 0.286063778465498};  // B
  const std::vector<double> last = {0.988538142883290, 0.983925273760805, 0.922903177855030,
                                    0.806508929426611, 0.906034212174758, 0.036063778465498};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(std::abs(places[i] - first[i]) < 1e-14);
    CHECK(std::abs(places[3 * 5 * 3 + i] - last[i]) < 1e-14);
  }
}
