#include "firesweep/landscape/fuel_tables.hpp"

#include <array>
#include <string>
#include <string_view>

namespace firesweep {
namespace {

/// Models whose names are letters and a number from 1 on, and whose codes follow each other.
struct Series {
  std::string_view letters;
  std::int32_t first_code;
  std::int32_t models;
};

constexpr std::array<Series, 6> burnable_series = {{{"GR", 101, 9},    // grass
                                                    {"GS", 121, 4},    // grass and shrub
                                                    {"SH", 141, 9},    // shrub
                                                    {"TU", 161, 5},    // timber and understory
                                                    {"TL", 181, 9},    // timber litter
                                                    {"SB", 201, 4}}};  // slash and blowdown

/// Urban, snow or ice, agriculture, water, bare ground.
constexpr std::array<std::int32_t, 5> nonburnable_numbers = {1, 2, 3, 8, 9};

void add_nonburnable(std::vector<FuelClass>& classes) {
  for (const std::int32_t number : nonburnable_numbers) {
    FuelClass bare;
    bare.code = 90 + number;
    bare.name = "NB" + std::to_string(number);
    bare.burnable = false;
    classes.push_back(bare);
  }
}

void add_series(const Series& series, std::vector<FuelClass>& classes) {
  for (std::int32_t i = 0; i < series.models; ++i) {
    FuelClass fuel;
    fuel.code = series.first_code + i;
    fuel.name = std::string(series.letters) + std::to_string(i + 1);
    classes.push_back(fuel);
  }
}

}  // namespace

std::vector<FuelClass> scott_burgan_40() {
  std::vector<FuelClass> classes;
  add_nonburnable(classes);
  for (const Series& series : burnable_series) add_series(series, classes);
  return classes;
}

std::vector<FuelClass> anderson_13() {
  std::vector<FuelClass> classes;
  add_series({"FM", 1, 13}, classes);
  add_nonburnable(classes);
  return classes;
}

}  // namespace firesweep
