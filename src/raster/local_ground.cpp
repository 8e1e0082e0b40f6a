#include "local_ground.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <ogr_srs_api.h>

#include "gdal.hpp"

namespace firesweep {
namespace {

constexpr double degree = std::numbers::pi / 180.0;

/// Metres on the ground for a radian along the parallel and along the meridian.
Point metres_per_radian(OGRSpatialReferenceH geographic, double latitude) {
  const double major = GDAL(OSRGetSemiMajor)(geographic, nullptr);
  const double inverse_flattening = GDAL(OSRGetInvFlattening)(geographic, nullptr);
  const double flattening = inverse_flattening > 0.0 ? 1.0 / inverse_flattening : 0.0;
  const double e2 = flattening * (2.0 - flattening);
  const double w2 = 1.0 - e2 * std::sin(latitude) * std::sin(latitude);
  return {.x = major / std::sqrt(w2) * std::cos(latitude), .y = major * (1.0 - e2) / (w2 * std::sqrt(w2))};
}

/// From the map's steps for a metre to the east and to the north on the ground.
/// Source: the semi-axes of Tissot's indicatrix are the singular values of these two as the columns of a matrix;
/// Snyder 1987, Map projections: a working manual, USGS Professional Paper 1395, page 20.
LocalGround ground_from(Point east, Point north) {
  const double sum = east.x * east.x + east.y * east.y + north.x * north.x + north.y * north.y;
  const double area = east.x * north.y - east.y * north.x;
  const double root_plus = std::sqrt(sum + 2.0 * std::abs(area));
  const double root_minus = std::sqrt(std::max(0.0, sum - 2.0 * std::abs(area)));
  LocalGround ground;
  ground.convergence = std::atan2(north.x, north.y) / degree;
  ground.least_point_scale = (root_plus - root_minus) / 2.0;
  ground.most_point_scale = (root_plus + root_minus) / 2.0;
  ground.is_mirrored = area < 0.0;
  return ground;
}

}  // namespace

void GroundFinder::SystemRelease::operator()(void* system) const {
  GDAL(OSRRelease)(system);
}

void GroundFinder::TransformationRelease::operator()(void* transformation) const {
  GDAL(OCTDestroyCoordinateTransformation)(transformation);
}

GroundFinder::GroundFinder(const CoordinateSystem& system)
    : geographic_(GDAL(OSRCloneGeogCS)(system.handle())),
      metres_per_unit_(system.metres_per_unit().value_or(1.0)) {
  const GdalErrors quiet;
  if (!geographic_) return;
  GDAL(OSRSetAxisMappingStrategy)(geographic_.get(), OAMS_TRADITIONAL_GIS_ORDER);
  units_per_radian_ = 1.0 / GDAL(OSRGetAngularUnits)(geographic_.get(), nullptr);
  to_map_.reset(GDAL(OCTNewCoordinateTransformation)(geographic_.get(), system.handle()));
  if (to_map_) from_map_.reset(GDAL(OCTGetInverse)(to_map_.get()));
}

std::optional<Point> GroundFinder::transformed(const Transformation& transformation, Point point) {
  if (GDAL(OCTTransform)(transformation.get(), 1, &point.x, &point.y, nullptr) == 0) return std::nullopt;
  if (!std::isfinite(point.x) || !std::isfinite(point.y)) return std::nullopt;
  return point;
}

std::optional<Point> GroundFinder::steps_per_metre(Point from, Point to, double metres) const {
  const std::optional<Point> start = transformed(to_map_, from);
  const std::optional<Point> end = transformed(to_map_, to);
  if (!start || !end) return std::nullopt;
  const double scale = metres_per_unit_ / metres;
  return Point{(end->x - start->x) * scale, (end->y - start->y) * scale};
}

std::optional<LocalGround> GroundFinder::at(Point point) const {
  const GdalErrors quiet;
  if (!to_map_ || !from_map_) return std::nullopt;
  const std::optional<Point> centre = transformed(from_map_, point);
  if (!centre) return std::nullopt;
  constexpr double radians = 2e-6;  // to each side, some 13 m
  const double step = radians * units_per_radian_;
  const Point metres = metres_per_radian(geographic_.get(), centre->y / units_per_radian_);
  const auto [x, y] = *centre;
  const auto east = steps_per_metre({x - step, y}, {x + step, y}, 2.0 * radians * metres.x);
  const auto north = steps_per_metre({x, y - step}, {x, y + step}, 2.0 * radians * metres.y);
  if (!east || !north) return std::nullopt;
  LocalGround ground = ground_from(*east, *north);
  ground.longitude = x / units_per_radian_ / degree;
  ground.latitude = y / units_per_radian_ / degree;
  return ground;
}

}  // namespace firesweep
