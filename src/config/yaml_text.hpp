#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace firesweep {

/// A text as YAML, in quotes if it would be read as something else without.
std::string yaml_scalar(std::string_view text);

/// Numbers as a YAML list.
std::string yaml_list(const std::vector<double>& values);

}  // namespace firesweep
