#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/schedule.hpp"
#include "firesweep/job/job_observer.hpp"
#include "firesweep/job/job_request.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/results_lock.hpp"

namespace firesweep {

/// Where a job writes: what the user named, or the experiment's name, with that of the shard if it is one.
std::string output_of(const JobRequest& request, const Plan& plan);

/// What a job holds on rank 0: the experiment, the right to write its output, and all that is known of it so
/// far.
class Job {
 public:
  /// Finds everything that can be wrong before anything is computed or written: throws InputError,
  /// BadResultsFile (also for a file of another experiment, naming every key that differs), ResultsLocked or
  /// CannotWrite. Goes on with what the output holds, unless told to start afresh.
  Job(const JobRequest& request, JobObserver& observer);

  const ExperimentSource& source() const { return source_; }
  const Plan& plan() const { return *plan_; }
  const std::string& output() const { return output_; }
  Results& results() { return *results_; }
  const Results& results() const { return *results_; }
  /// With the sessions before this one.
  const Provenance& provenance() const { return provenance_; }
  std::uint64_t runs_before() const { return runs_before_; }

  /// Runs to be made, in stretches of seeds.
  std::vector<Schedule::Work> missing_work(KernelKind kernel) const;
  /// Runs of the job's shard, and how many of them are still missing.
  std::uint64_t runs_of_shard() const;
  std::uint64_t runs_missing() const;

  /// Gives scenarios that have not seeds enough their next ones, where seeds grow; returns whether any has. Nobody may hold
  /// results or plan. Throws InputError if there is not the memory for them.
  bool grow();

  /// Whether the output already says all that there is to say.
  bool is_up_to_date() const { return is_stored_ && runs_missing() == 0; }

 private:
  void restore(const JobRequest& request, JobObserver& observer);
  void change_stages(std::vector<std::size_t> stages);

  ExperimentSource source_;
  std::unique_ptr<Plan> plan_;
  Shard shard_;
  std::string output_;
  std::unique_ptr<ResultsLock> lock_;
  std::unique_ptr<Results> results_;
  Provenance provenance_;
  std::uint64_t runs_before_ = 0;
  bool is_stored_ = false;  // the output holds these very results
};

}  // namespace firesweep
