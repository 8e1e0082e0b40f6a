#include "firesweep/raster/perimeter.hpp"

#include <array>

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"
#include "folder.hpp"
#include "sample_raster.hpp"

namespace firesweep {
namespace {

using sample::Folder;
using sample::Raster;
using Burnt = std::vector<std::uint8_t>;

constexpr Extent grid = {4, 3};

Placement map_placement() {
  return sample::placement_of(Raster{});
}

std::string perimeter_refusal(const std::string& path, const MaybePlacement& placement = map_placement()) {
  try {
    read_perimeter(path, grid, placement);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// Writes features of this WKT with a driver that read_perimeter() has registered.
std::string write_vectors(const std::string& path, const char* driver, const std::string& crs,
                          const std::vector<std::string>& shapes) {
  GDALDatasetH file = GDALCreate(GDALGetDriverByName(driver), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  OGRSpatialReferenceH system = OSRNewSpatialReference(sample::wkt_of(crs).c_str());
  OGRLayerH layer = GDALDatasetCreateLayer(file, "perimeter", system, wkbUnknown, nullptr);
  for (const std::string& shape : shapes) {
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGRGeometryH geometry = nullptr;
    std::string wkt = shape;
    char* rest = wkt.data();
    OGR_G_CreateFromWkt(&rest, nullptr, &geometry);
    OGR_F_SetGeometryDirectly(feature, geometry);
    CHECK(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE);
    OGR_F_Destroy(feature);
  }
  OSRRelease(system);
  GDALClose(file);
  return path;
}

/// Two columns and a bit, and the lower half of the last cell of the second row.
const std::vector<std::string> two_shapes = {
    "POLYGON((360000 5850000,360070 5850000,360070 5849910,360000 5849910,360000 5850000))",
    "MULTIPOLYGON(((360090 5849940,360120 5849940,360120 5849956,360090 5849956,360090 5849940)))"};
const Burnt burnt_of_shapes = {1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 0};

TEST_CASE("A perimeter is a raster of 0 and 1, and not known where it has no data") {
  const Folder folder;
  const Raster raster{.type = GDT_Byte, .bands = {{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 9}}, .nodata = 9};
  CHECK(read_perimeter(raster.write(folder / "p.tif"), grid, map_placement()) ==
        Burnt{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 255});
  CHECK(read_perimeter(folder / "p.tif", grid, std::nullopt).back() == 255);
}

TEST_CASE("A perimeter is polygons, in which a cell burnt if its centre is inside") {
  const Folder folder;
  CHECK_THAT(perimeter_refusal(folder / "none.gpkg"), Contains("there is no such file"));
  CHECK(read_perimeter(write_vectors(folder / "p.gpkg", "GPKG", "EPSG:28355", two_shapes), grid,
                       map_placement()) == burnt_of_shapes);
  CHECK(read_perimeter(write_vectors(folder / "p.shp", "ESRI Shapefile", "EPSG:28355", two_shapes), grid,
                       map_placement()) == burnt_of_shapes);
  CHECK(read_perimeter(write_vectors(folder / "p.json", "GeoJSON", "EPSG:28355", two_shapes), grid,
                       map_placement()) == burnt_of_shapes);
}

TEST_CASE("A perimeter elsewhere is refused, naming both places") {
  const Folder folder;
  CHECK_THAT(perimeter_refusal("/vsicurl/https://example.org/p.geojson"), Contains("download it first"));
  const std::string path = write_vectors(folder / "p.geojson", "GeoJSON", "EPSG:4326",
                                         {"POLYGON((145 -37,145.1 -37,145.1 -37.1,145 -37))"});
  CHECK(perimeter_refusal(path) ==
        path +
            ": is in WGS 84 (EPSG:4326), and the map in GDA94 / MGA zone 55 (EPSG:28355); "
            "bring it there: ogr2ogr -t_srs EPSG:28355 p-mended.gpkg " +
            path);
  write_vectors(folder / "off.gpkg", "GPKG", "EPSG:28355", {"POLYGON((0 0,1 0,1 1,0 0))"});
  CHECK(perimeter_refusal(folder / "off.gpkg") == folder /
                                                      "off.gpkg: lies off the map: from 0, 0 to 1, 1, and "
                                                      "the map from 360000, 5849910 to 360120, 5850000");
  CHECK_THAT(perimeter_refusal(folder / "off.gpkg", std::nullopt),
             Contains("polygons need a map that lies on the "
                      "ground"));
  Raster{.crs = "EPSG:28356"}.write(folder / "p.tif");
  CHECK_THAT(perimeter_refusal(folder / "p.tif"),
             Contains("is not on the grid of the map (GDA94 / MGA zone 56"));
  CHECK_THAT(perimeter_refusal(folder / "p.tif"), Contains("-r near"));
  Raster{.width = 6, .height = 2}.write(folder / "p.tif");
  CHECK(perimeter_refusal(folder / "p.tif", std::nullopt) ==
        folder / "p.tif: has 6 x 2 cells, and the map 4 x 3");
}

TEST_CASE("A perimeter that is none is refused") {
  const Folder folder;
  const std::string raster = folder / "p.tif";
  Raster{.bands = {{0, 1, 0, 1, 0, 2, 0, 1, 0, 1, 0, 1}}}.write(raster);
  CHECK(perimeter_refusal(raster) == raster +
                                         ": row 2, column 2: 2 is neither 0 (not burnt) nor 1 (burnt); where "
                                         "nothing is known there must be the "
                                         "nodata value");
  Raster{.bands = {std::vector<double>(12, 0.0)}}.write(raster);
  CHECK(perimeter_refusal(raster) == raster + ": no cell of the map burnt in it (burnt cells are 1)");
  Raster{.bands = {{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}}, .nodata = 0}.write(raster);
  CHECK_THAT(perimeter_refusal(raster), Contains("take that away: gdal_translate -a_nodata none"));
  Raster{.bands = {std::vector<double>(12, 0.0), std::vector<double>(12, 0.0)}}.write(raster);
  CHECK_THAT(perimeter_refusal(raster), Contains("has 2 bands; take one out: gdal_translate -b NUMBER"));
  write_vectors(folder / "line.gpkg", "GPKG", "EPSG:28355", {"LINESTRING(360000 5850000,360070 5849900)"});
  CHECK(perimeter_refusal(folder / "line.gpkg") ==
        folder / "line.gpkg: feature 1 is a LINESTRING, and what burnt must be polygons");
  write_vectors(folder / "empty.gpkg", "GPKG", "EPSG:28355", {});
  CHECK(perimeter_refusal(folder / "empty.gpkg") == folder / "empty.gpkg: holds no polygon");
  write_vectors(folder / "small.gpkg", "GPKG", "EPSG:28355",
                {"POLYGON((360001 5849999,360002 5849999,360002 5849998,360001 5849999))"});
  CHECK_THAT(perimeter_refusal(folder / "small.gpkg"),
             Contains("no centre of a cell is inside of its polygons"));
  sample::write_bytes(folder / "text.geojson", "{\"type\": \"Feat");
  CHECK_THAT(perimeter_refusal(folder / "text.geojson"), Contains("is neither a raster"));
}

}  // namespace
}  // namespace firesweep
