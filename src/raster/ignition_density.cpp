#include "firesweep/raster/ignition_density.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/digest/sha256.hpp"

#include "ground.hpp"
#include "layer.hpp"
#include "raster_source.hpp"

namespace firesweep {

ReadDensity read_density(const RasterFile& file, Extent extent, const MaybePlacement& placement) {
  const std::unique_ptr<RasterSource> source = open_raster(file, LayerKind::density);
  const RasterHeader& header = source->header();
  if (placement) {
    expect_same_grid("the landscape", extent, *placement, header, LayerKind::density);
  } else if (header.extent != extent) {
    throw InputError(fmt::format("{}: has {} x {} cells, and the landscape {} x {}", file.path,
                                 header.extent.width, header.extent.height, extent.width, extent.height));
  }
  ReadDensity read;
  read.values = read_densities(*source, header.transform && (*header.transform)[5] > 0.0);
  if (std::ranges::none_of(read.values, [](float value) { return value > 0.0F; }))
    throw InputError(fmt::format("{}: has no density above 0, so no fire could start", file.path));
  read.sha256 = sha256_of_file(file.path);
  return read;
}

}  // namespace firesweep
