#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {
namespace {

// No product below overflows, but those of seeds and steps: a plan has at most 10^7 scenarios, 10^8 seeds and
// 2^32 cells.

constexpr std::uint64_t burn_count_bytes = 4;
constexpr std::uint64_t arrival_sum_bytes = 8;
constexpr std::uint64_t curve_bytes = 8 + 16 + 16;  // exact sums of one step
constexpr std::uint64_t column_bytes = 8;           // the widest number of a run
constexpr std::uint64_t file_bytes_per_run = 41;    // status, burn fraction, and the numbers of a record
constexpr std::uint64_t cell_counts_bytes = 24;     // what cell_counts adds to them
constexpr std::uint64_t written_map_bytes = 3 * 4;  // burn_probability and the two bounds of its interval
constexpr std::uint64_t written_arrival_bytes = 4;
constexpr std::uint64_t written_curve_bytes = 4 * 8;  // means and standard deviations
constexpr std::uint64_t scenario_bytes =
    1024;  // its estimates and their containers, quantiles and thresholds apart
constexpr std::uint64_t quantile_bytes = 8 + 16 + 16 + 8 + 16;   // with interval, tail mean and bounds
constexpr std::uint64_t threshold_bytes = 8 + 16 + 16 + 16;      // with interval, band and bounds
constexpr std::uint64_t pair_bytes = 192;                        // two scenarios compared
constexpr std::uint64_t pair_threshold_bytes = 8 + 8 + 16 + 16;  // with interval and bounds
constexpr std::uint64_t fraction_bytes = 8;    // burn fractions of all runs, while estimates are made
constexpr std::uint64_t estimated_bytes = 96;  // of one scenario's or pair's runs, meanwhile
constexpr std::uint64_t run_curve_bytes = 4;   // cells burning at one step of one run
constexpr std::uint64_t run_curve_place = 16;
constexpr std::uint64_t band_bytes = 2 * 8;                 // of burning and burnt cells, per quantile
constexpr std::uint64_t band_run_bytes = 2 * 8 * 256 + 24;  // of a run, while bands are made
// Of a worker, per cell that its fires reach. While a block is sent, its sums are held as the kernel's
// counters, as a tally and as a message, each in a vector that may have grown to twice its need.
constexpr std::uint64_t workspace_bytes = 1;
constexpr std::uint64_t counting_bytes = 16;
constexpr std::uint64_t arriving_bytes = 40;

// More than any machine has; a few such still add up.
constexpr std::uint64_t beyond_measure = std::uint64_t{1} << 60;

std::uint64_t capped_product(std::uint64_t a, std::uint64_t b) {
  return b > 0 && a > beyond_measure / b ? beyond_measure : a * b;
}

struct Part {
  std::string_view what;
  std::string_view remedy;
  std::uint64_t bytes = 0;
};

// Fires die sooner than this: near the percolation threshold, where they live longest, the fire's way across
// the landscape is a few times its sides.
std::uint64_t longest_fire(const Experiment& experiment) {
  const Extent extent = experiment.base.extent;
  const std::uint64_t way = 4 * (std::uint64_t{extent.width} + extent.height);
  return std::min({std::uint64_t{experiment.base.max_steps}, extent.cells(), way}) + 1;
}

std::uint64_t longest_axis(const Plan& plan) {
  std::size_t longest = 1;
  for (const std::size_t length : plan.shape()) longest = std::max(longest, length);
  return longest;
}

// For every scenario: the pairs of danger levels are at most half as many for each level there is.
std::uint64_t estimates_bytes(const Plan& plan) {
  const OutputChoices& outputs = plan.experiment().outputs;
  const std::uint64_t pairs = all_danger_levels.size() / 2;
  return scenario_bytes + quantile_bytes * outputs.quantiles.size() +
         threshold_bytes * outputs.thresholds.size() +
         pairs * (pair_bytes + pair_threshold_bytes * outputs.thresholds.size());
}

// A cell's counts are needed for its mean arrival as well.
bool counts_burns(const OutputChoices& outputs) {
  return outputs.maps || outputs.arrival;
}

// They come one by one, so what holds them may have grown to twice their need.
std::uint64_t run_curves_memory(const Plan& plan) {
  const std::uint64_t longest = longest_fire(plan.experiment());
  const std::uint64_t of_runs = (2 * run_curve_bytes * longest + run_curve_place) * plan.scenarios();
  const std::uint64_t bands = band_bytes * longest * plan.experiment().outputs.quantiles.size();
  return capped_product(of_runs + band_run_bytes, plan.seeds()) + bands * plan.scenarios();
}

// What rank 0 holds from the first run to the last. While it writes, it needs the largest dataset of one
// scenario besides.
std::array<Part, 6> results_parts(const Plan& plan) {
  const Experiment& experiment = plan.experiment();
  const OutputChoices& outputs = experiment.outputs;
  const std::uint64_t scenarios = plan.scenarios();
  const std::uint64_t cells = experiment.base.extent.cells();
  const std::uint64_t records = (record_bytes + fraction_bytes) * scenarios + column_bytes + estimated_bytes +
                                fraction_bytes * longest_axis(plan);
  const std::uint64_t maps = burn_count_bytes * scenarios + written_map_bytes;
  const std::uint64_t arrival = arrival_sum_bytes * scenarios + arrival_sum_bytes;
  return {{
      {"the records of the runs", "fewer seeds or scenarios", records * plan.seeds()},
      {"the estimates", "fewer scenarios", estimates_bytes(plan) * scenarios},
      {"the maps of burn counts", "outputs.maps: false, fewer scenarios or a smaller landscape",
       counts_burns(outputs) ? maps * cells : 0},
      {"the maps of arrival steps", "outputs.arrival: false, fewer scenarios or a smaller landscape",
       outputs.arrival ? arrival * cells : 0},
      {"the curves", "outputs.curves: false, a smaller max_steps or fewer scenarios",
       outputs.curves ? curve_bytes * longest_fire(experiment) * scenarios : 0},
      {"the curves of the runs", "outputs.run_curves: false, fewer seeds or a smaller max_steps",
       outputs.run_curves ? run_curves_memory(plan) : 0},
  }};
}

}  // namespace

Footprint footprint(const Plan& plan) {
  const Experiment& experiment = plan.experiment();
  const OutputChoices& outputs = experiment.outputs;
  const std::uint64_t scenarios = plan.scenarios();
  const std::uint64_t cells = experiment.base.extent.cells();

  Footprint footprint;
  for (const Part& part : results_parts(plan)) footprint.results_memory += part.bytes;

  footprint.worker_memory = workspace_bytes * cells;
  if (counts_burns(outputs)) footprint.worker_memory += counting_bytes * cells;
  if (outputs.arrival) footprint.worker_memory += arriving_bytes * cells;
  if (outputs.curves) footprint.worker_memory += curve_bytes * longest_fire(experiment);
  // Of such fires a block has few.
  if (outputs.run_curves) footprint.worker_memory += 4 * run_curve_bytes * longest_fire(experiment);

  const std::uint64_t per_run = file_bytes_per_run + (outputs.cell_counts ? cell_counts_bytes : 0);
  footprint.file = (per_run * plan.seeds() + estimates_bytes(plan)) * scenarios;
  if (counts_burns(outputs)) footprint.file += burn_count_bytes * scenarios * cells;
  if (outputs.maps) footprint.file += written_map_bytes * scenarios * cells;
  if (outputs.arrival) footprint.file += (arrival_sum_bytes + written_arrival_bytes) * scenarios * cells;
  if (outputs.curves)
    footprint.file += (curve_bytes + written_curve_bytes) * scenarios * longest_fire(experiment);
  if (outputs.run_curves) {
    const std::uint64_t of_step = run_curve_bytes * plan.seeds() + band_bytes * outputs.quantiles.size();
    footprint.file += capped_product(of_step * scenarios, longest_fire(experiment));
  }
  return footprint;
}

void check_memory(const Plan& plan, std::uint64_t available_bytes) {
  const std::uint64_t needed = footprint(plan).results_memory;
  if (needed <= available_bytes) return;
  const auto parts = results_parts(plan);
  const Part& largest = *std::max_element(parts.begin(), parts.end(),
                                          [](const Part& a, const Part& b) { return a.bytes < b.bytes; });
  throw InputError(
      fmt::format("the experiment needs {} of memory for its results, but only {} are available ({} take {}: "
                  "{} x {} on {} x {} cells); try {}",
                  bytes_text(needed), bytes_text(available_bytes), largest.what, bytes_text(largest.bytes),
                  counted(plan.scenarios(), "scenario"), counted(plan.seeds(), "seed"),
                  plan.experiment().base.extent.width, plan.experiment().base.extent.height, largest.remedy));
}

}  // namespace firesweep
