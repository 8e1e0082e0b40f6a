#include "ignition_text.hpp"

#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ground_values.hpp"

namespace firesweep {
namespace {

std::string points_text(const std::vector<Cell>& cells) {
  std::vector<std::string> points;
  for (const Cell cell : cells) points.push_back(fmt::format("[{}, {}]", cell.x, cell.y));
  return fmt::format("[{}]", fmt::join(points, ", "));
}

/// The place of a set and its key, e.g. "box: [1, 2, 3, 4]"; empty for anywhere.
struct PlaceText {
  const LayerFile& density;
  bool is_identity;

  std::string operator()(const IgnitionAnywhere&) const { return ""; }
  std::string operator()(const IgnitionPoints& points) const { return "points: " + points_text(points); }
  std::string operator()(const IgnitionLine& line) const { return "line: " + points_text(line.vertices); }
  std::string operator()(const IgnitionBox& box) const {
    return fmt::format("box: [{}, {}, {}, {}]", box.first.x, box.first.y, box.last.x, box.last.y);
  }
  std::string operator()(const IgnitionDensity&) const {
    return "raster: " + (is_identity ? LayerValue{}.identity(density) : LayerValue{}.text(density));
  }
  std::string operator()(const RandomIgnition& random) const {
    const std::string place = std::visit(*this, random.among);
    return fmt::format("{}{}random: {}", place, place.empty() ? "" : ", ", random.count);
  }
};

}  // namespace

std::string ignition_text(const NamedIgnitionSet& named, bool is_identity) {
  if (const auto* points = std::get_if<IgnitionPoints>(&named.set)) return points_text(*points);
  return fmt::format("{{{}}}", std::visit(PlaceText{named.density, is_identity}, named.set));
}

Json ignition_sets_form() {
  Json form = Json::parse(R"({
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
      "oneOf": [
        {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/$defs/point"}, "description": "Points [x, y]."},
        {"type": "object", "additionalProperties": false, "minProperties": 1, "properties": {
          "at": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/$defs/place"}, "description": "Points [easting, northing] in the landscape's coordinate system."},
          "points": {"description": "Points, or a CSV file with the columns x and y, or easting and northing.", "oneOf": [
            {"type": "string"},
            {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/$defs/point"}},
            {"type": "object", "additionalProperties": false, "required": ["at"], "properties": {"at": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"$ref": "#/$defs/place"}}}}
          ]},
          "line": {"description": "Vertices of a line, whose cells are meant.", "oneOf": [
            {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/point"}},
            {"type": "object", "additionalProperties": false, "required": ["at"], "properties": {"at": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/place"}}}}
          ]},
          "box": {"description": "All cells of a rectangle: [x0, y0, x1, y1], both corners in it.", "oneOf": [
            {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "integer", "minimum": 0}},
            {"type": "object", "additionalProperties": false, "required": ["at"], "properties": {"at": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}, "description": "[west, south, east, north] in the landscape's coordinate system."}}}
          ]},
          "raster": {},
          "random": {"type": "integer", "minimum": 1, "description": "So many distinct cells of the place, or of all that can burn, drawn for every seed."}
        }}
      ]
    }
  })");
  Json& raster = form["additionalProperties"]["oneOf"][1]["properties"]["raster"];
  raster = LayerValue{}.schema();
  raster["description"] = "Raster of the density of ignitions, on the landscape's grid; needs random.";
  return form;
}

}  // namespace firesweep
