#pragma once

#include <string>

#include "view/results_view.hpp"

namespace firesweep {

/// Which scenarios have seeds enough, in a sentence or two with newlines; empty where seeds do not grow.
std::string until_text(const ResultsView& view);

}  // namespace firesweep
