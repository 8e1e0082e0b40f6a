#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>

#include "firesweep/ensemble/performance.hpp"
#include "firesweep/job/job.hpp"
#include "firesweep/job/job_observer.hpp"
#include "firesweep/job/job_request.hpp"
#include "firesweep/parallel/world.hpp"

namespace firesweep {

/// What a job came to, as one rank knows it.
struct JobEnd {
  enum class Status : std::uint8_t {
    complete,            ///< all runs of the shard are in the output
    complete_before,     ///< there was nothing to do
    stopped_at_failure,  ///< a run failed, and the experiment says on_failure: stop
    interrupted,         ///< the same request again does the rest
    refused,             ///< the ranks were started for different work; nothing was done
    problem,             ///< nothing could be begun, or the last publication failed
    took_part,           ///< this rank is not rank 0, which knows the rest
  };

  Status status = Status::took_part;
  std::string reason;           ///< of an interruption, or of the refusal on the rank that has it to tell
  std::unique_ptr<Job> job;     ///< on rank 0, unless refused or a problem
  std::exception_ptr problem;   ///< on rank 0
  double seconds = 0.0;         ///< that the work took
  RankPerformance performance;  ///< of this rank in this session, on rank 0
  bool has_lost_ranks = false;  ///< ranks that have died cannot be waited for
};

/// Runs an ensemble, or what is missing of it, together with all other ranks of the world, and leaves it in
/// its output. The signals that StopSignals catches, a walltime and lost ranks end it early. Throws what
/// keeps a rank from going on, while others may wait for it.
JobEnd run_job(const JobRequest& request, World& world, JobObserver& observer);

}  // namespace firesweep
