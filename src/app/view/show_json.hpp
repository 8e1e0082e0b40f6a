#pragma once

#include "view/json.hpp"
#include "view/results_view.hpp"

namespace firesweep {

/// All that `show` knows, for programs.
Json json_of(const ResultsView& view);

}  // namespace firesweep
