#include "command_line.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_duration.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/experiment/parameter.hpp"

#include "commands/export_arguments.hpp"
#include "commands/option_checks.hpp"

namespace firesweep {
namespace {

void add_experiment(CLI::App& command, std::string& path, std::vector<std::string>& overrides) {
  command.add_option("EXPERIMENT", path, "the experiment file (YAML)")->required();
  command
      .add_option("--set", overrides,
                  "override keys of the experiment, e.g. --set landscape.width=512 max_steps=900")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

void add_threads(CLI::App& command, int& threads) {
  command
      .add_option(
          "--threads", threads,
          "threads per rank (default: OMP_NUM_THREADS, else SLURM_CPUS_PER_TASK, else the cores it may use)")
      ->check(CLI::Range(1, 4096))
      ->type_name("N");
}

KernelKind kernel_of(const std::string& given) {
  const std::vector<KernelKind> kinds = available_kernels();
  return *std::find_if(kinds.begin(), kinds.end(), [&](KernelKind kind) { return name(kind) == given; });
}

void add_kernel(CLI::App& command, KernelKind& kernel) {
  std::vector<std::string> kernels;
  for (const KernelKind kind : available_kernels()) kernels.emplace_back(name(kind));
  command
      .add_option_function<std::string>(
          "--kernel", [&](const std::string& given) { kernel = kernel_of(given); },
          "how fires are burnt; all give the same bytes (default: auto)")
      ->check(CLI::IsMember(kernels))
      ->type_name("KERNEL");
}

// Options of `run` about how work is kept and gone on with.
void add_survival(CLI::App& run, JobRequest& job) {
  run.add_option("--checkpoint", job.checkpoint,
                 "seconds between checkpoints (default: as often as takes under 2 % of the time)")
      ->check(seconds_from(0.0))
      ->type_name("SECONDS");
  run.add_option_function<std::string>(
         "--max-walltime",
         [&](const std::string& given) {
           job.max_walltime = parse_duration(given);
           if (!job.max_walltime)
             throw InputError(fmt::format(
                 "--max-walltime {}: is not a length of time; write e.g. 90s, 30m, 2h or 1-12:00:00", given));
         },
         "end in time for this limit, e.g. 90s, 30m, 2h, 1-12:00:00 (inside a Slurm job: also for its own)")
      ->type_name("T");
  run.add_option_function<std::string>(
         "--shard", [&](const std::string& given) { job.shard = parse_shard(given); },
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
}

void add_run(CLI::App& app, RunOptions& options) {
  CLI::App& run = *app.add_subcommand("run", "run an experiment and write its results file");
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
         [&](const std::string& given) {
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
      "SIGUSR1 and the walltime end the job within seconds with exit code 75, and what is done is kept. "
      "(mpirun has "
      "an\nexit code of its own when it is sent SIGINT or SIGTERM itself.)");
}

void add_status(CLI::App& app, StatusOptions& options) {
  CLI::App& status =
      *app.add_subcommand("status", "say how far a results file is, and whether a job is at work on it");
  status.add_option("FILE", options.path, "a results file, or one that a job will write")->required();
  status.add_flag("--json", options.is_json, "the same for programs, as one JSON object");
  status.add_flag("--scenarios", options.lists_scenarios, "also count the runs of every scenario");
  status.footer(
      "Examples:\n"
      "  firesweep status danger-levels.h5\n"
      "  watch firesweep status danger-levels.h5\n"
      "  firesweep status danger-levels.h5 --json | jq .runs.missing\n\n"
      "It reads what the job has last written, so a run made since then counts as missing.");
}

std::optional<std::uint64_t> parse_sample(const std::string& given) {
  if (given == "all") return std::nullopt;
  const auto runs = parse_number<std::uint64_t>(given);
  if (!runs) throw InputError(fmt::format("--sample {}: is neither a number of runs nor 'all'", given));
  return runs;
}

void add_verify(CLI::App& app, VerifyOptions& options) {
  CLI::App& verify =
      *app.add_subcommand("verify", "check a results file, and make some of its runs again to compare");
  verify.add_option("FILE", options.path, "a results file")->required();
  verify
      .add_option_function<std::string>(
          "--sample", [&](const std::string& given) { options.sample = parse_sample(given); },
          "how many runs to make again, or 'all' (default: 100)")
      ->type_name("K");
  verify
      .add_option("--pick", options.pick,
                  "which runs: the same number picks the same (default: others every time)")
      ->type_name("N");
  add_kernel(verify, options.kernel);
  add_threads(verify, options.threads);
  verify.footer(
      "Examples:\n"
      "  firesweep verify danger-levels.h5\n"
      "  firesweep verify danger-levels.h5 --sample all --kernel dense\n\n"
      "Checks that the content is what was written, that sums follow from the records of the runs, and that "
      "runs\n"
      "picked at random come to the same when they are made again. Exit code 0 if all is well, 5 if not.");
}

void add_merge(CLI::App& app, MergeOptions& options) {
  CLI::App& merge = *app.add_subcommand("merge", "put the shards of an experiment together");
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
}

void add_diff(CLI::App& app, DiffOptions& options) {
  CLI::App& diff = *app.add_subcommand("diff", "say in what two results files differ");
  diff.add_option("A", options.one, "a results file")->required();
  diff.add_option("B", options.other, "another")->required();
  diff.add_option("--threshold", options.large_fire, "burn fraction above which a fire counts as large")
      ->check(number_or_share())
      ->capture_default_str();
  diff.footer(
      "Example:\n  firesweep diff before.h5 after.h5\n\n"
      "Compares experiments, runs by their place in the matrix, and statistics of the scenarios that differ. "
      "Exit code\n"
      "0 if the content is the same, 1 if it differs, another if that could not be found out.");
}

// One option per axis that a file may have.
void add_coordinates(CLI::App& command, std::vector<GivenCoordinate>& given) {
  const auto add = [&](const std::string& axis, const std::string& meaning) {
    command
        .add_option_function<std::string>(
            option_of(axis),
            [&given, axis](const std::string& value) {
              given.push_back({axis, value, option_of(axis)});
            },
            meaning)
        ->type_name("VALUE")
        ->group("Axes of the file (those with one value need not be given)");
  };
  add("danger_level", "fire danger level");
  add("ignition_set", "where the fire starts");
  add("seed", "seed of the run");
  for (const Parameter& parameter : parameters())
    add(std::string(parameter.name), std::string(parameter.meaning));
}

void add_replay(CLI::App& app, ReplayOptions& options) {
  CLI::App& replay = *app.add_subcommand(
      "replay", "make one fire of a results file again, check it, and keep its states and an animation");
  replay.add_option("FILE", options.path, "a results file")->required();
  replay
      .add_option_function<std::vector<std::string>>(
          "--scenario",
          [&](const std::vector<std::string>& texts) {
            for (const std::string& text : texts)
              for (GivenCoordinate& one : parse_coordinates(text))
                options.coordinates.push_back(std::move(one));
          },
          "several axes at once, e.g. danger_level=extreme,ignition_set=centre")
      ->type_name("AXIS=VALUE,")
      ->allow_extra_args(false);
  replay.add_option("-o,--output", options.output, "the states (default: named after the run, with .h5)")
      ->check(output_name())
      ->type_name("FILE");
  replay.add_option("--gif", options.animation, "the animation (default: named after the run, with .gif)")
      ->type_name("FILE");
  replay.add_flag_callback(
      "--no-states", [&] { options.keeps_states = false; }, "keep no states");
  replay.add_flag_callback(
      "--no-gif", [&] { options.is_animated = false; }, "make no animation");
  replay.add_option("--every", options.every, "keep every N-th state only, and the last")
      ->check(CLI::Range(1U, max_steps_limit))
      ->type_name("N");
  add_kernel(replay, options.kernel);
  add_threads(replay, options.threads);
  add_coordinates(replay, options.coordinates);
  replay.footer(
      "Examples:\n"
      "  firesweep replay danger-levels.h5 --danger-level extreme --ignition-set centre --seed 42\n"
      "  firesweep replay wind.h5 --scenario wind_speed=40,humidity=10 --seed 7 -o fire.h5 --no-gif\n\n"
      "The states are a variable (step, y, x): 0 empty, 1 vegetation, 2 burning, 3 burnt. Exit code 5 if the "
      "fire does not\n"
      "come to what the file says of it.");
}

void add_report(CLI::App& app, ReportOptions& options) {
  CLI::App& report =
      *app.add_subcommand("report", "make a page with key numbers, figures and provenance (HTML)");
  report.add_option("FILE", options.path, "a results file")->required();
  report.add_option("-o,--output", options.output, "the page (default: the file's name with .html)")
      ->check(output_name())
      ->type_name("FILE");
  report
      .add_option(
          "--at", options.choices,
          "what pictures show, e.g. ignition_set=ridge (default: where there are runs, of numbers the "
          "middle, of names the first); may be repeated")
      ->type_name("AXIS=VALUE")
      ->allow_extra_args(false);
  report.footer(
      "Example:\n  firesweep report danger-levels.h5\n\n"
      "The page stands alone: whoever gets it needs a browser only. It is made by Python with xarray and "
      "matplotlib\n"
      "(/usr/bin/python3, or FIRESWEEP_PYTHON) and the analysis package that comes with firesweep (or "
      "FIRESWEEP_ANALYSIS).\nExit code 69 if one of them is missing.");
}

Colouring colouring_of(const std::string& given) {
  if (given == "always") return Colouring::always;
  return given == "never" ? Colouring::never : Colouring::automatic;
}

void add_show(CLI::App& app, ShowOptions& options) {
  CLI::App& show = *app.add_subcommand("show", "print what is in a results file, one row per scenario");
  show.add_option("FILE", options.path, "a results file")->required();
  add_scenarios(show, options.view.scenarios);
  show.add_option("--metric", options.view.metric,
                  "which number of every run, e.g. steps, peak_burning_cells (default: burn_fraction)")
      ->type_name("NAME");
  show.add_option("--threshold", options.view.threshold,
                  "what a large fire has more of (default: 0.1 burnt, else the file's middle threshold)")
      ->check(number_or_share())
      ->type_name("X");
  show.add_option("--quantile", options.view.quantile,
                  "the high quantile, from which on fires are the worst (default: 0.95)")
      ->type_name("Q");
  show.add_option("--cell", options.view.cell, "how likely this cell burns in each scenario")
      ->type_name("X,Y");
  show.add_flag("--paired", options.lists_differences, "also compare danger levels seed by seed");
  show.add_flag("--json", options.is_json, "everything, for programs, as one JSON object");
  show.add_flag("--csv", options.is_csv, "a table with one row per scenario and estimate");
  show.add_option_function<std::string>(
          "--color", [&](const std::string& given) { options.colouring = colouring_of(given); },
          "auto (on a terminal, unless NO_COLOR is set), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  show.footer(
      "Examples:\n"
      "  firesweep show danger-levels.h5 --threshold 0.5\n"
      "  firesweep show danger-levels.h5 --scenario danger_level=extreme --scenario "
      "danger_level=catastrophic\n"
      "  firesweep show danger-levels.h5 --metric steps --threshold 200\n"
      "  firesweep show danger-levels.h5 --cell 20,5\n"
      "  firesweep show danger-levels.h5 --paired --color always | less -R\n"
      "  firesweep show danger-levels.h5 --json | jq '.scenarios[0].mean'\n\n"
      "Estimates are those in the file; what it does not have (another threshold or metric) is made from its "
      "runs.");
}

}  // namespace

void add_commands(CLI::App& app, Request& request) {
  app.require_subcommand(1);
  add_run(app, request.run);

  CLI::App& plan =
      *app.add_subcommand("plan", "say what an experiment will take: axes, runs, time, memory, disk");
  add_experiment(plan, request.experiment.path, request.experiment.overrides);
  add_threads(plan, request.threads);
  plan.footer(
      "Example:\n  firesweep plan experiments/wind_sensitivity.yaml --set matrix.seed.count=100000\n\nRuns "
      "nothing.");

  CLI::App& validate =
      *app.add_subcommand("validate", "check an experiment file and report every problem in it");
  add_experiment(validate, request.experiment.path, request.experiment.overrides);
  validate.footer("Example:\n  firesweep validate experiments/danger_levels.yaml && sbatch job.sh");

  CLI::App& levels =
      *app.add_subcommand("levels", "show the danger levels and their p(n), or rate a given weather");
  levels.add_option("--wind-speed", request.levels.wind_speed, "observed wind [km/h]");
  levels.add_option("--humidity", request.levels.humidity, "observed relative humidity [%]");
  levels.add_option("--temperature", request.levels.temperature, "observed temperature [degC]");
  levels.footer(
      "Examples:\n  firesweep levels\n  firesweep levels --wind-speed 45 --humidity 18 --temperature 38");

  add_show(app, request.show);
  add_export(app, request.exporting);
  add_status(app, request.status);
  add_verify(app, request.verify);
  add_merge(app, request.merge);
  add_diff(app, request.diff);
  add_replay(app, request.replay);
  add_report(app, request.report);

  CLI::App& schema = *app.add_subcommand("schema", "print the JSON Schema of experiment files, for editors");
  schema.add_flag("--table", request.schema_as_table,
                  "print all keys, their defaults and meanings as a table in Markdown instead");
  schema.footer("Example:\n  firesweep schema > experiment.schema.json");
}

}  // namespace firesweep
