#include "firesweep/raster/map_raster.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <vector>

#include <gdal.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/cannot_write.hpp"

#include "../catch.hpp"
#include "folder.hpp"
#include "reading.hpp"
#include "sample_raster.hpp"

namespace firesweep {
namespace {

using sample::Folder;
constexpr float not_known = std::numeric_limits<float>::quiet_NaN();

Placement placement_near_kinglake() {
  return sample::placement_of(
      sample::raster_in("EPSG:28355", 360'000.123456789, 5'850'000.987654321, 30.000000001));
}

/// A file as GDAL reads it.
class Written {
 public:
  explicit Written(const std::string& path) : file_(GDALOpen(path.c_str(), GA_ReadOnly)) {
    REQUIRE(file_ != nullptr);
  }
  ~Written() { GDALClose(file_); }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;

  GDALRasterBandH band() const { return GDALGetRasterBand(file_, 1); }
  std::array<double, 6> transform() const {
    std::array<double, 6> found{};
    GDALGetGeoTransform(file_, found.data());
    return found;
  }
  std::vector<float> values(int width, int height) const {
    std::vector<float> found(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    CHECK(GDALRasterIO(band(), GF_Read, 0, 0, width, height, found.data(), width, height, GDT_Float32, 0,
                       0) == CE_None);
    return found;
  }

 private:
  GDALDatasetH file_;
};

TEST_CASE("A map becomes a GeoTIFF that lies where it did, to the last digit") {
  const Folder folder;
  const std::vector<float> values = {0.0F, 0.1F, not_known, 1.0F, 0.25F, 1e-9F};
  const GroundMap map{{3, 2}, placement_near_kinglake(), values};
  write_geotiff(folder / "map.tif", map, "burn probability");
  CHECK(folder.names() == std::vector<std::string>{"map.tif"});
  const Written file(folder / "map.tif");
  CHECK(file.transform() ==
        std::array<double, 6>{360'000.123456789, 30.000000001, 0.0, 5'850'000.987654321, 0.0, -30.000000001});
  CHECK(std::string(GDALGetDescription(file.band())) == "burn probability");
  CHECK(GDALGetRasterDataType(file.band()) == GDT_Float32);
  int has_nodata = 0;
  CHECK(std::isnan(GDALGetRasterNoDataValue(file.band(), &has_nodata)));
  CHECK(has_nodata != 0);
  const std::vector<float> read = file.values(3, 2);
  CHECK(std::isnan(read[2]));
  CHECK(read[1] == 0.1F);
  CHECK(read[5] == 1e-9F);
}

TEST_CASE("What is written is read back on the same grid, and is the same bytes again") {
  const Folder folder;
  const std::vector<float> values = {1.0F, 2.0F, 3.0F, not_known, 5.0F, 6.0F};
  const GroundMap map{{3, 2}, placement_near_kinglake(), values};
  write_geotiff(folder / "map.tif", map, "x");
  const ReadLandscape read = sample::read(sample::fuel_of(folder / "map.tif"));
  CHECK(read.layers.fuel == std::vector<std::int32_t>{1, 2, 3, missing_fuel, 5, 6});
  CHECK(read.placement.west == map.placement.west);
  CHECK(read.placement.north == map.placement.north);
  CHECK(read.facts.crs_name == "GDA94 / MGA zone 55 (EPSG:28355)");
  const std::string before = sample::bytes_of(folder / "map.tif");
  write_geotiff(folder / "map.tif", map, "x");
  CHECK(sample::bytes_of(folder / "map.tif") == before);
}

TEST_CASE("Overviews of a map average what is known") {
  const Folder folder;
  std::vector<float> values(600 * 600, 1.0F);
  for (std::size_t i = 0; i < values.size(); i += 2) values[i] = i % 4 == 0 ? not_known : 0.0F;
  write_geotiff(folder / "map.tif", {{600, 600}, placement_near_kinglake(), values}, "x");
  const Written file(folder / "map.tif");
  REQUIRE(GDALGetOverviewCount(file.band()) == 2);
  GDALRasterBandH overview = GDALGetOverview(file.band(), 0);
  CHECK(GDALGetRasterBandXSize(overview) == 300);
  std::array<float, 2> row{};
  CHECK(GDALRasterIO(overview, GF_Read, 0, 0, 2, 1, row.data(), 2, 1, GDT_Float32, 0, 0) == CE_None);
  CHECK(row[0] == 1.0F);  // of (not known, 1)
  CHECK(row[1] == 0.5F);  // of (0, 1)
}

TEST_CASE("Classes are whole percents, and neither 0 nor 100 unless the share is") {
  const Folder folder;
  const std::vector<float> values = {0.0F, 0.001F, 0.5F, 0.999F, 1.0F, not_known};
  const std::vector<Rgb> colours(101, Rgb{200, 100, 50});
  write_percent_geotiff(folder / "map.tif", {{3, 2}, placement_near_kinglake(), values}, "x", colours);
  CHECK(folder.names() == std::vector<std::string>{"map.tif"});
  const Written file(folder / "map.tif");
  CHECK(file.values(3, 2) == std::vector<float>{0, 1, 50, 99, 100, 255});
  CHECK(GDALGetRasterDataType(file.band()) == GDT_Byte);
  CHECK(GDALGetRasterNoDataValue(file.band(), nullptr) == 255.0);
  REQUIRE(GDALGetRasterColorTable(file.band()) != nullptr);
  CHECK(GDALGetColorEntry(GDALGetRasterColorTable(file.band()), 100)->c1 == 200);
  write_percent_geotiff(folder / "plain.tif", {{3, 2}, placement_near_kinglake(), values}, "x", {});
  CHECK(GDALGetRasterColorTable(Written(folder / "plain.tif").band()) == nullptr);
}

TEST_CASE("An ASCII grid has its coordinate system beside it") {
  const Folder folder;
  const std::vector<float> values = {0.0F, 0.1F, not_known, 1.0F, 0.25F, 3e-9F};
  Placement placement = placement_near_kinglake();
  placement.west = 360'000.0;
  placement.north = 5'850'060.0;
  placement.cell_width = placement.cell_height = 30.0;
  write_ascii_grid(folder / "map.asc", {{3, 2}, placement, values});
  CHECK(sample::bytes_of(folder / "map.asc") ==
        "ncols 3\nnrows 2\nxllcorner 360000\nyllcorner 5850000\ncellsize 30\nNODATA_value -9999\n0 0.1 "
        "-9999\n1 0.25 "
        "3e-09\n");
  CHECK(folder.names() == std::vector<std::string>{"map.asc", "map.prj"});
  CHECK_THAT(sample::bytes_of(folder / "map.prj"), Contains("PROJCS[\"GDA_1994_MGA_Zone_55\""));
  placement.cell_width = 15.0;
  placement.crs.clear();
  write_ascii_grid(folder / "other.asc", {{3, 2}, placement, values});
  CHECK_THAT(sample::bytes_of(folder / "other.asc"), Contains("\ndx 15\ndy 30\nNODATA"));
  CHECK(folder.names().size() == 3);
}

TEST_CASE("A map that cannot be written is refused by name, and nothing is left") {
  const Folder folder;
  const std::vector<float> values(6, 0.0F);
  const GroundMap map{{3, 2}, {}, values};
  CHECK_THROWS_AS(write_geotiff(folder / "none/map.tif", map, "x"), InputError);
  CHECK_THROWS_AS(write_geotiff(folder.path(), map, "x"), InputError);
  CHECK_THROWS_AS(write_ascii_grid(folder / "none/map.asc", map), InputError);
  CHECK(folder.names().empty());
}

}  // namespace
}  // namespace firesweep
