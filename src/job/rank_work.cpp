#include "rank_work.hpp"

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "firesweep/check/process_memory.hpp"
#include "firesweep/ensemble/wire.hpp"
#include "firesweep/job/stop_signals.hpp"
#include "firesweep/store/provenance.hpp"

namespace firesweep {
namespace {

constexpr const char* fail_seeds = "FIRESWEEP_FAIL_SEEDS";    // e.g. 7,11
constexpr const char* crash_seeds = "FIRESWEEP_CRASH_SEEDS";  // the same

bool names(const char* variable, Seed seed) {
  const char* const seeds = std::getenv(variable);
  return seeds != nullptr &&
         fmt::format(",{},", seeds).find(fmt::format(",{},", static_cast<std::uint64_t>(seed))) !=
             std::string::npos;
}

void inject_fault(Seed seed) {
  if (names(fail_seeds, seed)) throw std::runtime_error("made to fail by FIRESWEEP_FAIL_SEEDS");
  if (names(crash_seeds, seed)) std::raise(SIGSEGV);
}

void count(const BlockResult& result, RankPerformance& performance) {
  performance[Phase::compute].add(result.seconds);
  const RunRows records = result.records;
  performance.runs += records.size() - records.count(RunStatus::missing);
  performance.steps += records.of<&RunRecord::steps>().sum();
  performance.burnt_cells += records.of<&RunRecord::burnt_cells>().sum();
  performance.ignitions += records.of<&RunRecord::ignitions>().sum();
  performance.ignitions_failed += records.of<&RunRecord::ignitions_failed>().sum();
}

}  // namespace

bool injects_faults() {
  return std::getenv(fail_seeds) != nullptr || std::getenv(crash_seeds) != nullptr;
}

RankWork::RankWork(const Plan& plan, KernelKind kernel, ThreadLayout layout, CrashNotes& crashes)
    : plan_(plan),
      kernel_(kernel),
      layout_(layout),
      choice_(tally_choice(plan.experiment())),
      crashes_(crashes),
      spare_(layout.threads),
      threads_(static_cast<std::size_t>(layout.threads)) {}

void RankWork::begin_again() {
  for (Thread& thread : threads_) thread.runner.reset();  // which have borrowed threads that are none's now
  spare_.emplace(layout_.threads);
}

std::unique_ptr<PairedFires> RankWork::make_paired() const {
  const Experiment& experiment = plan_.experiment();
  if (!experiment.outputs.paired_maps) return nullptr;
  return std::make_unique<PairedFires>(
      plan_, make_kernel(kernel_, experiment.base.extent, {}, layout_.threads_per_run));
}

BlockRunner& RankWork::runner(int thread) {
  std::unique_ptr<BlockRunner>& runner = threads_[static_cast<std::size_t>(thread)].runner;
  if (!runner) {
    const Experiment& experiment = plan_.experiment();
    runner = std::make_unique<BlockRunner>(
        plan_, make_kernel(kernel_, experiment.base.extent, choice_, layout_.threads_per_run),
        layout_.threads_per_run, *spare_, stop_,
        [this, thread, has_faults = injects_faults()](std::size_t, Seed seed) {
          crashes_.begin_run(thread, seed);
          if (has_faults) inject_fault(seed);
        },
        make_paired());
  }
  return *runner;
}

std::vector<std::byte> RankWork::perform(int thread, std::span<const std::byte> task) {
  const Block block = unpack_block(task);
  crashes_.begin_block(thread, plan_.scenario_name(block.scenario));
  // Made by the thread that uses it, so that its memory is near.
  const BlockResult result = runner(thread).run(block);
  crashes_.end_block(thread);
  count(result, threads_[static_cast<std::size_t>(thread)].performance);
  return pack(result);
}

void RankWork::waited(int thread, double seconds) {
  threads_[static_cast<std::size_t>(thread)].performance[Phase::wait].add(seconds);
}

void RankWork::dismissed(int thread) {
  const auto& runner = threads_[static_cast<std::size_t>(thread)].runner;
  spare_->leave(runner ? runner->threads() : layout_.threads_per_run);
}

void RankWork::halt() {
  stop_ = true;
}

bool RankWork::wants_halt() {
  return StopSignals::received().has_value();
}

std::vector<std::byte> RankWork::final_report() {
  return pack(performance());
}

RankPerformance RankWork::performance() const {
  RankPerformance sum;
  sum.host = host_name();
  sum.threads = static_cast<std::uint32_t>(layout_.threads * layout_.threads_per_run);
  sum.peak_memory = peak_memory();
  sum[Phase::merge].add(merging_);
  for (const Thread& thread : threads_) {
    for (const Phase phase : all_phases) sum[phase].add(thread.performance[phase]);
    sum.runs += thread.performance.runs;
    sum.steps += thread.performance.steps;
    sum.burnt_cells += thread.performance.burnt_cells;
    sum.ignitions += thread.performance.ignitions;
    sum.ignitions_failed += thread.performance.ignitions_failed;
  }
  return sum;
}

}  // namespace firesweep
