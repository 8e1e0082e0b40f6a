#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "firesweep/ensemble/performance.hpp"
#include "firesweep/job/job.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/run_chunks.hpp"

namespace firesweep {

/// Writes a job's results to its output, with estimates, provenance and performance.
class Publisher {
 public:
  /// How the job stands, besides its results.
  struct Snapshot {
    std::string ending;         ///< of the session: why it ended, or "running"
    double seconds_left = 0.0;  ///< expected time to the end of the ensemble [s]
    Performance performance;
    unsigned threads = 1;               ///< that write; beside fires one, which costs them least
    const RunChunks* chunks = nullptr;  ///< made so far of the job's runs, if there are any
  };

  /// `session` says where and since when the job runs. While `is_about_to_be_killed`, publications are made
  /// by a process that outlives this one. The job must outlive the publisher.
  Publisher(const Job& job, Session session, std::function<bool()> is_about_to_be_killed)
      : job_(job), session_(std::move(session)), is_about_to_be_killed_(std::move(is_about_to_be_killed)) {}

  /// Estimates from the results as they are, and publishes. The results must not change meanwhile. Throws
  /// CannotWrite; the file is then as before.
  PublicationCost publish(const Snapshot& snapshot) const;

  /// The same for the last time: what cannot be written now is tried again for a while, and the observer told,
  /// as there is no other copy.
  void publish_for_good(const Snapshot& snapshot, JobObserver& observer) const;

  const std::string& output() const { return job_.output(); }

 private:
  PublicationCost estimate_and_write(const Snapshot& snapshot) const;

  const Job& job_;
  Session session_;
  std::function<bool()> is_about_to_be_killed_;
};

}  // namespace firesweep
