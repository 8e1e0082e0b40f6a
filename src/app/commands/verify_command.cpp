#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <random>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/consistency.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/job/threads.hpp"
#include "firesweep/random/draw.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/comparison.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/progress.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

struct VerifyOptions {
  std::string path;
  std::optional<std::uint64_t> sample = 100;  ///< runs to make again; absent: all
  std::optional<std::uint64_t> pick;          ///< seed of the sample; absent: another one every time
  KernelKind kernel = KernelKind::automatic;
  int threads = 0;  ///< 0: as the environment says
};

// A run of the sample: what the file says it came to, and what it came to now.
struct SampledRun {
  std::size_t scenario = 0;
  std::size_t seed = 0;
  RunRecord stored;
  std::vector<AssetLoss> lost;  // of each set of assets
  RunRecord now;
  std::vector<AssetLoss> lost_now;
  std::string message;  // why it could not be made again
};

// Picks runs one by one as they come by, each with the chance that leaves every choice of so many equally
// likely.
class Sampling {
 public:
  Sampling(std::uint64_t wanted, std::uint64_t of, std::uint64_t pick)
      : wanted_(std::min(wanted, of)), left_(of), pick_(pick) {}

  bool takes_next() {
    const bool takes = number_below(Seed{pick_}, Purpose::audit, left_, left_) < wanted_;
    --left_;
    if (takes) --wanted_;
    return takes;
  }

 private:
  std::uint64_t wanted_;
  std::uint64_t left_;  // to come by
  std::uint64_t pick_;
};

std::vector<AssetLoss> losses_of(const ScenarioResults& known, std::size_t run) {
  const std::size_t sets = known.losses.size() / known.records.size();
  const auto first = known.losses.begin() + static_cast<std::ptrdiff_t>(run * sets);
  return {first, first + static_cast<std::ptrdiff_t>(sets)};
}

// Reads the whole file once: draws the sample, and tells what does not fit together.
std::vector<SampledRun> read_through(const StoredEnsemble& stored, Sampling sampling,
                                     std::vector<std::string>& problems) {
  const Plan& plan = stored.plan();
  std::vector<SampledRun> sample;
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    if (plan.is_excluded(s)) continue;
    const ScenarioResults known = stored.scenario(s);
    for (const std::string& contradiction : contradictions(known))
      problems.push_back(fmt::format("{}: {}", plan.scenario_name(s), contradiction));
    for (std::size_t i = 0; i < known.records.size(); ++i) {
      if (known.records[i].status == RunStatus::ok && sampling.takes_next())
        sample.push_back({.scenario = s,
                          .seed = i,
                          .stored = known.records[i],
                          .lost = losses_of(known, i),
                          .now = {},
                          .lost_now = {},
                          .message = {}});
    }
  }
  return sample;
}

// Makes the runs of a sample once more, on several threads.
class SampleCheck {
 public:
  SampleCheck(const Plan& plan, KernelKind kernel, std::vector<SampledRun>& sample)
      : plan_(plan), kernel_(kernel), sample_(sample) {}

  void run(int threads) {
    const ThreadLayout layout = choose_thread_layout(threads, 1, sample_.size());
    std::vector<std::jthread> workers;
    for (int i = 0; i < layout.threads; ++i)
      workers.emplace_back([this, &layout] { make_runs(layout.threads_per_run); });
    watch();
  }

 private:
  void make_runs(int threads_per_run) {
    const Experiment& experiment = plan_.experiment();
    const TallyChoice only_records = run_choice(experiment);
    std::unique_ptr<Kernel> kernel;
    for (std::size_t i = next_++; i < sample_.size(); i = next_++) {
      SampledRun& run = sample_[i];
      try {
        if (!kernel) kernel = make_kernel(kernel_, experiment.base.extent, only_records, threads_per_run);
        run.now = kernel->run(plan_.scenario(run.scenario), plan_.seed(run.seed));
        run.lost_now.assign(kernel->losses().begin(), kernel->losses().end());
        run.lost_now.resize(experiment.assets.size());
      } catch (const std::exception& error) {
        run.now.status = RunStatus::failed;
        run.message = error.what();
      }
      ++made_;
    }
  }

  void watch() const {
    const Stopwatch stopwatch;
    const Progress::Style style = Progress::style_of_standard_error();
    Progress progress(style, sample_.size());
    const auto left = [&](std::uint64_t made) {
      return stopwatch.seconds() / static_cast<double>(std::max<std::uint64_t>(made, 1)) *
             static_cast<double>(sample_.size() - made);
    };
    for (std::uint64_t made = made_; made < sample_.size(); made = made_) {
      progress.update(made, 0, left(made));
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (style == Progress::Style::bar) progress.finish(sample_.size(), 0);
  }

  const Plan& plan_;
  KernelKind kernel_;
  std::vector<SampledRun>& sample_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::uint64_t> made_ = 0;
};

void compare(const Plan& plan, const std::vector<SampledRun>& sample, std::vector<std::string>& problems) {
  const std::uint64_t cells = plan.experiment().burnable_cells();
  for (const SampledRun& run : sample) {
    const std::string text = run_text(plan, run.scenario, run.seed);
    if (!run.message.empty()) {
      problems.push_back(fmt::format("{}: could not be made again ({})", text, run.message));
    } else if (!agree(run.stored, run.now, cells)) {
      problems.push_back(fmt::format("{}: {} (in the file and when made again)", text,
                                     differing_fields(run.stored, run.now, cells)));
    } else if (run.lost != run.lost_now) {
      problems.push_back(fmt::format("{}: {} (in the file and when made again)", text,
                                     differing_losses(plan.experiment().assets, run.lost, run.lost_now)));
    }
  }
}

void report(const std::vector<std::string>& problems) {
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(most, problems.size()); ++i)
    fmt::print("  {}\n", printable(problems[i]));
  if (problems.size() > most) fmt::print("  ... and {} more\n", grouped(problems.size() - most));
}

ExitCode verify_command(const VerifyOptions& options) {
  const ThreadChoice choice = choose_threads(options.threads);
  if (!choice.warning.empty()) tell(fmt::format("firesweep: warning: {}\n", choice.warning));
  const StoredEnsemble stored(options.path);
  const Plan plan = stored.plan_with_landscapes();
  warn_of_lost_seal(options.path);
  fmt::print("{}: content is as it was written ({})\n", options.path, stored.content_sha256());

  std::uint64_t runs_ok = 0;
  for (const RunCounts& counts : stored.counts()) runs_ok += counts.ok;
  const std::uint64_t pick = options.pick.value_or(std::random_device{}());
  std::vector<std::string> wrong_sums;
  std::vector<SampledRun> sample =
      read_through(stored, Sampling(options.sample.value_or(runs_ok), runs_ok, pick), wrong_sums);
  if (wrong_sums.empty())
    fmt::print("sums: those of all scenarios follow from their records\n");
  else
    fmt::print("sums: {} do not follow from the records\n", grouped(wrong_sums.size()));
  report(wrong_sums);

  SampleCheck(plan, options.kernel, sample).run(choice.threads);
  std::vector<std::string> other_runs;
  compare(plan, sample, other_runs);
  const std::string repeat = sample.size() < runs_ok ? fmt::format(" (--pick {})", pick) : std::string();
  fmt::print("runs: {} of {} made again{}, {}\n", grouped(sample.size()), grouped(runs_ok), repeat,
             other_runs.empty() ? "all the same" : fmt::format("{} differ", grouped(other_runs.size())));
  report(other_runs);
  return wrong_sums.empty() && other_runs.empty() ? ExitCode::done : ExitCode::unusable_results;
}

std::optional<std::uint64_t> parse_sample(const std::string& given) {
  if (given == "all") return std::nullopt;
  const auto runs = parse_number<std::uint64_t>(given);
  if (!runs) throw InputError(fmt::format("--sample {}: is neither a number of runs nor 'all'", given));
  return runs;
}

}  // namespace

Action add_verify(CLI::App& verify) {
  const auto read = std::make_shared<VerifyOptions>();
  VerifyOptions& options = *read;
  add_results_file(verify, options.path);
  verify
      .add_option_function<std::string>(
          "--sample", [&options](const std::string& given) { options.sample = parse_sample(given); },
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
  return [read](const Invocation&) { return verify_command(*read); };
}

}  // namespace firesweep
