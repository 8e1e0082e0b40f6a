#include "firesweep/experiment/parameter.hpp"

#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("every constant of the model, the weather and the vegetation is a parameter, once") {
  std::set<std::string_view> names;
  for (const Parameter& parameter : parameters()) names.insert(parameter.name);
  CHECK(names.size() == parameters().size());
  CHECK(names ==
        std::set<std::string_view>{"vegetation_density", "wind_speed",      "humidity",
                                   "temperature",        "wind_direction",  "spotting_rate",
                                   "spotting_distance",  "spotting_sigma",  "spotting_angle",
                                   "spotting_ignition",  "fuel_scale",      "wind_directionality",
                                   "slope_coefficient",  "base_rate",       "neighbour_weight",
                                   "wind_scale",         "humidity_offset", "temperature_offset",
                                   "temperature_scale",  "max_probability", "max_probability_high_wind",
                                   "high_wind",          "change_step"});
}

TEST_CASE("every parameter has a place of its own in a scenario, and allows its default") {
  std::set<const double*> places;
  Scenario scenario;
  for (const Parameter& parameter : parameters()) {
    places.insert(&parameter.in(scenario));
    INFO(parameter.name);
    CHECK_FALSE(objection(parameter, parameter.in(scenario)).has_value());
  }
  CHECK(places.size() == parameters().size());
}

TEST_CASE("a parameter writes what its name says") {
  Scenario scenario;
  find_parameter("wind_speed")->in(scenario) = 1.0;
  find_parameter("humidity")->in(scenario) = 2.0;
  find_parameter("temperature")->in(scenario) = 3.0;
  find_parameter("vegetation_density")->in(scenario) = 0.4;
  find_parameter("max_probability_high_wind")->in(scenario) = 0.5;
  CHECK(scenario.weather == Weather{1.0, 2.0, 3.0, 0.0});
  CHECK(scenario.vegetation_density == 0.4);
  CHECK(scenario.spread.max_probability_high_wind == 0.5);
}

TEST_CASE("an unknown name is no parameter") {
  CHECK(find_parameter("wind") == nullptr);
  CHECK(find_parameter("") == nullptr);
}

TEST_CASE("values outside a parameter's range meet an objection that names the range") {
  const Parameter& density = *find_parameter("vegetation_density");
  CHECK(objection(density, 1.01) == "must be a number from 0 to 1");
  CHECK(objection(density, -0.01) == "must be a number from 0 to 1");
  CHECK_FALSE(objection(density, 0.0).has_value());
  CHECK_FALSE(objection(density, 1.0).has_value());

  const Parameter& scale = *find_parameter("wind_scale");
  CHECK(objection(scale, 0.0) == "must be a number from 1e-06 to 1000000");
  CHECK_FALSE(objection(scale, 1e-3).has_value());
  CHECK(objection(*find_parameter("wind_speed"), -1.0) == "must be a number from 0 to 1000000");
}

TEST_CASE("no parameter allows what is not a finite number") {
  for (const Parameter& parameter : parameters()) {
    INFO(parameter.name);
    CHECK(objection(parameter, std::numeric_limits<double>::infinity()).has_value());
    CHECK(objection(parameter, -std::numeric_limits<double>::infinity()).has_value());
    CHECK(objection(parameter, std::nan("")).has_value());
  }
}
