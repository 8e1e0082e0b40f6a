#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/wire.hpp"
#include "firesweep/parallel/farm.hpp"
#include "firesweep/parallel/world.hpp"
#include "firesweep/store/results_file.hpp"

#include "commands/commands.hpp"
#include "job/checkpointer.hpp"
#include "job/crash_log.hpp"
#include "job/ensemble_tasks.hpp"
#include "job/job.hpp"
#include "job/publisher.hpp"
#include "job/rank_work.hpp"
#include "job/stop_signals.hpp"
#include "job/threads.hpp"
#include "job/verdict.hpp"
#include "job/walltime.hpp"
#include "problem.hpp"
#include "terminal.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

// What rank 0 tells the others. It alone reads the experiment and knows the output.
struct Assignment {
  std::uint64_t runs = 0;       // to be made
  std::string output;           // from the root of the file system on
  std::string resolved_yaml{};  // of the experiment
};

constexpr char separator = '\0';  // which neither a path nor YAML has

std::string pack(const Assignment& assignment) {
  return fmt::format("{}{}{}{}{}", assignment.runs, separator, assignment.output, separator,
                     assignment.resolved_yaml);
}

// Nothing if rank 0 found that there is nothing to do.
std::optional<Assignment> receive_assignment(World& world) {
  std::string text;
  world.broadcast(text);
  if (text.empty()) return std::nullopt;
  const std::size_t output = text.find(separator) + 1;
  const std::size_t yaml = text.find(separator, output) + 1;
  return Assignment{.runs = std::stoull(text),
                    .output = text.substr(output, yaml - 1 - output),
                    .resolved_yaml = text.substr(yaml)};
}

// Whatever decides what is computed and kept; threads, kernel and what is printed do not.
std::vector<std::string> decisions(const RunOptions& options) {
  std::vector<std::string> lines = {options.experiment.path};
  for (const auto& [name, value] : build_facts())
    if (name == "version" || name == "git_commit") lines.push_back(fmt::format("{} {}", name, value));
  for (const std::string& one : options.experiment.overrides) lines.push_back("--set " + one);
  if (options.output) lines.push_back("--output " + *options.output);
  if (options.shard.count > 1) lines.push_back("--shard " + text(options.shard));
  if (options.starts_afresh) lines.emplace_back("--fresh");
  if (options.retries_failed) lines.emplace_back("--retry-failed");
  return lines;
}

// The first line of a text that another lacks, for messages.
std::string first_missing(const std::string& from, const std::string& in) {
  std::istringstream lines(from);
  for (std::string line; std::getline(lines, line);)
    if (("\n" + in).find("\n" + line + "\n") == std::string::npos) return "'" + line + "'";
  return "nothing";
}

// Whether all ranks were started for the same work; if not, one of them says so.
bool are_agreed(const RunOptions& options, World& world) {
  const std::string own = fmt::format("{}\n", fmt::join(decisions(options), "\n"));
  std::string of_root = own;
  world.broadcast(of_root);
  const std::optional<int> first = world.first_to_differ(own != of_root);
  if (first == world.rank()) {
    tell(
        fmt::format("firesweep: rank {} was started for other work than rank 0: {} instead of {} (the ranks "
                    "of one job make one experiment); give all the same arguments, or start a job each\n",
                    world.rank(), first_missing(own, of_root), first_missing(of_root, own)));
  }
  return !first.has_value();
}

Progress::Style progress_style(const RunOptions& options) {
  if (options.is_quiet) return Progress::Style::silent;
  return options.progress.value_or(Progress::style_of_standard_error());
}

void warn(const ThreadChoice& choice) {
  if (!choice.warning.empty()) tell(fmt::format("firesweep: warning: {}\n", choice.warning));
  if (injects_faults())
    tell(
        "firesweep: warning: FIRESWEEP_FAIL_SEEDS or FIRESWEEP_CRASH_SEEDS is set, so some runs are made to "
        "fail\n");
}

Timeouts timeouts(const RunOptions& options) {
  const std::chrono::milliseconds silence(static_cast<std::int64_t>(1000.0 * options.rank_timeout));
  return {.heartbeat = silence / 10, .silence = silence};
}

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

// What is to be said and done about an ensemble that is not complete; nothing if it is.
std::string ending(const Job& job, const EnsembleTasks& source, const FarmEnd& end) {
  if (!end.lost.empty())
    return fmt::format("lost rank{} {}", end.lost.size() == 1 ? "" : "s", fmt::join(end.lost, ", "));
  if (!source.interruption().empty()) return source.interruption();
  if (job.runs_missing() == 0) return "complete";
  if (job.plan().experiment().on_failure == OnFailure::stop && job.results().runs_failed() > 0)
    return "stopped at a failed run (on_failure: stop)";
  return "walltime";
}

// An end is announced by signals, or by the launcher's own.
bool is_about_to_be_killed(const World& world) {
  return world.may_be_killed() && (world.is_orphaned() || StopSignals::is_told_to_leave());
}

// The whole ensemble, as rank 0 sees it.
ExitCode lead(const RunOptions& options, World& world, Job& job, const ThreadChoice& choice, RankWork& work,
              const ThreadLayout& layout) {
  const Stopwatch stopwatch;
  const Walltime walltime(options.max_walltime);
  warn(choice);
  Session session{.host = host_name(),
                  .ranks = static_cast<std::uint32_t>(world.size()),
                  .threads = static_cast<std::uint32_t>(choice.threads),
                  .kernel = std::string(name(options.kernel)),
                  .start = utc_now(),
                  .end = {},
                  .ending = {},
                  .shard = options.shard.count == 1 ? "" : text(options.shard)};
  Publisher publisher(job, std::move(session), [&world] { return is_about_to_be_killed(world); });
  Checkpointer checkpointer(publisher, CheckpointPace(options.checkpoint));
  const auto workers = static_cast<std::size_t>(layout.threads) * static_cast<std::size_t>(world.size());
  Schedule schedule(job.missing_work(options.kernel), {.workers = workers});
  const std::uint64_t runs = job.runs_of_shard();
  Progress progress(progress_style(options), runs, runs - job.runs_missing());
  RankPerformance root_performance;
  EnsembleTasks source(job.results(), schedule, progress, checkpointer, walltime, root_performance);
  FarmEnd end = run_farm(world, &source, work, layout.threads, timeouts(options));
  source.finish();
  const std::uint64_t missing = job.runs_missing();
  if (source.interruption().empty()) progress.finish(runs - missing, job.results().runs_failed());

  Publisher::Snapshot snapshot{.ending = ending(job, source, end),
                               .seconds_left = missing == 0 ? 0.0 : schedule.seconds_left(),
                               .performance = {.wall_seconds = stopwatch.seconds(), .ranks = {}}};
  for (const Bytes& bytes : end.final_reports)
    if (!bytes.empty()) snapshot.performance.ranks.push_back(unpack_rank_performance(bytes));
  RankPerformance& own = snapshot.performance.ranks.front();
  own[Phase::merge].add(root_performance[Phase::merge]);
  own[Phase::statistics].add(checkpointer.statistics());
  own[Phase::write].add(checkpointer.write());
  publisher.publish_for_good(snapshot);

  report_failures(job.results());
  const bool is_stopped_by_failure = snapshot.ending.starts_with("stopped");
  if (missing > 0 && !is_stopped_by_failure) {
    tell(fmt::format(
        "firesweep: interrupted ({}): {} of {} are in {}; run the same command again to do the rest\n",
        snapshot.ending, grouped(runs - missing), counted(runs, "run"), job.output()));
    if (!end.lost.empty()) world.abort(static_cast<int>(ExitCode::interrupted));
    return ExitCode::interrupted;
  }
  forget_crashes(job.output());
  print_outcome(options, job, stopwatch.seconds());
  const ExitCode code = verdict(job.results());
  if (!end.lost.empty()) world.abort(static_cast<int>(code));
  return code;
}

// Nothing is left to do: shows what there is.
ExitCode show_outcome(const RunOptions& options, const Job& job) {
  if (!options.is_quiet) tell(fmt::format("firesweep: {} is complete already\n", job.output()));
  print_outcome(options, job, 0.0);
  report_failures(job.results());
  return verdict(job.results());
}

ExitCode run_as_root(const RunOptions& options, World& world) {
  std::unique_ptr<Job> job;
  std::string assignment;  // stays empty if there is nothing to do for anybody
  const auto announce = [&] { world.broadcast(assignment); };
  try {
    job = std::make_unique<Job>(options);
  } catch (...) {
    announce();  // the user reads one message instead of one per rank
    return report_problem();
  }
  if (!job->is_up_to_date()) {
    assignment = pack({.runs = job->runs_missing(),
                       .output = std::filesystem::absolute(job->output()).string(),
                       .resolved_yaml = job->provenance().yaml_as_resolved});
  }
  announce();
  if (job->is_up_to_date()) return show_outcome(options, *job);
  const ThreadChoice choice = choose_threads(options.threads);
  const ThreadLayout layout = choose_thread_layout(choice.threads, world.size(), job->runs_missing());
  CrashNotes crashes(job->output(), layout.threads);
  RankWork work(job->plan(), options.kernel, layout, crashes);
  try {
    return lead(options, world, *job, choice, work, layout);
  } catch (const CannotWrite&) {
    return report_problem();  // the other ranks are done and wait for the verdict
  }
}

void take_part(const RunOptions& options, World& world) {
  const std::optional<Assignment> assignment = receive_assignment(world);
  if (!assignment) return;
  const Plan plan(parse_stored_experiment("rank 0's experiment", assignment->resolved_yaml));
  const ThreadLayout layout =
      choose_thread_layout(choose_threads(options.threads).threads, world.size(), assignment->runs);
  CrashNotes crashes(assignment->output, layout.threads);
  RankWork work(plan, options.kernel, layout, crashes);
  run_farm(world, nullptr, work, layout.threads, timeouts(options));
}

}  // namespace

ExitCode run_command(const RunOptions& options, int& argc, char**& argv) {
  const StopSignals signals;  // before MPI, which takes a while to start
  World world(argc, argv);
  try {
    if (!are_agreed(options, world)) return ExitCode::bad_input;
    ExitCode code = ExitCode::done;
    if (world.is_root()) {
      code = run_as_root(options, world);
    } else {
      take_part(options, world);
    }
    return static_cast<ExitCode>(world.share_verdict(static_cast<int>(code)));
  } catch (...) {
    if (world.size() == 1) throw;
    // The other ranks may be waiting for this one, for ever if it just left.
    tell(fmt::format("firesweep: rank {} cannot go on:\n", world.rank()));
    world.abort(static_cast<int>(report_problem()));
  }
}

}  // namespace firesweep
