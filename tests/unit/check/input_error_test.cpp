#include "firesweep/check/input_error.hpp"

#include <algorithm>
#include <string>
#include <vector>

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

TEST_CASE("of very many problems the first are told, and how many more there are") {
  const InputError error(std::vector(1050, Problem{{"a.csv", 1, 0}, "is twice"}));
  const std::string said = error.what();
  CHECK(std::ranges::count(said, '\n') == 50);
  CHECK(said.ends_with("\n... and 1 000 more problems"));
  CHECK(error.problems().size() == 1050);
}

TEST_CASE("an input error without a place is its message") {
  const InputError error("the disk is full");
  CHECK(std::string(error.what()) == "the disk is full");
  CHECK(error.problems().size() == 1);
}
