#include <algorithm>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/ensemble/wire.hpp"
#include "firesweep/io/experiment_file.hpp"
#include "firesweep/io/results_file.hpp"
#include "firesweep/parallel/farm.hpp"
#include "firesweep/parallel/world.hpp"

#include "commands.hpp"
#include "ensemble_foreman.hpp"
#include "rank_work.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "threads.hpp"

namespace firesweep {
namespace {

std::string output_path(const RunOptions& options, const Plan& plan) {
  return options.output.value_or(plan.experiment().name + ".h5");
}

// Everything that can be wrong is found here, on rank 0, before anything is computed or written.
Plan checked_plan(const RunOptions& options, const ExperimentSource& source) {
  Plan plan(parse_experiment(source));
  check_memory(plan, available_memory());
  choose_threads(options.threads);
  check_output(output_path(options, plan));
  check_same_experiment(output_path(options, plan), plan.experiment());
  return plan;
}

// Rank 0 reads and checks the experiment and tells the others its text. If it is bad, rank 0 throws and the
// others learn that there is nothing to do (nothing is returned), so that the user reads one message instead
// of one per rank.
std::optional<Plan> shared_plan(const RunOptions& options, World& world, ExperimentSource& source) {
  std::vector<std::byte> text;
  if (world.is_root()) {
    try {
      source = load_experiment(options.experiment.path, options.experiment.overrides);
      Plan plan = checked_plan(options, source);
      for (const char letter : source.text) text.push_back(static_cast<std::byte>(letter));
      world.broadcast(text);
      return plan;
    } catch (...) {
      text.clear();  // no experiment is empty
      world.broadcast(text);
      throw;
    }
  }
  world.broadcast(text);
  if (text.empty()) return std::nullopt;
  source = {.path = options.experiment.path, .text = {}, .overrides = options.experiment.overrides};
  for (const std::byte byte : text) source.text.push_back(static_cast<char>(byte));
  return Plan(parse_experiment(source));
}

std::vector<Schedule::Work> all_work(const Plan& plan, KernelKind kernel) {
  std::vector<Schedule::Work> work;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    if (plan.is_excluded(scenario)) continue;
    work.push_back({.scenario = scenario,
                    .gaps = {{.scenario = scenario, .first_seed = 0, .count = plan.seeds()}},
                    .expected_seconds = expected_seconds(plan.scenario(scenario), kernel)});
  }
  return work;
}

std::vector<Summary> summarise_all(const Results& results) {
  const Experiment& experiment = results.plan().experiment();
  std::vector<Summary> summaries;
  for (std::size_t scenario = 0; scenario < results.plan().scenarios(); ++scenario) {
    const auto fractions = burn_fractions(results.records(scenario), experiment.base.extent.cells());
    summaries.push_back(summarise(fractions, experiment.outputs));
  }
  return summaries;
}

void report_failures(const Results& results) {
  constexpr std::size_t most = 10;
  const std::vector<Failure> failures = results.failures();
  for (std::size_t i = 0; i < std::min(most, failures.size()); ++i) {
    tell(fmt::format("firesweep: the run of {}, seed {} failed: {}\n",
                     fmt::join(results.plan().labels(failures[i].scenario), ", "),
                     static_cast<std::uint64_t>(results.plan().seed(failures[i].seed)), failures[i].message));
  }
  if (failures.size() > most) {
    tell(fmt::format("firesweep: ... and {} more; all are listed in /provenance of the results file\n",
                     failures.size() - most));
  }
}

ExitCode verdict(const Results& results) {
  const std::uint64_t failed = results.runs_failed();
  if (failed == 0) return ExitCode::done;
  const Experiment& experiment = results.plan().experiment();
  const std::uint64_t allowed = experiment.max_failed.runs_of(results.plan().runs());
  if (experiment.on_failure == OnFailure::go_on && failed <= allowed) return ExitCode::some_runs_failed;
  tell(fmt::format("firesweep: {} of {} runs failed, and {} (max_failed, on_failure)\n", grouped(failed),
                   grouped(results.plan().runs()),
                   experiment.on_failure == OnFailure::stop
                       ? "the experiment stops at the first"
                       : fmt::format("the experiment allows {}", grouped(allowed))));
  return ExitCode::too_many_failed;
}

// Rank 0 after the last block: estimates, publishes, tells.
ExitCode conclude(const RunOptions& options, const Results& results, Provenance provenance,
                  Performance performance) {
  const Stopwatch stopwatch;
  const std::vector<Summary> summaries = summarise_all(results);
  performance.ranks.front()[Phase::statistics].add(stopwatch.seconds());

  const std::string path = output_path(options, results.plan());
  publish_results(path, results, summaries, provenance, performance);
  report_failures(results);
  if (!options.is_quiet) {
    print_results(path, default_large_fire);
    fmt::print("\n{} runs in {} -> {} ({})\n", grouped(results.runs_ok() + results.runs_failed()),
               duration(performance.wall_seconds), path, bytes_text(std::filesystem::file_size(path)));
  }
  return verdict(results);
}

Progress::Style progress_style(const RunOptions& options) {
  if (options.is_quiet) return Progress::Style::silent;
  return options.progress.value_or(Progress::style_of_standard_error());
}

Provenance provenance_of(const RunOptions& options, const ExperimentSource& source, const Plan& plan) {
  return {.command_line = options.command_line,
          .experiment_path = source.path,
          .yaml_as_written = source.text,
          .overrides = source.overrides,
          .yaml_as_resolved = resolved_yaml(plan.experiment()),
          .sessions = {}};
}

std::string ending(const Results& results) {
  const std::uint64_t made = results.runs_ok() + results.runs_failed();
  return made == results.plan().runs() ? "complete" : "stopped at a failed run (on_failure: stop)";
}

void warn(const ThreadChoice& choice) {
  if (!choice.warning.empty()) tell(fmt::format("firesweep: warning: {}\n", choice.warning));
  if (injects_faults())
    tell("firesweep: warning: FIRESWEEP_FAIL_SEEDS is set, so some runs are made to fail\n");
}

// The whole ensemble, as rank 0 sees it.
ExitCode lead(const RunOptions& options, World& world, const ExperimentSource& source, const Plan& plan,
              const ThreadChoice& choice, RankWork& work, Crew crew) {
  const Stopwatch stopwatch;
  const std::string start = utc_now();
  warn(choice);
  Results results(plan);
  const auto workers = static_cast<std::size_t>(crew.threads) * static_cast<std::size_t>(world.size());
  Schedule schedule(all_work(plan, options.kernel), {.workers = workers});
  Progress progress(progress_style(options), plan.runs());
  RankPerformance foreman_performance;
  EnsembleForeman foreman(results, schedule, progress, foreman_performance);
  const std::vector<Bytes> farewells = run_farm(world, &foreman, work, crew.threads);
  progress.finish(results.runs_ok() + results.runs_failed(), results.runs_failed());

  Performance performance{.wall_seconds = stopwatch.seconds(), .ranks = {}};
  for (const Bytes& bytes : farewells) performance.ranks.push_back(unpack_rank_performance(bytes));
  performance.ranks.front()[Phase::merge].add(foreman_performance[Phase::merge]);
  Provenance provenance = provenance_of(options, source, plan);
  provenance.sessions.push_back({.host = host_name(),
                                 .ranks = static_cast<std::uint32_t>(world.size()),
                                 .threads = static_cast<std::uint32_t>(choice.threads),
                                 .kernel = std::string(name(options.kernel)),
                                 .start = start,
                                 .end = utc_now(),
                                 .ending = ending(results),
                                 .runs = results.runs_ok() + results.runs_failed()});
  return conclude(options, results, std::move(provenance), std::move(performance));
}

ExitCode take_part(const RunOptions& options, World& world, const ExperimentSource& source,
                   const Plan& plan) {
  const ThreadChoice choice = choose_threads(options.threads);
  const Crew crew = choose_crew(choice.threads, world.size(), plan.runs());
  RankWork work(plan, options.kernel, crew);
  if (world.is_root()) return lead(options, world, source, plan, choice, work, crew);
  run_farm(world, nullptr, work, crew.threads);
  return ExitCode::done;
}

}  // namespace

ExitCode run_command(const RunOptions& options, int& argc, char**& argv) {
  World world(argc, argv);
  ExperimentSource source;
  const std::optional<Plan> plan = shared_plan(options, world, source);
  if (!plan) return ExitCode::bad_input;
  try {
    return take_part(options, world, source, *plan);
  } catch (const std::exception& error) {
    if (world.size() == 1) throw;
    // The other ranks may be waiting for this one, for ever if it just left.
    tell(fmt::format("firesweep: rank {}: {}\n", world.rank(), error.what()));
    world.abort(static_cast<int>(ExitCode::internal_error));
  }
}

}  // namespace firesweep
