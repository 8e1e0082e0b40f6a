#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {
namespace {

// No product below overflows: a plan has at most 10^7 scenarios, 10^8 seeds and 2^32 cells.

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
    512;  // its estimates and their containers, quantiles and thresholds apart
constexpr std::uint64_t quantile_bytes = 8 + 16 + 8;  // with interval and tail mean
constexpr std::uint64_t threshold_bytes = 8 + 16;     // with interval
// Of a worker, per cell that its fires reach. While a block is sent, its sums are held as the kernel's
// counters, as a tally and as a message, each in a vector that may have grown to twice its need.
constexpr std::uint64_t workspace_bytes = 1;
constexpr std::uint64_t counting_bytes = 16;
constexpr std::uint64_t arriving_bytes = 40;

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

std::uint64_t estimates_bytes(const OutputChoices& outputs) {
  return scenario_bytes + quantile_bytes * outputs.quantiles.size() +
         threshold_bytes * outputs.thresholds.size();
}

// A cell's counts are needed for its mean arrival as well.
bool counts_burns(const OutputChoices& outputs) {
  return outputs.maps || outputs.arrival;
}

// What rank 0 holds from the first run to the last. While it writes, it needs the largest dataset of one
// scenario besides.
std::array<Part, 5> results_parts(const Plan& plan) {
  const Experiment& experiment = plan.experiment();
  const OutputChoices& outputs = experiment.outputs;
  const std::uint64_t scenarios = plan.scenarios();
  const std::uint64_t cells = experiment.base.extent.cells();
  const std::uint64_t records = record_bytes * scenarios + column_bytes;
  const std::uint64_t maps = burn_count_bytes * scenarios + written_map_bytes;
  const std::uint64_t arrival = arrival_sum_bytes * scenarios + arrival_sum_bytes;
  return {{
      {"the records of the runs", "fewer seeds or scenarios", records * plan.seeds()},
      {"the estimates", "fewer scenarios", estimates_bytes(outputs) * scenarios},
      {"the maps of burn counts", "outputs.maps: false, fewer scenarios or a smaller landscape",
       counts_burns(outputs) ? maps * cells : 0},
      {"the maps of arrival steps", "outputs.arrival: false, fewer scenarios or a smaller landscape",
       outputs.arrival ? arrival * cells : 0},
      {"the curves", "outputs.curves: false, a smaller max_steps or fewer scenarios",
       outputs.curves ? curve_bytes * longest_fire(experiment) * scenarios : 0},
  }};
}

std::string readable(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 7> units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  double amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; amount >= 999.5 && unit + 1 < units.size(); ++unit) amount /= 1000.0;
  return fmt::format("{:.3g} {}", amount, units[unit]);
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

  const std::uint64_t per_run = file_bytes_per_run + (outputs.cell_counts ? cell_counts_bytes : 0);
  footprint.file = (per_run * plan.seeds() + estimates_bytes(outputs)) * scenarios;
  if (counts_burns(outputs)) footprint.file += burn_count_bytes * scenarios * cells;
  if (outputs.maps) footprint.file += written_map_bytes * scenarios * cells;
  if (outputs.arrival) footprint.file += (arrival_sum_bytes + written_arrival_bytes) * scenarios * cells;
  if (outputs.curves)
    footprint.file += (curve_bytes + written_curve_bytes) * scenarios * longest_fire(experiment);
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
                  "{} scenarios x {} "
                  "seeds on {} x {} cells); try {}",
                  readable(needed), readable(available_bytes), largest.what, readable(largest.bytes),
                  plan.scenarios(), plan.seeds(), plan.experiment().base.extent.width,
                  plan.experiment().base.extent.height, largest.remedy));
}

}  // namespace firesweep
