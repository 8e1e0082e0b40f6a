#include "firesweep/job/run_job.hpp"

#include <chrono>
#include <filesystem>
#include <new>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/process_memory.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/footprint.hpp"
#include "firesweep/ensemble/wire.hpp"
#include "firesweep/files/cannot_write.hpp"
#include "firesweep/job/collectors.hpp"
#include "firesweep/job/out_of_memory.hpp"
#include "firesweep/job/stop_signals.hpp"
#include "firesweep/job/threads.hpp"
#include "firesweep/parallel/farm.hpp"

#include "checkpointer.hpp"
#include "crash_log.hpp"
#include "ensemble_tasks.hpp"
#include "group_tasks.hpp"
#include "publisher.hpp"
#include "rank_work.hpp"
#include "walltime.hpp"

namespace firesweep {
namespace {

// What rank 0 tells the others. It alone reads the experiment and knows the output.
struct Assignment {
  std::uint64_t runs = 0;  // to be made
  int collectors = 0;
  std::string output;           // from the root of the file system on
  std::string resolved_yaml{};  // of the experiment
};

constexpr char separator = '\0';  // which neither a path nor YAML has

std::string pack(const Assignment& assignment) {
  return fmt::format("{} {}{}{}{}{}", assignment.runs, assignment.collectors, separator, assignment.output,
                     separator, assignment.resolved_yaml);
}

// Nothing if rank 0 found that there is nothing to do.
std::optional<Assignment> receive_assignment(World& world) {
  std::string text;
  world.broadcast(text);
  if (text.empty()) return std::nullopt;
  const std::size_t output = text.find(separator) + 1;
  const std::size_t yaml = text.find(separator, output) + 1;
  return Assignment{.runs = std::stoull(text),
                    .collectors = std::stoi(text.substr(text.find(' '))),
                    .output = text.substr(output, yaml - 1 - output),
                    .resolved_yaml = text.substr(yaml)};
}

// Whatever decides what is computed and kept; threads, kernel and what is printed do not.
std::vector<std::string> decisions(const JobRequest& request) {
  std::vector<std::string> lines = {request.experiment_path};
  for (const auto& [name, value] : build_facts())
    if (name == "version" || name == "git_commit") lines.push_back(fmt::format("{} {}", name, value));
  for (const std::string& one : request.overrides) lines.push_back("--set " + one);
  if (request.output) lines.push_back("--output " + *request.output);
  if (request.shard.count > 1) lines.push_back("--shard " + text(request.shard));
  if (request.starts_afresh) lines.emplace_back("--fresh");
  if (request.retries_failed) lines.emplace_back("--retry-failed");
  return lines;
}

// The first line of a text that another lacks, for messages.
std::string first_missing(const std::string& from, const std::string& in) {
  std::istringstream lines(from);
  for (std::string line; std::getline(lines, line);)
    if (("\n" + in).find("\n" + line + "\n") == std::string::npos) return "'" + line + "'";
  return "nothing";
}

// Nothing if all ranks were started for the same work; if not, one of them is given what to say.
std::optional<std::string> disagreement(const JobRequest& request, World& world) {
  const std::string own = fmt::format("{}\n", fmt::join(decisions(request), "\n"));
  std::string of_root = own;
  world.broadcast(of_root);
  const std::optional<int> first = world.first_to_differ(own != of_root);
  if (!first) return std::nullopt;
  if (first != world.rank()) return "";
  return fmt::format(
      "rank {} was started for other work than rank 0: {} instead of {} (the ranks of one job make one "
      "experiment); give all the same arguments, or start a job each",
      world.rank(), first_missing(own, of_root), first_missing(of_root, own));
}

Timeouts timeouts(const JobRequest& request) {
  const std::chrono::milliseconds silence(static_cast<std::int64_t>(1000.0 * request.rank_timeout));
  return {.heartbeat = silence / 10, .silence = silence};
}

// Every rank reads the rasters for itself, and may be silent for longer than ranks may be in a farm: it begins for all
// when all have read.
void await_readers(const Plan& plan, World& world) {
  if (plan.experiment().has_rasters() || plan.experiment().has_ignition_density())
    world.first_to_differ(false);
}

// The plan of whoever burns blocks of seeds that may grow: it knows all that there can be.
Plan widest_plan(Experiment experiment) {
  if (experiment.until) experiment.seeds = Seeds(experiment.seeds.front(), experiment.until->most);
  return Plan(std::move(experiment));
}

// Whether ranks shall work on, as rank 0 has seen what the seeds so far came to.
bool share_whether_to_go_on(World& world, bool goes_on) {
  std::string word = goes_on ? "again" : "";
  world.broadcast(word);
  return !word.empty();
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

// What rank 0 needs besides the job itself.
struct RootContext {
  const JobRequest& request;
  World& world;
  JobObserver& observer;
  ThreadChoice threads;
  ThreadLayout layout;
  RankTree tree;
};

// Who asks rank 0 for blocks, as its schedule sees them.
Schedule::Settings workers_of(const RootContext& context) {
  const auto threads = static_cast<std::size_t>(context.layout.threads);
  const auto ranks = static_cast<std::size_t>(context.tree.ranks());
  if (context.tree.collectors() == 0) return {.workers = threads * ranks};
  const auto collectors = static_cast<std::size_t>(context.tree.collectors());
  return {.workers = collectors, .speed = threads * (ranks - 1) / collectors, .mergers = threads};
}

void warn(const RootContext& context) {
  if (!context.threads.warning.empty()) context.observer.warn(context.threads.warning);
  if (injects_faults())
    context.observer.warn(
        "FIRESWEEP_FAIL_SEEDS or FIRESWEEP_CRASH_SEEDS is set, so some runs are made to fail");
}

Session session_of(const RootContext& context) {
  return {.host = host_name(),
          .ranks = static_cast<std::uint32_t>(context.world.size()),
          .threads = static_cast<std::uint32_t>(context.threads.threads),
          .kernel = std::string(name(context.request.kernel)),
          .start = utc_now(),
          .end = {},
          .ending = {},
          .shard = context.request.shard.count == 1 ? "" : text(context.request.shard)};
}

JobEnd::Status status_of(const Job& job, const std::string& ending) {
  if (job.runs_missing() == 0) return JobEnd::Status::complete;
  return ending.starts_with("stopped") ? JobEnd::Status::stopped_at_failure : JobEnd::Status::interrupted;
}

// The whole ensemble, as rank 0 sees it.
JobEnd lead(const RootContext& context, Job& job, RankWork& work) {
  const Stopwatch stopwatch;
  const Walltime walltime(context.request.max_walltime);
  warn(context);
  Publisher publisher(job, session_of(context), [&context] { return is_about_to_be_killed(context.world); });
  Checkpointer checkpointer(publisher, CheckpointPace(context.request.checkpoint), context.observer);
  RankPerformance root_performance;
  std::optional<RunChunks> chunks;
  FarmEnd farm;
  std::string end_of_farm;
  double seconds_left = 0.0;
  await_readers(job.plan(), context.world);
  for (bool goes_on = true; goes_on;) {
    Schedule schedule(job.missing_work(context.request.kernel), workers_of(context));
    const std::uint64_t runs = job.runs_of_shard();
    context.observer.begins(runs, runs - job.runs_missing());
    chunks.emplace(job.plan(), CrashNotes::stand_aside);
    chunks->look_at(job.results(), 0, job.plan().scenarios() * job.plan().seeds());  // those from before
    EnsembleTasks source(job.results(), *chunks, schedule, context.observer, checkpointer, walltime,
                         root_performance);
    farm = run_farm(context.world, context.tree, &source, nullptr, work, context.layout.threads,
                    timeouts(context.request));
    source.finish();
    const std::uint64_t missing = job.runs_missing();
    if (source.interruption().empty()) context.observer.ends(runs - missing, job.results().runs_failed());
    end_of_farm = ending(job, source, farm);
    seconds_left = missing == 0 ? 0.0 : schedule.seconds_left();
    const bool has_grown =
        missing == 0 && farm.lost.empty() && job.grow();  // so that it is not taken for complete
    goes_on = has_grown && source.interruption().empty();
    if (job.plan().experiment().until && farm.lost.empty()) share_whether_to_go_on(context.world, goes_on);
    if (goes_on) work.begin_again();
  }

  Publisher::Snapshot snapshot{.ending = end_of_farm,
                               .seconds_left = seconds_left,
                               .performance = {.wall_seconds = stopwatch.seconds(), .ranks = {}},
                               .threads = context.threads.when_writing,
                               .chunks = &*chunks};
  for (const Bytes& bytes : farm.final_reports)
    if (!bytes.empty()) snapshot.performance.ranks.push_back(unpack_rank_performance(bytes));
  RankPerformance& own = snapshot.performance.ranks.front();
  own[Phase::merge].add(root_performance[Phase::merge]);
  own[Phase::statistics].add(checkpointer.statistics());
  own[Phase::write].add(checkpointer.write());
  publisher.publish_for_good(snapshot, context.observer);

  JobEnd end;
  end.status = status_of(job, snapshot.ending);
  end.performance = snapshot.performance.ranks.front();
  end.reason = snapshot.ending;
  end.seconds = stopwatch.seconds();
  end.has_lost_ranks = !farm.lost.empty();
  if (end.status != JobEnd::Status::interrupted) forget_crashes(job.output());
  return end;
}

// `threads` of every rank; `what` ran out.
std::string memory_story(std::string_view what, const Job& job, int threads) {
  const Footprint need = footprint(job.plan());
  const std::uint64_t of_rank =
      need.program_memory + static_cast<std::uint64_t>(threads) * need.worker_memory;
  const AvailableMemory available = available_memory();
  return fmt::format(
      "{}: with {} of each rank the experiment takes at most {} on rank 0 and {} on any other, "
      "and is limited "
      "by {}; use fewer --threads or ranks, or raise that. What was done until the last checkpoint, if there "
      "was one, is "
      "in {}, and the same command again does the rest",
      what, counted(static_cast<unsigned>(threads), "thread"), bytes_text(of_rank + need.results_memory),
      bytes_text(of_rank), available.limit.empty() ? "what is not known" : available.limit, job.output());
}

JobEnd run_as_root(const JobRequest& request, World& world, JobObserver& observer) {
  std::unique_ptr<Job> job;
  std::string assignment;  // stays empty if there is nothing to do for anybody
  const auto announce = [&] { world.broadcast(assignment); };
  try {
    job = std::make_unique<Job>(request, observer);
  } catch (...) {
    announce();  // the user reads one message instead of one per rank
    JobEnd end;
    end.status = JobEnd::Status::problem;
    end.problem = std::current_exception();
    return end;
  }
  JobEnd end;
  end.status = JobEnd::Status::complete_before;
  const ThreadChoice choice = choose_threads(request.threads);
  const RankTree tree(world.size(), choose_collectors(request.collectors, world.size(), choice.threads));
  if (!job->is_up_to_date())
    assignment = pack({.runs = job->runs_missing(),
                       .collectors = tree.collectors(),
                       .output = std::filesystem::absolute(job->output()).string(),
                       .resolved_yaml = job->provenance().yaml_as_resolved});
  announce();
  if (!job->is_up_to_date()) {
    const ThreadLayout layout = choose_thread_layout(choice.threads, world.size(), job->runs_missing());
    CrashNotes crashes(job->output(), layout.threads);
    try {
      const Plan plan = widest_plan(job->plan().experiment());
      RankWork work(plan, request.kernel, layout, crashes);
      end = lead({request, world, observer, choice, layout, tree}, *job, work);
    } catch (const CannotWrite&) {  // the other ranks are done and wait for the verdict
      end.status = JobEnd::Status::problem;
      end.problem = std::current_exception();
      return end;
    } catch (const std::bad_alloc&) {
      throw OutOfMemory(memory_story("out of memory", *job, choice.threads));
    } catch (const std::system_error& error) {
      if (error.code() != std::errc::resource_unavailable_try_again) throw;
      throw OutOfMemory(memory_story(
          "no thread could be started, for lack of memory or by a limit (ulimit -u)", *job, choice.threads));
    }
  }
  end.job = std::move(job);
  return end;
}

void take_part(const JobRequest& request, World& world) {
  const std::optional<Assignment> assignment = receive_assignment(world);
  if (!assignment) return;
  // Every rank reads the rasters for itself, and they must be the files that rank 0 has read.
  Experiment experiment = parse_experiment({"rank 0's experiment", assignment->resolved_yaml, {}}).experiment;
  for (LandscapeInput* input : landscape_inputs(experiment)) input->layers.reset();  // which rank 0 writes
  const Plan plan = widest_plan(std::move(experiment));
  const ThreadLayout layout =
      choose_thread_layout(choose_threads(request.threads).threads, world.size(), assignment->runs);
  CrashNotes crashes(assignment->output, layout.threads);
  RankWork work(plan, request.kernel, layout, crashes);
  await_readers(plan, world);
  const RankTree tree(world.size(), assignment->collectors);
  for (bool goes_on = true; goes_on;) {
    std::optional<GroupTasks> group;
    if (tree.is_collector(world.rank()))
      group.emplace(plan, request.kernel, tree, world.rank(), layout.threads, work);
    run_farm(world, tree, nullptr, group ? &*group : nullptr, work, layout.threads, timeouts(request));
    goes_on = plan.experiment().until && share_whether_to_go_on(world, false);
    if (goes_on) work.begin_again();
  }
}

}  // namespace

JobEnd run_job(const JobRequest& request, World& world, JobObserver& observer) {
  if (const auto told = disagreement(request, world)) {
    JobEnd end;
    end.status = JobEnd::Status::refused;
    end.reason = *told;
    return end;
  }
  if (world.is_root()) return run_as_root(request, world, observer);
  take_part(request, world);
  return {};
}

}  // namespace firesweep
