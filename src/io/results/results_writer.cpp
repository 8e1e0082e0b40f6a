#include "results/results_writer.hpp"

#include <array>

#include "files/new_file.hpp"
#include "results/results_content.hpp"
#include "results/results_marker.hpp"

namespace firesweep {

namespace {

/// All that is written of the reproducible content, in this order.
constexpr std::array write_parts = {write_title,       write_coordinates, write_conditions, write_runs,
                                    write_estimates,   write_curves,      write_run_curves, write_maps,
                                    write_differences, write_sensitivity};

}  // namespace

std::string write_results(const std::string& path, const Results& results, const Estimates& estimates,
                          const Provenance& provenance, const Performance& performance) {
  const Stopwatch stopwatch;
  hdf5::NewFile file(path);
  ContentHash hash;
  {
    GroupWriter root(hdf5::open_group(file.id(), "/"), &hash);
    GroupWriter sums = root.create_group("sums");
    const ResultsContent content(root, sums, results, estimates);
    for (const auto& write_part : write_parts) {
      write_part(content);
      file.expect_written();
    }
    root.attribute(content_hash_attribute, hash.hex());
    // What differs from one job to the next comes last: everything before it is the same bytes at the same
    // place.
    write_provenance(root, results, provenance);
    Performance performance_so_far = performance;
    if (!performance.ranks.empty()) performance_so_far.ranks.front()[Phase::write].add(stopwatch.seconds());
    write_performance(root, performance_so_far);
  }
  file.close();
  return hash.hex();
}

}  // namespace firesweep
