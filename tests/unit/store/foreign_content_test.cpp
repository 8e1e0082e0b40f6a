#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <hdf5.h>

#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_ensemble.hpp"
#include "firesweep/store/stored_results.hpp"

#include "../catch.hpp"
#include "changed_file.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

using sample::Change;
using sample::changed;
using sample::remove;
using sample::restore_all;

using Lengths = std::vector<hsize_t>;

/// Puts a dataset of these lengths, of which nothing is stored, in the place of one that is there.
Change declare(const std::string& name, hid_t type, const Lengths& lengths) {
  return [=](hid_t file) {
    H5Ldelete(file, name.c_str(), H5P_DEFAULT);
    const auto rank = static_cast<int>(lengths.size());
    const hid_t space = H5Screate_simple(rank, lengths.data(), nullptr);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    const Lengths chunk(lengths.size(), 1);
    if (lengths.back() > 0) H5Pset_chunk(creation, rank, chunk.data());
    H5Dclose(H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    H5Pclose(creation);
    H5Sclose(space);
  };
}

/// Sets an attribute to something else of its own kind.
template <class T>
Change set_attribute(const std::string& name, hid_t type, T value) {
  return [=](hid_t file) {
    const hid_t attribute = H5Aopen(file, name.c_str(), H5P_DEFAULT);
    H5Awrite(attribute, type, &value);
    H5Aclose(attribute);
  };
}
Change set_count(const std::string& name, std::int64_t value) {
  return set_attribute(name, H5T_NATIVE_INT64, value);
}
Change set_text(const std::string& name, const std::string& value) {
  return [=](hid_t file) {
    const hid_t attribute = H5Aopen(file, name.c_str(), H5P_DEFAULT);
    const hid_t type = H5Aget_type(attribute);
    const char* text = value.c_str();
    H5Awrite(attribute, type, &text);
    H5Tclose(type);
    H5Aclose(attribute);
  };
}

/// Sets the first element of a dataset.
Change set_first(const std::string& name, double value) {
  return [=](hid_t file) {
    const hid_t dataset = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
    const hid_t all = H5Dget_space(dataset);
    const hid_t one = H5Screate(H5S_SCALAR);
    const Lengths first(static_cast<std::size_t>(H5Sget_simple_extent_ndims(all)), 0);
    H5Sselect_elements(all, H5S_SELECT_SET, 1, first.data());
    H5Dwrite(dataset, H5T_NATIVE_DOUBLE, one, all, H5P_DEFAULT, &value);
    H5Sclose(one);
    H5Sclose(all);
    H5Dclose(dataset);
  };
}

/// Sets what the run of the second scenario and the first seed came to; that of the first is excluded.
Change set_of_run(const std::string& name, double value) {
  return [=](hid_t file) {
    const hid_t dataset = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
    const hid_t all = H5Dget_space(dataset);
    const hid_t one = H5Screate(H5S_SCALAR);
    const Lengths place = {0, 0, 1, 0};
    H5Sselect_elements(all, H5S_SELECT_SET, 1, place.data());
    H5Dwrite(dataset, H5T_NATIVE_DOUBLE, one, all, H5P_DEFAULT, &value);
    H5Sclose(one);
    H5Sclose(all);
    H5Dclose(dataset);
  };
}

Change set_shard(const std::string& value) {
  return [=](hid_t file) {
    const hid_t dataset = H5Dopen2(file, "provenance/sessions/shard", H5P_DEFAULT);
    const hid_t type = H5Dget_type(dataset);
    const char* text = value.c_str();
    H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &text);
    H5Tclose(type);
    H5Dclose(dataset);
  };
}

/// All that is asked for when a file is shown and exported.
void look_at(const std::string& path) {
  const StoredResults stored(path);
  stored.estimates();
  for (std::size_t s = 0; s < stored.counts().size(); ++s) {
    for (const std::string& column : stored.run_columns()) stored.run_values(column, s);
    stored.burn_probability(s);
  }
}

struct Case {
  std::string name;  // of what the message must name
  Change change;
};

constexpr hsize_t many = 20'000'000;
constexpr hsize_t countless = hsize_t{1} << 60;

TEST_CASE("a dataset of another size than the experiment gives it is refused before it is read", "[damage]") {
  const std::vector<Case> table = {
      {"threshold", declare("threshold", H5T_IEEE_F64LE, {many})},
      {"threshold", declare("threshold", H5T_IEEE_F64LE, {countless})},
      {"threshold", declare("threshold", H5T_IEEE_F64LE, {0})},
      {"quantile", declare("quantile", H5T_IEEE_F64LE, {many})},
      {"seed", declare("seed", H5T_STD_U64LE, {countless})},
      {"wind_speed", declare("wind_speed", H5T_IEEE_F64LE, {0})},
      {"wind_speed", declare("wind_speed", H5T_IEEE_F64LE, {countless})},
      {"step", declare("step", H5T_STD_U32LE, {countless})},
  };
  for (const auto& [name, change] : table) {
    INFO(name);
    const sample::Folder folder;
    const std::string path = changed(folder, change);
    CHECK_THROWS_AS(restore_all(path), BadResultsFile);
    CHECK_THROWS_WITH(restore_all(path), Contains("sample.h5") && Contains("read '/" + name + "': it has"));
    CHECK_THROWS_AS(look_at(path), BadResultsFile);
    CHECK_THROWS_WITH(look_at(path), Contains("sample.h5") && Contains("read '/" + name + "': it has"));
  }
}

TEST_CASE("estimates of another size are refused before they are read", "[damage]") {
  for (const hsize_t length : {hsize_t{0}, many, countless}) {
    for (const char* const name : {"exceedance", "burn_fraction_mean", "burn_fraction_quantile_ci"}) {
      const sample::Folder folder;
      const std::string path = changed(folder, declare(name, H5T_IEEE_F64LE, {length}));
      CHECK_THROWS_AS(look_at(path), BadResultsFile);
      CHECK_THROWS_WITH(look_at(path), Contains(std::string("read '/") + name + "': it has"));
    }
  }
}

TEST_CASE("more elements than can be counted are too many", "[damage]") {
  const sample::Folder folder;
  const hsize_t half = hsize_t{1} << 32;
  const std::string path = changed(folder, declare("burn_fraction_mean", H5T_IEEE_F64LE, {half, half, 12}));
  CHECK_THROWS_AS(look_at(path), BadResultsFile);
  CHECK_THROWS_WITH(look_at(path), Contains("count the elements"));
}

TEST_CASE("a table of sessions that is not stored is not believed", "[damage]") {
  for (const hsize_t length : {many, countless}) {
    const sample::Folder folder;
    const std::string path = changed(folder, declare("provenance/sessions/session", H5T_STD_U32LE, {length}));
    CHECK_THROWS_AS(restore_all(path), BadResultsFile);
    CHECK_THROWS_WITH(restore_all(path), Contains("/provenance/sessions/session"));
  }
}

TEST_CASE("root attributes must be those of the experiment in the file", "[damage]") {
  const std::vector<Case> table = {
      {"width", set_count("width", 21)},
      {"height", set_count("height", 65536)},
      {"max_steps", set_count("max_steps", 1)},
      {"confidence", set_attribute("confidence", H5T_NATIVE_DOUBLE, 0.5)},
      {"name", set_text("name", "another")},
      {"title", set_text("title", "Ensemble of something else")},
      {"axes", set_text("axes", "ignition_set danger_level wind_speed")},
      {"runs_total", set_count("runs_total", 1)},
      {"runs_ok", set_count("runs_ok", 80)},
      {"runs_failed", set_count("runs_failed", -1)},
      {"runs_missing", set_count("runs_missing", 0)},
  };
  for (const auto& [name, change] : table) {
    const sample::Folder folder;
    const std::string path = changed(folder, change);
    const std::string said = "the root attribute '" + name + "' fit its experiment";
    CHECK_THROWS_AS(restore_all(path), BadResultsFile);
    CHECK_THROWS_WITH(restore_all(path), Contains(said));
    CHECK_THROWS_AS(look_at(path), BadResultsFile);
    CHECK_THROWS_WITH(look_at(path), Contains(said));
  }
}

TEST_CASE("coordinates must be those of the experiment in the file", "[damage]") {
  for (const char* const name : {"threshold", "quantile", "wind_speed"}) {
    const sample::Folder folder;
    const std::string path = changed(folder, set_first(name, 0.02));
    CHECK_THROWS_WITH(restore_all(path),
                      Contains(std::string("make '") + name + "' fit its experiment: number 1"));
    CHECK_THROWS_WITH(look_at(path),
                      Contains(std::string("make '") + name + "' fit its experiment: number 1"));
  }
}

TEST_CASE("numbers of a run that cannot be are damage, and are said with their place", "[damage]") {
  const std::vector<std::pair<std::string, double>> table = {
      {"burn_fraction", -5.0}, {"burn_fraction", 1e300},      {"burn_fraction", std::nan("")},
      {"burnt_cells", 341.0},  {"peak_burning_cells", 341.0}, {"steps", 2e9},
  };
  for (const auto& [column, value] : table) {
    INFO(column << " " << value);
    const sample::Folder folder;
    const std::string path = changed(folder, set_of_run(column, value));
    CHECK_THROWS_AS(look_at(path), BadResultsFile);
    CHECK_THROWS_WITH(look_at(path),
                      Contains("'" + column + "', which is") && Contains("severe, centre, 42.5, seed 1"));
  }
}

TEST_CASE("a probability that is none is damage, and is said with its place", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, set_first("burn_probability", 1e30));
  CHECK_THROWS_AS(look_at(path), BadResultsFile);
  CHECK_THROWS_WITH(look_at(path), Contains("'burn_probability'") && Contains("row 0, column 0"));
}

TEST_CASE("an estimate that none of its kind can be is damage, and is said with its place", "[damage]") {
  const std::vector<std::pair<std::string, double>> table = {
      {"exceedance", 7.0},
      {"burn_fraction_mean", 9e30},
      {"burn_fraction_cvar_given_start", -0.1},
      {"paired/difference_mean", 1.5},
      {"paired/exceedance_difference_given_start", -1.5},
      {"sensitivity/mean_share", 1.18},
  };
  for (const auto& [path_in_file, value] : table) {
    const sample::Folder folder;
    const std::string path = changed(folder, set_first(path_in_file, value));
    const std::string name = path_in_file.substr(path_in_file.find('/') + 1);
    CHECK_THROWS_AS(look_at(path), BadResultsFile);
    CHECK_THROWS_WITH(look_at(path),
                      Contains(fmt::format("make sense of '{}', whose number 1 is {}", name, value)));
  }
}

TEST_CASE("a session of no shard that there is is damage", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, set_shard("3/2"));
  CHECK_THROWS_AS(restore_all(path), BadResultsFile);
  CHECK_THROWS_WITH(restore_all(path), Contains("provenance/sessions/shard") && Contains("'3/2'"));
}

TEST_CASE("a number of the runs that a file does not have is absent, and nothing else is lost", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, remove("peak_step"));
  CHECK_NOTHROW(look_at(path));
  const StoredResults results(path);
  CHECK(std::ranges::find(results.run_columns(), "peak_step") == results.run_columns().end());
  const StoredEnsemble stored(path, StoredEnsemble::Check::file);
  CHECK(stored.counts()[1].ok == 6);
  CHECK_THROWS_WITH(restore_all(path), Contains("find 'peak_step'"));
}

TEST_CASE("links that lead elsewhere, or nowhere, are none of ours", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, [](hid_t file) {
    H5Lcreate_soft("/nowhere", file, "a note", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external("other.h5", "/", file, "another file", H5P_DEFAULT, H5P_DEFAULT);
    H5Ldelete(file, "paired", H5P_DEFAULT);
    H5Lcreate_soft("/sums", file, "paired", H5P_DEFAULT, H5P_DEFAULT);
  });
  CHECK_NOTHROW(look_at(path));
  for (const AxisDifferences& differences : StoredResults(path).estimates().differences)
    CHECK(StoredResults(path).axes()[differences.axis].name != "danger_level");
}

TEST_CASE("a coordinate that leads to another file is not followed", "[damage]") {
  const sample::Folder folder;
  const std::string path = changed(folder, [](hid_t file) {
    H5Ldelete(file, "seed", H5P_DEFAULT);
    H5Lcreate_external("/dev/zero", "/seed", file, "seed", H5P_DEFAULT, H5P_DEFAULT);
  });
  CHECK_THROWS_WITH(look_at(path), Contains("open 'seed': it leads to another place"));
}

}  // namespace
}  // namespace firesweep
