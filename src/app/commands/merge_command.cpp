#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/process_memory.hpp"
#include "firesweep/config/experiment_difference.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/footprint.hpp"
#include "firesweep/ensemble/precision.hpp"
#include "firesweep/ensemble/shard.hpp"
#include "firesweep/experiment/correspondence.hpp"
#include "firesweep/job/threads.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/results_lock.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/comparison.hpp"
#include "commands/verdict.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

struct MergeOptions {
  std::string output;
  std::vector<std::string> parts;
  bool starts_afresh = false;  ///< moves an existing output aside
  std::string command_line;    ///< for the provenance
};

namespace fs = std::filesystem;

// Where seeds grow, each scenario has as many as in the part that has most of it.
Plan with_stages_of(const std::vector<std::string>& paths, const Plan& plan) {
  std::vector<std::size_t> stages(plan.scenarios(), 1);
  for (const std::string& path : paths) {
    const StoredEnsemble part(path, StoredEnsemble::Check::file);
    const Correspondence places(part.plan(), plan);
    for (std::size_t s = 0; s < part.plan().scenarios(); ++s)
      if (const auto place = places.scenario(s))
        stages[*place] = std::max(stages[*place], part.plan().planned(s));
  }
  return plan_of_stages(plan, std::move(stages));
}

Plan plan_of(const std::vector<std::string>& paths) {
  Plan plan = StoredEnsemble(paths.front(), StoredEnsemble::Check::file).plan_with_landscapes();
  if (plan.experiment().until) plan = with_stages_of(paths, plan);
  check_memory(plan, available_memory());
  return plan;
}

// Puts results files together, one open at a time as there may be thousands. The experiment is the first
// one's.
class Assembly {
 public:
  explicit Assembly(const std::vector<std::string>& paths)
      : paths_(paths), plan_(plan_of(paths)), results_(plan_) {
    for (std::size_t i = 0; i < paths_.size(); ++i) add(i);
    std::ranges::stable_sort(provenance_.sessions, {}, &Session::start);
  }

  const Results& results() const { return results_; }
  /// Of the first, with the sessions of all by when they began.
  const Provenance& provenance() const { return provenance_; }

 private:
  void add(std::size_t index);
  void expect_same_experiment(const StoredEnsemble& part) const;
  void expect_no_overlap(std::size_t index, const StoredEnsemble& part) const;
  std::string holder(std::size_t before, std::size_t scenario, std::size_t seed) const;

  const std::vector<std::string>& paths_;
  Plan plan_;
  Results results_;
  Provenance provenance_;
};

void Assembly::add(std::size_t index) {
  const StoredEnsemble part(paths_[index]);
  warn_of_lost_seal(paths_[index]);
  expect_same_experiment(part);
  expect_no_overlap(index, part);
  part.restore(results_);
  if (index == 0) {
    provenance_ = part.provenance();
    return;
  }
  const std::vector<Session>& sessions = part.provenance().sessions;
  provenance_.sessions.insert(provenance_.sessions.end(), sessions.begin(), sessions.end());
}

void Assembly::expect_same_experiment(const StoredEnsemble& part) const {
  const std::string& first = paths_.front();
  Experiment other = part.experiment();
  if (other.until && plan_.experiment().until)
    other.seeds = plan_.experiment().seeds;  // as far as each has come
  const std::vector<Difference> found = differences_both_ways(plan_.experiment(), other);
  if (!found.empty()) {
    std::string message =
        fmt::format("{}: holds the results of another experiment than {}:", part.path(), first);
    for (const auto& [key, of_first, of_part] : found)
      message += fmt::format("\n  {}: {} in {}, {} in {}", key, of_first, first, of_part, part.path());
    throw BadResultsFile(message);
  }
  for (const auto& [key, of_first, of_part] : differing_judgements(plan_.experiment(), part.experiment())) {
    tell(fmt::format("firesweep: {} is {} in {} but {} in {}; the outcome has that of {}\n", key, of_first,
                     first, of_part, part.path(), first));
  }
}

// The first of the earlier parts that has the run.
std::string Assembly::holder(std::size_t before, std::size_t scenario, std::size_t seed) const {
  for (std::size_t i = 0; i < before; ++i) {
    const StoredEnsemble part(paths_[i], StoredEnsemble::Check::file);
    const Correspondence places(plan_, part.plan());
    const std::vector<RunRecord> records = part.records(places.scenario(scenario).value());
    if (records[places.seed(seed).value()].status != RunStatus::missing) return paths_[i];
  }
  return "an earlier part";
}

void Assembly::expect_no_overlap(std::size_t index, const StoredEnsemble& part) const {
  const Correspondence places(part.plan(), plan_);
  for (std::size_t s = 0; s < part.plan().scenarios(); ++s) {
    if (part.plan().is_excluded(s)) continue;
    const std::vector<RunRecord> records = part.records(s);
    const std::size_t scenario = places.scenario(s).value();
    for (std::size_t i = 0; i < records.size(); ++i) {
      const std::size_t seed = places.seed(i).value();
      if (records[i].status == RunStatus::missing ||
          results_.records(scenario)[seed].status == RunStatus::missing)
        continue;
      throw BadResultsFile(fmt::format("{}: overlaps with {}: both have the run of {}; leave out one of them",
                                       part.path(), holder(index, scenario, seed),
                                       run_text(part.plan(), s, i)));
    }
  }
}

void expect_output_apart(const MergeOptions& options) {
  for (const std::string& part : options.parts) {
    std::error_code ignored;
    if (part == options.output || fs::equivalent(part, options.output, ignored))
      throw InputError(fmt::format("{}: is one of the parts; choose another output with -o", options.output));
  }
}

// What is in the way is moved aside only when there is something to take its place.
std::unique_ptr<ResultsLock> claim(const MergeOptions& options) {
  std::error_code ignored;
  if (!fs::exists(options.output, ignored)) {
    check_output(options.output);
  } else if (!options.starts_afresh) {
    throw BadResultsFile(
        fmt::format("{}: exists already; choose another output with -o, or have it moved aside with --fresh",
                    options.output));
  }
  auto lock = std::make_unique<ResultsLock>(options.output);
  if (!lock->warning().empty()) tell(fmt::format("firesweep: warning: {}\n", lock->warning()));
  return lock;
}

void publish(const MergeOptions& options, const Assembly& assembly) {
  const Stopwatch stopwatch;
  RankPerformance rank;
  rank.host = host_name();
  rank.threads = 1;
  rank.peak_memory = peak_memory();

  Provenance provenance = assembly.provenance();
  provenance.command_line = options.command_line;
  if (options.starts_afresh) {
    if (const std::string aside = move_aside(options.output); !aside.empty())
      tell(fmt::format("firesweep: {} is now {}\n", options.output, aside));
  }
  publish_results(options.output, assembly.results(), provenance,
                  {.wall_seconds = stopwatch.seconds(), .ranks = {rank}}, choose_threads(0).when_writing);
}

// Shards that no part claims to be, e.g. "3/8, 5/8"; empty if the parts are no shards of one whole.
std::string absent_shards(const std::vector<Session>& sessions) {
  std::set<std::size_t> present;
  std::size_t count = 0;
  for (const Session& session : sessions) {
    if (session.shard.empty()) return {};
    const Shard shard = shard_of(session.shard).value();
    if (count != 0 && shard.count != count) return {};
    count = shard.count;
    present.insert(shard.index);
  }
  std::vector<std::string> absent;
  for (std::size_t index = 1; index <= count && absent.size() < 10; ++index)
    if (!present.contains(index)) absent.push_back(text(Shard{index, count}));
  return fmt::format("{}", fmt::join(absent, ", "));
}

void tell_gaps(const MergeOptions& options, const Assembly& assembly) {
  constexpr std::size_t most = 5;
  const Results& results = assembly.results();
  const Plan& plan = results.plan();
  std::uint64_t missing = 0;
  std::size_t scenarios = 0;
  std::vector<std::string> examples;
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    std::uint64_t of_scenario = 0;
    for (const Block& gap : missing_runs(results, s, {})) of_scenario += gap.count;
    if (of_scenario == 0) continue;
    missing += of_scenario;
    if (++scenarios <= most)
      examples.push_back(fmt::format("{} ({})", plan.scenario_name(s), grouped(of_scenario)));
  }
  const std::string absent = absent_shards(assembly.provenance().sessions);
  tell(fmt::format("firesweep: {} of {} {} missing, in {}: {}{}\n", grouped(missing),
                   counted(plan.runs(), "run"), missing == 1 ? "is" : "are", counted(scenarios, "scenario"),
                   fmt::join(examples, "; "), scenarios > most ? "; ..." : ""));
  if (!absent.empty()) tell(fmt::format("firesweep: no part is of shard {}\n", absent));
  tell(fmt::format("firesweep: 'firesweep run EXPERIMENT -o {}' makes what is missing\n", options.output));
}

ExitCode merge_command(const MergeOptions& options) {
  expect_output_apart(options);
  const auto lock = claim(options);
  const Assembly assembly(options.parts);
  publish(options, assembly);

  const Results& results = assembly.results();
  const std::uint64_t runs = results.runs_ok() + results.runs_failed();
  fmt::print("{}, {} -> {} ({})\n", counted(options.parts.size(), "file"), counted(runs, "run"),
             options.output, bytes_text(fs::file_size(options.output)));
  report_failures(results);
  if (runs == results.plan().runs()) return verdict(results);
  tell_gaps(options, assembly);
  return ExitCode::interrupted;
}

}  // namespace

Action add_merge(CLI::App& merge) {
  const auto read = std::make_shared<MergeOptions>();
  MergeOptions& options = *read;
  merge.add_option("-o,--output", options.output, "the results file to write")
      ->required()
      ->check(output_name())
      ->type_name("FILE");
  merge.add_option("PARTS", options.parts, "results files of one experiment that have no run in common")
      ->required();
  merge.add_flag("--fresh", options.starts_afresh,
                 "rename an existing results file to NAME.old-1.h5 instead of refusing");
  merge.footer(
      "Examples:\n"
      "  firesweep run experiments/danger_levels.yaml --shard 1/2\n"
      "  firesweep run experiments/danger_levels.yaml --shard 2/2\n"
      "  firesweep merge -o danger-levels.h5 danger-levels.shard-*.h5\n\n"
      "The outcome is the same bytes as that of one job. If runs are missing it says so and ends with exit "
      "code 75;\n"
      "'firesweep run' with the same experiment and output makes them.");
  return [read](const Invocation& invocation) {
    read->command_line = invocation.command_line;
    return merge_command(*read);
  };
}

}  // namespace firesweep
