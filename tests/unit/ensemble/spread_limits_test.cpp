#include "firesweep/ensemble/spread_limits.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "firesweep/check/input_error.hpp"

#include "catch.hpp"
#include "ensemble_sample.hpp"

using namespace firesweep;

namespace {

/// The sample on ground that rises by `rise` from column to column, with these slope coefficients.
Experiment on_slope(double rise, std::vector<double> coefficients) {
  Experiment experiment = small_ensemble(2);
  LandscapeLayers layers{experiment.base.extent, {}, {}};
  for (std::uint32_t y = 0; y < layers.extent.height; ++y)
    for (std::uint32_t x = 0; x < layers.extent.width; ++x)
      layers.elevation.push_back(static_cast<float>(rise * x * x));
  const FuelClass grass{.code = 1, .name = "grass"};
  experiment.ground.input.landscape =
      std::make_shared<const Landscape>(layers, std::span(&grass, 1), CellSize{1, 1});
  experiment.axes.emplace_back(ParameterAxis{find_parameter("slope_coefficient"), std::move(coefficients)});
  return experiment;
}

std::string objection_to(Experiment experiment) {
  try {
    check_spread_limits(Plan(std::move(experiment)));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("scenarios on steep ground are refused by their names, with limit, value and remedy") {
  CHECK(objection_to(small_ensemble(2)).empty());
  CHECK(objection_to(on_slope(0.2, {0.0, 0.077})).empty());
  const std::string told = objection_to(on_slope(0.2, {0.069, 0.5}));
  CHECK(told.starts_with("high, centre, 0.5: wind and slope would multiply the spread from all sides by "));
  for (const char* const part :
       {"less than 256", "lower slope_coefficient (up to 0.077", "4 scenarios are like this"})
    CHECK(told.find(part) != std::string::npos);
}

TEST_CASE("excluded scenarios and other combinations have no limits") {
  Experiment experiment = on_slope(0.2, {0.069, 0.5});
  experiment.exclude = {Exclusion{{{2, 1}}}};
  CHECK(objection_to(experiment).empty());
  experiment.exclude.clear();
  experiment.base.spread.combination = Combination::independent;
  CHECK(objection_to(experiment).empty());
}
