#include "polygons.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <utility>

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal.h>
#include <gdal_alg.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "firesweep/check/input_error.hpp"

#include "coordinate_system.hpp"
#include "gdal.hpp"
#include "remedy.hpp"

namespace firesweep {
namespace {

struct GeometryRelease {
  void operator()(void* geometry) const { GDAL(OGR_G_DestroyGeometry)(geometry); }
};
using Geometry = std::unique_ptr<void, GeometryRelease>;

struct FeatureRelease {
  void operator()(void* feature) const { GDAL(OGR_F_Destroy)(feature); }
};
using Feature = std::unique_ptr<void, FeatureRelease>;

/// "out.gpkg in", as the end of an ogr2ogr command.
std::string out_in(const std::string& path) {
  return fmt::format("{} {}", shell_word(std::filesystem::path(path).stem().string() + "-mended.gpkg"),
                     shell_word(path));
}

OGRLayerH only_layer(const Dataset& dataset, const std::string& path) {
  const int layers = GDAL(GDALDatasetGetLayerCount)(dataset.get());
  if (layers == 1) return GDAL(GDALDatasetGetLayer)(dataset.get(), 0);
  std::string names;
  for (int i = 0; i < layers; ++i)
    names += fmt::format("{}'{}'", i == 0 ? "" : ", ",
                         GDAL(OGR_L_GetName)(GDAL(GDALDatasetGetLayer)(dataset.get(), i)));
  throw InputError(layers == 0 ? path + ": holds no layer of polygons"
                               : fmt::format("{}: has the layers {}; take one out: ogr2ogr {} LAYER", path,
                                             names, out_in(path)));
}

void expect_same_crs(OGRLayerH layer, const std::string& path, const Placement& placement) {
  const std::optional<CoordinateSystem> map = CoordinateSystem::from(placement.crs);
  OGRSpatialReferenceH system = GDAL(OGR_L_GetSpatialRef)(layer);
  if (!map || system == nullptr) return;
  char* text = nullptr;
  GDAL(OSRExportToWkt)(system, &text);
  const std::optional<CoordinateSystem> own = CoordinateSystem::from(text == nullptr ? "" : text);
  GDAL(VSIFree)(text);
  if (!own || own->is_same_as(*map)) return;
  throw InputError(fmt::format("{}: is in {}, and the map in {}; bring it there: ogr2ogr -t_srs {} {}", path,
                               own->name(), map->name(), map->argument(), out_in(path)));
}

std::vector<Geometry> polygons_of(OGRLayerH layer, const std::string& path) {
  std::vector<Geometry> polygons;
  GDAL(OGR_L_ResetReading)(layer);
  while (const Feature feature{GDAL(OGR_L_GetNextFeature)(layer)}) {
    OGRGeometryH found = GDAL(OGR_F_GetGeometryRef)(feature.get());
    if (found == nullptr || GDAL(OGR_G_IsEmpty)(found) != 0) continue;
    Geometry straight(GDAL(OGR_G_GetLinearGeometry)(found, 0.0, nullptr));  // a copy, without arcs
    const OGRwkbGeometryType type = GDAL(OGR_GT_Flatten)(GDAL(OGR_G_GetGeometryType)(straight.get()));
    if (type != wkbPolygon && type != wkbMultiPolygon) {
      throw InputError(fmt::format("{}: feature {} is a {}, and what burnt must be polygons", path,
                                   GDAL(OGR_F_GetFID)(feature.get()),
                                   GDAL(OGR_G_GetGeometryName)(straight.get())));
    }
    polygons.push_back(std::move(straight));
  }
  return polygons;
}

void expect_on_grid(const std::vector<Geometry>& polygons, const std::string& path, Extent extent,
                    const Placement& grid) {
  const double east = grid.west + grid.cell_width * extent.width;
  const double south = grid.north - grid.cell_height * extent.height;
  OGREnvelope all{};
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    OGREnvelope one{};
    GDAL(OGR_G_GetEnvelope)(polygons[i].get(), &one);
    if (one.MinX < east && one.MaxX > grid.west && one.MinY < grid.north && one.MaxY > south) return;
    if (i == 0) all = one;
    all.MinX = std::min(all.MinX, one.MinX);
    all.MaxX = std::max(all.MaxX, one.MaxX);
    all.MinY = std::min(all.MinY, one.MinY);
    all.MaxY = std::max(all.MaxY, one.MaxY);
  }
  throw InputError(
      fmt::format("{}: lies off the map: from {}, {} to {}, {}, and the map from {}, {} to {}, {}", path,
                  all.MinX, all.MinY, all.MaxX, all.MaxY, grid.west, south, east, grid.north));
}

std::vector<std::uint8_t> rasterised(const std::vector<Geometry>& polygons, const std::string& path,
                                     Extent extent, const Placement& grid) {
  const GdalErrors errors;
  const auto width = static_cast<int>(extent.width);
  const auto height = static_cast<int>(extent.height);
  const Dataset canvas(
      GDAL(GDALCreate)(GDAL(GDALGetDriverByName)("MEM"), "", width, height, 1, GDT_Byte, nullptr));
  std::vector<std::uint8_t> burnt(extent.cells());
  std::array<double, 6> transform = {grid.west, grid.cell_width, 0.0, grid.north, 0.0, -grid.cell_height};
  std::vector<OGRGeometryH> geometries;
  for (const Geometry& polygon : polygons) geometries.push_back(polygon.get());
  const std::vector<double> values(geometries.size(), 1.0);
  std::array<int, 1> bands = {1};
  const bool is_done =
      canvas && GDAL(GDALSetGeoTransform)(canvas.get(), transform.data()) == CE_None &&
      GDAL(GDALRasterizeGeometries)(canvas.get(), 1, bands.data(), static_cast<int>(geometries.size()),
                                    geometries.data(), nullptr, nullptr, values.data(), nullptr, nullptr,
                                    nullptr) == CE_None &&
      GDAL(GDALRasterIO)(GDAL(GDALGetRasterBand)(canvas.get(), 1), GF_Read, 0, 0, width, height, burnt.data(),
                         width, height, GDT_Byte, 0, 0) == CE_None;
  if (!is_done) throw InputError(fmt::format("{}: cannot be laid on the grid ({})", path, errors.last()));
  return burnt;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> cells_of_polygons(const std::string& path, Extent extent,
                                                           const MaybePlacement& placement) {
  expect_local_file(path);
  register_formats();
  const GdalErrors errors;
  const std::array<const char*, 4> drivers = {"GeoJSON", "GPKG", "ESRI Shapefile", nullptr};
  const Dataset dataset(GDAL(GDALOpenEx)(plain_path(path).c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                         drivers.data(), nullptr, nullptr));
  if (!dataset) return std::nullopt;
  OGRLayerH layer = only_layer(dataset, path);
  if (!placement)
    throw InputError(path + ": polygons need a map that lies on the ground (landscape.cell_size and corner)");
  expect_same_crs(layer, path, *placement);
  const std::vector<Geometry> polygons = polygons_of(layer, path);
  if (polygons.empty()) throw InputError(path + ": holds no polygon");
  expect_on_grid(polygons, path, extent, *placement);
  return rasterised(polygons, path, extent, *placement);
}

}  // namespace firesweep
