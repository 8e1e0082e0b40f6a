#include "job/job.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "firesweep/config/experiment_difference.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/footprint.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "job/crash_log.hpp"
#include "job/threads.hpp"
#include "problem.hpp"
#include "terminal.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

Plan checked_plan(const RunOptions& options, const ExperimentSource& source) {
  ParsedExperiment parsed = parse_experiment(source);
  tell_warnings(parsed.warnings);
  Plan plan(std::move(parsed.experiment));
  check_memory(plan, available_memory());
  choose_threads(options.threads);
  return plan;
}

// Makes sure of the output: that it can be written, that nobody else writes it, and that nothing is in the
// way.
std::unique_ptr<ResultsLock> claim(const RunOptions& options, const std::string& output) {
  std::error_code ignored;
  const bool must_move = options.starts_afresh && std::filesystem::exists(output, ignored);
  if (!must_move) check_output(output);
  auto lock = std::make_unique<ResultsLock>(output);
  if (!lock->warning().empty()) tell(fmt::format("firesweep: warning: {}\n", lock->warning()));
  if (must_move) {
    const std::string aside = move_aside(output);
    tell(fmt::format("firesweep: {} is now {}\n", output, aside));
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

}  // namespace

std::string output_of(const RunOptions& options, const Plan& plan) {
  if (options.output) return *options.output;
  const std::string& name = plan.experiment().name;
  if (options.shard.count == 1) return name + ".h5";
  return fmt::format("{}.shard-{}-of-{}.h5", name, options.shard.index, options.shard.count);
}

Job::Job(const RunOptions& options)
    : source_(load_experiment(options.experiment.path, options.experiment.overrides)),
      plan_(checked_plan(options, source_)),
      shard_(options.shard),
      output_(output_of(options, plan_)),
      lock_(claim(options, output_)),
      results_(plan_),
      provenance_{.command_line = options.command_line,
                  .experiment_path = source_.path,
                  .yaml_as_written = source_.text,
                  .overrides = source_.overrides,
                  .yaml_as_resolved = resolved_yaml(plan_.experiment()),
                  .sessions = {}} {
  std::error_code ignored;
  if (std::filesystem::exists(output_, ignored)) restore(options);
  const std::uint64_t quarantined = quarantine_crashed_runs(output_, results_);
  if (quarantined > 0) is_stored_ = false;
  runs_before_ = results_.runs_ok() + results_.runs_failed();
}

void Job::restore(const RunOptions& options) {
  const StoredEnsemble stored(output_);
  expect_same_experiment(output_, stored.experiment(), plan_.experiment());
  stored.restore(results_);
  provenance_.sessions = stored.provenance().sessions;
  is_stored_ = stored.provenance().yaml_as_resolved == provenance_.yaml_as_resolved;
  if (options.retries_failed && results_.runs_failed() > 0) {
    tell(fmt::format("firesweep: {} that failed {} made again\n", counted(results_.runs_failed(), "run"),
                     results_.runs_failed() == 1 ? "is" : "are"));
    results_.forget_failures();
    forget_crashes(output_);
    is_stored_ = false;
  }
}

std::vector<Schedule::Work> Job::missing_work(KernelKind kernel) const {
  std::vector<Schedule::Work> work;
  for (std::size_t scenario = 0; scenario < plan_.scenarios(); ++scenario) {
    std::vector<Block> gaps = firesweep::missing_runs(results_, scenario, shard_);
    if (gaps.empty()) continue;
    work.push_back({.scenario = scenario,
                    .gaps = std::move(gaps),
                    .expected_seconds = expected_seconds(plan_.scenario(scenario), kernel)});
  }
  return work;
}

std::uint64_t Job::runs_of_shard() const {
  return firesweep::runs_of_shard(plan_, shard_);
}

std::uint64_t Job::runs_missing() const {
  std::uint64_t missing = 0;
  for (std::size_t scenario = 0; scenario < plan_.scenarios(); ++scenario) {
    for (const Block& gap : firesweep::missing_runs(results_, scenario, shard_)) missing += gap.count;
  }
  return missing;
}

}  // namespace firesweep
