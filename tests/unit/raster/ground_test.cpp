#include <cmath>
#include <filesystem>
#include <numbers>

#include "../catch.hpp"
#include "folder.hpp"
#include "reading.hpp"
#include "sample_raster.hpp"

namespace firesweep {
namespace {

using sample::both_of;
using sample::Folder;
using sample::fuel_of;
using sample::Raster;
using sample::raster_in;
using sample::read;
using sample::refusal;

constexpr double degree = std::numbers::pi / 180.0;

TEST_CASE("True north is where the meridian goes: transverse Mercator") {
  const Folder folder;
  // Known answer: tan of the convergence is tan(longitude - longitude of origin) sin(latitude) on the sphere.
  // Source: Snyder 1987, USGS Professional Paper 1395, page 55.
  const std::string crs = "+proj=tmerc +lon_0=147 +k=1 +R=6371000 +units=m";
  const double radius = 6'371'000.0;
  const double longitude = 1.5 * degree;
  const double latitude = -37.5 * degree;
  const double x = radius * std::atanh(std::cos(latitude) * std::sin(longitude));
  const double y = radius * std::atan2(std::tan(latitude), std::cos(longitude));
  const std::string path = raster_in(crs, x - 60.0, y + 45.0, 30.0).write(folder / "fuel.tif");
  // East of the central meridian and south of the equator, it lies clockwise of grid north.
  const double expected = -std::atan(std::tan(longitude) * std::sin(latitude)) / degree;
  CHECK(expected > 0.9);
  CHECK(read(fuel_of(path)).placement.convergence == Approx(expected).margin(0.0006));
  CHECK(read(fuel_of(path)).facts.most_point_scale == Approx(1.000216).margin(1e-5));
}

TEST_CASE("True north is rounded to what all versions of PROJ agree on") {
  const Folder folder;
  const double convergence = read(fuel_of(Raster{}.write(folder / "fuel.tif"))).placement.convergence;
  CHECK(convergence == std::round(convergence * 1000.0) / 1000.0);
  CHECK(convergence == Approx(-0.968).margin(0.01));  // MGA zone 55, 1.58 degrees west of 147, at 37.5 south
}

TEST_CASE("Units of length are those of the coordinate system") {
  const Folder folder;
  const std::string path = raster_in("EPSG:2225", 6'500'000.0, 2'100'000.0, 100.0).write(folder / "fuel.tif");
  const ReadLandscape found = read(fuel_of(path));  // California zone 1 in US survey feet
  CHECK(found.placement.metres_per_unit == Approx(1200.0 / 3937.0).epsilon(1e-9));
  CHECK(found.facts.most_point_scale == Approx(1.0).margin(0.001));
}

TEST_CASE("Degrees and Web Mercator are refused, with the line that mends them") {
  const Folder folder;
  const std::string path = folder / "fuel.tif";
  raster_in("EPSG:4326", 145.0, -37.0, 0.00025).write(path);
  CHECK(refusal(fuel_of(path)) ==
        path +
            ": its coordinates are degrees (WGS 84 (EPSG:4326)), in which cells "
            "are not of one size; reproject it: "
            "gdalwarp -t_srs EPSG:32755 -tr 28 28 -tap -r near -ot Int32 -dstnodata -9999 " +
            path + " fuel-utm.tif");
  raster_in("", 145.0, -37.0, 0.00025).write(path);
  CHECK_THAT(refusal(fuel_of(path)), Contains("its coordinates look like degrees"));
  raster_in("EPSG:3857", 16'180'000.0, -4'500'000.0, 30.0).write(path);
  CHECK(refusal(fuel_of(path)) == path +
                                      ": Web Mercator is for showing maps (its metres are 21 % short here); "
                                      "reproject it: gdalwarp -t_srs "
                                      "EPSG:32755 -tr 24 24 -tap -r near -ot Int32 -dstnodata -9999 " +
                                      path + " fuel-utm.tif");
  LandscapeFiles files = sample::elevation_of(path);
  CHECK_THAT(refusal(files), Contains("-r bilinear"));
}

TEST_CASE("A point scale that is off by more than a hundredth is said, by more than a twentieth refused") {
  const Folder folder;
  const std::string path = folder / "fuel.tif";
  raster_in("EPSG:3577", -1'800'000.0, -1'400'000.0, 100.0).write(path);
  const ReadLandscape found = read(fuel_of(path));
  CHECK_THAT(sample::warnings(found), Contains("distances, areas and slopes are off by as much"));
  CHECK(found.facts.least_point_scale * found.facts.most_point_scale ==
        Approx(1.0).margin(1e-6));  // equal areas
  raster_in("+proj=merc +lon_0=147 +datum=WGS84 +units=m", 0.0, -4'500'000.0, 30.0).write(path);
  CHECK_THAT(refusal(fuel_of(path)), Contains("a metre on the ground is 1.2"));
  CHECK_THAT(refusal(fuel_of(path)), Contains("reproject it: gdalwarp -t_srs EPSG:32755"));
}

TEST_CASE("A raster without a coordinate system is taken for metres, and that is said") {
  const Folder folder;
  const std::string path = raster_in("", 726'383.5, 5'189'305.4, 30.0).write(folder / "fuel.tif");
  const ReadLandscape found = read(fuel_of(path));
  CHECK(found.placement.crs.empty());
  CHECK(found.placement.convergence == 0.0);
  CHECK_THAT(sample::warnings(found),
             Contains("names no coordinate system; its unit is taken to be the metre"));
}

TEST_CASE("Rasters that are not upright or nowhere are refused, with the line that mends them") {
  const Folder folder;
  const std::string path = folder / "fuel.tif";
  Raster raster;
  raster.transform[2] = 3.0;
  raster.write(path);
  CHECK(refusal(fuel_of(path)) ==
        path +
            ": its rows and columns are rotated (columns must be east of each other, rows "
            "north or south of each other); straighten it: gdalwarp -r near -ot Int32 -dstnodata -9999 " +
            path + " fuel-north-up.tif");
  raster = Raster{};
  raster.transform[1] = -30.0;
  raster.write(path);
  CHECK_THAT(refusal(fuel_of(path)), Contains("its columns run from east to west"));
  raster = Raster{};
  raster.transform[1] = 0.0;  // none is written
  raster.write(path);
  CHECK_THAT(refusal(fuel_of(path)), Contains("does not say where it lies"));
}

TEST_CASE("Layers that lie on different grids are refused, with each difference and the line that mends it") {
  const Folder folder;
  const std::string fuel = Raster{}.write(folder / "fuel.tif");
  const std::string dem = folder / "dem.tif";
  const std::string start = dem + ": is not on the grid of " + fuel + " (";
  const std::string mend =
      "); bring it there: gdalwarp -t_srs EPSG:28355 -te 360000 5849910 360120 5850000 -ts 4 3 -r bilinear "
      "-ot Float32 -dstnodata -9999 " +
      dem + " dem-on-grid.tif";
  Raster other;
  other.transform[0] += 0.29;  // less than a hundredth of a cell
  other.write(dem);
  CHECK(refusal(both_of(fuel, dem)).empty());
  other.transform[0] += 0.02;
  other.write(dem);
  CHECK(refusal(both_of(fuel, dem)) ==
        start + "its upper left corner at 360000.31, 5850000 instead of 360000, 5850000" + mend);
  other = Raster{.width = 6, .height = 2};
  other.transform[1] = 25.0;
  other.write(dem);
  CHECK(refusal(both_of(fuel, dem)) ==
        start + "6 x 2 cells instead of 4 x 3; cells of 25 x 30 instead of 30 x 30" + mend);
  Raster{.crs = "EPSG:28356"}.write(dem);
  CHECK(refusal(both_of(fuel, dem)) ==
        start + "GDA94 / MGA zone 56 (EPSG:28356) instead of GDA94 / MGA zone 55 (EPSG:28355)" + mend);
  Raster{.crs = ""}.write(dem);
  CHECK(refusal(both_of(fuel, dem)).empty());
}

TEST_CASE("Landscapes on different grids are no alternatives of each other") {
  const Folder folder;
  const ReadLandscape one = read(fuel_of(Raster{}.write(folder / "one.tif")));
  CHECK_NOTHROW(expect_same_grid(
      one, read(fuel_of(Raster{.bands = {std::vector<double>(12, 7.0)}}.write(folder / "b.tif")))));
  const ReadLandscape other = read(fuel_of(Raster{.crs = "EPSG:28356"}.write(folder / "other.tif")));
  CHECK_THROWS_WITH(expect_same_grid(one, other),
                    Contains("other.tif: is not on the grid of ") && Contains("-ts 4 3 -r near"));
}

TEST_CASE("Units that nobody knows are refused, and so are axes that are not east and north") {
  const Folder folder;
  const std::string path = folder / "fuel.asc";
  sample::write_bytes(path, "ncols 2\nnrows 1\nxllcorner 360000\nyllcorner 5850000\ncellsize 30\n1 2\n");
  sample::write_bytes(
      folder / "fuel.prj",
      "PROJCS[\"somewhere\",GEOGCS[\"GCS_GDA_1994\",DATUM[\"D_GDA_1994\",SPHEROID[\"GRS_1980\","
      "6378137,298.257222101]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]],"
      "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"Central_Meridian\",147],"
      "PARAMETER[\"False_Easting\",500000],PARAMETER[\"False_Northing\",10000000],"
      "PARAMETER[\"Scale_Factor\",0.9996],UNIT[\"unknown\",1]]");
  CHECK_THAT(refusal(fuel_of(path)),
             Contains("the unit of its coordinate system (somewhere) is not known; name the "
                      "right system: gdalwarp -s_srs EPSG:CODE"));
}

TEST_CASE("Commands quote a path that a shell would take apart") {
  const Folder folder;
  std::filesystem::create_directory(folder / "my maps");
  const std::string path = raster_in("EPSG:4326", 145.0, -37.0, 0.00025).write(folder / "my maps/it's.tif");
  CHECK_THAT(refusal(fuel_of(path)),
             Contains("'" + folder.path() + "/my maps/it'\\''s.tif' 'it'\\''s-utm.tif'"));
}

TEST_CASE("A vertical system is no difference of the ground") {
  const Folder folder;
  const std::string fuel = Raster{}.write(folder / "fuel.tif");
  const std::string dem = Raster{.crs = "EPSG:28355+5711"}.write(folder / "dem.tif");
  CHECK(refusal(both_of(fuel, dem)).empty());
  CHECK(read(sample::elevation_of(dem)).facts.crs_name == "GDA94 / MGA zone 55 (EPSG:28355)");
}

}  // namespace
}  // namespace firesweep
