#include <filesystem>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "firesweep/job/run_job.hpp"
#include "firesweep/job/stop_signals.hpp"

#include "commands/commands.hpp"
#include "commands/verdict.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/progress.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

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

}  // namespace

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

}  // namespace firesweep
