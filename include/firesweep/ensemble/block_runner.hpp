#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/ensemble/block.hpp"
#include "firesweep/ensemble/paired_fires.hpp"
#include "firesweep/ensemble/spare_threads.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// Burns blocks on one thread, keeping its kernel's workspace from block to block. Towards the end of an
/// ensemble, threads that have nothing left to do help with its large fires.
class BlockRunner {
 public:
  /// Called before every run; what it throws is that run's failure. Tests inject faults here.
  using BeforeRun = std::function<void(std::size_t scenario, Seed seed)>;

  /// `kernel` spreads fires over `threads` threads; `paired` is there if the plan has paired maps. `stop`, once set, makes the runner abandon its run
  /// between two steps and leave the rest of its block missing. What is passed by reference must outlive the
  /// runner.
  BlockRunner(const Plan& plan, std::unique_ptr<Kernel> kernel, int threads, SpareThreads& spare,
              const std::atomic<bool>& stop, BeforeRun before_run = {},
              std::unique_ptr<PairedFires> paired = nullptr);

  /// Burns the block. A run that throws becomes a record with status failed and its message.
  BlockResult run(const Block& block);

  /// The threads that its fires are spread over now.
  int threads() const { return threads_; }

 private:
  class Watch;

  const Plan& plan_;
  std::unique_ptr<Kernel> kernel_;
  int threads_;
  SpareThreads& spare_;
  const std::atomic<bool>& stop_;
  BeforeRun before_run_;
  std::unique_ptr<PairedFires> paired_;
};

/// What an experiment asks kernels to find out. Its assets, if it has any, are known.
TallyChoice tally_choice(const Experiment& experiment);

/// The part of it that says what every run came to.
TallyChoice run_choice(const Experiment& experiment);

/// First guess of the time that one fire of `scenario` takes on one thread [s], good to an order of magnitude
/// or two.
double expected_seconds(const Scenario& scenario, KernelKind kernel);

/// The same of the time that it takes to add a block of such fires, as large as they become, to results of those outputs.
double expected_serving(const Scenario& scenario, const OutputChoices& outputs);

}  // namespace firesweep
