#include "firesweep/store/results_file.hpp"

#include <algorithm>
#include <cmath>

#include <hdf5.h>

#include "firesweep/store/stored_results.hpp"

#include "../catch.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

/// All of a dataset of 64-bit words.
std::vector<std::uint64_t> read_words(const std::string& path, const std::string& dataset) {
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t opened = H5Dopen2(file, dataset.c_str(), H5P_DEFAULT);
  const hid_t space = H5Dget_space(opened);
  std::vector<std::uint64_t> words(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
  H5Dread(opened, H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, words.data());
  H5Sclose(space);
  H5Dclose(opened);
  H5Fclose(file);
  return words;
}

TEST_CASE("what was published is read back") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::publish(path);
  const StoredResults stored(path);
  CHECK(stored.name() == "sample");
  REQUIRE(stored.axes().size() == 3);
  CHECK(stored.axes()[0].name == "danger_level");
  CHECK(stored.axes()[0].labels == std::vector<std::string>{"severe", "extreme"});
  CHECK(stored.axes()[1].name == "ignition_set");
  CHECK(stored.axes()[1].labels == std::vector<std::string>{"centre", "foudre é"});
  CHECK(stored.axes()[2].name == "wind_speed");
  CHECK(stored.axes()[2].labels == std::vector<std::string>{"20", "42.5", "70"});
  CHECK(stored.seeds() == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(stored.choices().thresholds == OutputChoices{}.thresholds);
  CHECK(stored.choices().quantiles == OutputChoices{}.quantiles);
  CHECK(stored.choices().confidence == 0.95);
  CHECK(stored.choices().maps);
  CHECK(stored.choices().arrival);
  CHECK(stored.choices().run_curves);
  CHECK(stored.choices().cell_counts);
  CHECK(stored.content_sha256().size() == 64);
}

TEST_CASE("excluded, failed and missing runs have no burn fraction and are counted apart") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::publish(path);
  const StoredResults stored(path);
  const auto is_nan = [](double value) { return std::isnan(value); };
  CHECK(stored.counts()[0].planned == 0);
  CHECK(stored.counts()[1].planned == 8);
  CHECK(stored.counts()[1].failed == 1);
  CHECK(stored.counts()[2].failed == 0);
  CHECK(std::ranges::all_of(stored.run_values("burn_fraction", 0), is_nan));
  const std::vector<double> fractions = stored.run_values("burn_fraction", 1);
  REQUIRE(fractions.size() == 8);
  CHECK(is_nan(fractions[4]));
  CHECK(is_nan(fractions[5]));
  CHECK(fractions[0] == 21.0 / 340.0);  // 6 steps: 1 + 2 + .. + 6 cells of 20 x 17
}

TEST_CASE("the content hash does not depend on the order of blocks, on the clock or on who did the work") {
  const sample::Folder folder;
  sample::publish(folder / "one.h5");
  const Plan plan(sample::experiment());
  Results results(plan);
  std::vector<BlockResult> blocks = sample::blocks(plan);
  std::reverse(blocks.begin(), blocks.end());
  std::rotate(blocks.begin(), blocks.begin() + 7, blocks.end());
  for (const BlockResult& block : blocks) results.merge(block);
  Provenance provenance = sample::provenance();
  provenance.sessions.resize(3);
  publish_results(folder / "two.h5", results, provenance, {});
  CHECK(StoredResults(folder / "one.h5").content_sha256() ==
        StoredResults(folder / "two.h5").content_sha256());
}

TEST_CASE("the content hash depends on every run") {
  const sample::Folder folder;
  sample::publish(folder / "one.h5");
  const Plan plan(sample::experiment());
  Results results(plan);
  std::vector<BlockResult> blocks = sample::blocks(plan);
  RunColumns& records = blocks.back().records;
  RunRecord last = records[records.size() - 1];
  ++last.peak_step;
  records.set(records.size() - 1, last);
  for (const BlockResult& block : blocks) results.merge(block);
  publish_results(folder / "two.h5", results, sample::provenance(), sample::performance());
  CHECK(StoredResults(folder / "one.h5").content_sha256() !=
        StoredResults(folder / "two.h5").content_sha256());
}

TEST_CASE("an ensemble without a single run is a file like any other") {
  const sample::Folder folder;
  const Plan plan(sample::experiment());
  const Results results(plan);
  publish_results(folder / "none.h5", results, {}, {});
  const StoredResults stored(folder / "none.h5");
  CHECK(stored.counts()[1].planned == 8);
  CHECK(std::ranges::all_of(stored.run_values("burn_fraction", 1),
                            [](double value) { return std::isnan(value); }));
}

TEST_CASE("sums of squares keep all their 128 bits") {
  const sample::Folder folder;
  const Plan plan(sample::experiment());
  Results results(plan);
  BlockResult block = sample::blocks(plan).back();
  const UInt128 squares = (UInt128{3} << 64) + 7;
  block.tally.curves.burning_squares[1] = squares;
  results.merge(block);
  publish_results(folder / "large.h5", results, {}, {});
  const std::vector<std::uint64_t> words = read_words(folder / "large.h5", "/sums/burning_cells_square_sum");
  const std::size_t steps = words.size() / 12 / 2;
  const std::size_t second_step_of_last_scenario = 2 * (11 * steps + 1);
  CHECK(words[second_step_of_last_scenario] == 7);
  CHECK(words[second_step_of_last_scenario + 1] == 3);
}

TEST_CASE("what was not asked for is not in the file") {
  const sample::Folder folder;
  Experiment experiment = sample::experiment();
  experiment.outputs = {};
  experiment.outputs.maps = false;
  experiment.outputs.curves = false;
  experiment.outputs.thresholds.clear();
  experiment.outputs.quantiles.clear();
  const Plan plan(experiment);
  const Results results(plan);
  publish_results(folder / "bare.h5", results, {}, {});
  const StoredResults stored(folder / "bare.h5");
  CHECK_FALSE(stored.choices().maps);
  CHECK_FALSE(stored.choices().arrival);
  CHECK_FALSE(stored.choices().curves);
  CHECK_FALSE(stored.choices().run_curves);
  CHECK_FALSE(stored.choices().cell_counts);
  CHECK(stored.choices().thresholds.empty());
  CHECK(stored.choices().quantiles.empty());
}

}  // namespace
}  // namespace firesweep
