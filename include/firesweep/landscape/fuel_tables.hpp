#pragma once

#include <vector>

#include "firesweep/landscape/fuel_class.hpp"

namespace firesweep {

/// The 40 fuel models of Scott and Burgan, codes 101 to 204, and their 5 that do not burn, 91 to 99. Names and what
/// burns only: every spread is 1, which is not calibrated.
/// Source: Scott, Burgan 2005, Standard fire behavior fuel models, USDA Forest Service RMRS-GTR-153, tables 3 to 7.
std::vector<FuelClass> scott_burgan_40();

/// The 13 fuel models of Anderson, codes 1 to 13, and the 5 of scott_burgan_40() that do not burn. The same holds.
/// Source: Anderson 1982, Aids to determining fuel models for estimating fire behavior, USDA Forest Service INT-122,
/// table 1.
std::vector<FuelClass> anderson_13();

}  // namespace firesweep
