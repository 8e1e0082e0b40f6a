#include "firesweep/landscape/fuel_tables.hpp"

#include <algorithm>
#include <set>

#include "../catch.hpp"

namespace firesweep {
namespace {

const FuelClass& class_of(const std::vector<FuelClass>& classes, std::int32_t code) {
  return *std::ranges::find(classes, code, &FuelClass::code);
}

void check_table(const std::vector<FuelClass>& classes, std::size_t burnable) {
  CHECK(classes.size() == burnable + 5);
  CHECK(static_cast<std::size_t>(std::ranges::count(classes, true, &FuelClass::burnable)) == burnable);
  CHECK(std::ranges::is_sorted(classes, {}, &FuelClass::code));
  std::set<std::string> names;
  for (const FuelClass& fuel : classes) names.insert(fuel.name);
  CHECK(names.size() == classes.size());
  CHECK(std::ranges::all_of(classes,
                            [](const FuelClass& fuel) { return fuel.spread == 1.0 && !fuel.density; }));
}

TEST_CASE("Scott and Burgan have 40 fuel models, and 5 that do not burn") {
  const std::vector<FuelClass> classes = scott_burgan_40();
  check_table(classes, 40);
  CHECK(class_of(classes, 101).name == "GR1");
  CHECK(class_of(classes, 124).name == "GS4");
  CHECK(class_of(classes, 149).name == "SH9");
  CHECK(class_of(classes, 165).name == "TU5");
  CHECK(class_of(classes, 189).name == "TL9");
  CHECK(class_of(classes, 204).name == "SB4");
  CHECK(class_of(classes, 98).name == "NB8");
  CHECK_FALSE(class_of(classes, 98).burnable);
}

TEST_CASE("Anderson has 13 fuel models, and LANDFIRE the same 5 that do not burn") {
  const std::vector<FuelClass> classes = anderson_13();
  check_table(classes, 13);
  CHECK(class_of(classes, 13).name == "FM13");
  CHECK_FALSE(class_of(classes, 99).burnable);
}

}  // namespace
}  // namespace firesweep
