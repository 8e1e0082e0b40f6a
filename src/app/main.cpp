#include <algorithm>
#include <exception>
#include <new>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <malloc.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/io/provenance.hpp"
#include "firesweep/io/results_file.hpp"

#include "commands.hpp"
#include "terminal.hpp"

namespace {

using namespace firesweep;

// What the command line asks for; the options of the subcommand that was given are filled in.
struct Request {
  RunOptions run;
  ExperimentOptions experiment;
  int threads = 0;
  LevelsOptions levels;
  ShowOptions show;
};

void add_experiment(CLI::App& command, ExperimentOptions& options) {
  command.add_option("EXPERIMENT", options.path, "the experiment file (YAML)")->required();
  command
      .add_option("--set", options.overrides,
                  "override a key of the experiment, e.g. --set landscape.width=512; may be repeated")
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

void add_run(CLI::App& app, RunOptions& options) {
  CLI::App& run = *app.add_subcommand("run", "run an experiment and write its results file");
  add_experiment(run, options.experiment);
  run.add_option("-o,--output", options.output, "the results file (default: the experiment's name with .h5)")
      ->type_name("FILE");
  add_threads(run, options.threads);
  std::vector<std::string> kernels;
  for (const KernelKind kind : available_kernels()) kernels.emplace_back(name(kind));
  run.add_option_function<std::string>(
         "--kernel", [&](const std::string& given) { options.kernel = kernel_of(given); },
         "how fires are burnt; all give the same bytes (default: auto)")
      ->check(CLI::IsMember(kernels))
      ->type_name("KERNEL");
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
      "  firesweep run experiments/danger_levels.yaml --set landscape.width=512 -o wide.h5\n\n"
      "The results are the same bytes for any number of ranks and threads. Progress goes to standard error, "
      "the\n"
      "table to standard output. An existing results file is replaced only by a complete new one\n"
      "of the same experiment.");
}

void add_commands(CLI::App& app, Request& request) {
  app.require_subcommand(1);
  add_run(app, request.run);

  CLI::App& plan =
      *app.add_subcommand("plan", "say what an experiment will take: axes, runs, time, memory, disk");
  add_experiment(plan, request.experiment);
  add_threads(plan, request.threads);
  plan.footer(
      "Example:\n  firesweep plan experiments/wind_sensitivity.yaml --set matrix.seed.count=100000\n\nRuns "
      "nothing.");

  CLI::App& validate =
      *app.add_subcommand("validate", "check an experiment file and report every problem in it");
  add_experiment(validate, request.experiment);
  validate.footer("Example:\n  firesweep validate experiments/danger_levels.yaml && sbatch job.sh");

  CLI::App& levels =
      *app.add_subcommand("levels", "show the danger levels and their p(n), or rate a given weather");
  levels.add_option("--wind-speed", request.levels.wind_speed, "observed wind [km/h]");
  levels.add_option("--humidity", request.levels.humidity, "observed relative humidity [%]");
  levels.add_option("--temperature", request.levels.temperature, "observed temperature [degC]");
  levels.footer(
      "Examples:\n  firesweep levels\n  firesweep levels --wind-speed 45 --humidity 18 --temperature 38");

  CLI::App& show = *app.add_subcommand("show", "print a results file as a table, one row per scenario");
  show.add_option("FILE", request.show.path, "a results file")->required();
  show.add_option("--threshold", request.show.large_fire, "burn fraction above which a fire counts as large")
      ->capture_default_str();
  show.footer("Example:\n  firesweep show danger-levels.h5 --threshold 0.5");

  CLI::App& schema = *app.add_subcommand("schema", "print the JSON Schema of experiment files, for editors");
  schema.footer("Example:\n  firesweep schema > experiment.schema.json");
}

ExitCode execute(const CLI::App& app, Request& request, int& argc, char**& argv) {
  if (app.got_subcommand("run")) return run_command(request.run, argc, argv);
  if (app.got_subcommand("plan")) return plan_command(request.experiment, request.threads);
  if (app.got_subcommand("validate")) return validate_command(request.experiment);
  if (app.got_subcommand("levels")) return levels_command(request.levels);
  if (app.got_subcommand("show")) return show_command(request.show);
  return schema_command();
}

// Blocks of large landscapes come and go as messages of many megabytes. By default each would be fresh memory
// from the system, which clears it page by page; kept in the heap it is there already.
void keep_large_memory() {
#if defined(__GLIBC__)  // elsewhere it is only slower
  constexpr int one_gibibyte = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, one_gibibyte);
  mallopt(M_TRIM_THRESHOLD, one_gibibyte);
#endif
}

std::string version_text() {
  std::string text;
  for (const auto& [name, value] : build_facts()) text += fmt::format("{}: {}\n", name, value);
  text.pop_back();
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  keep_large_memory();
  CLI::App app(
      "firesweep: what a simulated bushfire does when one fire is not an answer.\n"
      "Runs every combination of danger levels, ignition sets, further axes and seeds, with MPI over all "
      "cores,\n"
      "and leaves one HDF5 file of burn-fraction statistics and probability maps.\n",
      "firesweep");
  app.footer(
      "Examples:\n"
      "  firesweep levels\n"
      "  firesweep plan experiments/danger_levels.yaml\n"
      "  mpirun firesweep run experiments/danger_levels.yaml\n"
      "  firesweep show danger-levels.h5\n\n"
      "'firesweep COMMAND --help' tells more. Exit codes: 0 done, 2 bad input, 3 some runs failed within the "
      "experiment's\n"
      "policy, 4 too many failed, 5 results file damaged or of another experiment.");
  app.set_version_flag("--version", version_text);
  Request request;
  add_commands(app, request);
  const auto fail = [](ExitCode code, std::string_view message) {
    tell(fmt::format("{}\n", message));
    return static_cast<int>(code);
  };
  try {
    app.parse(argc, argv);
    request.run.command_line = fmt::format("{}", fmt::join(argv, argv + argc, " "));
    const ExitCode code = execute(app, request, argc, argv);
    finish_output();
    return static_cast<int>(code);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::bad_input);
  } catch (const InputError& error) {
    return fail(ExitCode::bad_input, error.what());
  } catch (const BadResultsFile& error) {
    return fail(ExitCode::unusable_results, fmt::format("firesweep: {}", error.what()));
  } catch (const std::bad_alloc&) {
    return fail(ExitCode::internal_error, "firesweep: out of memory");
  } catch (const std::exception& error) {
    return fail(ExitCode::internal_error, fmt::format("firesweep: {}", error.what()));
  }
}
