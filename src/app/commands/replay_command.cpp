#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"
#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/run_choice.hpp"
#include "firesweep/job/stop_signals.hpp"
#include "firesweep/job/threads.hpp"
#include "firesweep/render/fire_animation.hpp"
#include "firesweep/store/fire_file.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/comparison.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/ground_view.hpp"
#include "view/safe_names.hpp"
#include "view/table.hpp"
#include "view/text_format.hpp"

namespace firesweep {
namespace {

struct ReplayOptions {
  std::string path;
  std::vector<GivenCoordinate> coordinates;  ///< of the run
  std::optional<std::string> output;         ///< of the states; absent: named after the run
  std::optional<std::string> animation;      ///< absent: named after the run
  bool keeps_states = true;
  bool is_animated = true;
  std::uint32_t every = 1;  ///< steps between the states that are kept
  KernelKind kernel = KernelKind::automatic;
  int threads = 0;           ///< 0: as the environment says
  std::string command_line;  ///< for the provenance
};

// Hands the states of a fire to those who want them, until somebody asks the process to end.
class Spectator final : public FireWatcher {
 public:
  using Recorders = std::vector<std::unique_ptr<FireRecorder>>;

  Spectator(const Recorders& recorders, std::uint32_t steps) : recorders_(recorders), steps_(steps) {}

  Verdict at_step(std::uint32_t step, const FireView& fire) override {
    std::optional<std::vector<CellState>> states;  // asked for only if wanted
    for (const auto& recorder : recorders_) {
      if (!recorder->wants(step)) continue;
      if (!states) states = fire.states();
      recorder->add(step, *states);
    }
    if (since_word_.seconds() > seconds_between_words) {
      tell(fmt::format("step {} of {}\n", grouped(step), grouped(steps_)));
      since_word_ = Stopwatch();
    }
    return StopSignals::received() ? Verdict::abandon : Verdict::go_on;
  }

 private:
  static constexpr double seconds_between_words = 10.0;

  const Recorders& recorders_;
  std::uint32_t steps_;
  Stopwatch since_word_;
};

// What a fire came to when it was made again, before its states are kept.
struct Rerun {
  RunRecord record;
  std::vector<AssetLoss> losses;
  std::vector<std::uint64_t> burning;  // at every step
  View view;
};

Rerun make_again(const Plan& plan, const RunChoice& run, KernelKind kind, int threads) {
  const Experiment& experiment = plan.experiment();
  const Extent extent = experiment.base.extent;
  TallyChoice choice = run_choice(experiment);
  choice.burn_count = choice.curves = true;
  const auto kernel = make_kernel(kind, extent, choice, threads);
  const Spectator::Recorders nobody;
  Spectator spectator(nobody, 0);
  const RunRecord record = kernel->run(plan.scenario(run.scenario), plan.seed(run.seed), &spectator);
  const Tally tally = kernel->take_tally();
  std::vector<AssetLoss> losses(kernel->losses().begin(), kernel->losses().end());
  losses.resize(experiment.assets.size());
  return {record, std::move(losses), tally.curves.burning, view_of(tally, extent)};
}

// How the run made again compares with that in the file. Throws BadResultsFile if they differ.
std::string compare(const StoredEnsemble& stored, const RunChoice& run, const RunRecord& now) {
  const RunRecord then = stored.records(run.scenario)[run.seed];
  if (then.status == RunStatus::missing) return "nothing to compare with: the run is missing in the file";
  if (then.status == RunStatus::failed) return "nothing to compare with: the run failed";
  if (agree(then, now, stored.experiment().burnable_cells())) return "identical";
  throw BadResultsFile(fmt::format("{}: {}: {} (in the file and when made again); nothing is written",
                                   stored.path(), run_text(stored.plan(), run.scenario, run.seed),
                                   differing_fields(then, now, stored.experiment().burnable_cells())));
}

// "danger-levels.extreme-centre-42".
std::string default_name(const StoredEnsemble& stored, const RunChoice& run) {
  const Plan& plan = stored.plan();
  std::vector<std::string> names;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario)
    names.push_back(fmt::format("{}", fmt::join(plan.labels(scenario), "-")));
  return fmt::format("{}.{}-{}", std::filesystem::path(stored.path()).stem().string(),
                     safe_names(names)[run.scenario], static_cast<std::uint64_t>(plan.seed(run.seed)));
}

// The changes of the weather that the fire has seen.
void print_weather(const ReplayedFire& fire) {
  const auto& minutes = fire.plan.experiment().ground.step_minutes;
  for (const WeatherPeriod& period : weather_periods(fire.plan.scenario(fire.scenario))) {
    if (period.first_step == 0 || period.first_step >= fire.record.steps) continue;
    const Weather& weather = period.weather;
    fmt::print("  weather         from step {}{}: wind {} km/h from {}, humidity {} %, {} degC\n",
               grouped(period.first_step),
               minutes ? fmt::format(" ({})", duration(60.0 * *minutes * period.first_step)) : "",
               weather.wind_speed, weather.wind_direction, weather.humidity, weather.temperature);
  }
}

// What the fire has taken of each set of assets.
void print_losses(const ReplayedFire& fire, const std::vector<AssetLoss>& losses) {
  const std::vector<Assets>& sets = fire.plan.experiment().assets;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const AssetLoss& loss = losses[i];
    const double lost = static_cast<double>(loss.lost) * sets[i].resolution;
    fmt::print("  {:<15} {} of {} lost{}\n", i == 0 ? "assets" : "",
               printable(fmt::format("{}: {}", sets[i].name, amount_text(lost, "1"))),
               printable(amount_text(sets[i].total, sets[i].unit)),
               loss.is_hit() ? fmt::format(", the first at step {}", grouped(loss.arrival_step)) : "");
  }
}

void print_fire(const ReplayedFire& fire, const Rerun& made) {
  const RunRecord& record = fire.record;
  const double cells = static_cast<double>(fire.plan.experiment().burnable_cells());
  fmt::print("{}: {} ({})\n", fire.results_path, run_text(fire.plan, fire.scenario, fire.seed),
             fire.comparison);
  fmt::print("  burnt           {}, {}\n", counted(record.burnt_cells, "cell"),
             percentage(static_cast<double>(record.burnt_cells) / cells));
  fmt::print("  steps           {}\n", grouped(record.steps));
  print_losses(fire, made.losses);
  print_weather(fire);
  fmt::print("  ignitions       {}{}\n", grouped(record.ignitions),
             record.ignitions_failed > 0 ? fmt::format(", {} failed", grouped(record.ignitions_failed)) : "");
  if (record.is_drawn)
    fmt::print("  first drawn     column {}, row {}\n", record.ignition_x, record.ignition_y);
  fmt::print("  most at once    {}, at step {}\n", counted(record.peak_burning_cells, "cell"),
             grouped(record.peak_step));
  if (record.embers > 0)
    fmt::print("  embers          {}, {} lost\n", grouped(record.embers), grouped(record.embers_lost));
  fmt::print("  cells burning   {}\n", TextFormat(Colouring::automatic).course(made.burning));
  if (record.burning_cells > 0)
    fmt::print("  ended by max_steps with {} still burning\n", counted(record.burning_cells, "cell"));
}

void print_file(const std::string& path, std::string_view what) {
  fmt::print("{}: {}, {}\n", path, what, bytes_text(std::filesystem::file_size(path)));
}

ExitCode replay_command(const ReplayOptions& options) {
  const ThreadChoice choice = choose_threads(options.threads);
  if (!choice.warning.empty()) tell(fmt::format("firesweep: warning: {}\n", choice.warning));
  const StopSignals stop_signals;
  const StoredEnsemble stored(options.path, StoredEnsemble::Check::file);
  warn_if_changed(options.path);
  const Plan plan = stored.plan_with_landscapes();
  const RunChoice run = choose_run(plan, options.coordinates);
  try {
    const Rerun made = make_again(plan, run, options.kernel, choice.threads);
    const ReplayedFire fire{.plan = plan,
                            .scenario = run.scenario,
                            .seed = run.seed,
                            .record = made.record,
                            .comparison = compare(stored, run, made.record),
                            .results_path = options.path,
                            .content_sha256 = stored.content_sha256(),
                            .command_line = options.command_line};
    const std::string name = default_name(stored, run);
    const std::string states = options.output.value_or(name + ".h5");
    const std::string animation = options.animation.value_or(name + ".gif");
    std::error_code ignored;  // the writing will tell
    const auto place = [&](const std::string& file) {
      return std::filesystem::weakly_canonical(file, ignored);
    };
    if (options.keeps_states && options.is_animated && place(states) == place(animation) && !ignored)
      throw InputError(states + ": cannot hold both the states and the animation");
    Spectator::Recorders recorders;
    if (options.keeps_states) recorders.push_back(make_fire_file(states, fire, options.every));
    if (options.is_animated) recorders.push_back(make_fire_animation(animation, fire, made.view));
    Spectator spectator(recorders, made.record.steps);
    const auto kernel = make_kernel(options.kernel, plan.experiment().base.extent,
                                    {.cell_counts = plan.experiment().outputs.cell_counts}, choice.threads);
    if (!recorders.empty())
      expects(kernel->run(plan.scenario(run.scenario), plan.seed(run.seed), &spectator) == made.record,
              "a fire is the same every time");
    for (const auto& recorder : recorders) recorder->publish();
    print_fire(fire, made);
    if (options.keeps_states) print_file(states, "its states");
    if (options.is_animated) print_file(animation, "its animation");
  } catch (const FireAbandoned&) {
    tell("firesweep: interrupted; nothing was written\n");
    return ExitCode::interrupted;
  }
  return ExitCode::done;
}

// One option per axis that a file may have.
void add_coordinates(CLI::App& command, std::vector<GivenCoordinate>& given) {
  const auto add = [&](std::string_view name, std::string_view meaning) {
    const std::string axis(name);
    command
        .add_option_function<std::string>(
            option_of(axis),
            [&given, axis](const std::string& value) {
              given.push_back({axis, value, option_of(axis)});
            },
            std::string(meaning))
        ->type_name("VALUE")
        ->group("Axes of the file (those with one value need not be given)");
  };
  add(DangerLevelAxis::name, DangerLevelAxis::meaning);
  add(WeatherAxis::name, WeatherAxis::meaning);
  add(LandscapeAxis::name, LandscapeAxis::meaning);
  add(IgnitionSetAxis::name, IgnitionSetAxis::meaning);
  add(arrays::seed.name, arrays::seed.meaning);
  for (const Parameter& parameter : parameters()) add(parameter.name, parameter.meaning);
}

}  // namespace

Action add_replay(CLI::App& replay) {
  const auto read = std::make_shared<ReplayOptions>();
  ReplayOptions& options = *read;
  add_results_file(replay, options.path);
  replay
      .add_option_function<std::vector<std::string>>(
          "--scenario",
          [&options](const std::vector<std::string>& texts) {
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
      "--no-states", [&options] { options.keeps_states = false; }, "keep no states");
  replay.add_flag_callback(
      "--no-gif", [&options] { options.is_animated = false; }, "make no animation");
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
  return [read](const Invocation& invocation) {
    read->command_line = invocation.command_line;
    return replay_command(*read);
  };
}

}  // namespace firesweep
