#include "firesweep/ensemble/footprint.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/engine/asset_map.hpp"
#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/ensemble/stored_arrays.hpp"
#include "firesweep/experiment/compared_axes.hpp"

namespace firesweep {
namespace {

// What the program, MPI, HDF5, GDAL and the buffers of all of them take, from above. On Debian 12 a tiny experiment takes
// 34 MiB in all; chunks that wait to be written, and those that threads compress and compare, up to 60 MiB more.
constexpr std::uint64_t program_bytes = 112 << 20;
// Vectors that grow take up to twice their need.
constexpr std::uint64_t growth = 2;
// Copies of the numbers of a pair of scenarios, while they are compared.
constexpr std::uint64_t compared_copies = 20;
// Of a run, while bands are made: which of the sorted runs it is, for every value of a byte.
constexpr std::uint64_t band_run_bytes = 2 * 8 * 256 + 24;
constexpr std::uint64_t run_curve_place = 16;
// Of a worker, per cell that its fires reach. While a block is sent, its sums are held as the kernel's
// counters, as a tally and as a message, each in a vector that may have grown to twice its need.
constexpr std::uint64_t workspace_bytes = 1;
constexpr std::uint64_t residence_bytes = 1;
constexpr std::uint64_t counting_bytes = 16;
constexpr std::uint64_t arriving_bytes = 40;
constexpr std::uint64_t pair_bytes = 12;
// Of a collector, per cell: counts of a block whose parts come, of one that is complete, and its message.
constexpr std::uint64_t collected_blocks = 3;
constexpr std::uint64_t collected_count_bytes = 3;
// Of a cell with assets, at most: what it holds, and its tile's part if it is alone there.
constexpr std::uint64_t asset_bytes = 8 + sizeof(AssetMap::Part);
// Names, attributes, text and chunks' places of a file.
constexpr std::uint64_t file_bytes = 256 << 10;
constexpr std::uint64_t array_bytes = 4 << 10;
constexpr std::uint64_t chunk_bytes = 64;

struct Part {
  std::string_view what;
  std::string_view remedy;
  std::uint64_t bytes = 0;
};

/// The arrays of a plan's file, added up.
class Arrays {
 public:
  explicit Arrays(const Plan& plan) : arrays_(stored_arrays(plan)), scenarios_(plan.scenarios()) {}

  /// Bytes of all arrays, or those from this source.
  std::uint64_t all() const {
    std::uint64_t sum = file_bytes;
    for (const StoredArray& array : arrays_)
      sum += bytes_of(array, scenarios_) + array_bytes + chunk_bytes * scenarios_;
    return sum;
  }
  std::uint64_t from(Source source) const {
    std::uint64_t sum = 0;
    for (const StoredArray& array : arrays_)
      if (array.source == source) sum += bytes_of(array, scenarios_);
    return sum;
  }

  /// The same without those over the runs in which a fire started.
  std::uint64_t over_all_runs(Source source) const {
    std::uint64_t sum = 0;
    for (const StoredArray& array : arrays_)
      if (array.source == source && !array.name.ends_with(given_start_suffix))
        sum += bytes_of(array, scenarios_);
    return sum;
  }

  /// Of the largest that is written in one piece, or of one scenario's piece of the largest that is not.
  std::uint64_t largest_piece() const {
    std::uint64_t largest = 0;
    for (const StoredArray& array : arrays_)
      if (array.source != Source::paired_maps && array.source != Source::paired_map_estimates)
        largest = std::max(largest, bytes_of(array, 1));
    return largest;
  }

 private:
  std::vector<StoredArray> arrays_;
  std::uint64_t scenarios_;
};

std::uint64_t longest_axis(const Plan& plan) {
  std::size_t longest = 1;
  for (const std::size_t length : plan.shape().lengths()) longest = std::max(longest, length);
  return longest;
}

/// Bytes of a column of counts up to this.
std::uint64_t count_bytes(std::uint64_t largest) {
  return largest >> 8 == 0 ? 1 : largest >> 16 == 0 ? 2 : largest >> 32 == 0 ? 4 : 8;
}

/// At most, of the columns of a run. What an experiment has none of are zeros, which take a byte.
std::uint64_t record_bytes(const Experiment& experiment) {
  const std::uint64_t of_cells = count_bytes(experiment.base.extent.cells());
  const std::uint64_t of_steps = count_bytes(experiment.base.max_steps);
  const std::uint64_t of_places = experiment.has_random_ignition() ? sizeof(RunRecord::ignition_x) : 1;
  const std::uint64_t of_embers = experiment.has_spotting() ? sizeof(RunRecord::embers) : 1;
  constexpr std::uint64_t of_points = sizeof(RunRecord::ignitions);
  constexpr std::uint64_t flags = 3;  // status, revision, whether the ignition was drawn
  return 4 * of_cells + 2 * of_steps + 2 * of_points + 2 * of_places + 2 * of_embers + flags;
}

// Whether estimates are of several scenarios at once.
bool compares(const Experiment& experiment) {
  return experiment.season || samples_of(experiment) != nullptr || !compared_axes(experiment).empty() ||
         std::ranges::count_if(experiment.axes, [](const Axis& axis) { return size(axis) > 1; }) > 1;
}

// Records, and what they are compressed to while others still burn; burn fractions of all runs; and copies of those that
// estimates are being made from.
std::uint64_t records_memory(const Plan& plan) {
  const std::uint64_t losses = (sizeof(AssetLoss) + sizeof(double)) * plan.experiment().assets.size();
  const std::uint64_t copies =
      compares(plan.experiment()) ? compared_copies + longest_axis(plan) : estimated_copies;
  const std::uint64_t of_seed =
      (2 * record_bytes(plan.experiment()) + losses + sizeof(double)) * plan.scenarios() +
      sizeof(double) * (copies + plan.experiment().assets.size());
  return of_seed * plan.seeds();
}

std::uint64_t estimates_memory(const Plan& plan, const Arrays& arrays) {
  const std::uint64_t thresholds = plan.experiment().outputs.thresholds.size();
  const std::uint64_t difference =
      sizeof(PairDifference) + thresholds * (sizeof(PairedExceedance) + sizeof(Interval));
  std::uint64_t levels = 0;
  for (const std::size_t length : plan.shape().lengths()) levels += length;
  const std::uint64_t sensitivity =
      sizeof(Sensitivity) + plan.shape().axes() * sizeof(AxisEffect) + levels * sizeof(double);
  // Over all runs and over those in which a fire started; the latter have the former's places.
  constexpr std::uint64_t kinds = 2;
  return growth * kinds *
         ((sizeof(Summary) + plan.experiment().assets.size() * sizeof(AssetEstimate)) * plan.scenarios() +
          arrays.over_all_runs(Source::summaries) + difference * compared_pairs(plan) +
          sensitivity * (thresholds + 1));
}

// The growth of the burnt cells is in memory wherever there are curves.
std::uint64_t curves_memory(const Plan& plan, const Arrays& arrays) {
  const Experiment& experiment = plan.experiment();
  if (!experiment.outputs.curves) return 0;
  const std::uint64_t growth_bytes =
      capped_product(sizeof(std::uint64_t) * longest_fire(experiment), plan.scenarios());
  return arrays.from(Source::curves) + (experiment.has_residence() ? 0 : growth_bytes);
}

// They come one by one.
std::uint64_t run_curves_memory(const Plan& plan, const Arrays& arrays) {
  return growth * arrays.from(Source::run_curves) +
         capped_product(run_curve_place * plan.scenarios() + band_run_bytes, plan.seeds());
}

std::uint64_t layers_memory(const Experiment& experiment) {
  std::uint64_t bytes = 0;
  for (const LandscapeInput* input : landscape_inputs(experiment))
    bytes += (input->fuel.is_given() ? sizeof(std::int32_t) : 0) +
             (input->elevation.is_given() ? sizeof(float) : 0);
  return bytes * experiment.base.extent.cells();
}

// Shared by the threads of a rank.
std::uint64_t landscapes_memory(const Experiment& experiment) {
  std::uint64_t bytes = 0;
  for (const LandscapeInput* input : landscape_inputs(experiment))
    if (input->landscape) bytes += input->landscape->bytes();
  // The assets as they were read and as kernels look at them.
  for (const Assets& assets : experiment.assets)
    bytes += assets.cells * (sizeof(AssetSet::Place) + asset_bytes);
  if (!experiment.assets.empty())
    bytes += (sizeof(std::uint32_t) + tile_cells / 8) * experiment.base.extent.cells() / tile_cells;
  return bytes;
}

// What rank 0 holds from the first run to the last, and while it writes.
std::array<Part, 9> results_parts(const Plan& plan) {
  const Arrays arrays(plan);
  const bool has_run_curves = plan.experiment().outputs.run_curves;
  return {{
      {"the records of the runs", "fewer seeds or scenarios", records_memory(plan)},
      {"the estimates", "fewer scenarios, outputs.thresholds or outputs.compare",
       estimates_memory(plan, arrays)},
      {"what is being written", "outputs.maps: false, fewer seeds or a smaller landscape",
       growth * arrays.largest_piece()},
      {"the maps of burn counts", "outputs.maps: false, fewer scenarios or a smaller landscape",
       arrays.from(Source::burn_counts)},
      {"the maps of pairs", "outputs.paired_maps: false, fewer values of the axes that are compared",
       arrays.from(Source::paired_maps)},
      {"the maps of arrival steps", "outputs.arrival: false, fewer scenarios or a smaller landscape",
       arrays.from(Source::arrivals)},
      {"the curves", "outputs.curves: false, a smaller max_steps or fewer scenarios",
       curves_memory(plan, arrays)},
      {"the layers of the landscapes", "a smaller landscape or fewer of them",
       layers_memory(plan.experiment())},
      {"the curves of the runs", "outputs.run_curves: false, fewer seeds or a smaller max_steps",
       has_run_curves ? run_curves_memory(plan, arrays) : 0},
  }};
}

// What a kernel looks up of each weather, if fires come to see them all.
std::uint64_t tables_memory(const Experiment& experiment) {
  constexpr std::uint64_t bytes_of_kind = 2 * 16 * sizeof(std::uint32_t);
  std::uint64_t kinds = 0;
  for (const LandscapeInput* input : landscape_inputs(experiment))
    if (input->landscape) kinds = std::max<std::uint64_t>(kinds, input->landscape->kinds().size());
  return kinds * bytes_of_kind * experiment.most_weather_periods();
}

// Values of the axes whose fires are compared cell by cell.
std::uint64_t longest_compared(const Experiment& experiment) {
  std::uint64_t values = 1;
  for (const std::size_t axis : compared_axes(experiment)) values += size(experiment.axes[axis]) - 1;
  return values;
}

std::uint64_t worker_memory(const Experiment& experiment) {
  const OutputChoices& outputs = experiment.outputs;
  std::uint64_t of_cell = workspace_bytes;
  if (outputs.maps || outputs.arrival) of_cell += counting_bytes;
  if (outputs.arrival) of_cell += arriving_bytes;
  if (outputs.paired_maps) of_cell += workspace_bytes + pair_bytes * (longest_compared(experiment) - 1);
  std::uint64_t of_step = 0;
  if (outputs.curves) of_step += 2 * (sizeof(std::uint64_t) + sizeof(UInt128));
  if (outputs.run_curves) of_step += 4 * sizeof(std::uint32_t);  // of such fires a block has few
  if (experiment.has_residence()) {
    of_cell += residence_bytes;
    if (outputs.run_curves) of_step += 4 * sizeof(std::uint64_t);
  }
  const std::uint64_t watched =
      experiment.assets.empty() ? 0 : experiment.base.extent.cells() / 8;  // a bit each
  return of_cell * experiment.base.extent.cells() + watched + of_step * longest_fire(experiment) +
         tables_memory(experiment);
}

std::uint64_t collector_memory(const Experiment& experiment) {
  const OutputChoices& outputs = experiment.outputs;
  std::uint64_t of_cell = 0;
  if (outputs.maps || outputs.arrival) of_cell += collected_count_bytes;
  if (outputs.arrival) of_cell += sizeof(std::uint64_t);
  if (outputs.paired_maps) of_cell += 2 * collected_count_bytes * (longest_compared(experiment) - 1);
  return collected_blocks * of_cell * experiment.base.extent.cells();
}

}  // namespace

Footprint footprint(const Plan& plan) {
  Footprint footprint;
  const std::uint64_t layers = layers_memory(plan.experiment());  // which every rank reads, and rank 0 keeps
  footprint.program_memory = program_bytes + landscapes_memory(plan.experiment()) + layers;
  for (const Part& part : results_parts(plan)) footprint.results_memory += part.bytes;
  footprint.results_memory -= layers;
  footprint.worker_memory = worker_memory(plan.experiment());
  footprint.collector_memory = collector_memory(plan.experiment());
  footprint.file = Arrays(plan).all();
  return footprint;
}

void check_memory(const Plan& plan, const AvailableMemory& available) {
  const std::uint64_t needed = footprint(plan).results_memory;
  if (needed <= available.bytes) return;
  const auto parts = results_parts(plan);
  const Part& largest = *std::max_element(parts.begin(), parts.end(),
                                          [](const Part& a, const Part& b) { return a.bytes < b.bytes; });
  throw InputError(fmt::format(
      "the experiment needs {} of memory for its results, but only {} are available, by {}: {} take {} ({} x "
      "{} on {} x {} "
      "cells); try {}",
      bytes_text(needed), bytes_text(available.bytes), available.limit, largest.what,
      bytes_text(largest.bytes), counted(plan.scenarios(), "scenario"), counted(plan.seeds(), "seed"),
      plan.experiment().base.extent.width, plan.experiment().base.extent.height, largest.remedy));
}

}  // namespace firesweep
