#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_duration.hpp"
#include "firesweep/job/run_job.hpp"
#include "firesweep/job/stop_signals.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/print_results.hpp"
#include "commands/verdict.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/progress.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

struct RunOptions {
  JobRequest job;
  bool is_quiet = false;                    ///< no progress and no table
  std::optional<Progress::Style> progress;  ///< absent: what suits standard error
};

Progress::Style progress_style(const RunOptions& options) {
  if (options.is_quiet) return Progress::Style::silent;
  return options.progress.value_or(Progress::style_of_standard_error());
}

/// Tells on standard error how the job goes.
class JobOnTerminal final : public JobObserver {
 public:
  explicit JobOnTerminal(Progress::Style style) : style_(style) {}

  void misleading(const std::vector<Problem>& problems) override { tell_warnings(problems); }
  void warn(const std::string& what) override { note("warning: " + what); }
  void note(const std::string& what) override { tell(fmt::format("firesweep: {}\n", what)); }

  void begins(std::uint64_t runs, std::uint64_t done) override { progress_.emplace(style_, runs, done); }
  void progresses(std::uint64_t done, std::uint64_t failed, double seconds_left) override {
    progress_->update(done, failed, seconds_left);
  }
  void interrupted(std::uint64_t done, std::uint64_t failed, const std::string& why) override {
    progress_->finish(done, failed);
    note(why +
         ": stopping to write what is done; run the same command again to do the rest (a second SIGINT or "
         "SIGTERM ends it at once)");
  }
  void ends(std::uint64_t done, std::uint64_t failed) override { progress_->finish(done, failed); }

 private:
  Progress::Style style_;
  std::optional<Progress> progress_;
};

void print_outcome(const RunOptions& options, const Job& job, double seconds) {
  if (options.is_quiet) return;
  const Results& results = job.results();
  print_results(job.output());
  const std::uint64_t made = results.runs_ok() + results.runs_failed();
  const std::string before = job.runs_before() > 0 ? fmt::format(" ({} {} there)", grouped(job.runs_before()),
                                                                 job.runs_before() == 1 ? "was" : "were")
                                                   : std::string();
  fmt::print("\n{}{} in {} -> {} ({})\n", counted(made, "run"), before, duration(seconds), job.output(),
             bytes_text(std::filesystem::file_size(job.output())));
}

// Tells what rank 0 knows of the end, and returns the exit code for it.
ExitCode tell_end(const RunOptions& options, const JobEnd& end) {
  if (end.status == JobEnd::Status::problem) {
    try {
      std::rethrow_exception(end.problem);
    } catch (...) {
      return report_problem();
    }
  }
  const Job& job = *end.job;
  if (end.status == JobEnd::Status::complete_before) {
    if (!options.is_quiet) tell(fmt::format("firesweep: {} is complete already\n", job.output()));
    print_outcome(options, job, end.seconds);
    report_failures(job.results());
    return verdict(job.results());
  }
  report_failures(job.results());
  if (end.status == JobEnd::Status::interrupted) {
    const std::uint64_t runs = job.runs_of_shard();
    tell(fmt::format(
        "firesweep: interrupted ({}): {} of {} are in {}; run the same command again to do the rest\n",
        end.reason, grouped(runs - job.runs_missing()), counted(runs, "run"), job.output()));
    return ExitCode::interrupted;
  }
  print_outcome(options, job, end.seconds);
  return verdict(job.results());
}

ExitCode run_command(const RunOptions& options, int& argc, char**& argv) {
  const StopSignals signals;  // before MPI, which takes a while to start
  World world(argc, argv);
  try {
    JobOnTerminal observer(progress_style(options));
    const JobEnd end = run_job(options.job, world, observer);
    if (end.status == JobEnd::Status::refused) {
      if (!end.reason.empty()) tell(fmt::format("firesweep: {}\n", end.reason));
      return ExitCode::bad_input;
    }
    const ExitCode code = world.is_root() ? tell_end(options, end) : ExitCode::done;
    if (end.has_lost_ranks) world.abort(static_cast<int>(code));
    return static_cast<ExitCode>(world.share_verdict(static_cast<int>(code)));
  } catch (...) {
    if (world.size() == 1) throw;
    // The other ranks may be waiting for this one, for ever if it just left.
    tell(fmt::format("firesweep: rank {} cannot go on:\n", world.rank()));
    world.abort(static_cast<int>(report_problem()));
  }
}

// Options about how work is kept and gone on with.
void add_survival(CLI::App& run, JobRequest& job) {
  run.add_option("--checkpoint", job.checkpoint,
                 "seconds between checkpoints (default: as often as takes under 2 % of the time)")
      ->check(seconds_from(0.0))
      ->type_name("SECONDS");
  run.add_option_function<std::string>(
         "--max-walltime",
         [&job](const std::string& given) {
           job.max_walltime = parse_duration(given);
           if (!job.max_walltime)
             throw InputError(fmt::format(
                 "--max-walltime {}: is not a length of time; write e.g. 90s, 30m, 2h or 1-12:00:00", given));
         },
         "end in time for this limit, e.g. 90s, 30m, 2h, 1-12:00:00 (inside a Slurm job: also for its own)")
      ->type_name("T");
  run.add_option_function<std::string>(
         "--shard", [&job](const std::string& given) { job.shard = parse_shard(given); },
         "make only part i of N, into NAME.shard-i-of-N.h5; 'firesweep merge' puts the parts together")
      ->type_name("i/N");
  run.add_flag("--fresh", job.starts_afresh,
               "start over; an existing results file is renamed to NAME.old-1.h5");
  run.add_flag("--retry-failed", job.retries_failed, "make runs that failed before once more");
  run.add_option("--rank-timeout", job.rank_timeout,
                 "seconds without a word after which a rank counts as lost, which ends the job")
      ->check(seconds_from(0.5))
      ->type_name("SECONDS")
      ->capture_default_str();
  run.add_option(
         "--collectors", job.collectors,
         "ranks that stand between rank 0 and the others, which it then serves alone (default: none of fewer "
         "than 256 ranks, the square root of all threads of more)")
      ->check(CLI::Range(0, 1'000'000))
      ->type_name("N");
}

}  // namespace

Action add_run(CLI::App& run) {
  const auto read = std::make_shared<RunOptions>();
  RunOptions& options = *read;
  add_experiment(run, options.job.experiment_path, options.job.overrides);
  run.add_option("-o,--output", options.job.output,
                 "the results file (default: the experiment's name with .h5)")
      ->check(output_name())
      ->type_name("FILE");
  add_threads(run, options.job.threads);
  add_kernel(run, options.job.kernel);
  add_survival(run, options.job);
  run.add_option_function<std::string>(
         "--progress",
         [&options](const std::string& given) {
           options.progress = given == "bar" ? Progress::Style::bar : Progress::Style::lines;
         },
         "a live bar or a line now and then (default: a bar on a terminal; mpirun hides the terminal)")
      ->check(CLI::IsMember({"bar", "lines"}))
      ->type_name("STYLE");
  run.add_flag("--quiet", options.is_quiet, "no progress and no table, only errors");
  run.footer(
      "Examples:\n"
      "  firesweep run experiments/smoke.yaml\n"
      "  mpirun firesweep run experiments/danger_levels.yaml -o levels.h5\n"
      "  mpirun -n 2 --map-by slot:PE=4 firesweep run experiments/danger_levels.yaml\n"
      "  firesweep run experiments/danger_levels.yaml --set matrix.seed.count=5000\n"
      "  firesweep run experiments/danger_levels.yaml --shard 2/8\n\n"
      "The results are the same bytes for any number of ranks and threads. Progress goes to standard error, "
      "the\n"
      "table to standard output.\n\n"
      "The results file is the checkpoint: the same command again makes the runs that are missing in it, be "
      "it\n"
      "after a kill, a walltime, a full disk, or with more seeds or scenarios in the experiment. SIGINT, "
      "SIGTERM,\n"
      "SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU and the walltime end the job within seconds with exit code 75, and "
      "what is done is kept. "
      "(mpirun has "
      "an\nexit code of its own when it is sent SIGINT or SIGTERM itself.)");
  return [read](const Invocation& invocation) {
    read->job.command_line = invocation.command_line;
    return run_command(*read, invocation.argc, invocation.argv);
  };
}

}  // namespace firesweep
