#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/store/provenance.hpp"

namespace firesweep {

/// How many runs of a scenario there are.
struct RunCounts {
  std::uint64_t planned = 0;
  std::uint64_t ok = 0;
  std::uint64_t failed = 0;
  std::uint64_t started = 0;         ///< of those ok, in which a fire started
  std::uint64_t cut_off = 0;         ///< of those ok, ended by max_steps while cells were burning
  std::uint64_t beyond_weather = 0;  ///< of those ok, that burnt on when the weather was known no longer
  std::uint64_t targets_met = 0;     ///< of those that seeds grow for

  std::uint64_t missing() const { return planned - ok - failed; }
};

/// The work that a results file holds, read back so that it can be looked at and gone on with. The file stays
/// open; only what is asked for is in memory. Whatever reads throws BadResultsFile if the file turns out to
/// be damaged or to contradict itself.
class StoredEnsemble {
 public:
  enum class Check : std::uint8_t {
    file,     ///< that it is a whole file of ours: for a quick look
    content,  ///< also that its content has the hash it should have
  };

  /// Throws BadResultsFile if the file is damaged, not ours, or of other random numbers, and InputError if
  /// there is none.
  explicit StoredEnsemble(const std::string& path, Check check = Check::content);
  ~StoredEnsemble();
  StoredEnsemble(const StoredEnsemble&) = delete;
  StoredEnsemble& operator=(const StoredEnsemble&) = delete;

  const std::string& path() const;
  const Experiment& experiment() const { return plan().experiment(); }
  const Plan& plan() const;  ///< of the stored experiment; numbers its scenarios and seeds
  /// The same with its landscapes, if it has any, so that its fires can burn and its results be written again.
  Plan plan_with_landscapes() const;
  const Provenance& provenance() const;  ///< of all sessions so far
  const std::string& content_sha256() const;
  const std::string& estimates_sha256() const;  ///< empty in format 1

  /// By scenario.
  const std::vector<RunCounts>& counts() const;

  /// What its runs came to, shape (seeds). Quickest in the order of the scenarios.
  std::vector<RunRecord> records(std::size_t scenario) const;

  /// All that is known of a scenario.
  ScenarioResults scenario(std::size_t scenario) const;

  /// Adds all runs that are not missing to `results`, to whose experiment there must be no differences and
  /// which must lack them.
  void restore(Results& results) const;

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace firesweep
