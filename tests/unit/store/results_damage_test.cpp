#include <filesystem>

#include <hdf5.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_results.hpp"

#include "../catch.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

/// Somebody else's HDF5 file.
void write_foreign_file(const std::string& path) {
  H5Fclose(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
}

void set_format_version(const std::string& path, int version) {
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t attribute = H5Aopen(file, "format_version", H5P_DEFAULT);
  H5Awrite(attribute, H5T_NATIVE_INT, &version);
  H5Aclose(attribute);
  H5Fclose(file);
}

TEST_CASE("a file that is missing or a directory is bad input", "[damage]") {
  const sample::Folder folder;
  CHECK_THROWS_AS(StoredResults(folder / "none.h5"), InputError);
  CHECK_THROWS_WITH(StoredResults(folder / "none.h5"), Contains("none.h5: there is no such file"));
  CHECK_THROWS_AS(StoredResults(folder.path()), InputError);
}

TEST_CASE("a file that is not one of ours says what it is", "[damage]") {
  const sample::Folder folder;
  const std::string path = folder / "other.h5";
  sample::write_bytes(path, "");
  CHECK_THROWS_AS(StoredResults(path), BadResultsFile);
  CHECK_THROWS_WITH(StoredResults(path), Contains("other.h5: is empty"));
  CHECK_THROWS_WITH(check_output(path), Contains("other.h5: is empty"));
  sample::write_bytes(path, "no HDF5 here");
  CHECK_THROWS_WITH(StoredResults(path), Contains("is not an HDF5 file"));
  write_foreign_file(path);
  CHECK_THROWS_WITH(StoredResults(path), Contains("not a results file that firesweep wrote"));
  CHECK_THROWS_WITH(check_output(path), Contains("not a results file that firesweep wrote"));
}

TEST_CASE("a file of a newer format is not read and not overwritten", "[damage]") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::publish(path);
  set_format_version(path, results_format_version + 1);
  CHECK_THROWS_WITH(StoredResults(path), Contains("newer") && Contains("use a newer firesweep"));
  CHECK_THROWS_AS(check_output(path), BadResultsFile);
}

TEST_CASE("a truncated file is damaged", "[damage]") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::publish(path);
  const auto size = std::filesystem::file_size(path);
  for (const auto left : {size - 1, size / 2, std::uintmax_t{100}}) {
    std::filesystem::resize_file(path, left);
    CHECK_THROWS_AS(StoredResults(path), BadResultsFile);
    CHECK_THROWS_WITH(StoredResults(path), Contains("damaged"));
    CHECK_THROWS_WITH(check_output(path), Contains("damaged"));
  }
}

TEST_CASE("a file without one of its datasets is damaged", "[damage]") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::publish(path);
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  H5Ldelete(file, "burn_fraction", H5P_DEFAULT);
  H5Fclose(file);
  CHECK_THROWS_WITH(StoredResults(path), Contains("damaged") && Contains("burn_fraction"));
}

}  // namespace
}  // namespace firesweep
