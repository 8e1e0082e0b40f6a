#include "gdal.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <cpl_conv.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/input_file.hpp"
#include "firesweep/raster/raster_libraries.hpp"

namespace firesweep {

void* gdal_symbol(const char* name) {
  static void* const library = ::dlopen(FIRESWEEP_GDAL_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
  void* const symbol = library == nullptr ? nullptr : ::dlsym(library, name);
  if (symbol == nullptr) {
    const char* reason = ::dlerror();
    throw InputError(
        fmt::format("rasters are read and written by GDAL, which cannot be loaded ({}); install it anew",
                    reason == nullptr ? FIRESWEEP_GDAL_LIBRARY : reason));
  }
  return symbol;
}

std::vector<std::pair<std::string, std::string>> raster_libraries() {
  void* const loaded = ::dlopen(FIRESWEEP_GDAL_LIBRARY, RTLD_LAZY | RTLD_NOLOAD);
  if (loaded == nullptr) return {};
  ::dlclose(loaded);  // one of two
  int major = 0;
  int minor = 0;
  int patch = 0;
  GDAL(OSRGetPROJVersion)(&major, &minor, &patch);
  return {{"gdal_version", GDAL(GDALVersionInfo)("RELEASE_NAME")},
          {"proj_version", fmt::format("{}.{}.{}", major, minor, patch)}};
}

void register_formats() {
  [[maybe_unused]] static const bool once = [] {
    GDAL(GDALRegister_GTiff)();
    GDAL(GDALRegister_LCP)();
    GDAL(GDALRegister_MEM)();
    GDAL(RegisterOGRGeoJSON)();
    GDAL(RegisterOGRGeoPackage)();
    GDAL(RegisterOGRShape)();
    GDAL(OSRSetPROJEnableNetwork)(0);
    return true;
  }();
}

GdalErrors::GdalErrors() {
  GDAL(CPLPushErrorHandler)(&GDAL(CPLQuietErrorHandler));
  GDAL(CPLErrorReset)();
}

// Not all of GDAL's errors are failures of a call that look like one, so the last one is asked for.
std::string GdalErrors::last() const {
  std::string text = GDAL(CPLGetLastErrorMsg)();
  std::ranges::replace(text, '\n', ' ');
  return text;
}

GdalOption::GdalOption(const char* name, const char* value) : name_(name) {
  GDAL(CPLSetThreadLocalConfigOption)(name, value);
}

GdalOption::~GdalOption() {
  GDAL(CPLSetThreadLocalConfigOption)(name_, nullptr);
}

void expect_local_file(const std::string& path) {
  if (path.starts_with("/vsi") || path.find("://") != std::string::npos) {
    throw InputError(
        fmt::format("{}: is not read (only files of this machine are); download it first", path));
  }
  std::error_code ignored;
  const std::size_t colon = path.find(':');
  if (colon != std::string::npos && colon > 1 && !std::filesystem::exists(path, ignored)) {
    throw InputError(
        fmt::format("{0}: there is no such file; if it is a part of one, extract it first: gdal_translate "
                    "'{0}' layer.tif",
                    path));
  }
  expect_readable_file(path);
}

std::string plain_path(const std::string& path) {
  return std::filesystem::absolute(path).string();
}

}  // namespace firesweep
