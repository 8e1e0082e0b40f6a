#include "coordinate_system.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>

#include "firesweep/check/parse_number.hpp"

#include "gdal.hpp"

namespace firesweep {
namespace {

constexpr double degree = std::numbers::pi / 180.0;

struct TransformationRelease {
  void operator()(void* transformation) const { OCTDestroyCoordinateTransformation(transformation); }
};
using Transformation = std::unique_ptr<void, TransformationRelease>;

/// A text that GDAL allocated.
std::string take(char* text) {
  std::string copy = text == nullptr ? "" : text;
  CPLFree(text);
  return copy;
}

std::string text_or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

std::string authority_code(OGRSpatialReferenceH system) {
  const std::string authority = text_or_empty(OSRGetAuthorityName(system, nullptr));
  const std::string code = text_or_empty(OSRGetAuthorityCode(system, nullptr));
  return authority.empty() || code.empty() ? "" : authority + ":" + code;
}

std::optional<Point> transformed(const Transformation& transformation, Point point) {
  if (OCTTransform(transformation.get(), 1, &point.x, &point.y, nullptr) == 0) return std::nullopt;
  if (!std::isfinite(point.x) || !std::isfinite(point.y)) return std::nullopt;
  return point;
}

/// Metres on the ground for a radian along the parallel and along the meridian.
Point metres_per_radian(OGRSpatialReferenceH geographic, double latitude) {
  const double major = OSRGetSemiMajor(geographic, nullptr);
  const double inverse_flattening = OSRGetInvFlattening(geographic, nullptr);
  const double flattening = inverse_flattening > 0.0 ? 1.0 / inverse_flattening : 0.0;
  const double e2 = flattening * (2.0 - flattening);
  const double w2 = 1.0 - e2 * std::sin(latitude) * std::sin(latitude);
  return {.x = major / std::sqrt(w2) * std::cos(latitude), .y = major * (1.0 - e2) / (w2 * std::sqrt(w2))};
}

/// From the map's steps for a metre to the east and to the north on the ground.
/// Source: the semi-axes of Tissot's indicatrix are the singular values of these two as the columns of a matrix;
/// Snyder 1987, Map projections: a working manual, USGS Professional Paper 1395, page 20.
LocalGround ground_of(Point east, Point north) {
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

// Not OSRSetFromUserInput(), which also opens files and URLs.
bool import_definition(OGRSpatialReferenceH system, const std::string& definition) {
  constexpr std::string_view epsg = "EPSG:";
  if (definition.starts_with(epsg)) {
    const auto code = parse_number<int>(std::string_view(definition).substr(epsg.size()));
    return code && OSRImportFromEPSG(system, *code) == OGRERR_NONE;
  }
  if (definition.starts_with('+')) return OSRImportFromProj4(system, definition.c_str()) == OGRERR_NONE;
  std::string wkt = definition;
  char* rest = wkt.data();
  return OSRImportFromWkt(system, &rest) == OGRERR_NONE;
}

}  // namespace

void CoordinateSystem::Release::operator()(void* system) const {
  OSRRelease(system);
}

CoordinateSystem::CoordinateSystem(Handle handle) : handle_(std::move(handle)) {
  OSRStripVertical(handle_.get());
  OSRSetAxisMappingStrategy(handle_.get(), OAMS_TRADITIONAL_GIS_ORDER);
  char* text = nullptr;
  const std::array<const char*, 2> options = {"FORMAT=WKT2_2018", nullptr};
  OSRExportToWktEx(handle_.get(), &text, options.data());
  wkt_ = take(text);
}

std::optional<CoordinateSystem> CoordinateSystem::from(const std::string& definition) {
  register_formats();
  const GdalErrors quiet;
  Handle handle(OSRNewSpatialReference(nullptr));
  if (!import_definition(handle.get(), definition)) return std::nullopt;
  return CoordinateSystem(std::move(handle));
}

std::optional<CoordinateSystem> CoordinateSystem::from_prj(const std::string& text) {
  register_formats();
  const GdalErrors quiet;
  Handle handle(OSRNewSpatialReference(nullptr));
  CPLStringList lines(CSLTokenizeStringComplex(text.c_str(), "\r\n", FALSE, FALSE));
  if (lines.empty() || OSRImportFromESRI(handle.get(), lines.List()) != OGRERR_NONE) return std::nullopt;
  return CoordinateSystem(std::move(handle));
}

std::string CoordinateSystem::prj() const {
  const GdalErrors quiet;
  char* text = nullptr;
  const std::array<const char*, 2> options = {"FORMAT=WKT1_ESRI", nullptr};
  OSRExportToWktEx(handle_.get(), &text, options.data());
  return take(text) + "\n";
}

std::string CoordinateSystem::name() const {
  const std::string name = text_or_empty(OSRGetName(handle_.get()));
  const std::string code = authority_code(handle_.get());
  return code.empty() ? name : fmt::format("{} ({})", name, code);
}

std::string CoordinateSystem::argument() const {
  const GdalErrors quiet;
  if (const std::string code = authority_code(handle_.get()); !code.empty()) return code;
  const Handle named(OSRClone(handle_.get()));
  if (OSRAutoIdentifyEPSG(named.get()) == OGRERR_NONE) {
    if (const std::string code = authority_code(named.get()); !code.empty()) return code;
  }
  char* text = nullptr;
  OSRExportToProj4(handle_.get(), &text);
  return fmt::format("'{}'", take(text));
}

bool CoordinateSystem::is_geographic() const {
  return OSRIsGeographic(handle_.get()) != 0 || OSRIsGeocentric(handle_.get()) != 0;
}

bool CoordinateSystem::is_web_mercator() const {
  if (authority_code(handle_.get()) == "EPSG:3857") return true;
  for (const char* method :
       {"Pseudo-Mercator", "Pseudo Mercator", "Mercator_Auxiliary_Sphere", "Web_Mercator"})
    if (wkt_.find(method) != std::string::npos) return true;
  return false;
}

std::optional<double> CoordinateSystem::metres_per_unit() const {
  char* name = nullptr;  // GDAL's own
  const double metres = OSRGetLinearUnits(handle_.get(), &name);
  const bool is_known = name != nullptr && !EQUAL(name, "unknown") && !EQUAL(name, "");
  return is_known && metres > 0.0 && std::isfinite(metres) ? std::optional(metres) : std::nullopt;
}

bool CoordinateSystem::is_same_as(const CoordinateSystem& other) const {
  const GdalErrors quiet;
  const std::array<const char*, 3> options = {"CRITERION=EQUIVALENT",
                                              "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
  return OSRIsSameEx(handle_.get(), other.handle_.get(), options.data()) != 0;
}

std::optional<LocalGround> CoordinateSystem::ground_at(Point point) const {
  const GdalErrors quiet;
  const Handle geographic(OSRCloneGeogCS(handle_.get()));  // the same datum: nothing is looked up or shifted
  if (!geographic) return std::nullopt;
  OSRSetAxisMappingStrategy(geographic.get(), OAMS_TRADITIONAL_GIS_ORDER);
  const Transformation inverse(OCTNewCoordinateTransformation(handle_.get(), geographic.get()));
  const Transformation forward(OCTNewCoordinateTransformation(geographic.get(), handle_.get()));
  if (!inverse || !forward) return std::nullopt;
  const std::optional<Point> at = transformed(inverse, point);
  if (!at) return std::nullopt;

  const double radian = 1.0 / OSRGetAngularUnits(geographic.get(), nullptr);  // in units of the system
  const double step = 2e-6 * radian;                                          // some 13 m
  const auto slope = [&](Point to, Point from, double metres) -> std::optional<Point> {
    const std::optional<Point> end = transformed(forward, to);
    const std::optional<Point> start = transformed(forward, from);
    if (!end || !start) return std::nullopt;
    const double scale = metres_per_unit().value_or(1.0) / metres;
    return Point{(end->x - start->x) * scale, (end->y - start->y) * scale};
  };
  const Point metres = metres_per_radian(geographic.get(), at->y / radian);
  const double radians = 2.0 * step / radian;
  const auto east = slope({at->x + step, at->y}, {at->x - step, at->y}, metres.x * radians);
  const auto north = slope({at->x, at->y + step}, {at->x, at->y - step}, metres.y * radians);
  if (!east || !north) return std::nullopt;
  LocalGround ground = ground_of(*east, *north);
  ground.longitude = at->x / radian / degree;
  ground.latitude = at->y / radian / degree;
  return ground;
}

}  // namespace firesweep
