#pragma once

#include <string>

#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/store/provenance.hpp"

#include "content/stored_hashes.hpp"

namespace firesweep {

/// Writes a results file, which must not exist. `threads` compress and
/// hash. Returns the hashes of what was meant to be written.
/// Throws hdf5::Error if it cannot; what there is of the file is then worth nothing.
StoredHashes write_results(const std::string& path, const Results& results, const Estimates& estimates,
                           const Provenance& provenance, const Performance& performance, unsigned threads);

}  // namespace firesweep
