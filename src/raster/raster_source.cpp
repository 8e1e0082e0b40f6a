#include "raster_source.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <utility>

#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/input_file.hpp"

#include "ascii_grid.hpp"
#include "band_choice.hpp"
#include "gdal.hpp"
#include "remedy.hpp"

namespace firesweep {
namespace {

/// Values of a band that stand for none.
class NoData {
 public:
  explicit NoData(GDALRasterBandH band) : type_(GDAL(GDALGetRasterDataType)(band)) {
    int is_given = 0;
    double value = 0.0;
    if (type_ == GDT_Int64) {
      value = static_cast<double>(GDAL(GDALGetRasterNoDataValueAsInt64)(band, &is_given));
    } else if (type_ == GDT_UInt64) {
      value = static_cast<double>(GDAL(GDALGetRasterNoDataValueAsUInt64)(band, &is_given));
    } else {
      value = GDAL(GDALGetRasterNoDataValue)(band, &is_given);
    }
    if (is_given != 0) value_ = rounded(value);
  }

  bool operator()(double value) const {
    return std::isnan(value) || is_never_data(value) || (value_ && value == *value_);
  }

 private:
  // The nodata value is written in decimals, and the cells of a Float32 band have fewer of them.
  double rounded(double value) const {
    const bool fits = std::abs(value) <= std::numeric_limits<float>::max();
    return type_ == GDT_Float32 && fits ? static_cast<double>(static_cast<float>(value)) : value;
  }

  GDALDataType type_;
  std::optional<double> value_;
};

class GdalSource : public RasterSource {
 public:
  GdalSource(const RasterFile& file, LayerKind kind);

  const RasterHeader& header() const override { return header_; }
  std::uint32_t rows_at_once() const override;
  void read(std::uint32_t rows, std::span<double> values) override;
  std::string way_to_forget(double value) const override {
    return fmt::format("gdal_translate -a_nodata {} {}", value, from_to(header_.path, "-nodata.tif"));
  }

 private:
  void read_header();
  void read_unit();
  void read_values(GDALRasterBandH band, std::uint32_t rows, std::span<double> values) const;

  RasterHeader header_;
  std::string band_name_;
  Dataset dataset_;
  GDALRasterBandH band_ = nullptr;
  std::uint32_t next_row_ = 0;
};

Dataset open_dataset(const std::string& path, LayerKind kind) {
  const GdalErrors errors;
  // One file is one raster, as its hash says: nothing that lies beside it may change what is read.
  const GdalOption no_siblings("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
  const GdalOption no_metadata("GDAL_PAM_ENABLED", "NO");
  const std::array<const char*, 3> drivers = {"GTiff", "LCP", nullptr};
  Dataset dataset(GDAL(GDALOpenEx)(plain_path(path).c_str(),
                                   GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers.data(),
                                   nullptr, nullptr));
  if (dataset) return dataset;
  if (kind == LayerKind::perimeter) {
    throw InputError(
        fmt::format("{}: is neither a raster (GeoTIFF, ESRI ASCII grid) nor polygons (GeoJSON, GeoPackage, "
                    "shapefile) ({})",
                    path, errors.last()));
  }
  throw InputError(
      fmt::format("{}: is no GeoTIFF, LCP landscape or ESRI ASCII grid ({}); other rasters become one with: "
                  "gdal_translate {}",
                  path, errors.last(), from_to(path, "-geotiff.tif")));
}

GdalSource::GdalSource(const RasterFile& file, LayerKind kind) : dataset_(open_dataset(file.path, kind)) {
  const GdalErrors quiet;  // what it has to say of a tag is said when that is first asked for
  header_.path = file.path;
  header_.sources = {file.path};
  const int number = chosen_band(dataset_.get(), file, kind);
  band_ = GDAL(GDALGetRasterBand)(dataset_.get(), number);
  if (GDAL(GDALGetRasterCount)(dataset_.get()) > 1) band_name_ = fmt::format("band {}: ", number);
  if (GDAL(GDALDataTypeIsComplex)(GDAL(GDALGetRasterDataType)(band_)) != 0)
    throw InputError(
        fmt::format("{}: {}holds complex numbers; take their real parts: gdal_translate -ot Float32 {}",
                    file.path, band_name_, from_to(file.path, "-real.tif")));
  read_header();
}

void GdalSource::read_header() {
  const int width = GDAL(GDALGetRasterXSize)(dataset_.get());
  const int height = GDAL(GDALGetRasterYSize)(dataset_.get());
  header_.extent = {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
  std::array<double, 6> transform{};
  if (GDAL(GDALGetGeoTransform)(dataset_.get(), transform.data()) == CE_None) header_.transform = transform;
  if (const char* wkt = GDAL(GDALGetProjectionRef)(dataset_.get()); wkt != nullptr && *wkt != '\0')
    header_.crs = CoordinateSystem::from(wkt);
  if (EQUAL(GDAL(GDALGetDriverShortName)(GDAL(GDALGetDatasetDriver)(dataset_.get())), "LCP"))
    read_prj_beside(header_);
  read_unit();
}

// Landscape files say it as an item of their own; other formats as GDAL's unit.
void GdalSource::read_unit() {
  const char* item = GDAL(GDALGetMetadataItem)(band_, "ELEVATION_UNIT_NAME", nullptr);
  header_.unit = item != nullptr ? item : GDAL(GDALGetRasterUnitType)(band_);
}

std::uint32_t GdalSource::rows_at_once() const {
  int width = 0;
  int height = 0;
  GDAL(GDALGetBlockSize)(band_, &width, &height);
  constexpr std::uint64_t most_values = 1 << 24;
  const std::uint64_t most_rows = std::max<std::uint64_t>(1, most_values / header_.extent.width);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(height), most_rows));
}

void GdalSource::read_values(GDALRasterBandH band, std::uint32_t rows, std::span<double> values) const {
  const GdalErrors errors;
  const auto width = static_cast<int>(header_.extent.width);
  const auto height = static_cast<int>(rows);
  if (GDAL(GDALRasterIO)(band, GF_Read, 0, static_cast<int>(next_row_), width, height, values.data(), width,
                         height, GDT_Float64, 0, 0) != CE_None) {
    throw InputError(
        fmt::format("{}: {}rows {} to {} cannot be read, the file is damaged or ends too early ({})",
                    header_.path, band_name_, next_row_ + 1, next_row_ + rows, errors.last()));
  }
}

void GdalSource::read(std::uint32_t rows, std::span<double> values) {
  const GdalErrors quiet;
  read_values(band_, rows, values);
  const NoData is_missing(band_);
  const double scale = GDAL(GDALGetRasterScale)(band_, nullptr);
  const double offset = GDAL(GDALGetRasterOffset)(band_, nullptr);
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  for (double& value : values) value = is_missing(value) ? none : value * scale + offset;
  if ((GDAL(GDALGetMaskFlags)(band_) & (GMF_ALL_VALID | GMF_NODATA)) == 0) {
    std::vector<double> mask(values.size());
    read_values(GDAL(GDALGetMaskBand)(band_), rows, mask);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (mask[i] == 0.0) values[i] = none;
  }
  next_row_ += rows;
}

}  // namespace

std::unique_ptr<RasterSource> open_raster(const RasterFile& file, LayerKind kind) {
  expect_local_file(file.path);
  if (is_ascii_grid(file.path)) return open_ascii_grid(file);
  register_formats();
  return std::make_unique<GdalSource>(file, kind);
}

void read_prj_beside(RasterHeader& header) {
  constexpr std::uint64_t most_bytes = 1 << 20;
  for (const char* ending : {".prj", ".PRJ"}) {
    const std::string path = std::filesystem::path(header.path).replace_extension(ending).string();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) continue;
    header.crs = CoordinateSystem::from_prj(text_of_file(path, most_bytes));
    if (!header.crs)
      throw InputError(path + ": names no coordinate system that PROJ knows; mend or remove it");
    header.sources.push_back(path);
    return;
  }
}

}  // namespace firesweep
