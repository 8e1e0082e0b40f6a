#pragma once

#include <string>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/early_datasets.hpp"
#include "content/stored_hashes.hpp"
#include "content/written_datasets.hpp"

namespace firesweep {

/// What was meant to be written.
struct WrittenResults {
  StoredHashes hashes;
  WrittenDatasets datasets;
  PublicationCost cost{};  ///< but for all of its writing, which ends later
};

/// Writes a results file, which must not exist, and makes the estimates in it. `threads` compress and hash. Throws hdf5::Error if it cannot;
/// what there is of the file is then worth nothing. What is among `early` is not compressed again.
WrittenResults write_results(const std::string& path, const Results& results, const Provenance& provenance,
                             const Performance& performance, unsigned threads, const EarlyDatasets& early);

}  // namespace firesweep
