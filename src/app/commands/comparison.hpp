#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/config/experiment_difference.hpp"
#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/store/stored_ensemble.hpp"

namespace firesweep {

/// "missing", "ok" or "failed".
std::string_view name(RunStatus status);

/// All in which the runs of two experiments differ, either way; `stored` is of `one`, `asked` of `other`.
std::vector<Difference> differences_both_ways(const Experiment& one, const Experiment& other);

/// What differs between two records of one run, e.g. "burnt_cells 17 and 18, steps 4 and 5"; empty if nothing
/// does.
std::string differing_fields(const RunRecord& one, const RunRecord& other, const Land& land);

/// The same of what two runs took of each set of assets.
std::string differing_losses(const std::vector<Assets>& sets, const std::vector<AssetLoss>& one,
                             const std::vector<AssetLoss>& other);

/// "extreme, centre, seed 42".
std::string run_text(const Plan& plan, std::size_t scenario, std::size_t seed);

}  // namespace firesweep
