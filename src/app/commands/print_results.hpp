#pragma once

#include <string>

namespace firesweep {

/// Prints the table of scenarios that `show` prints.
void print_results(const std::string& path);

}  // namespace firesweep
