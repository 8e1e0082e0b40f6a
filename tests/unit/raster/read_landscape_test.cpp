#include <cmath>
#include <cstdint>
#include <filesystem>

#include <sys/stat.h>

#include "firesweep/digest/sha256.hpp"

#include "../catch.hpp"
#include "folder.hpp"
#include "reading.hpp"
#include "sample_raster.hpp"

namespace firesweep {
namespace {

using sample::both_of;
using sample::elevation_of;
using sample::Folder;
using sample::fuel_of;
using sample::Raster;
using sample::read;
using sample::refusal;
using Codes = std::vector<std::int32_t>;
constexpr std::int32_t none = missing_fuel;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("A raster of fuel gives codes, where they lie, and what there is to say about them") {
  const Folder folder;
  const std::string path =
      Raster{.type = GDT_Int16, .bands = {{1, 1, 2, 2, 99, 1, 1, 1, 1, 1, 1, 99}}, .nodata = 99}.write(
          folder / "fuel.tif");
  const ReadLandscape found = read(fuel_of(path));
  CHECK(found.layers.extent == Extent{4, 3});
  CHECK(found.layers.fuel == Codes{1, 1, 2, 2, none, 1, 1, 1, 1, 1, 1, none});
  CHECK(found.layers.elevation.empty());
  CHECK(found.placement.west == 360'000.0);
  CHECK(found.placement.north == 5'850'000.0);
  CHECK(found.placement.cell_width == 30.0);
  CHECK(found.placement.metres_per_unit == 1.0);
  CHECK(found.facts.crs_name == "GDA94 / MGA zone 55 (EPSG:28355)");
  CHECK(found.facts.land_cells == 10);
  CHECK(found.facts.codes == std::vector<CodeCount>{{1, 8}, {2, 2}});
  CHECK_FALSE(found.facts.lowest);
  CHECK(found.inputs == std::vector<InputFile>{{path, sha256_of_file(path)}});
  CHECK(sample::warnings(found).empty());
}

TEST_CASE("A raster that begins in the south is turned") {
  const Folder folder;
  const Raster north_up{.bands = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}};
  Raster south_up{.bands = {{9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4}}};
  south_up.transform[3] = 5'850'000.0 - 90.0;
  south_up.transform[5] = 30.0;
  const ReadLandscape one = read(both_of(north_up.write(folder / "a.tif"), south_up.write(folder / "b.tif")));
  const ReadLandscape other = read(both_of(folder / "b.tif", folder / "a.tif"));
  CHECK(one.layers == other.layers);
  CHECK(one.placement == other.placement);
  CHECK(one.layers.fuel.front() == 1);
  CHECK(one.layers.elevation.front() == 1.0F);
}

TEST_CASE("A cell has no data by the nodata value, by a mask, as no number, and by what LANDFIRE means so") {
  const Folder folder;
  Raster raster{.bands = {{1, nan, -9999, 32767, -32768, -3.4028234663852886e38, 0, 2, 3, 4, 5, 6}}};
  raster.type = GDT_Float32;
  raster.nodata = -3.4028234663852886e+38;
  const Codes expected = {1, none, none, none, none, none, 0, 2, 3, 4, 5, 6};
  CHECK(read(fuel_of(raster.write(folder / "fuel.tif"))).layers.fuel == expected);
  Raster masked;
  masked.mask = {0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0};
  CHECK(read(fuel_of(masked.write(folder / "masked.tif"))).layers.fuel ==
        Codes{none, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, none});
}

TEST_CASE("Codes of every type of number are read") {
  const Folder folder;
  for (const GDALDataType type : {GDT_Byte, GDT_UInt16, GDT_Int16, GDT_UInt32, GDT_Int32, GDT_Int64,
                                  GDT_UInt64, GDT_Float32, GDT_Float64}) {
    const Raster raster{.type = type, .nodata = 12};
    const Codes expected = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, none};
    const bool is_int64 =
        type == GDT_Int64 || type == GDT_UInt64;  // whose nodata GDAL sets by other functions
    Raster written = raster;
    if (is_int64) written.nodata.reset();
    const Codes codes = read(fuel_of(written.write(folder / "fuel.tif"))).layers.fuel;
    CHECK(std::equal(codes.begin(), codes.end() - (is_int64 ? 1 : 0), expected.begin()));
  }
}

TEST_CASE("A code that is not whole, or no code, is refused where it stands") {
  const Folder folder;
  const std::string path = folder / "fuel.tif";
  const std::string at = path + ": row 2, column 3: ";
  CHECK(refusal(fuel_of(Raster{.bands = {{1, 2, 3, 4, 5, 6, 7.5, 8, 9, 10, 11, 12}}}.write(path))) ==
        at + "fuel code 7.5 is not whole (classes must be resampled with -r near)");
  CHECK_THAT(refusal(fuel_of(Raster{.bands = {{1, 2, 3, 4, 5, 6, 3e9, 8, 9, 10, 11, 12}}}.write(path))),
             Contains(at + "fuel code 3000000000 is out of range"));
  CHECK_THAT(refusal(fuel_of(Raster{.type = GDT_CFloat32}.write(path))), Contains("holds complex numbers"));
}

TEST_CASE("Elevation has a unit, a scale and an offset, and becomes metres") {
  const Folder folder;
  const std::string path = folder / "dem.tif";
  LandscapeFiles files = elevation_of(Raster{}.write(path));
  CHECK(read(files).layers.elevation[1] == 2.0F);
  CHECK(read(files).facts.lowest == 1.0F);
  CHECK(read(files).facts.highest == 12.0F);
  files.elevation_unit = LengthUnit::foot;
  CHECK(read(files).layers.elevation[1] == Approx(0.6096));
  files.elevation_unit.reset();
  Raster{.unit = "ft"}.write(path);
  CHECK(read(files).layers.elevation[1] == Approx(0.6096));
  files.elevation_unit = LengthUnit::metre;
  CHECK(read(files).layers.elevation[1] == 2.0F);
  CHECK_THAT(sample::warnings(read(files)), Contains("says that its elevations are in 'ft'"));
  files.elevation_unit.reset();
  Raster{.unit = "fathom"}.write(path);
  CHECK_THAT(refusal(files), Contains("the unit of its elevations, 'fathom', is not known"));
  Raster{.scale = 0.1, .offset = 100.0}.write(path);
  CHECK(read(files).layers.elevation[1] == Approx(100.2));
}

TEST_CASE("An elevation that no ground has is refused, as a nodata value that nobody declared") {
  const Folder folder;
  const std::string path =
      Raster{.bands = {{1, 2, 3, 4, 5, 6, 7, -99999, 9, 10, 11, 12}}}.write(folder / "dem.tif");
  CHECK(refusal(elevation_of(path)) ==
        path +
            ": row 2, column 4: elevation -99999 m is none of this planet; if -99999 means no data, say so: "
            "gdal_translate -a_nodata -99999 " +
            path + " dem-nodata.tif");
}

TEST_CASE("Land has data in every layer, and fuel without elevation is said") {
  const Folder folder;
  const std::string fuel = Raster{}.write(folder / "fuel.tif");
  const std::string dem =
      Raster{.bands = {{1, nan, 3, 4, nan, 6, 7, 8, 9, 10, 11, 12}}}.write(folder / "dem.tif");
  const ReadLandscape found = read(both_of(fuel, dem));
  CHECK(found.facts.land_cells == 10);
  CHECK(found.facts.codes.size() == 10);
  CHECK(std::isnan(found.layers.elevation[1]));
  CHECK(sample::warnings(found) ==
        dem + ": has no elevation for 2 cells that have a fuel, and so no land there\n");
  CHECK(found.facts.cells_without_elevation == 2);
  CHECK(found.facts.cells_without_fuel == 0);
  Raster{.bands = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}, .nodata = 12}.write(fuel);
  CHECK(read(both_of(fuel, dem)).facts.cells_without_fuel == 1);
  Raster{.bands = {std::vector<double>(12, 5.0)}, .nodata = 5}.write(dem);
  CHECK_THAT(refusal(both_of(fuel, dem)),
             Contains("there is no land, no cell has data in both this and " + dem));
}

TEST_CASE("Nothing beside a file changes what is read") {
  const Folder folder;
  const std::string path = Raster{}.write(folder / "fuel.tif");
  const ReadLandscape alone = read(fuel_of(path));
  sample::write_bytes(path + ".aux.xml",
                      "<PAMDataset><GeoTransform>0,1,0,0,0,-1</GeoTransform><PAMRasterBand band=\"1\">"
                      "<NoDataValue>3</NoDataValue></PAMRasterBand></PAMDataset>");
  sample::write_bytes(folder / "fuel.tfw", "1\n0\n0\n-1\n0\n0\n");
  sample::write_bytes(path + ".ovr", "no overview");
  const ReadLandscape beside = read(fuel_of(path));
  CHECK(beside.layers == alone.layers);
  CHECK(beside.placement == alone.placement);
  CHECK(beside.inputs == alone.inputs);
}

TEST_CASE("What is no local raster file is refused by name") {
  const Folder folder;
  CHECK(refusal(fuel_of("/vsicurl/https://example.org/fuel.tif")) ==
        "/vsicurl/https://example.org/fuel.tif: is not read (only files of this machine are); download it "
        "first");
  CHECK_THAT(refusal(fuel_of("https://example.org/fuel.tif")), Contains("download it first"));
  CHECK_THAT(refusal(fuel_of("HDF5:\"x.h5\"://fuel")), Contains("only files of this machine"));
  CHECK_THAT(refusal(fuel_of("GTIFF_DIR:1:" + folder / "fuel.tif")),
             Contains("extract it first: gdal_translate"));
  CHECK(refusal(fuel_of(folder.path())) == folder.path() + ": cannot be read (it is a directory)");
  CHECK(refusal(fuel_of(folder / "none.tif")) == folder / "none.tif: cannot be read (there is no such file)");
  ::mkfifo((folder / "pipe").c_str(), 0600);
  CHECK(refusal(fuel_of(folder / "pipe")) == folder / "pipe: cannot be read (it is not a regular file)");
  sample::write_bytes(folder / "text.tif", "some text");
  CHECK_THAT(refusal(fuel_of(folder / "text.tif")),
             Contains("is no GeoTIFF, LCP landscape or ESRI ASCII grid"));
  sample::write_bytes(folder / "x.vrt", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>");
  CHECK_THAT(refusal(fuel_of(folder / "x.vrt")), Contains("is no GeoTIFF"));
  sample::write_bytes(folder / "empty.tif", "");
  CHECK_THAT(refusal(fuel_of(folder / "empty.tif")), Contains("is no GeoTIFF"));
}

TEST_CASE("A GeoTIFF that ends too early is refused, wherever it was cut") {
  const Folder folder;
  Raster large{.width = 100, .height = 100, .bands = {std::vector<double>(10'000, 1.0)}};
  const std::string whole = sample::bytes_of(large.write(folder / "whole.tif"));
  const std::string path = folder / "cut.tif";
  for (std::size_t left = 0; left + 100 < whole.size(); left += whole.size() / 7) {
    sample::write_bytes(path, whole.substr(0, left));
    CHECK_THAT(refusal(fuel_of(path)), Contains(path + ": "));
  }
  sample::write_bytes(path, whole.substr(0, whole.size() / 2));
  CHECK_THAT(refusal(fuel_of(path)), Contains("cannot be read, the file is damaged or ends too early"));
}

TEST_CASE("A raster that does not fit, into memory or into a landscape, is refused before it is read") {
  const Folder folder;
  const std::string path = Raster{}.write(folder / "fuel.tif");
  CHECK(refusal(fuel_of(path), {.bytes = 47, .limit = "ulimit -v"}) ==
        path +
            ": 4 x 3 cells need 48 bytes of memory, and 47 bytes are available, by ulimit -v; cut a part "
            "out, or let cells be larger: gdalwarp -tr");
  CHECK_THAT(refusal(both_of(path, path), {.bytes = 95, .limit = {}}), Contains("need 96 bytes"));
  sample::write_bytes(folder / "long.asc",
                      "ncols 65537\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 30\n1 2 3\n");
  CHECK(refusal(fuel_of(folder / "long.asc")) == folder / "long.asc: 65537 x 1 cells are too many (at most "
                                                          "65536 on a side); cut a part out: gdal_translate "
                                                          "-srcwin 0 0 65536 1 " +
                                                     folder / "long.asc long-part.tif");
}

}  // namespace
}  // namespace firesweep
