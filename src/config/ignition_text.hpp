#pragma once

#include <string>

#include "firesweep/experiment/axis.hpp"

#include "key_values.hpp"

namespace firesweep {

/// An ignition set as YAML, in cells. A raster is named by what it holds, and unless `is_identity` by its path as well.
std::string ignition_text(const NamedIgnitionSet& named, bool is_identity);

/// The form of `matrix.ignition_set`, as JSON Schema says it.
Json ignition_sets_form();

}  // namespace firesweep
