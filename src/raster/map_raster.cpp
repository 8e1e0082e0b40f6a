#include "firesweep/raster/map_raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <limits>
#include <string_view>
#include <vector>

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/files/cannot_write.hpp"
#include "firesweep/files/export_file.hpp"

#include "coordinate_system.hpp"
#include "gdal.hpp"

namespace firesweep {
namespace {

constexpr std::uint8_t unknown_class = 255;

/// A name in memory. GDAL writes there, and we write what it wrote: so that it is whole on disk, or not there.
class MemoryFile {
 public:
  MemoryFile() : path_(fmt::format("/vsimem/firesweep-{}.tif", static_cast<const void*>(this))) {}
  ~MemoryFile() { GDAL(VSIUnlink)(path_.c_str()); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  const std::string& path() const { return path_; }

  std::string_view bytes() const {
    vsi_l_offset length = 0;
    const GByte* data = GDAL(VSIGetMemFileBuffer)(path_.c_str(), &length, FALSE);
    return {reinterpret_cast<const char*>(data), data == nullptr ? 0 : static_cast<std::size_t>(length)};
  }

 private:
  std::string path_;
};

class GeoTiffWriter {
 public:
  GeoTiffWriter(const std::string& path, const GroundMap& map, GDALDataType type, const char* predictor)
      : path_(path), extent_(map.extent) {
    expects(map.values.size() == extent_.cells(), "a map has a value for each cell");
    const std::array<const char*, 6> options = {"TILED=YES",        "COMPRESS=DEFLATE", predictor,
                                                "BIGTIFF=IF_SAFER", "NUM_THREADS=1",    nullptr};
    dataset_.reset(GDAL(GDALCreate)(GDAL(GDALGetDriverByName)("GTiff"), file_.path().c_str(),
                                    static_cast<int>(extent_.width), static_cast<int>(extent_.height), 1,
                                    type, options.data()));
    expect(dataset_ != nullptr);
    place(map.placement);
  }

  GDALRasterBandH band() const { return GDAL(GDALGetRasterBand)(dataset_.get(), 1); }

  /// Throws CannotWrite, with GDAL's reason, unless it has done what was asked.
  void expect(bool is_done) const {
    if (!is_done) throw CannotWrite(fmt::format("{}: cannot be written ({})", path_, errors_.last()));
  }

  void write_row(std::uint32_t row, void* values, GDALDataType type) const {
    const auto width = static_cast<int>(extent_.width);
    expect(GDAL(GDALRasterIO)(band(), GF_Write, 0, static_cast<int>(row), width, 1, values, width, 1, type, 0,
                              0) == CE_None);
  }

  void add_overviews(const char* resampling) const {
    constexpr int small_side = 256;
    std::vector<int> factors;
    const auto longer = static_cast<int>(std::max(extent_.width, extent_.height));
    for (int factor = 2; longer * 2 / factor > small_side; factor *= 2) factors.push_back(factor);
    if (factors.empty()) return;
    GDAL(GDALFlushCache)(dataset_.get());
    expect(GDAL(GDALBuildOverviews)(dataset_.get(), resampling, static_cast<int>(factors.size()),
                                    factors.data(), 0, nullptr, nullptr, nullptr) == CE_None);
  }

  void publish() {
    GDAL(CPLErrorReset)();
    dataset_.reset();
    expect(GDAL(CPLGetLastErrorType)() < CE_Failure && !file_.bytes().empty());
    ExportFile file(path_);
    constexpr std::size_t piece = 1 << 20;
    for (std::string_view left = file_.bytes(); !left.empty();
         left.remove_prefix(std::min(piece, left.size())))
      file.write(left.substr(0, piece));
    file.publish();
  }

 private:
  void place(const Placement& placement) const {
    std::array<double, 6> transform = {placement.west,        placement.cell_width, 0.0, placement.north, 0.0,
                                       -placement.cell_height};
    expect(GDAL(GDALSetGeoTransform)(dataset_.get(), transform.data()) == CE_None);
    if (!placement.crs.empty())
      expect(GDAL(GDALSetProjection)(dataset_.get(), placement.crs.c_str()) == CE_None);
  }

  GdalErrors errors_;
  std::string path_;
  Extent extent_;
  MemoryFile file_;
  Dataset dataset_;
};

std::uint8_t percent_of(float share) {
  if (std::isnan(share)) return unknown_class;
  const auto percent = static_cast<int>(std::lround(100.0F * share));
  const int least = share > 0.0F ? 1 : 0;
  const int most = share < 1.0F ? 99 : 100;
  return static_cast<std::uint8_t>(std::clamp(percent, least, most));
}

void set_colours(const GeoTiffWriter& writer, std::span<const Rgb> colours) {
  GDALColorTableH table = GDAL(GDALCreateColorTable)(GPI_RGB);
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const GDALColorEntry entry = {colours[i].red, colours[i].green, colours[i].blue, 255};
    GDAL(GDALSetColorEntry)(table, static_cast<int>(i), &entry);
  }
  const bool is_set = GDAL(GDALSetRasterColorTable)(writer.band(), table) == CE_None;
  GDAL(GDALDestroyColorTable)(table);
  writer.expect(is_set);
}

std::string ascii_header(const GroundMap& map) {
  const Placement& at = map.placement;
  const std::string cell = at.cell_width == at.cell_height
                               ? fmt::format("cellsize {}\n", at.cell_width)
                               : fmt::format("dx {}\ndy {}\n", at.cell_width, at.cell_height);
  return fmt::format("ncols {}\nnrows {}\nxllcorner {}\nyllcorner {}\n{}NODATA_value -9999\n",
                     map.extent.width, map.extent.height, at.west,
                     at.north - at.cell_height * map.extent.height, cell);
}

}  // namespace

void write_geotiff(const std::string& path, const GroundMap& map, const std::string& description) {
  register_formats();
  GeoTiffWriter writer(path, map, GDT_Float32, "PREDICTOR=3");
  GDAL(GDALSetDescription)(writer.band(), description.c_str());
  writer.expect(GDAL(GDALSetRasterNoDataValue)(writer.band(), std::numeric_limits<double>::quiet_NaN()) ==
                CE_None);
  std::vector<float> row(map.extent.width);
  for (std::uint32_t y = 0; y < map.extent.height; ++y) {
    std::ranges::copy(map.values.subspan(map.extent.index({0, y}), row.size()), row.begin());
    writer.write_row(y, row.data(), GDT_Float32);
  }
  writer.add_overviews("AVERAGE");
  writer.publish();
}

namespace {

/// Writes class_of(value) of every cell.
template <class ClassOf>
void write_bytes(const std::string& path, const GroundMap& map, const std::string& description,
                 std::span<const Rgb> colours, const ClassOf& class_of) {
  register_formats();
  GeoTiffWriter writer(path, map, GDT_Byte, "PREDICTOR=1");
  GDAL(GDALSetDescription)(writer.band(), description.c_str());
  if (!colours.empty()) set_colours(writer, colours);
  writer.expect(GDAL(GDALSetRasterNoDataValue)(writer.band(), unknown_class) == CE_None);
  std::vector<std::uint8_t> row(map.extent.width);
  for (std::uint32_t y = 0; y < map.extent.height; ++y) {
    std::ranges::transform(map.values.subspan(map.extent.index({0, y}), row.size()), row.begin(), class_of);
    writer.write_row(y, row.data(), GDT_Byte);
  }
  writer.add_overviews("NEAREST");  // classes are not averaged
  writer.publish();
}

}  // namespace

void write_percent_geotiff(const std::string& path, const GroundMap& map, const std::string& description,
                           std::span<const Rgb> colours) {
  expects(colours.empty() || colours.size() == 101, "there is a colour for each percent, or none");
  write_bytes(path, map, description, colours, percent_of);
}

void write_class_geotiff(const std::string& path, const GroundMap& map, const std::string& description,
                         std::span<const Rgb> colours) {
  write_bytes(path, map, description, colours, [](float value) {
    return std::isnan(value) ? unknown_class : static_cast<std::uint8_t>(value);
  });
}

void write_ascii_grid(const std::string& path, const GroundMap& map) {
  expects(map.values.size() == map.extent.cells(), "a map has a value for each cell");
  ExportFile file(path);
  file.write(ascii_header(map));
  fmt::memory_buffer row;
  for (std::uint32_t y = 0; y < map.extent.height; ++y) {
    row.clear();
    for (std::uint32_t x = 0; x < map.extent.width; ++x) {
      const float value = map.values[map.extent.index({x, y})];
      fmt::format_to(std::back_inserter(row), "{}{}", std::isnan(value) ? -9999.0F : value,
                     x + 1 < map.extent.width ? ' ' : '\n');
    }
    file.write({row.data(), row.size()});
  }
  if (const auto crs = CoordinateSystem::from(map.placement.crs)) {
    ExportFile prj(std::filesystem::path(path).replace_extension(".prj").string());
    prj.write(crs->prj());
    prj.publish();
  }
  file.publish();
}

}  // namespace firesweep
