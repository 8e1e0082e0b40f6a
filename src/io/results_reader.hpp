#pragma once

#include <string>

#include "hdf5.hpp"

namespace firesweep {

/// Opens a firesweep results file of a format that is understood. Throws BadResultsFile, saying why it is
/// none.
hdf5::Handle open_results(const std::string& path);

}  // namespace firesweep
