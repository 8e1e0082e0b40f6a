#include "firesweep/table/fuel_table.hpp"

#include <algorithm>

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"
#include "folder.hpp"

namespace firesweep {
namespace {

std::vector<FuelClass> classes_of(const std::string& csv) {
  const sample::Folder folder;
  sample::write_bytes(folder / "fuels.csv", csv);
  return read_fuel_classes(folder / "fuels.csv");
}

/// Every problem of a table: where, from "fuels.csv" on, and what.
std::string fuel_refusal(const std::string& csv) {
  try {
    classes_of(csv);
  } catch (const InputError& error) {
    std::string text;
    for (const Problem& problem : error.problems()) {
      const std::string whole = to_string(problem.where) + ": " + problem.message;
      text += (text.empty() ? "" : "\n") + whole.substr(whole.find("fuels.csv"));
    }
    return text;
  }
  return "";
}

TEST_CASE("A table of fuels is read by the names of its columns") {
  const std::vector<FuelClass> classes = classes_of(
      "name,code,burnable,spread,burn_steps,density\n"
      "\"Grass, low\",101,yes,1.3,2,0.9\n"
      "Water,98,no,,,\n");
  REQUIRE(classes.size() == 2);
  CHECK(classes[0] == FuelClass{101, "Grass, low", 1.3, 0.9, true, 2});
  CHECK(classes[1] == FuelClass{98, "Water", 1.0, std::nullopt, false, 1});
}

TEST_CASE("Of a class of fuel only its code must be given") {
  CHECK(classes_of("code\n7\n") == std::vector{FuelClass{7, "7", 1.0, std::nullopt, true, 1}});
}

TEST_CASE("What is wrong in a table of fuels is said at once, each with its place") {
  CHECK(fuel_refusal("code,spread,burnable,density,burn_steps\n"
                     "1.5,1,yes,1,1\n"
                     "2,-1,maybe,85,0\n"
                     "3,fast,no,85 %,256\n"
                     "2,1,yes,1,1\n"
                     ",1,yes,1,1\n") ==
        "fuels.csv:2:1: code '1.5' is no whole number\n"
        "fuels.csv:3:3: spread -1 is out of range; allowed is 0 or more\n"
        "fuels.csv:3:12: density 85 is out of range; allowed is 0 to 1; did you mean 0.85?\n"
        "fuels.csv:3:6: burnable 'maybe' is neither yes nor no\n"
        "fuels.csv:3:15: burn_steps 0 is out of range; allowed is 1 to 255\n"
        "fuels.csv:4:3: spread 'fast' is no number\n"
        "fuels.csv:4:11: density '85 %' is no number; did you mean 0.85?\n"
        "fuels.csv:4:16: burn_steps 256 is out of range; allowed is 1 to 255\n"
        "fuels.csv:5:1: code 2 is there twice (first in line 3); keep one\n"
        "fuels.csv:6:1: a class has no code");
}

TEST_CASE("A column that is unknown or missing is named") {
  CHECK(fuel_refusal("code,spred\n1,1\n") == "fuels.csv:1:6: unknown column 'spred'; did you mean 'spread'?");
  CHECK(fuel_refusal("name\nx\n") ==
        "fuels.csv: has no column 'code', which says which cells of the fuel raster are meant");
  CHECK(fuel_refusal("code\n") == "fuels.csv: has no row below the names of its columns");
  CHECK(fuel_refusal("code\n99999999999\n") ==
        "fuels.csv:2:1: code 99999999999 is out of range; allowed is -2147483647 to 2147483647");
}

}  // namespace
}  // namespace firesweep
