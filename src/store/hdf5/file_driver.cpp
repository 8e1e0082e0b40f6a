#include "hdf5/file_driver.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
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
  haddr_t allocated = 0;   // bytes that HDF5 wants the file to have
  haddr_t size = 0;        // bytes that it has
  int* refusal = nullptr;  // none if the file is only read
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

/// Has HDF5 give the system's reason where it says what it could not do.
void give_reason() {
  const std::string reason = std::generic_category().message(errno);
  H5Epush2(H5E_DEFAULT, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_VFL, H5E_SYSERRSTR, "%s",
           reason.c_str());
}

H5FD_t* open_file(const char* name, unsigned flags, hid_t access, haddr_t) {
  const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  const bool is_new = (flags & H5F_ACC_CREAT) != 0;
  const int descriptor = ::open(name, (is_new ? O_RDWR | O_CREAT | O_EXCL : O_RDONLY) | O_CLOEXEC, 0666);
  struct stat found {};
  if (descriptor < 0 || ::fstat(descriptor, &found) != 0) {
    give_reason();
    if (descriptor >= 0) ::close(descriptor);
    return nullptr;
  }
  auto file = std::make_unique<DriverFile>();
  file->descriptor = descriptor;
  file->size = static_cast<haddr_t>(found.st_size);
  file->refusal = is_new ? info->refusal : nullptr;
  return &file.release()->of_hdf5;
}

herr_t close_file(H5FD_t* opened) {
  const std::unique_ptr<DriverFile> file(&mine(opened));
  if (::close(file->descriptor) != 0 && file->refusal != nullptr) refuse(*file);
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
    if (got < 0) {
      give_reason();
      return -1;
    }
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

}  // namespace

Handle access_through_driver(int* refusal) {
  keep_quiet();
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare a file");
  const DriverInfo info{refusal};
  if (H5Pset_driver(access.id(), driver(), &info) < 0) throw Error("prepare a file");
  return access;
}

}  // namespace firesweep::hdf5
