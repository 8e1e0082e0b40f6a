#include "firesweep/ensemble/block_runner.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <system_error>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/performance.hpp"

namespace firesweep {
namespace {

// A fire with fewer burning cells is stepped sooner than other threads wake up.
constexpr std::uint64_t worth_more_threads = 1000;

// Fills columns from the first row on. They are set many rows at once, which takes a fraction of the time.
class RunAppender {
 public:
  explicit RunAppender(RunColumns& columns) : columns_(columns) {}

  void add(const RunRecord& record) {
    if (waiting_ == records_.size()) flush();
    records_[waiting_++] = record;
  }
  void flush() {
    columns_.set(done_, std::span<const RunRecord>(records_).first(waiting_));
    done_ += waiting_;
    waiting_ = 0;
  }

 private:
  RunColumns& columns_;
  std::array<RunRecord, runs_at_once> records_;
  std::size_t waiting_ = 0;
  std::size_t done_ = 0;
};

}  // namespace

// Puts a fire out when the job has to end, brings idle threads to a large one, and notes its curve if that is
// asked for.
class BlockRunner::Watch final : public FireWatcher {
 public:
  // Curves that may be null.
  Watch(BlockRunner& runner, std::vector<std::uint32_t>* curve, std::vector<std::uint64_t>* burnt)
      : runner_(runner), curve_(curve), burnt_(burnt) {}

  Verdict at_step(std::uint32_t, const FireView& fire) override {
    if (runner_.stop_.load(std::memory_order_relaxed)) return Verdict::abandon;
    if (curve_ != nullptr) curve_->push_back(static_cast<std::uint32_t>(fire.burning_cells()));
    if (burnt_ != nullptr) burnt_->push_back(fire.burnt_cells());
    if (fire.burning_cells() >= worth_more_threads) {
      if (const int more = runner_.spare_.take(); more > 0) add_threads(more);
    }
    return Verdict::go_on;
  }

 private:
  void add_threads(int more) {
    try {
      runner_.kernel_->set_threads(runner_.threads_ + more);
      runner_.threads_ += more;
    } catch (const std::system_error&) {
      // The machine has no more threads to give; the fire burns on with those it has.
    }
  }

  BlockRunner& runner_;
  std::vector<std::uint32_t>* curve_;
  std::vector<std::uint64_t>* burnt_;
};

BlockRunner::BlockRunner(const Plan& plan, std::unique_ptr<Kernel> kernel, int threads, SpareThreads& spare,
                         const std::atomic<bool>& stop, BeforeRun before_run,
                         std::unique_ptr<PairedFires> paired)
    : plan_(plan),
      kernel_(std::move(kernel)),
      threads_(threads),
      spare_(spare),
      stop_(stop),
      before_run_(std::move(before_run)),
      paired_(std::move(paired)) {
  expects((paired_ != nullptr) == plan.experiment().outputs.paired_maps,
          "fires are compared where they are asked to be");
}

BlockResult BlockRunner::run(const Block& block) {
  const Stopwatch stopwatch;
  const Scenario scenario = plan_.scenario(block.scenario);
  expects(scenario.landscape != nullptr || !plan_.experiment().has_rasters(),
          "a fire on rasters has a landscape");
  BlockResult result{.block = block, .records = RunColumns(block.count), .failures = {}, .tally = {}};
  RunAppender records(result.records);
  const bool has_curves = plan_.experiment().outputs.run_curves;
  const bool has_burnt = has_curves && plan_.experiment().has_residence();
  Watch watch(*this, has_curves ? &result.run_curves : nullptr, has_burnt ? &result.run_burnt : nullptr);
  Watch only_stop(*this, nullptr, nullptr);
  if (paired_) paired_->begin(block.scenario);
  for (std::size_t i = 0; i < block.count && !stop_.load(std::memory_order_relaxed); ++i) {
    const std::size_t seed = block.first_seed + i;
    const auto forget_curves = [&, before = result.run_curves.size()] {
      result.run_curves.resize(before);
      result.run_burnt.resize(has_burnt ? before : 0);
    };
    const auto fail = [&](std::string message) {
      records.add({.status = RunStatus::failed});
      result.failures.push_back({block.scenario, seed, std::move(message)});
      forget_curves();
    };
    try {
      if (paired_)
        paired_->burn(plan_.seed(seed), only_stop, [&](std::size_t earlier) {
          if (before_run_) before_run_(earlier, plan_.seed(seed));
        });
      if (before_run_) before_run_(block.scenario, plan_.seed(seed));
      const RunRecord record = kernel_->run(scenario, plan_.seed(seed), &watch);
      for (const std::uint32_t set : kernel_->sets_reached())
        result.losses.push_back({static_cast<std::uint32_t>(i), set, kernel_->losses()[set]});
      if (paired_) paired_->compare(kernel_->burnt_tiles());
      records.add(record);
    } catch (const FireAbandoned&) {
      forget_curves();
      break;
    } catch (const std::bad_alloc&) {
      fail("out of memory");
    } catch (const std::exception& error) {
      fail(error.what());
    }
  }
  records.flush();
  result.tally = kernel_->take_tally();
  if (paired_) result.pairs = paired_->take();
  result.seconds = stopwatch.seconds();
  return result;
}

TallyChoice run_choice(const Experiment& experiment) {
  TallyChoice choice{.cell_counts = experiment.outputs.cell_counts};
  if (experiment.assets.empty()) return choice;
  std::vector<std::shared_ptr<const AssetSet>> sets;
  for (const Assets& assets : experiment.assets) {
    expects(assets.set != nullptr, "assets are read before fires burn");
    sets.push_back(assets.set);
  }
  choice.assets = std::make_shared<const AssetMap>(experiment.base.extent, std::move(sets));
  return choice;
}

TallyChoice tally_choice(const Experiment& experiment) {
  const OutputChoices& outputs = experiment.outputs;
  TallyChoice choice = run_choice(experiment);
  choice.burn_count = outputs.maps || outputs.arrival;
  choice.arrival = outputs.arrival;
  choice.curves = outputs.curves;
  return choice;
}

namespace {

// Whether its fires may take the whole landscape.
bool may_run_away(const Scenario& scenario) {
  // Bond percolation on the lattice with eight neighbours.
  constexpr double percolation_threshold = 0.25;
  return std::ranges::any_of(weather_periods(scenario), [&](const WeatherPeriod& period) {
    const double probability = spread_probability(period.weather, scenario.spread)[1];
    return probability * scenario.vegetation_density > percolation_threshold;
  });
}

}  // namespace

double expected_seconds(const Scenario& scenario, KernelKind kernel) {
  // Rough costs of this generation of machines; the schedule replaces them by what it measures.
  constexpr double small_fire = 1e-6;
  constexpr double per_burnt_cell = 6e-9;
  constexpr double per_cell_and_step = 3e-9;

  const auto cells = static_cast<double>(scenario.extent.cells());
  const bool spreads = may_run_away(scenario);
  if (kernel == KernelKind::dense) {
    const double steps = spreads ? std::max(scenario.extent.width, scenario.extent.height) : 5.0;
    return cells * per_cell_and_step * std::min(steps, static_cast<double>(scenario.max_steps));
  }
  return small_fire + (spreads ? cells * per_burnt_cell : 0.0);
}

double expected_serving(const Scenario& scenario, const OutputChoices& outputs) {
  constexpr double per_cell_of_map = 1e-9;
  const bool has_maps = outputs.maps || outputs.arrival || outputs.paired_maps;
  return has_maps && may_run_away(scenario) ? per_cell_of_map * static_cast<double>(scenario.extent.cells())
                                            : 0.0;
}

}  // namespace firesweep
