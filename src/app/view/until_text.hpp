#pragma once

#include <string>

#include "firesweep/experiment/stopping_rule.hpp"

#include "view/results_view.hpp"

namespace firesweep {

/// "exceedance of 0.1 to +-0.02 and mean to +-5 % of it".
std::string targets_text(const StoppingRule& rule);

/// Which scenarios have seeds enough, in a sentence or two with newlines; empty where seeds do not grow.
std::string until_text(const ResultsView& view);

}  // namespace firesweep
