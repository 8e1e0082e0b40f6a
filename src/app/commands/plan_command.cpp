#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/process_memory.hpp"
#include "firesweep/config/experiment_difference.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/footprint.hpp"
#include "firesweep/ensemble/precision.hpp"
#include "firesweep/experiment/compared_axes.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/job/collectors.hpp"
#include "firesweep/job/threads.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/read_plan.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/ground_view.hpp"
#include "view/table.hpp"
#include "view/until_text.hpp"

namespace firesweep {
namespace {

struct PlanOptions {
  GivenExperiment experiment;
  int threads = 0;      ///< 0: as the environment says
  int ranks = 0;        ///< of a job that is to be asked for; 0: none is
  std::string results;  ///< a file of the experiment, by which seeds that grow are foretold; may be empty
};

// Of a design e.g. "sobol, 512 rows of 10: wind_speed 20.1 ... 89.9, humidity 3.2 ... 41.7".
std::string preview(const SampleAxis& axis) {
  const Design& design = axis.design;
  std::string text(name(design.method));
  if (design.samples_per_row() > 1)
    text += fmt::format(", {} of {}",
                        counted(design.rows, design.method == DesignMethod::sobol ? "row" : "trajectory"),
                        design.samples_per_row());
  for (std::size_t k = 0; k < design.parameters(); ++k) {
    double least = axis.value(0, k);
    double most = least;
    for (std::size_t i = 0; i < axis.samples(); ++i) {
      least = std::min(least, axis.value(i, k));
      most = std::max(most, axis.value(i, k));
    }
    text += fmt::format("{} {} {:.4g} ... {:.4g}", k == 0 ? ":" : ",", design.columns[k].parameter->name,
                        least, most);
  }
  return text;
}

// The first coordinates of an axis, e.g. "40, 45, 50, ... 80".
std::string preview(const Axis& axis) {
  if (const auto* samples = std::get_if<SampleAxis>(&axis)) return preview(*samples);
  constexpr std::size_t most = 8;
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < std::min(size(axis), most); ++i) labels.push_back(label(axis, i));
  std::string text = fmt::format("{}", fmt::join(labels, ", "));
  if (size(axis) > most) text += ", ... " + label(axis, size(axis) - 1);
  return text;
}

// "danger_level (21 pairs); not weather (of 365 values, unless outputs.compare names it)"; empty if there is nothing to
// compare.
std::string compared_text(const Experiment& experiment) {
  const std::vector<std::size_t> compared = compared_axes(experiment);
  std::vector<std::string> texts;
  std::vector<std::string> others;
  for (std::size_t axis = 0; axis < experiment.axes.size(); ++axis) {
    const std::string_view axis_name = name(experiment.axes[axis]);
    const std::size_t values = size(experiment.axes[axis]);
    if (std::ranges::find(compared, axis) != compared.end())
      texts.push_back(fmt::format("{} ({})", axis_name, counted(count_pairs(values), "pair")));
    else if (values > 1 && !std::holds_alternative<SampleAxis>(experiment.axes[axis]))
      others.push_back(
          fmt::format("{} (of {} values, unless outputs.compare names it)", axis_name, grouped(values)));
  }
  if (!others.empty()) texts.push_back(fmt::format("not {}", fmt::join(others, ", ")));
  return fmt::format("{}", fmt::join(texts, ", "));
}

// The plan of an experiment whose scenarios all take the most seeds.
Plan largest(const Plan& plan) {
  return plan_of_stages(plan, std::vector<std::size_t>(plan.scenarios(), plan.experiment().until->most));
}

// What seeds that grow come to: at least and at most, and by the runs of a results file.
void print_growth(const Plan& plan, const std::string& results_path) {
  const StoppingRule& until = *plan.experiment().until;
  const Plan most = largest(plan);
  const Footprint need = footprint(most);
  fmt::print("until   {}: {} to {} seeds of a scenario, {} to {} runs\n", targets_text(until),
             grouped(until.first_stage), grouped(until.most), grouped(plan.runs()), grouped(most.runs()));
  fmt::print("        with all of them at most {} of memory on rank 0 and {} on disk\n",
             bytes_text(need.program_memory + need.results_memory), bytes_text(need.file));
  if (results_path.empty()) return;
  const StoredEnsemble stored(results_path);
  if (!differences(stored.experiment(), most.experiment()).empty())
    throw InputError(
        fmt::format("--results {}: holds another experiment; 'firesweep diff' of two files or 'run' says "
                    "what differs",
                    results_path));
  const Plan as_stored =
      plan_of_stages(plan, std::vector<std::size_t>(plan.scenarios(), until.stage_of(stored.plan().seeds())));
  Results known(as_stored);
  stored.restore(known);
  std::vector<std::size_t> stages;
  std::uint64_t made = known.runs_ok() + known.runs_failed();
  for (std::size_t s = 0; s < plan.scenarios(); ++s) stages.push_back(expected_seeds(known, s));
  fmt::print("        by the runs of {} it will take about {}, {} of which are there\n", results_path,
             counted(plan_of_stages(plan, stages).runs(), "run"), grouped(made));
}

// What a job of so many ranks has to ask Slurm for. Its --mem is a node's, and where the ranks come to lie is not known
// here: one node may have them all. The time is left to the site's limits, as the plan knows it within a factor of ten.
void print_slurm_options(const Footprint& need, int ranks, int threads, int collectors) {
  constexpr std::uint64_t mebibyte = 1 << 20;
  const auto count = [](int n) { return static_cast<std::uint64_t>(n); };
  const std::uint64_t memory = need.results_memory + count(ranks) * need.program_memory +
                               count(ranks) * count(threads) * need.worker_memory +
                               count(collectors) * need.collector_memory;
  fmt::print(
      "\nin place of what slurm/firesweep.sbatch says of nodes, tasks, cores and memory:\n"
      "#SBATCH --ntasks={}\n"
      "#SBATCH --cpus-per-task={}\n"
      "#SBATCH --mem={}M    # of a node, if all ranks are on one\n",
      ranks, threads, (memory + mebibyte - 1) / mebibyte);
}

double expected_cpu_seconds(const Plan& plan) {
  double seconds = 0.0;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    if (plan.is_excluded(scenario)) continue;
    double of_seed = expected_seconds(plan.scenario(scenario), KernelKind::automatic);
    for (const ScenarioPair& pair : paired_map_pairs(plan, scenario))
      of_seed += expected_seconds(plan.scenario(pair.earlier), KernelKind::automatic);
    seconds += of_seed * static_cast<double>(plan.seeds());
  }
  return seconds;
}

ExitCode plan_command(const PlanOptions& options) {
  const auto [plan, landscapes] = read_plan(options.experiment);
  const Experiment& experiment = plan.experiment();
  Table axes;
  axes.add_column("axis", Table::Align::left);
  axes.add_column("length", Table::Align::right);
  axes.add_column("values", Table::Align::left);
  for (const Axis& axis : experiment.axes)
    axes.add_row({std::string(name(axis)), grouped(size(axis)), preview(axis)});
  const auto seed = [&experiment](std::size_t i) { return static_cast<std::uint64_t>(experiment.seeds[i]); };
  axes.add_row({"seed", grouped(plan.seeds()),
                plan.seeds() == 1 ? fmt::format("{}", seed(0))
                                  : fmt::format("{} ... {}", seed(0), seed(plan.seeds() - 1))});

  const std::uint64_t excluded = plan.scenarios() - plan.runs() / plan.seeds();
  const int threads = choose_threads(options.threads).threads;
  const int workers = threads * std::max(1, options.ranks);
  const Footprint need = footprint(plan);
  const double seconds = expected_cpu_seconds(plan);
  fmt::print("{}: {} x {} cells, vegetation density {}\n\n{}\n", printable(experiment.name),
             experiment.base.extent.width, experiment.base.extent.height, experiment.base.vegetation_density,
             axes.text());
  const std::string ground = ground_text(plan, landscapes);
  if (!ground.empty()) fmt::print("{}\n", ground);
  fmt::print("runs    {}{}\n", grouped(plan.runs()),
             excluded > 0 ? fmt::format(" ({} excluded)", counted(excluded, "scenario")) : "");
  if (experiment.until)
    print_growth(plan, options.results);
  else if (!options.results.empty())
    throw InputError("--results: says how far seeds will grow, and these do not (matrix.seed has no until)");
  if (const std::string compared = compared_text(experiment); !compared.empty())
    fmt::print("compared seed by seed: {}\n", compared);
  std::uint64_t again = 0;
  for (std::size_t s = 0; s < plan.scenarios(); ++s)
    again += paired_map_pairs(plan, s).size() * plan.planned(s);
  if (again > 0) fmt::print("        {} burn again, to be compared cell by cell\n", counted(again, "fire"));
  fmt::print(
      "time    about {} on {} (within a factor of ten; what a fire costs is known once some have burnt)\n",
      duration(seconds / workers), counted(static_cast<unsigned>(workers), "thread"));
  fmt::print("memory  at most {} on rank 0, {} on any other, and {} more per thread\n",
             bytes_text(need.program_memory + need.results_memory), bytes_text(need.program_memory),
             bytes_text(need.worker_memory));
  const int collectors = choose_collectors(std::nullopt, std::max(1, options.ranks), threads);
  if (collectors > 0)
    fmt::print("        {} more on each of {} ranks that collect for the others\n",
               bytes_text(need.collector_memory), collectors);
  fmt::print("disk    at most {}, less after compression\n", bytes_text(need.file));
  if (options.ranks > 0)
    print_slurm_options(experiment.until ? footprint(largest(plan)) : need, options.ranks, threads,
                        collectors);
  else  // the job's memory is not this machine's
    check_memory(plan, available_memory());
  return ExitCode::done;
}

}  // namespace

Action add_plan(CLI::App& plan) {
  const auto read = std::make_shared<PlanOptions>();
  PlanOptions& options = *read;
  add_experiment(plan, options.experiment.path, options.experiment.overrides);
  add_threads(plan, options.threads);
  plan.add_option("--ranks", options.ranks,
                  "also print the #SBATCH lines of a job of so many ranks with --threads each")
      ->check(CLI::Range(1, 100'000))
      ->type_name("N");
  plan.add_option(
          "--results", options.results,
          "a results file of the experiment, whose runs say how far its seeds will grow (matrix.seed.until)")
      ->type_name("FILE");
  plan.footer(
      "Examples:\n  firesweep plan experiments/wind_sensitivity.yaml --set matrix.seed.count=100000\n"
      "  firesweep plan experiments/danger_levels.yaml --ranks 8 --threads 16\n\nRuns nothing.");
  return [read](const Invocation&) { return plan_command(*read); };
}

}  // namespace firesweep
