#pragma once

#include <string>

#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/io/provenance.hpp"

namespace firesweep {

/// Writes a results file, which must not exist. Returns the hash of the content that was meant to be written.
/// Throws hdf5::Error if it cannot; what there is of the file is then worth nothing.
std::string write_results(const std::string& path, const Results& results, const Estimates& estimates,
                          const Provenance& provenance, const Performance& performance);

}  // namespace firesweep
