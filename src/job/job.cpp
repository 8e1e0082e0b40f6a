#include "firesweep/job/job.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/config/experiment_difference.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/footprint.hpp"
#include "firesweep/ensemble/precision.hpp"
#include "firesweep/ensemble/spread_limits.hpp"
#include "firesweep/job/threads.hpp"
#include "firesweep/raster/raster_libraries.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "crash_log.hpp"

namespace firesweep {
namespace {

Plan checked_plan(const JobRequest& request, const ExperimentSource& source, JobObserver& observer) {
  ParsedExperiment parsed = parse_experiment(source);
  if (!parsed.warnings.empty()) observer.misleading(parsed.warnings);
  Plan plan(std::move(parsed.experiment));
  check_memory(plan, available_memory());
  check_spread_limits(plan);
  choose_threads(request.threads);
  return plan;
}

// Makes sure of the output: that it can be written, that nobody else writes it, and that nothing is in the
// way.
std::unique_ptr<ResultsLock> claim(const JobRequest& request, const std::string& output,
                                   JobObserver& observer) {
  std::error_code ignored;
  const bool must_move = request.starts_afresh && std::filesystem::exists(output, ignored);
  if (!must_move) check_output(output);
  auto lock = std::make_unique<ResultsLock>(output);
  if (!lock->warning().empty()) observer.warn(lock->warning());
  if (must_move) {
    const std::string aside = move_aside(output);
    observer.note(fmt::format("{} is now {}", output, aside));
    check_output(output);
  }
  return lock;
}

void expect_same_experiment(const std::string& path, const Experiment& stored, const Experiment& asked) {
  const std::vector<Difference> found = differences(stored, asked);
  if (found.empty()) return;
  std::string message = path + ": holds the results of another experiment:";
  for (const Difference& difference : found)
    message += fmt::format("\n  {}: {} in the file, {} in the experiment", difference.key, difference.stored,
                           difference.asked);
  throw BadResultsFile(message +
                       "\nit is left as it is: choose another output with -o, or move it aside with --fresh");
}

// What is given as text is in no file, and goes by the path's name.
ExperimentSource source_of(const JobRequest& request) {
  if (!request.experiment_text) return load_experiment(request.experiment_path, request.overrides);
  return {request.experiment_path, *request.experiment_text, request.overrides};
}

}  // namespace

std::string output_of(const JobRequest& request, const Plan& plan) {
  if (request.output) return *request.output;
  const std::string& name = plan.experiment().name;
  if (request.shard.count == 1) return name + ".h5";
  return fmt::format("{}.shard-{}-of-{}.h5", name, request.shard.index, request.shard.count);
}

Job::Job(const JobRequest& request, JobObserver& observer)
    : source_(source_of(request)),
      plan_(std::make_unique<Plan>(checked_plan(request, source_, observer))),
      shard_(request.shard),
      output_(output_of(request, *plan_)),
      lock_(claim(request, output_, observer)),
      results_(std::make_unique<Results>(*plan_)),
      provenance_{.command_line = request.command_line,
                  .experiment_path = source_.path,
                  .yaml_as_written = source_.text,
                  .overrides = source_.overrides,
                  .yaml_as_resolved = resolved_yaml(plan_->experiment()),
                  .raster_libraries = raster_libraries(),
                  .sessions = {}} {
  std::error_code ignored;
  if (std::filesystem::exists(output_, ignored)) restore(request, observer);
  const std::uint64_t quarantined = quarantine_crashed_runs(output_, *results_);
  if (quarantined > 0) is_stored_ = false;
  runs_before_ = results_->runs_ok() + results_->runs_failed();
}

void Job::restore(const JobRequest& request, JobObserver& observer) {
  const StoredEnsemble stored(output_);
  if (const std::optional<StoppingRule>& until = plan_->experiment().until)
    change_stages(std::vector<std::size_t>(plan_->scenarios(), until->stage_of(stored.plan().seeds())));
  expect_same_experiment(output_, stored.experiment(), plan_->experiment());
  stored.restore(*results_);
  provenance_.sessions = stored.provenance().sessions;
  is_stored_ = stored.provenance().yaml_as_resolved == provenance_.yaml_as_resolved;
  if (request.retries_failed && results_->runs_failed() > 0) {
    observer.note(fmt::format("{} that failed {} made again", counted(results_->runs_failed(), "run"),
                              results_->runs_failed() == 1 ? "is" : "are"));
    results_->forget_failures();
    forget_crashes(output_);
    is_stored_ = false;
  }
  if (plan_->experiment().until) change_stages(stages_of(*results_));
}

void Job::change_stages(std::vector<std::size_t> stages) {
  auto plan = std::make_unique<Plan>(plan_of_stages(*plan_, std::move(stages)));
  check_memory(*plan, available_memory());
  results_ = std::make_unique<Results>(*plan, std::move(*results_));
  plan_ = std::move(plan);
}

bool Job::grow() {
  if (!plan_->experiment().until) return false;
  std::vector<std::size_t> stages = stages_of(*results_);
  bool has_grown = false;
  for (std::size_t s = 0; s < stages.size(); ++s) {
    // Other shards' scenarios stay as they are.
    if (plan_->is_excluded(s) || !contains(shard_, *plan_, s, 0))
      stages[s] = plan_->is_excluded(s) ? 1 : plan_->planned(s);
    has_grown |= !plan_->is_excluded(s) && stages[s] > plan_->planned(s);
  }
  if (has_grown) change_stages(std::move(stages));
  return has_grown;
}

std::vector<Schedule::Work> Job::missing_work(KernelKind kernel) const {
  std::vector<Schedule::Work> work;
  for (std::size_t scenario = 0; scenario < plan_->scenarios(); ++scenario) {
    std::vector<Block> gaps = firesweep::missing_runs(*results_, scenario, shard_);
    if (gaps.empty()) continue;
    const Scenario fires = plan_->scenario(scenario);
    work.push_back({.scenario = scenario,
                    .gaps = std::move(gaps),
                    .expected_seconds = expected_seconds(fires, kernel),
                    .expected_serving = expected_serving(fires, plan_->experiment().outputs)});
  }
  return work;
}

std::uint64_t Job::runs_of_shard() const {
  return firesweep::runs_of_shard(*plan_, shard_);
}

std::uint64_t Job::runs_missing() const {
  std::uint64_t missing = 0;
  for (std::size_t scenario = 0; scenario < plan_->scenarios(); ++scenario) {
    for (const Block& gap : firesweep::missing_runs(*results_, scenario, shard_)) missing += gap.count;
  }
  return missing;
}

}  // namespace firesweep
