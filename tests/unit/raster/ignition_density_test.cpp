#include "firesweep/raster/ignition_density.hpp"

#include <cmath>

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"
#include "folder.hpp"
#include "sample_raster.hpp"

namespace firesweep {
namespace {

using sample::Folder;
using sample::Raster;

constexpr Extent density_grid = {4, 3};

std::string density_refusal(const Raster& raster, const MaybePlacement& placement) {
  const Folder folder;
  try {
    read_density({raster.write(folder / "density.tif"), ""}, density_grid, placement);
  } catch (const InputError& error) {
    const std::string text = error.what();
    return text.substr(text.find("density.tif"));
  }
  return "";
}

TEST_CASE("A density is read from north to south, without a number where there is no data") {
  const Folder folder;
  Raster raster{.bands = {{0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0.5}}, .nodata = 7.0};
  const ReadDensity read =
      read_density({raster.write(folder / "density.tif"), ""}, density_grid, sample::placement_of(raster));
  REQUIRE(read.values.size() == 12);
  CHECK(read.values[0] == 0.0F);
  CHECK(read.values[11] == 0.5F);
  CHECK(std::isnan(read.values[6]));
  CHECK(read.sha256.size() == 64);
  raster.transform[3] -= 90.0;
  raster.transform[5] = 30.0;  // south-up
  const ReadDensity turned =
      read_density({raster.write(folder / "turned.tif"), ""}, density_grid, sample::placement_of(Raster{}));
  CHECK(turned.values[0] == 9.0F);
  CHECK(turned.values[11] == 4.0F);
}

TEST_CASE("A density that is not on the grid, below 0 or nowhere above it is refused") {
  const MaybePlacement placement = sample::placement_of(Raster{});
  CHECK(density_refusal({.bands = {{1, 2, 3, 4, 5, -6, 7, 8, 9, 10, 11, 12}}}, placement)
            .starts_with("density.tif: row 2, column 2: density -6 of ignitions must be a number from 0 on"));
  CHECK(density_refusal({.bands = {std::vector<double>(12, 0.0)}}, placement) ==
        "density.tif: has no density above 0, so no fire could start");
  Raster shifted;
  shifted.transform[0] += 30.0;
  CHECK(density_refusal(shifted, placement)
            .starts_with("density.tif: is not on the grid of the landscape (its upper left corner at"));
  CHECK(density_refusal(shifted, std::nullopt).empty());
  const Raster small{.width = 3, .bands = {std::vector<double>(9, 1.0)}};
  CHECK(density_refusal(small, std::nullopt) == "density.tif: has 3 x 3 cells, and the landscape 4 x 3");
}

}  // namespace
}  // namespace firesweep
