#include "ground.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"

#include "local_ground.hpp"
#include "remedy.hpp"

namespace firesweep {
namespace {

constexpr double most_scale_error = 0.05;   // then a reprojection is asked for
constexpr double quiet_scale_error = 0.01;  // up to here nothing is said
constexpr double most_grid_shift = 0.01;    // [cells]

/// How gdalwarp is to fill cells of a kind of layer, and say where there is nothing to fill them with.
const char* filling(LayerKind kind) {
  if (kind == LayerKind::assets) return "-r sum -ot Float64 -dstnodata -9999";
  const bool is_smooth = kind == LayerKind::elevation || kind == LayerKind::density;
  return is_smooth ? "-r bilinear -ot Float32 -dstnodata -9999" : "-r near -ot Int32 -dstnodata -9999";
}

/// The UTM zone around a point.
std::string utm_zone(double longitude, double latitude) {
  const int zone = std::clamp(static_cast<int>(std::floor((longitude + 180.0) / 6.0)) + 1, 1, 60);
  return fmt::format("EPSG:{}", (latitude < 0.0 ? 32'700 : 32'600) + zone);
}

/// A size of cells for people to change: two digits.
double fair_size(double metres) {
  const double unit = std::pow(10.0, std::floor(std::log10(metres)) - 1.0);
  return std::round(metres / unit) * unit;
}

class GroundReader {
 public:
  GroundReader(const RasterHeader& header, LayerKind kind, std::vector<Problem>& warnings)
      : header_(header), kind_(kind), warnings_(warnings) {}

  RasterGround read();

 private:
  [[noreturn]] void refuse(const std::string& what) const { throw InputError(header_.path + ": " + what); }
  void warn(std::string what) { warnings_.push_back({Location{header_.path}, std::move(what)}); }
  Point at(double column, double row) const;
  std::string warp(double longitude, double latitude, double metres) const;
  void expect_upright() const;
  void expect_projected() const;
  void read_unit();
  void read_ground();

  const RasterHeader& header_;
  LayerKind kind_;
  std::vector<Problem>& warnings_;
  RasterGround ground_;
};

Point GroundReader::at(double column, double row) const {
  const auto& t = *header_.transform;
  return {t[0] + column * t[1] + row * t[2], t[3] + column * t[4] + row * t[5]};
}

std::string GroundReader::warp(double longitude, double latitude, double metres) const {
  const double side = fair_size(metres);
  return fmt::format("gdalwarp -t_srs {} -tr {:.6g} {:.6g} -tap {} {}", utm_zone(longitude, latitude), side,
                     side, filling(kind_), from_to(header_.path, "-utm.tif"));
}

void GroundReader::expect_upright() const {
  if (!header_.transform) {
    refuse(fmt::format(
        "does not say where it lies (side files such as .tfw are not read); write it into the file: "
        "gdal_translate {}, with -a_ullr and -a_srs unless a side file says it",
        from_to(header_.path, "-placed.tif")));
  }
  const auto& t = *header_.transform;
  const bool is_finite = std::ranges::all_of(t, [](double x) { return std::isfinite(x); });
  if (!is_finite || t[1] == 0.0 || t[5] == 0.0)
    refuse("its cells have no size; write it into the file: gdal_translate -a_ullr WEST NORTH EAST SOUTH " +
           from_to(header_.path, "-placed.tif"));
  const double shift = std::max(std::abs(t[2]) * header_.extent.height / std::abs(t[1]),
                                std::abs(t[4]) * header_.extent.width / std::abs(t[5]));
  const bool is_rotated = shift > most_grid_shift;
  if (!is_rotated && t[1] > 0.0) return;
  refuse(fmt::format(
      "its {} (columns must be east of each other, rows north or south of each other); straighten it: "
      "gdalwarp {} {}",
      is_rotated ? "rows and columns are rotated" : "columns run from east to west", filling(kind_),
      from_to(header_.path, "-north-up.tif")));
}

void GroundReader::expect_projected() const {
  const Point centre = at(header_.extent.width / 2.0, header_.extent.height / 2.0);
  const Point east = at(header_.extent.width, 0);
  const Point west = at(0, 0);
  const double cell = std::abs((*header_.transform)[5]);
  constexpr double metres_per_degree = 111'000.0;
  if (header_.crs ? header_.crs->is_geographic()
                  : std::abs(west.x) <= 360.0 && std::abs(east.x) <= 360.0 && std::abs(west.y) <= 90.0 &&
                        cell < 0.1) {
    refuse(fmt::format("its coordinates {} degrees{}, in which cells are not of one size; reproject it: {}",
                       header_.crs ? "are" : "look like",
                       header_.crs ? fmt::format(" ({})", header_.crs->name()) : "",
                       (header_.crs ? "" : "first name them with gdal_translate -a_srs EPSG:4326, then ") +
                           warp(centre.x, centre.y, cell * metres_per_degree)));
  }
}

void GroundReader::read_unit() {
  if (!header_.crs) {
    warn(
        "names no coordinate system; its unit is taken to be the metre, and grid north to be true "
        "north (name it: gdal_translate -a_srs EPSG:CODE " +
        from_to(header_.path, "-named.tif") + ")");
    return;
  }
  const std::optional<double> metres = header_.crs->metres_per_unit();
  if (!metres) {
    refuse(fmt::format(
        "the unit of its coordinate system ({}) is not known; name the right system: gdalwarp -s_srs "
        "EPSG:CODE -t_srs EPSG:CODE {} {}",
        header_.crs->name(), filling(kind_), from_to(header_.path, "-named.tif")));
  }
  ground_.placement.metres_per_unit = *metres;
  ground_.placement.crs = header_.crs->wkt();
}

void GroundReader::read_ground() {
  if (!header_.crs) return;
  const double width = header_.extent.width;
  const double height = header_.extent.height;
  const GroundFinder finder(*header_.crs);
  const std::optional<LocalGround> centre = finder.at(at(width / 2.0, height / 2.0));
  if (!centre) {
    warn(fmt::format("{} does not say where its grid lies on the Earth; grid north is taken to be true north",
                     header_.crs->name()));
    return;
  }
  const double metres = std::abs((*header_.transform)[5]) * ground_.placement.metres_per_unit;
  const auto mend = [&] {
    return warp(centre->longitude, centre->latitude, metres / centre->most_point_scale);
  };
  if (header_.crs->is_web_mercator()) {
    refuse(
        fmt::format("Web Mercator is for showing maps (its metres are {:.0f} % short here); reproject it: {}",
                    100.0 * (1.0 - 1.0 / centre->most_point_scale), mend()));
  }
  if (centre->is_mirrored)
    refuse(
        fmt::format("the axes of {} are not east and north; reproject it: {}", header_.crs->name(), mend()));
  ground_.least_point_scale = centre->least_point_scale;
  ground_.most_point_scale = centre->most_point_scale;
  for (const Point corner : {at(0, 0), at(width, 0), at(0, height), at(width, height)}) {
    const std::optional<LocalGround> there = finder.at(corner);
    if (!there) continue;
    ground_.least_point_scale = std::min(ground_.least_point_scale, there->least_point_scale);
    ground_.most_point_scale = std::max(ground_.most_point_scale, there->most_point_scale);
  }
  const double error = std::max(1.0 - ground_.least_point_scale, ground_.most_point_scale - 1.0);
  const std::string scale =
      fmt::format("a metre on the ground is {:.3f} to {:.3f} metres of {} here", ground_.least_point_scale,
                  ground_.most_point_scale, header_.crs->name());
  if (error > most_scale_error) refuse(fmt::format("{}; reproject it: {}", scale, mend()));
  if (error > quiet_scale_error) warn(scale + "; distances, areas and slopes are off by as much");
  ground_.placement.convergence = std::round(centre->convergence * 1000.0) / 1000.0;
}

RasterGround GroundReader::read() {
  expect_upright();
  expect_projected();
  const auto& t = *header_.transform;
  ground_.is_south_up = t[5] > 0.0;
  ground_.placement.west = t[0];
  ground_.placement.north = ground_.is_south_up ? t[3] + t[5] * header_.extent.height : t[3];
  ground_.placement.cell_width = t[1];
  ground_.placement.cell_height = std::abs(t[5]);
  read_unit();
  read_ground();
  return ground_;
}

}  // namespace

RasterGround ground_of(const RasterHeader& header, LayerKind kind, std::vector<Problem>& warnings) {
  return GroundReader(header, kind, warnings).read();
}

namespace {

/// How a raster differs from a grid, by what a person would call it.
std::vector<std::string> differences(Extent extent, const Placement& grid, const RasterHeader& raster) {
  std::vector<std::string> found;
  if (raster.extent != extent) {
    found.push_back(fmt::format("{} x {} cells instead of {} x {}", raster.extent.width, raster.extent.height,
                                extent.width, extent.height));
  }
  const std::optional<CoordinateSystem> crs = CoordinateSystem::from(grid.crs);
  if (crs && raster.crs && !crs->is_same_as(*raster.crs))
    found.push_back(fmt::format("{} instead of {}", raster.crs->name(), crs->name()));
  if (!raster.transform) {
    found.emplace_back("it does not say where it lies");
    return found;
  }
  const auto& t = *raster.transform;
  const double cell_height = std::abs(t[5]);
  const double north = t[5] > 0.0 ? t[3] + t[5] * raster.extent.height : t[3];
  const double shift_x = most_grid_shift * grid.cell_width;
  const double shift_y = most_grid_shift * grid.cell_height;
  if (std::abs(t[1] - grid.cell_width) * extent.width > shift_x ||
      std::abs(cell_height - grid.cell_height) * extent.height > shift_y) {
    found.push_back(fmt::format("cells of {} x {} instead of {} x {}", t[1], cell_height, grid.cell_width,
                                grid.cell_height));
  }
  if (std::abs(t[0] - grid.west) > shift_x || std::abs(north - grid.north) > shift_y) {
    found.push_back(
        fmt::format("its upper left corner at {}, {} instead of {}, {}", t[0], north, grid.west, grid.north));
  }
  if (std::abs(t[2]) * extent.height > shift_x || std::abs(t[4]) * extent.width > shift_y)
    found.emplace_back("it is rotated");
  return found;
}

}  // namespace

void expect_same_grid(const std::string& owner, Extent extent, const Placement& grid,
                      const RasterHeader& raster, LayerKind kind) {
  const std::vector<std::string> found = differences(extent, grid, raster);
  if (found.empty()) return;
  const std::optional<CoordinateSystem> crs = CoordinateSystem::from(grid.crs);
  throw InputError(fmt::format(
      "{}: is not on the grid of {} ({}); bring it there: gdalwarp {}-te {} {} {} {} -ts {} {} {} {}",
      raster.path, owner, fmt::join(found, "; "), crs ? fmt::format("-t_srs {} ", crs->argument()) : "",
      grid.west, grid.north - grid.cell_height * extent.height, grid.west + grid.cell_width * extent.width,
      grid.north, extent.width, extent.height, filling(kind), from_to(raster.path, "-on-grid.tif")));
}

}  // namespace firesweep
