#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/io/provenance.hpp"

namespace firesweep {

/// Version of the layout described in analysis/results-format.md; a file with a newer major version is not
/// read.
inline constexpr int results_format_version = 1;

/// A results file that is damaged, or written by something else than firesweep.
class BadResultsFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Checks, before anything is computed, that results can be published as `path`. Throws InputError if it is a
/// directory, its folder is missing or not writable, or there is a file already that is not a firesweep
/// results file. Leaves nothing behind.
void check_output(const std::string& path);

/// Checks that a results file at `path`, if there is one, holds the work of the same experiment: the same
/// name, landscape, weather, model, on_bare_ground and max_steps; axes, seeds and outputs may differ. Throws
/// BadResultsFile naming the key that differs.
void check_same_experiment(const std::string& path, const Experiment& experiment);

/// Publishes results: writes them whole to a temporary beside `path`, closes it, opens it again and checks
/// its content hash, flushes it to disk and renames it, so that `path` is always absent or a complete file.
/// Throws std::runtime_error naming the path and the system's reason if it cannot; what was at `path` is then
/// untouched and the temporary is gone. `summaries` has one entry per scenario.
void publish_results(const std::string& path, const Results& results, const std::vector<Summary>& summaries,
                     const Provenance& provenance, const Performance& performance);

/// One dimension of the matrix as read back from a file.
struct StoredAxis {
  std::string name;
  std::vector<std::string> labels;
};

/// What a table of a results file needs.
struct StoredResults {
  std::string name;
  std::vector<StoredAxis> axes;  ///< seeds apart
  std::vector<std::uint64_t> seeds;
  OutputChoices choices;                    ///< thresholds, quantiles, confidence
  std::vector<std::uint64_t> runs_planned;  ///< shape (scenarios)
  std::vector<std::uint64_t> runs_failed;   ///< shape (scenarios)
  std::uint64_t runs_cut_off = 0;           ///< runs that max_steps ended with cells still burning
  std::vector<double> burn_fraction;        ///< shape (scenarios, seeds), NaN unless ok
  std::string content_sha256;
};

/// Reads what show needs. Throws BadResultsFile, naming what is wrong, or InputError if there is no such
/// file.
StoredResults read_results(const std::string& path);

}  // namespace firesweep
