#pragma once

#include <cstddef>
#include <vector>

#include "firesweep/files/export_file.hpp"
#include "firesweep/store/stored_results.hpp"

namespace firesweep {

/// Writes a table with a row per run of these scenarios, of which only one is in memory at a time.
void write_run_rows(ExportFile& file, const StoredResults& results, const std::vector<std::size_t>& chosen);

}  // namespace firesweep
