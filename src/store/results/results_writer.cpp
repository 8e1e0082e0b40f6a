#include "results/results_writer.hpp"

#include <algorithm>
#include <array>

#include "firesweep/check/process_memory.hpp"

#include "content/chunk_writer.hpp"
#include "content/content_hash.hpp"
#include "content/results_marker.hpp"
#include "hdf5/new_file.hpp"
#include "results/estimating.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// A part of the reproducible content, and the hash that covers it.
struct Part {
  void (*write)(const ResultsContent&);
  ContentHash ContentHashes::*hash;
};

constexpr auto exact = &ContentHashes::content;
constexpr auto estimated = &ContentHashes::estimates;

/// All of it, in the order in which it is written: estimates take time, and what does not need them comes first.
constexpr std::array<Part, 23> parts = {{
    {write_title, exact},
    {write_coordinates, exact},
    {write_ground, exact},
    {write_times, estimated},
    {write_choices, estimated},
    {write_conditions, exact},
    {write_ignition_probability, estimated},
    {write_runs, exact},
    {write_failures, exact},
    {write_assets, exact},
    {write_curve_sums, exact},
    {write_run_curves, exact},
    {write_maps, exact},
    {write_map_estimates, estimated},
    {write_run_counts, exact},
    {write_estimates, estimated},
    {write_asset_estimates, estimated},
    {write_curves, estimated},
    {write_bands, estimated},
    {write_differences, estimated},
    {write_sensitivity, estimated},
    {write_design, estimated},
    {write_season, estimated},
}};

}  // namespace

WrittenResults write_results(const std::string& path, const Results& results, const Provenance& provenance,
                             const Performance& performance, unsigned threads, const EarlyDatasets& early) {
  const Stopwatch stopwatch;
  Estimating estimating(results, threads);
  hdf5::NewFile file(path);
  ContentHashes hashes;
  WrittenResults written;
  {
    ChunkWriter chunks(threads, &early);
    GroupWriter root(hdf5::open_group(file.id(), "/"), &hashes.content, chunks);
    GroupWriter sums = root.create_group(arrays::word.group);
    const ResultsContent content(root, sums, results, estimating);
    for (const Part& part : parts) {
      root.hash_with(&(hashes.*part.hash));
      part.write(content);
      file.expect_written();
    }
    chunks.finish();
    written = {.hashes = {hashes.content.hex(), hashes.estimates.hex()}, .datasets = chunks.written()};
    root.attribute(content_hash_attribute, written.hashes.content);
    root.attribute(estimates_hash_attribute, written.hashes.estimates);
    // What differs from one job to the next comes last: everything before it is the same bytes at the same
    // place.
    write_provenance(root, provenance);
    Performance performance_so_far = performance;
    if (!performance.ranks.empty()) {
      RankPerformance& rank_0 = performance_so_far.ranks.front();
      rank_0[Phase::statistics].add(estimating.seconds());
      rank_0[Phase::write].add(stopwatch.seconds() - estimating.seconds_waited());
      // Estimates and writing take most of it.
      rank_0.peak_memory = std::max(rank_0.peak_memory, peak_memory());
    }
    write_performance(root, performance_so_far);
    chunks.finish();
  }
  file.close();
  written.cost = {.statistics = estimating.seconds(), .waited = estimating.seconds_waited()};
  return written;
}

}  // namespace firesweep
