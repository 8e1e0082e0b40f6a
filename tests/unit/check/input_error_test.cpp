#include "firesweep/check/input_error.hpp"

#include <string>

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("a location is written as far as it is known") {
  CHECK(to_string(Location{"a.yaml", 7, 3}) == "a.yaml:7:3");
  CHECK(to_string(Location{"a.yaml", 7, 0}) == "a.yaml:7");
  CHECK(to_string(Location{"--set name", 0, 0}) == "--set name");
  CHECK(to_string(Location{"", 7, 3}) == "7:3");
  CHECK(to_string(Location{}).empty());
}

TEST_CASE("an input error says every problem, one a line, in the order given") {
  const InputError error({{{"a.yaml", 2, 1}, "no width"}, {{"--set x", 0, 0}, "no x"}});
  CHECK(std::string(error.what()) == "a.yaml:2:1: no width\n--set x: no x");
  REQUIRE(error.problems().size() == 2);
  CHECK(error.problems()[1].message == "no x");
}

TEST_CASE("an input error without a place is its message") {
  const InputError error("the disk is full");
  CHECK(std::string(error.what()) == "the disk is full");
  CHECK(error.problems().size() == 1);
}
