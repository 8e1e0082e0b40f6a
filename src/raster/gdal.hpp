#pragma once

#include <memory>
#include <string>

#include <cpl_error.h>
#include <gdal.h>

namespace firesweep {

/// A function of GDAL's, as in GDAL(GDALOpenEx)(...). The library is loaded with the first of them: it depends on a
/// hundred others, which would take more of a program's start than all else, and most experiments have no raster.
#define GDAL(function) (*gdal_function<decltype(function)>(#function))

/// Where the loaded library has a symbol. Throws InputError if the library is not installed, or another one.
void* gdal_symbol(const char* name);

template <class Function>
Function* gdal_function(const char* name) {
  return reinterpret_cast<Function*>(gdal_symbol(name));
}

struct DatasetCloser {
  void operator()(GDALDatasetH dataset) const { GDAL(GDALClose)(dataset); }
};
using Dataset = std::unique_ptr<void, DatasetCloser>;

/// Registers what we read and write, and nothing else: GDAL's own list of drivers takes milliseconds, and some of them
/// fetch from the network. Nor may PROJ.
void register_formats();

/// While it lives, GDAL prints nothing on this thread and keeps the message of its last error.
class GdalErrors {
 public:
  GdalErrors();
  ~GdalErrors() { GDAL(CPLPopErrorHandler)(); }
  GdalErrors(const GdalErrors&) = delete;
  GdalErrors& operator=(const GdalErrors&) = delete;

  /// What GDAL said last, in one line; empty if nothing.
  std::string last() const;
};

/// While it lives, an option of GDAL has a value on this thread.
class GdalOption {
 public:
  GdalOption(const char* name, const char* value);
  ~GdalOption();
  GdalOption(const GdalOption&) = delete;
  GdalOption& operator=(const GdalOption&) = delete;

 private:
  const char* name_;
};

/// Throws InputError unless `path` names a regular file of this machine: no URL, nothing of GDAL's virtual file systems,
/// no part of a file.
void expect_local_file(const std::string& path);

/// A path that GDAL takes for nothing but a file.
std::string plain_path(const std::string& path);

}  // namespace firesweep
