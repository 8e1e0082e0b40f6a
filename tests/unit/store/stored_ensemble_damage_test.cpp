#include <functional>

#include <hdf5.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "../catch.hpp"
#include "changed_file.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

using sample::Change;
using sample::changed;
using sample::remove;
using sample::restore_all;

/// Sets one element, given by its place in row-major order.
template <class T>
Change set(const std::string& name, hid_t type, std::size_t at, T value) {
  return [=](hid_t file) {
    const hid_t dataset = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
    const hid_t space = H5Dget_space(dataset);
    std::vector<T> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    values.at(at) = value;
    H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Sclose(space);
    H5Dclose(dataset);
  };
}

Change set_byte(const std::string& name, std::size_t at, std::uint8_t value) {
  return set<std::uint8_t>(name, H5T_NATIVE_UINT8, at, value);
}
Change set_count(const std::string& name, std::size_t at, std::uint32_t value) {
  return set<std::uint32_t>(name, H5T_NATIVE_UINT32, at, value);
}
Change set_word(const std::string& name, std::size_t at, std::uint64_t value) {
  return set<std::uint64_t>(name, H5T_NATIVE_UINT64, at, value);
}

Change replace_experiment(const std::string& yaml) {
  return [=](hid_t file) {
    const hid_t group = H5Gopen2(file, "provenance", H5P_DEFAULT);
    const hid_t attribute = H5Aopen(group, "yaml_as_resolved", H5P_DEFAULT);
    const hid_t type = H5Aget_type(attribute);
    const char* text = yaml.c_str();
    H5Awrite(attribute, type, &text);
    H5Tclose(type);
    H5Aclose(attribute);
    H5Gclose(group);
  };
}

void set_random_numbers(hid_t file) {
  const int version = 99;
  const hid_t attribute = H5Aopen(file, "rng_version", H5P_DEFAULT);
  H5Awrite(attribute, H5T_NATIVE_INT, &version);
  H5Aclose(attribute);
}

// Of the sample's 12 scenarios of 8 seeds, the first and fourth are excluded; in the second, the fifth run
// has failed and the sixth is missing. Its landscape has 340 cells.
constexpr std::size_t ok_run = 8;
constexpr std::size_t failed_run = 12;
constexpr std::size_t missing_run = 13;
constexpr std::size_t map_of_second = 340;
constexpr std::size_t end_of_fifth_curve = 5 * 21 - 1;  // whose longest fire takes 16 of the 20 steps

TEST_CASE("an undamaged file is restored without complaint", "[damage]") {
  const sample::Folder folder;
  CHECK_NOTHROW(restore_all(changed(folder, [](hid_t) {})));
}

TEST_CASE("a file that contradicts itself is damaged, whatever it is that does not fit", "[damage]") {
  const std::vector<std::pair<std::string, Change>> table = {
      {"a status that does not exist", set_byte("status", ok_run, 3)},
      {"a failure that nothing is said of", set_byte("status", missing_run, 2)},
      {"a failure that is none", set_byte("status", failed_run, 0)},
      {"failures of other seeds", set_word("failures/run_seed", 0, 7)},
      {"more failures than messages", set_word("runs_failed", 5, 1)},
      {"more burnt cells than there are", set_word("burnt_cells", ok_run, 341)},
      {"more burning cells than there are", set_count("burning_cells", ok_run, 4'000'000'000)},
      {"more empty cells than there are", set_word("empty_cells", ok_run, 341)},
      {"a fire that outlasts its curve", set_count("steps", ok_run, 1000)},
      {"a curve that outlasts its fires", set_word("sums/burning_cells_sum", end_of_fifth_curve, 1)},
      {"burnt cells that grow fewer", set_word("sums/burnt_cells_square_sum", 2 * (21 + 1) + 1, 1ULL << 60)},
      {"a cell that burnt more often than there were runs", set_count("burn_count", map_of_second, 7)},
      {"an arrival where nothing burnt", set_word("sums/arrival_step_sum", map_of_second, 5)},
      {"a dataset that is gone", remove("peak_step")},
      {"sums that are gone", remove("sums/burning_cells_sum")},
      {"messages that are gone", remove("failures")},
      {"no provenance", remove("provenance")},
      {"a seed that is another", set_word("seed", 2, 77)},
      {"an experiment of another shape",
       replace_experiment("name: sample\nmatrix: {danger_level: [severe]}\n")},
  };
  for (const auto& [what, change] : table) {
    INFO(what);
    const sample::Folder folder;
    const std::string path = changed(folder, change);
    CHECK_THROWS_AS(restore_all(path), BadResultsFile);
    CHECK_THROWS_WITH(restore_all(path),
                      Contains("sample.h5: the file is damaged or cannot be read (could not"));
  }
}

TEST_CASE("content that somebody has changed is found out by its hash", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, set_count("peak_step", ok_run, 4));
  CHECK_NOTHROW(restore_all(path));
  CHECK_THROWS_AS(StoredEnsemble(path), BadResultsFile);
  CHECK_THROWS_WITH(StoredEnsemble(path), Contains("content hash differs"));
}

TEST_CASE("runs of other random numbers are not gone on with", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, set_random_numbers);
  CHECK_THROWS_AS(StoredEnsemble(path), BadResultsFile);
  CHECK_THROWS_WITH(StoredEnsemble(path), Contains("random numbers of version 99"));
}

TEST_CASE("an experiment that is not understood is said to be so", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, replace_experiment("name: sample\nfuel: {grass: 1}\n"));
  CHECK_THROWS_AS(StoredEnsemble(path), BadResultsFile);
  CHECK_THROWS_WITH(StoredEnsemble(path), Contains("does not understand") && Contains("fuel"));
}

TEST_CASE("a stored ensemble that is not there is bad input", "[damage]") {
  const sample::Folder folder;
  CHECK_THROWS_AS(StoredEnsemble(folder / "none.h5"), InputError);
  CHECK_THROWS_AS(StoredEnsemble(folder.path()), InputError);
}

}  // namespace
}  // namespace firesweep
