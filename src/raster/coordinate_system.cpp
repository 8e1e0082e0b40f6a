#include "coordinate_system.hpp"

#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>

#include "firesweep/check/parse_number.hpp"

#include "gdal.hpp"

namespace firesweep {
namespace {

/// A text that GDAL allocated.
std::string take(char* text) {
  std::string copy = text == nullptr ? "" : text;
  GDAL(VSIFree)(text);
  return copy;
}

std::string text_or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

std::string authority_code(OGRSpatialReferenceH system) {
  const std::string authority = text_or_empty(GDAL(OSRGetAuthorityName)(system, nullptr));
  const std::string code = text_or_empty(GDAL(OSRGetAuthorityCode)(system, nullptr));
  return authority.empty() || code.empty() ? "" : authority + ":" + code;
}

// Not OSRSetFromUserInput(), which also opens files and URLs.
bool import_definition(OGRSpatialReferenceH system, const std::string& definition) {
  constexpr std::string_view epsg = "EPSG:";
  if (definition.starts_with(epsg)) {
    const auto code = parse_number<int>(std::string_view(definition).substr(epsg.size()));
    return code && GDAL(OSRImportFromEPSG)(system, *code) == OGRERR_NONE;
  }
  if (definition.starts_with('+')) return GDAL(OSRImportFromProj4)(system, definition.c_str()) == OGRERR_NONE;
  std::string wkt = definition;
  char* rest = wkt.data();
  return GDAL(OSRImportFromWkt)(system, &rest) == OGRERR_NONE;
}

}  // namespace

void CoordinateSystem::Release::operator()(void* system) const {
  GDAL(OSRRelease)(system);
}

CoordinateSystem::CoordinateSystem(Handle handle) : handle_(std::move(handle)) {
  GDAL(OSRStripVertical)(handle_.get());
  GDAL(OSRSetAxisMappingStrategy)(handle_.get(), OAMS_TRADITIONAL_GIS_ORDER);
  char* text = nullptr;
  const std::array<const char*, 2> options = {"FORMAT=WKT2_2018", nullptr};
  GDAL(OSRExportToWktEx)(handle_.get(), &text, options.data());
  wkt_ = take(text);
}

std::optional<CoordinateSystem> CoordinateSystem::from(const std::string& definition) {
  if (definition.empty()) return std::nullopt;
  register_formats();
  const GdalErrors quiet;
  Handle handle(GDAL(OSRNewSpatialReference)(nullptr));
  if (!import_definition(handle.get(), definition)) return std::nullopt;
  return CoordinateSystem(std::move(handle));
}

std::optional<CoordinateSystem> CoordinateSystem::from_prj(const std::string& text) {
  register_formats();
  const GdalErrors quiet;
  Handle handle(GDAL(OSRNewSpatialReference)(nullptr));
  char** lines = GDAL(CSLTokenizeStringComplex)(text.c_str(), "\r\n", FALSE, FALSE);
  const bool is_known = lines != nullptr && GDAL(OSRImportFromESRI)(handle.get(), lines) == OGRERR_NONE;
  GDAL(CSLDestroy)(lines);
  if (!is_known) return std::nullopt;
  return CoordinateSystem(std::move(handle));
}

std::string CoordinateSystem::prj() const {
  const GdalErrors quiet;
  char* text = nullptr;
  const std::array<const char*, 2> options = {"FORMAT=WKT1_ESRI", nullptr};
  GDAL(OSRExportToWktEx)(handle_.get(), &text, options.data());
  return take(text) + "\n";
}

std::string CoordinateSystem::name() const {
  const std::string name = text_or_empty(GDAL(OSRGetName)(handle_.get()));
  const std::string code = authority_code(handle_.get());
  return code.empty() ? name : fmt::format("{} ({})", name, code);
}

std::string CoordinateSystem::argument() const {
  const GdalErrors quiet;
  if (const std::string code = authority_code(handle_.get()); !code.empty()) return code;
  const Handle named(GDAL(OSRClone)(handle_.get()));
  if (GDAL(OSRAutoIdentifyEPSG)(named.get()) == OGRERR_NONE) {
    if (const std::string code = authority_code(named.get()); !code.empty()) return code;
  }
  char* text = nullptr;
  GDAL(OSRExportToProj4)(handle_.get(), &text);
  return fmt::format("'{}'", take(text));
}

bool CoordinateSystem::is_geographic() const {
  return GDAL(OSRIsGeographic)(handle_.get()) != 0 || GDAL(OSRIsGeocentric)(handle_.get()) != 0;
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
  const double metres = GDAL(OSRGetLinearUnits)(handle_.get(), &name);
  const bool is_known = name != nullptr && !EQUAL(name, "unknown") && !EQUAL(name, "");
  return is_known && metres > 0.0 && std::isfinite(metres) ? std::optional(metres) : std::nullopt;
}

bool CoordinateSystem::is_same_as(const CoordinateSystem& other) const {
  const GdalErrors quiet;
  const std::array<const char*, 3> options = {"CRITERION=EQUIVALENT",
                                              "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
  return GDAL(OSRIsSameEx)(handle_.get(), other.handle_.get(), options.data()) != 0;
}

}  // namespace firesweep
