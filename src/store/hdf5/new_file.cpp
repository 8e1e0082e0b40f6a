#include "hdf5/new_file.hpp"

#include <system_error>

#include <fmt/format.h>

#include "hdf5/file_driver.hpp"

namespace firesweep::hdf5 {
namespace {

void check(herr_t status) {
  if (status < 0) throw Error("prepare a new file");
}

Handle create(const std::string& path, int* refusal) {
  const Handle access = access_through_driver(refusal);
  // HDF5 1.8 and everything built on it reads this version, the first whose metadata carries checksums.
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18));
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare a new file");
  check(H5Pset_obj_track_times(creation.id(), 0));
  track_creation_order(creation);
  return {H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation.id(), access.id()), H5Fclose, "create the file"};
}

}  // namespace

NewFile::NewFile(const std::string& path)
    : refusal_(std::make_unique<int>(0)), file_(create(path, refusal_.get())) {}

void NewFile::expect_written() const {
  if (*refusal_ != 0) {
    throw Error(fmt::format("write the file: {}", std::generic_category().message(*refusal_)));
  }
}

void NewFile::close() {
  file_.close("close the file");
  expect_written();
}

}  // namespace firesweep::hdf5
