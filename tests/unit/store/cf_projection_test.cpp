#include "content/cf_projection.hpp"

#include <map>

#include "../catch.hpp"
#include "content/wkt.hpp"

namespace firesweep {
namespace {

const std::string earth =
    R"(BASEGEOGCRS["NAD83",DATUM["North American Datum 1983",ELLIPSOID["GRS 1980",6378137,298.257222101,)"
    R"(LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],)";

std::string parameter(const std::string& name, double value, const std::string& unit) {
  return ",PARAMETER[\"" + name + "\"," + std::to_string(value) + "," + unit + "]";
}

const std::string degree = R"(ANGLEUNIT["degree",0.0174532925199433])";
const std::string foot = R"(LENGTHUNIT["US survey foot",0.304800609601219])";

std::string system_of(const std::string& method, const std::string& parameters) {
  return R"(PROJCRS["a ""grid""",)" + earth + R"(CONVERSION["x",METHOD[")" + method + "\"]" + parameters +
         R"(],CS[Cartesian,2],AXIS["E",east,ORDER[1]]])";
}

const std::string conic_parameters = parameter("Latitude of false origin", 40.5, degree) +
                                     parameter("Longitude of false origin", -74, degree) +
                                     parameter("Latitude of 1st standard parallel", 41, degree) +
                                     parameter("Latitude of 2nd standard parallel", 40, degree) +
                                     parameter("Easting at false origin", 984250, foot) +
                                     parameter("Northing at false origin", 0, foot);

std::map<std::string, AttributeValue> projection(const std::string& crs, double metres_per_unit = 1.0) {
  const Attributes found = cf_projection({.metres_per_unit = metres_per_unit, .crs = crs});
  return {found.begin(), found.end()};
}

using Numbers = std::vector<double>;

TEST_CASE("A projection that CF knows is told in its words, in degrees and the unit of x and y") {
  auto found = projection(system_of("Lambert Conic Conformal (2SP)", conic_parameters), 0.304800609601219);
  CHECK(std::get<std::string>(found["grid_mapping_name"]) == "lambert_conformal_conic");
  CHECK(std::get<Numbers>(found["standard_parallel"]) == Numbers{41, 40});
  CHECK(std::get<Numbers>(found["longitude_of_central_meridian"]) == Numbers{-74});
  CHECK(std::get<Numbers>(found["latitude_of_projection_origin"]) == Numbers{40.5});
  CHECK(std::get<Numbers>(found["false_easting"]) == Numbers{984250});
  CHECK(std::get<Numbers>(found["semi_major_axis"]) == Numbers{6378137});
  CHECK(std::get<Numbers>(found["inverse_flattening"]) == Numbers{298.257222101});
  CHECK(std::get<Numbers>(found["longitude_of_prime_meridian"]) == Numbers{0});
  CHECK(std::get<std::string>(found["horizontal_datum_name"]) == "North American Datum 1983");
  CHECK(std::get<std::string>(found["projected_crs_name"]) == "a \"grid\"");

  found = projection(system_of("Albers Equal Area", conic_parameters));
  CHECK(std::get<std::string>(found["grid_mapping_name"]) == "albers_conical_equal_area");
  CHECK(std::get<Numbers>(found["false_easting"]).front() == Approx(300000).epsilon(1e-12));
}

TEST_CASE("What CF does not know, or a definition does not say, has no words of CF") {
  CHECK(projection("").empty());
  CHECK(projection(system_of("Hotine Oblique Mercator (variant B)", conic_parameters)).empty());
  CHECK(projection(system_of("Albers Equal Area", parameter("Latitude of false origin", 1, degree))).empty());
  const std::string whole = system_of("Albers Equal Area", conic_parameters);
  for (std::size_t length = 0; length < whole.size(); ++length)
    CHECK(projection(whole.substr(0, length)).empty());
}

TEST_CASE("Definitions are read as ISO 19162 has them") {
  const auto found = parse_wkt("A [\"b \"\"c\"\"\" , 1.5, east,\n d[ E[\"\"] ] ]");
  REQUIRE(found);
  CHECK(found->keyword == "A");
  CHECK(found->values == std::vector<std::string>{"b \"c\"", "1.5", "east"});
  REQUIRE(found->find("E"));
  CHECK(found->find("E")->values == std::vector<std::string>{""});
  CHECK(found->find("F") == nullptr);
  for (const char* text : {"", "A", "A[", "A[]", "A[1]x", "A[\"x]", "[1]", "A[1,]", "A[1 2]", "A[B]]"})
    CHECK_FALSE(parse_wkt(text));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "A[";
  CHECK_FALSE(parse_wkt(deep));
}

}  // namespace
}  // namespace firesweep
