#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/files/cannot_write.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/run_chunks.hpp"

namespace firesweep {

/// Version of the layout described in analysis/results-format.md; a file with a newer major version is not
/// read.
inline constexpr int results_format_version = 2;

/// A results file that is damaged, or written by something else than firesweep.
class BadResultsFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Whether a results file is as firesweep left it: other programs that write to it take its seal away.
/// Throws BadResultsFile if it cannot be read.
bool is_sealed(const std::string& path);

/// Checks, before anything is computed, that results can be published as `path`. Throws InputError if it is a
/// directory or its folder is missing, CannotWrite if the folder is not writable, and BadResultsFile if there
/// is a file already that is damaged or not a firesweep results file. Leaves nothing behind.
void check_output(const std::string& path);

/// Renames the file at `path`, if there is one, so that it is neither in the way nor lost: `NAME.h5` becomes
/// `NAME.old-1.h5`, or the first such name that is free. Returns the new name, empty if there was none.
/// Throws CannotWrite.
std::string move_aside(const std::string& path);

/// What a publication took [s].
struct PublicationCost {
  double statistics = 0.0;  ///< estimating, beside the writing where there are threads for both
  double write = 0.0;       ///< all that is not waiting for estimates
  double waited = 0.0;      ///< for estimates
  double total() const { return write + waited; }
};

/// Publishes results and estimates from them: writes both whole to a temporary beside `path`, seals it, flushes it
/// to disk, opens it again and checks that all of it is as it was written, and renames it, so that `path` is always
/// absent or a complete file. Throws CannotWrite if it cannot; what was at `path` is then untouched (or the new file,
/// where only its folder could not be flushed) and the temporary is gone. `threads`, this one and others that end
/// with the call, compress, hash and check; the file is the same bytes for any number, and whether `chunks` of the
/// runs have been made before or not.
PublicationCost publish_results(const std::string& path, const Results& results, const Provenance& provenance,
                                const Performance& performance, unsigned threads = 1,
                                const RunChunks* chunks = nullptr);

}  // namespace firesweep
