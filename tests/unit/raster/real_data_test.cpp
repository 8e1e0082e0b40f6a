#include <cstdlib>
#include <filesystem>

#include "firesweep/raster/landscape_files.hpp"

#include "../catch.hpp"
#include "reading.hpp"

namespace firesweep {
namespace {

/// The folder of public rasters, which is not part of the sources; empty, with a word, where there is none.
std::string public_data() {
  const char* folder = std::getenv("FIRESWEEP_PUBLIC_DATA");
  if (folder == nullptr) WARN("SKIPPED: FIRESWEEP_PUBLIC_DATA names no folder of public rasters");
  return folder == nullptr ? "" : folder;
}

TEST_CASE("LANDFIRE's rasters of a part of Vermont are read where they lie") {
  const std::string data = public_data();
  if (data.empty()) return;
  LandscapeFiles files;
  files.fuel = {data + "/landfire_vermont/LC22_F40_230.tif", ""};
  files.elevation = {data + "/landfire_vermont/LC20_Elev_220.tif", ""};
  const ReadLandscape read = sample::read(files);
  CHECK(read.layers.extent == Extent{549, 613});
  CHECK(read.placement.west == 1'833'825.0);
  CHECK(read.placement.north == 2'617'605.0);
  CHECK(read.placement.cell_width == 30.0);
  CHECK(read.placement.cell_height == 30.0);
  // Albers: n (longitude - longitude of origin), n = 0.602903 of its parallels 29.5 and 45.5 on GRS 80
  CHECK(read.placement.convergence == Approx(-0.602903 * (96.0 - 72.573208)).margin(0.001));
  CHECK(read.facts.crs_name.find("Albers") != std::string::npos);
  const double land =
      static_cast<double>(read.facts.land_cells) / static_cast<double>(read.layers.extent.cells());
  CHECK(land == Approx(0.68).margin(0.02));
  CHECK(read.facts.codes.front().code == 91);
  CHECK(read.facts.highest.value_or(0.0F) > 500.0F);
  CHECK(read.inputs.size() == 2);
  CHECK(read.inputs[0].sha256.size() == 64);
  for (const Problem& warning : read.warnings) WARN(to_string(warning.where) << ": " << warning.message);
}

TEST_CASE("WindNinja's rasters are read, or refused for what they are") {
  const std::string data = public_data() + "/windninja/";
  if (!std::filesystem::exists(data)) return;
  LandscapeFiles files;
  files.fuel = {data + "example_lcp.tif", "4"};
  files.elevation = {data + "example_lcp.tif", "1"};
  const ReadLandscape landscape = sample::read(files);
  CHECK(landscape.layers.extent == Extent{502, 515});
  CHECK(landscape.facts.land_cells == 258'530);
  CHECK(landscape.facts.codes.size() == 21);
  CHECK(landscape.placement.west == Approx(708'282.991846723947674).epsilon(1e-15));
  CHECK(landscape.inputs.size() == 1);
  CHECK_THAT(sample::refusal(sample::fuel_of(data + "example_lcp.tif", "fuel")),
             Contains("has no band 'fuel'"));
  CHECK_THAT(sample::refusal(sample::elevation_of(data + "dem_geog.tif")),
             Contains("its coordinates are degrees"));
  CHECK_THAT(sample::refusal(sample::elevation_of(data + "dem_nodata.tif")), Contains("there is no land"));
  CHECK(sample::read(sample::elevation_of(data + "dem_some_nodata.tif")).facts.land_cells == 6798);
  CHECK_THAT(sample::warnings(sample::read(sample::elevation_of(data + "dem_no_srs.tif"))),
             Contains("names no coordinate system"));
  CHECK(sample::read(sample::elevation_of(data + "dem_mackay_skinny_x.tif")).layers.extent == Extent{8, 160});
}

}  // namespace
}  // namespace firesweep
