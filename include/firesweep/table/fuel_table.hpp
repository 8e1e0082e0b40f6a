#pragma once

#include <string>
#include <vector>

#include "firesweep/landscape/fuel_class.hpp"

namespace firesweep {

/// Reads classes of fuel from a CSV file with the columns
/// - code: whole, each once;
/// - name: without the column or in an empty cell the code;
/// - spread: a factor, 0 or more; empty or without the column 1;
/// - density: a share from 0 to 1; empty or without the column the landscape's own;
/// - burnable: yes or no, true or false, 1 or 0; empty or without the column yes;
/// - burn_steps: whole, 1 to 255; empty or without the column 1.
/// Throws InputError with every problem at once, each with its line.
std::vector<FuelClass> read_fuel_classes(const std::string& path);

}  // namespace firesweep
