#include <cstdint>

#include "../catch.hpp"
#include "folder.hpp"
#include "landscape_file.hpp"
#include "reading.hpp"
#include "sample_raster.hpp"

namespace firesweep {
namespace {

using sample::elevation_of;
using sample::Folder;
using sample::fuel_of;
using sample::Raster;
using sample::read;
using sample::refusal;

Raster three_bands(const std::vector<std::string>& descriptions) {
  return {.bands = {std::vector<double>(12, 7.0), std::vector<double>(12, 8.0), std::vector<double>(12, 9.0)},
          .descriptions = descriptions};
}

std::int32_t code_of(const std::string& path, const std::string& band) {
  return read(fuel_of(path, band)).layers.fuel.front();
}

TEST_CASE("A band is found by its description, its number, or what LANDFIRE calls its kind") {
  const Folder folder;
  const std::string path =
      three_bands({"US_ELEV2020", "US_240FBFM13", "US_SLPD2020"}).write(folder / "l.tif");
  CHECK(code_of(path, "US_240FBFM13") == 8);
  CHECK(code_of(path, "us_240fbfm13") == 8);
  CHECK(code_of(path, "fuel") == 8);
  CHECK(code_of(path, "elevation") == 7);
  CHECK(code_of(path, "3") == 9);
  CHECK(read(elevation_of(path, "elevation")).layers.elevation.front() == 7.0F);
}

TEST_CASE("A band that is not found, or not the only one, is refused with those that there are") {
  const Folder folder;
  const std::string path =
      three_bands({"US_ELEV2020", "US_240FBFM13", "US_240FBFM40"}).write(folder / "l.tif");
  const std::string bands = "; its bands are 1 'US_ELEV2020', 2 'US_240FBFM13', 3 'US_240FBFM40'";
  CHECK(refusal(fuel_of(path)) ==
        path + ": has 3 bands; say which, e.g. fuel: {file: " + path + ", band: fuel}" + bands);
  CHECK(refusal(fuel_of(path, "fuel")) == path + ": 2 bands are 'fuel'; give the number of one" + bands);
  CHECK(refusal(fuel_of(path, "4")) == path + ": has no band 4" + bands);
  CHECK(refusal(fuel_of(path, "US_240FBFM14")) ==
        path + ": has no band 'US_240FBFM14'; did you mean 'US_240FBFM13'?" + bands);
  three_bands({}).write(path);
  CHECK_THAT(refusal(fuel_of(path, "fuel")),
             Contains("has no band 'fuel'; give the number of one; its bands are 1 without a name, 2 without "
                      "a name, 3 without a name"));
}

TEST_CASE("A landscape file gives fuel and elevation in its unit, by its own coordinate system") {
  const Folder folder;
  const std::string path = folder / "l.lcp";
  sample::write_bytes(path, sample::landscape_file(1, {{1000, 5, 90, 101, 20},
                                                       {2000, 5, 90, 102, 20},
                                                       {-9999, 5, 90, -9999, 20},
                                                       {3000, 5, 90, 98, 20}}));
  sample::write_bytes(folder / "l.prj", sample::wkt_of("EPSG:28355"));
  LandscapeFiles files = fuel_of(path, "fuel");
  files.elevation = RasterFile{path, "elevation"};
  const ReadLandscape found = read(files);
  CHECK(found.layers.fuel == std::vector<std::int32_t>{101, 102, missing_fuel, 98});
  CHECK(found.layers.elevation[0] == Approx(304.8));
  CHECK(found.layers.elevation[3] == Approx(914.4));
  CHECK(found.facts.land_cells == 3);
  CHECK(found.placement.west == 360'000.0);
  CHECK(found.placement.north == 5'850'060.0);
  CHECK(found.placement.convergence == Approx(-0.968).margin(0.01));  // its latitude is not asked
  CHECK(found.inputs.size() == 2);
  sample::write_bytes(path, sample::landscape_file(0, {{1000, 5, 90, 1, 2}, {}, {}, {}}));
  CHECK(read(files).layers.elevation[0] == 1000.0F);
  CHECK_THAT(refusal(fuel_of(path)), Contains("has 5 bands; say which"));
}

}  // namespace
}  // namespace firesweep
