#pragma once

#include "json.hpp"
#include "results_view.hpp"

namespace firesweep {

/// All that `show` knows, for programs.
Json json_of(const ResultsView& view);

}  // namespace firesweep
