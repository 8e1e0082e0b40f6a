#include "firesweep/ensemble/spare_threads.hpp"

#include <atomic>

#include "firesweep/ensemble/block_runner.hpp"

#include "catch.hpp"
#include "ensemble_sample.hpp"

using namespace firesweep;

TEST_CASE("idle threads are shared among those at work, and none is taken twice") {
  SpareThreads spare(4);
  CHECK(spare.take() == 0);
  spare.leave(1);
  spare.leave(1);
  CHECK(spare.take() == 1);
  CHECK(spare.take() == 1);
  CHECK(spare.take() == 0);
  spare.leave(2);  // one that had help leaves with it
  CHECK(spare.take() == 2);
}

TEST_CASE("a large fire takes the idle threads and burns the same") {
  Experiment experiment = small_ensemble(4);
  experiment.base.extent = {512, 512};
  experiment.axes = {DangerLevelAxis{{DangerLevel::catastrophic}},
                     IgnitionSetAxis{{{"centre", IgnitionPoints{{256, 256}}}}}};
  const Plan plan(experiment);
  const std::atomic<bool> stop = false;
  const auto run = [&](SpareThreads& spare) {
    BlockRunner runner(plan, make_kernel(KernelKind::automatic, {512, 512}, tally_choice(experiment)), 1,
                       spare, stop);
    BlockResult result = runner.run({0, 0, 4});
    return std::pair(std::move(result), runner.threads());
  };
  SpareThreads nobody(1);
  SpareThreads two(3);
  two.leave(1);
  two.leave(1);
  const auto [alone, one_thread] = run(nobody);
  const auto [helped, three_threads] = run(two);
  CHECK(one_thread == 1);
  CHECK(three_threads == 3);
  CHECK(two.take() == 0);
  CHECK(alone.records == helped.records);
  CHECK(alone.tally == helped.tally);
}
