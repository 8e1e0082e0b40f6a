#include "content/cf_projection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <string_view>

#include "firesweep/check/parse_number.hpp"

#include "content/wkt.hpp"

namespace firesweep {
namespace {

/// What WKT and CF call a parameter. Two of one name in CF are one attribute of two numbers.
struct ParameterNames {
  std::string_view wkt;
  std::string_view cf;
};

struct MethodNames {
  std::string_view wkt;
  std::string_view cf;
  std::span<const ParameterNames> parameters;
};

constexpr std::array<ParameterNames, 5> of_transverse_mercator = {
    {{"Latitude of natural origin", "latitude_of_projection_origin"},
     {"Longitude of natural origin", "longitude_of_central_meridian"},
     {"Scale factor at natural origin", "scale_factor_at_central_meridian"},
     {"False easting", "false_easting"},
     {"False northing", "false_northing"}}};

constexpr std::array<ParameterNames, 6> of_conics = {
    {{"Latitude of 1st standard parallel", "standard_parallel"},
     {"Latitude of 2nd standard parallel", "standard_parallel"},
     {"Latitude of false origin", "latitude_of_projection_origin"},
     {"Longitude of false origin", "longitude_of_central_meridian"},
     {"Easting at false origin", "false_easting"},
     {"Northing at false origin", "false_northing"}}};

constexpr std::array<ParameterNames, 4> of_azimuthal = {
    {{"Latitude of natural origin", "latitude_of_projection_origin"},
     {"Longitude of natural origin", "longitude_of_projection_origin"},
     {"False easting", "false_easting"},
     {"False northing", "false_northing"}}};

constexpr std::array<MethodNames, 4> methods = {
    {{"Transverse Mercator", "transverse_mercator", of_transverse_mercator},
     {"Lambert Conic Conformal (2SP)", "lambert_conformal_conic", of_conics},
     {"Albers Equal Area", "albers_conical_equal_area", of_conics},
     {"Lambert Azimuthal Equal Area", "lambert_azimuthal_equal_area", of_azimuthal}}};

std::string name_of(const WktNode* node) {
  return node == nullptr || node->values.empty() ? "" : node->values.front();
}

/// The number after the name of a part, or at another place.
std::optional<double> number_of(const WktNode* node, std::size_t place = 1) {
  return node == nullptr || node->values.size() <= place ? std::nullopt : parse_finite(node->values[place]);
}

/// What the unit of a part is in radians or metres; 1 where it has none.
double unit_of(const WktNode& node, std::string_view keyword) {
  return number_of(node.find(keyword)).value_or(1.0);
}

/// In degrees, in units of x and y, or as it is.
std::optional<double> value_of(const WktNode& parameter, double metres_per_unit) {
  const std::optional<double> value = number_of(&parameter);
  if (!value) return std::nullopt;
  constexpr double degree = std::numbers::pi / 180.0;
  constexpr double same = 1e-9;  // as units are written with some digits
  double factor = 1.0;
  if (parameter.find("ANGLEUNIT") != nullptr) factor = unit_of(parameter, "ANGLEUNIT") / degree;
  if (parameter.find("LENGTHUNIT") != nullptr) factor = unit_of(parameter, "LENGTHUNIT") / metres_per_unit;
  return std::abs(factor - 1.0) < same ? *value : *value * factor;
}

const WktNode* find_wkt_parameter(const WktNode& conversion, std::string_view name) {
  const auto found = std::ranges::find_if(conversion.parts, [&](const WktNode& part) {
    return part.keyword == "PARAMETER" && name_of(&part) == name;
  });
  return found == conversion.parts.end() ? nullptr : &*found;
}

/// Empty if one is missing.
Attributes parameters_of(const WktNode& conversion, const MethodNames& method, double metres_per_unit) {
  Attributes attributes = {{"grid_mapping_name", std::string(method.cf)}};
  for (const ParameterNames& names : method.parameters) {
    const WktNode* parameter = find_wkt_parameter(conversion, names.wkt);
    const std::optional<double> value =
        parameter == nullptr ? std::nullopt : value_of(*parameter, metres_per_unit);
    if (!value) return {};
    if (attributes.back().first == names.cf)
      std::get<std::vector<double>>(attributes.back().second).push_back(*value);
    else
      attributes.emplace_back(names.cf, std::vector<double>{*value});
  }
  return attributes;
}

/// The Earth that is projected; empty if not all is said.
Attributes earth_of(const WktNode& system) {
  const WktNode* ellipsoid = system.find("ELLIPSOID");
  const std::optional<double> axis = number_of(ellipsoid);
  const std::optional<double> inverse_flattening = number_of(ellipsoid, 2);
  if (!axis || !inverse_flattening) return {};
  const WktNode* meridian = system.find("PRIMEM");
  const double greenwich = 0.0;
  Attributes attributes = {
      {"semi_major_axis", std::vector<double>{*axis * unit_of(*ellipsoid, "LENGTHUNIT")}},
      {"inverse_flattening", std::vector<double>{*inverse_flattening}},
      {"longitude_of_prime_meridian",
       std::vector<double>{meridian == nullptr ? greenwich : value_of(*meridian, 1.0).value_or(greenwich)}}};
  const WktNode* datum = system.find("DATUM");
  const auto add = [&](const char* attribute, const WktNode* node) {
    if (const std::string name = name_of(node); !name.empty()) attributes.emplace_back(attribute, name);
  };
  add("reference_ellipsoid_name", ellipsoid);
  add("prime_meridian_name", meridian);
  add("horizontal_datum_name", datum != nullptr ? datum : system.find("ENSEMBLE"));
  add("geographic_crs_name", system.find("BASEGEOGCRS"));
  add("projected_crs_name", &system);
  return attributes;
}

}  // namespace

Attributes cf_projection(const Placement& place) {
  const std::optional<WktNode> definition = parse_wkt(place.crs);
  const WktNode* system = definition ? definition->find("PROJCRS") : nullptr;
  const WktNode* conversion = system == nullptr ? nullptr : system->find("CONVERSION");
  if (conversion == nullptr) return {};
  const std::string name = name_of(conversion->find("METHOD"));
  const auto method = std::ranges::find(methods, name, &MethodNames::wkt);
  if (method == methods.end()) return {};
  Attributes attributes = parameters_of(*conversion, *method, place.metres_per_unit);
  const Attributes earth = earth_of(*system);
  if (attributes.empty() || earth.empty()) return {};
  attributes.insert(attributes.end(), earth.begin(), earth.end());
  return attributes;
}

}  // namespace firesweep
