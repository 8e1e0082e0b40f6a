#include "new_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/types.h>
#include <unistd.h>

#if __has_include(<H5FDdevelop.h>)
#include <H5FDdevelop.h>  // where HDF5 1.14 keeps what drivers are made of
#endif

namespace firesweep::hdf5 {
namespace {

/// What HDF5 hands to the driver when it opens a file.
struct DriverInfo {
  int* refusal;
};

/// An open file as the driver knows it. HDF5 sees the first member.
struct DriverFile {
  H5FD_t of_hdf5{};
  int descriptor = -1;
  haddr_t allocated = 0;  // bytes that HDF5 wants the file to have
  haddr_t size = 0;       // bytes that it has
  int* refusal = nullptr;
};

DriverFile& mine(H5FD_t* file) {
  return *reinterpret_cast<DriverFile*>(file);
}

const DriverFile& mine(const H5FD_t* file) {
  return *reinterpret_cast<const DriverFile*>(file);
}

void refuse(DriverFile& file) {
  if (*file.refusal == 0) *file.refusal = errno;
}

H5FD_t* open_file(const char* name, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  const int descriptor = ::open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    *info->refusal = errno;
    return nullptr;
  }
  auto file = std::make_unique<DriverFile>();
  file->descriptor = descriptor;
  file->refusal = info->refusal;
  return &file.release()->of_hdf5;
}

herr_t close_file(H5FD_t* opened) {
  const std::unique_ptr<DriverFile> file(&mine(opened));
  if (::close(file->descriptor) != 0) refuse(*file);
  return 0;
}

/// The same as of HDF5's own driver for files of the system.
herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t get_allocated(const H5FD_t* file, H5FD_mem_t) {
  return mine(file).allocated;
}

herr_t set_allocated(H5FD_t* file, H5FD_mem_t, haddr_t bytes) {
  mine(file).allocated = bytes;
  return 0;
}

haddr_t get_size(const H5FD_t* file, H5FD_mem_t) {
  return mine(file).size;
}

/// Bytes that were never written read as zeros.
herr_t read(H5FD_t* opened, H5FD_mem_t, hid_t, haddr_t at, std::size_t bytes, void* buffer) {
  auto* to = static_cast<char*>(buffer);
  while (bytes > 0) {
    const ssize_t got = ::pread(mine(opened).descriptor, to, bytes, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    to += got;
    at += static_cast<haddr_t>(got);
    bytes -= static_cast<std::size_t>(got);
  }
  std::memset(to, 0, bytes);
  return 0;
}

herr_t write(H5FD_t* opened, H5FD_mem_t, hid_t, haddr_t at, std::size_t bytes, const void* buffer) {
  DriverFile& file = mine(opened);
  const auto* from = static_cast<const char*>(buffer);
  while (bytes > 0 && *file.refusal == 0) {
    const ssize_t put = ::pwrite(file.descriptor, from, bytes, static_cast<off_t>(at));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      refuse(file);
      break;
    }
    from += put;
    at += static_cast<haddr_t>(put);
    bytes -= static_cast<std::size_t>(put);
  }
  file.size = std::max(file.size, at + bytes);
  return 0;
}

herr_t truncate(H5FD_t* opened, hid_t, hbool_t) {
  DriverFile& file = mine(opened);
  if (file.size == file.allocated) return 0;
  if (::ftruncate(file.descriptor, static_cast<off_t>(file.allocated)) != 0) refuse(file);
  file.size = file.allocated;
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t made{};
#ifdef H5FD_CLASS_VERSION
  made.version = H5FD_CLASS_VERSION;
  made.value = 511;  // of those that HDF5 leaves to be used without asking
#endif
  made.name = "firesweep";
  made.maxaddr = (haddr_t{1} << 63) - 1;
  made.fc_degree = H5F_CLOSE_WEAK;
  made.fapl_size = sizeof(DriverInfo);
  made.open = open_file;
  made.close = close_file;
  made.query = query;
  made.get_eoa = get_allocated;
  made.set_eoa = set_allocated;
  made.get_eof = get_size;
  made.read = read;
  made.write = write;
  made.truncate = truncate;
  std::ranges::copy(std::initializer_list<H5FD_mem_t> H5FD_FLMAP_DICHOTOMY, made.fl_map);
  return made;
}

hid_t driver() {
  static const H5FD_class_t described = driver_class();
  static const hid_t registered = H5FDregister(&described);
  return registered;
}

void check(herr_t status) {
  if (status < 0) throw Error("prepare a new file");
}

Handle create(const std::string& path, int* refusal) {
  keep_quiet();
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare a new file");
  const DriverInfo info{refusal};
  check(H5Pset_driver(access.id(), driver(), &info));
  // HDF5 1.8 and everything built on it reads this version, the first whose metadata carries checksums.
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18));
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare a new file");
  check(H5Pset_obj_track_times(creation.id(), 0));
  track_creation_order(creation);
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_EXCL, creation.id(), access.id());
  if (file < 0 && *refusal != 0) {
    throw Error(fmt::format("create the file: {}", std::generic_category().message(*refusal)));
  }
  return {file, H5Fclose, "create the file"};
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
