#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/store/stored_results.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Which runs an estimate is over.
enum class RunsBehind : std::uint8_t { all, started };

/// The estimates of an open results file, whose facts `results` knows. Whatever is wrong throws hdf5::Error.
std::vector<Summary> read_summaries(const hdf5::Handle& file, const StoredResults& results, RunsBehind runs);
/// Those of losses and years only with the plan.
std::vector<AxisDifferences> read_differences(const hdf5::Handle& file, const StoredResults& results,
                                              const std::optional<Plan>& plan);
/// Of the plan's sets of assets, shape (scenarios, sets).
std::vector<AssetEstimate> read_asset_estimates(const hdf5::Handle& file, const StoredResults& results,
                                                const Plan& plan);
/// Of the plan's season; none without one.
std::vector<SeasonEstimate> read_years(const hdf5::Handle& file, const StoredResults& results,
                                       const Plan& plan);
/// Of its sets of assets, shape (years, sets).
std::vector<AssetYear> read_asset_years(const hdf5::Handle& file, const Plan& plan);
/// Of the plan's design, as design_effects(); none without one.
std::vector<DesignEffects> read_design_effects(const hdf5::Handle& file, const Plan& plan);
std::optional<AxisSensitivities> read_sensitivity(const hdf5::Handle& file, const StoredResults& results,
                                                  RunsBehind runs);

}  // namespace firesweep
