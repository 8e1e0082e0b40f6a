#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/store/stored_results.hpp"

namespace firesweep {

/// Writes the maps of those scenarios, and numbers about them, as one netCDF-4 file after the CF conventions
/// 1.8, in a layout that geographic and climate software reads with the first row (y = 0) at the top:
///
/// - dimensions scenario (1, 2, ..), y (centres of rows, descending) and x (centres of columns);
/// - maps (scenario, y, x) in the order of the results file, of shares NaN where not known;
/// - numbers (scenario): counts of runs, the mean burn fraction, the parameters that the matrix varies;
/// - scenario_label (scenario, label_length), UTF-8: what a scenario is. It comes last, as some programs take
///   the first variable they find.
///
/// - crs, if the placement names a coordinate system, which the maps refer to.
///
/// An earlier file of this kind is replaced. Throws CannotWrite, also if
/// something else is at `path`, and BadResultsFile.
void write_netcdf(const std::string& path, const StoredResults& results,
                  std::span<const std::size_t> scenarios, const MaybePlacement& placement);

}  // namespace firesweep
