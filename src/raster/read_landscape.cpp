#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/digest/sha256.hpp"
#include "firesweep/raster/landscape_files.hpp"

#include "ground.hpp"
#include "layer.hpp"
#include "raster_source.hpp"
#include "remedy.hpp"

namespace firesweep {
namespace {

constexpr double metres_per_foot = 0.3048;  // the US survey foot differs by 2 millionths

void expect_size(const RasterHeader& header, std::size_t layers, const AvailableMemory& available) {
  const Extent extent = header.extent;
  if (extent.width > max_grid_side || extent.height > max_grid_side) {
    throw InputError(fmt::format(
        "{}: {} x {} cells are too many (at most {} on a side); cut a part out: "
        "gdal_translate -srcwin 0 0 {} {} {}",
        header.path, extent.width, extent.height, max_grid_side, std::min(extent.width, max_grid_side),
        std::min(extent.height, max_grid_side), from_to(header.path, "-part.tif")));
  }
  const std::uint64_t needed = extent.cells() * layers * sizeof(float);
  if (needed > available.bytes) {
    throw InputError(fmt::format(
        "{}: {} x {} cells need {} of memory, and {} are available, by {}; cut a part out, or let cells be "
        "larger: gdalwarp -tr",
        header.path, extent.width, extent.height, bytes_text(needed), bytes_text(available.bytes),
        available.limit));
  }
}

/// What the file says, if it is known; else nothing.
std::optional<LengthUnit> unit_of(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const char* metre : {"m", "metre", "meter", "metres", "meters"})
    if (name == metre) return LengthUnit::metre;
  if (name == "ft" || name.starts_with("foot") || name.starts_with("feet") ||
      name.starts_with("us survey foot") || name == "us-ft")
    return LengthUnit::foot;
  return std::nullopt;
}

double metres_per_elevation(const RasterHeader& header, std::optional<LengthUnit> asked,
                            std::vector<Problem>& warnings) {
  const std::optional<LengthUnit> said = unit_of(header.unit);
  if (!said && !asked && !header.unit.empty()) {
    throw InputError(
        fmt::format("{}: the unit of its elevations, '{}', is not known; say which with elevation_unit: "
                    "metres or feet",
                    header.path, header.unit));
  }
  if (said && asked && said != asked) {
    warnings.push_back(
        {Location{header.path}, fmt::format("says that its elevations are in '{}', but elevation_unit "
                                            "is given and counts",
                                            header.unit)});
  }
  const LengthUnit unit = asked ? *asked : said.value_or(LengthUnit::metre);
  return unit == LengthUnit::foot ? metres_per_foot : 1.0;
}

bool is_land(const LandscapeLayers& layers, std::size_t cell) {
  return (layers.fuel.empty() || layers.fuel[cell] != missing_fuel) &&
         (layers.elevation.empty() || !std::isnan(layers.elevation[cell]));
}

std::vector<CodeCount> code_counts(const LandscapeLayers& layers) {
  std::map<std::int32_t, std::uint64_t> cells;
  auto last = cells.end();  // neighbours are mostly alike
  for (std::size_t i = 0; i < layers.fuel.size(); ++i) {
    if (!is_land(layers, i)) continue;
    const std::int32_t code = layers.fuel[i];
    if (last == cells.end() || last->first != code) last = cells.try_emplace(code, 0).first;
    ++last->second;
  }
  std::vector<CodeCount> counts;
  for (const auto& [code, count] : cells) counts.push_back({code, count});
  return counts;
}

void describe(const LandscapeLayers& layers, LandscapeFacts& facts) {
  facts.codes = code_counts(layers);
  for (std::size_t i = 0; i < layers.extent.cells(); ++i) {
    if (!is_land(layers, i)) continue;
    ++facts.land_cells;
    if (layers.elevation.empty()) continue;
    const float metres = layers.elevation[i];
    facts.lowest = std::min(facts.lowest.value_or(metres), metres);
    facts.highest = std::max(facts.highest.value_or(metres), metres);
  }
}

/// Where one layer has data and the other none. No elevation below a fuel is hardly meant; no fuel may be the sea.
void find_holes(const LandscapeFiles& files, ReadLandscape& read) {
  if (read.layers.fuel.empty() || read.layers.elevation.empty()) return;
  const auto with_fuel =
      std::ranges::count_if(read.layers.fuel, [](std::int32_t code) { return code != missing_fuel; });
  const auto with_elevation =
      std::ranges::count_if(read.layers.elevation, [](float metres) { return !std::isnan(metres); });
  read.facts.cells_without_fuel = static_cast<std::uint64_t>(with_elevation) - read.facts.land_cells;
  const std::uint64_t holes = static_cast<std::uint64_t>(with_fuel) - read.facts.land_cells;
  read.facts.cells_without_elevation = holes;
  if (holes == 0) return;
  read.warnings.push_back({Location{files.elevation->path},
                           fmt::format("has no elevation for {} that {} a fuel, and so no land there",
                                       counted(holes, "cell"), holes == 1 ? "has" : "have")});
}

void add_inputs(const RasterHeader& header, std::vector<InputFile>& inputs) {
  for (const std::string& path : header.sources) {
    const bool is_known =
        std::ranges::any_of(inputs, [&](const InputFile& input) { return input.path == path; });
    if (!is_known) inputs.push_back({path, sha256_of_file(path)});
  }
}

}  // namespace

ReadLandscape read_landscape(const LandscapeFiles& files, const AvailableMemory& available) {
  expects(files.fuel || files.elevation, "a landscape of files has a layer");
  std::unique_ptr<RasterSource> fuel;
  std::unique_ptr<RasterSource> elevation;
  if (files.fuel) fuel = open_raster(*files.fuel, LayerKind::fuel);
  if (files.elevation) elevation = open_raster(*files.elevation, LayerKind::elevation);
  const RasterHeader& first = fuel ? fuel->header() : elevation->header();
  const LayerKind first_kind = fuel ? LayerKind::fuel : LayerKind::elevation;
  expect_size(first, fuel && elevation ? 2 : 1, available);

  ReadLandscape read;
  const RasterGround ground = ground_of(first, first_kind, read.warnings);
  if (fuel && elevation)
    expect_same_grid(first.path, first.extent, ground.placement, elevation->header(), LayerKind::elevation);
  read.placement = ground.placement;
  read.facts.least_point_scale = ground.least_point_scale;
  read.facts.most_point_scale = ground.most_point_scale;
  if (first.crs) read.facts.crs_name = first.crs->name();
  read.layers.extent = first.extent;
  if (fuel) {
    read.layers.fuel = read_fuel(*fuel, ground.is_south_up);
    add_inputs(fuel->header(), read.inputs);
  }
  if (elevation) {
    const RasterHeader& header = elevation->header();
    const double metres = metres_per_elevation(header, files.elevation_unit, read.warnings);
    read.layers.elevation = read_elevation(*elevation, (*header.transform)[5] > 0.0, metres);
    add_inputs(header, read.inputs);
  }
  describe(read.layers, read.facts);
  if (read.facts.land_cells == 0)
    throw InputError(fmt::format(
        "{}: there is no land, no cell has data in {}", first.path,
        fuel && elevation
            ? fmt::format("both this and {}; take rasters of one place, or mend their nodata values",
                          elevation->header().path)
            : std::string("it; take another part, or mend its nodata value")));
  find_holes(files, read);
  return read;
}

void expect_same_grid(const ReadLandscape& first, const ReadLandscape& other) {
  const Placement& at = other.placement;
  RasterHeader header;
  header.path = other.inputs.front().path;
  header.extent = other.layers.extent;
  header.transform = {at.west, at.cell_width, 0.0, at.north, 0.0, -at.cell_height};
  header.crs = CoordinateSystem::from(at.crs);
  expect_same_grid(first.inputs.front().path, first.layers.extent, first.placement, header,
                   other.layers.fuel.empty() ? LayerKind::elevation : LayerKind::fuel);
}

}  // namespace firesweep
