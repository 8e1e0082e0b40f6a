#include "ground_values.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/parse_number.hpp"

#include "yaml_text.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

/// The number and the unit of a text such as "25 m"; the unit is empty if there is none.
std::pair<std::optional<double>, std::string> quantity(std::string_view text) {
  const std::size_t end = text.find_last_of("0123456789.") + 1;
  const std::size_t unit = text.find_first_not_of(' ', end);
  return {parse_finite(std::string(text.substr(0, end))),
          unit == std::string_view::npos ? std::string() : std::string(text.substr(unit))};
}

/// Reads the members of one class of fuel.
class FuelClassDecoder {
 public:
  FuelClassDecoder(std::string what, ValueDecoder& decode) : what_(std::move(what)), decode_(decode) {}

  void read(const SourceNode& node, FuelClass& fuel) {
    constexpr std::array<std::string_view, 5> keys = {"name", "spread", "density", "burnable", "burn_steps"};
    if (!decode_.section(node, what_, keys)) return;
    if (const SourceEntry* name = node.find("name"))
      fuel.name = decode_.text(name->value, of("name")).value_or("");
    if (const SourceEntry* spread = node.find("spread"))
      fuel.spread = within(spread->value, "spread", most_spread).value_or(fuel.spread);
    if (const SourceEntry* density = node.find("density"))
      fuel.density = within(density->value, "density", 1.0);
    if (const SourceEntry* burnable = node.find("burnable"))
      fuel.burnable = decode_.truth(burnable->value, of("burnable")).value_or(true);
    if (const SourceEntry* steps = node.find("burn_steps"))
      fuel.burn_steps = static_cast<std::uint32_t>(
          decode_.whole_number(steps->value, of("burn_steps"), 1, most_burn_steps).value_or(1));
  }

 private:
  static constexpr double most_spread = 1e6;
  static constexpr std::uint64_t most_burn_steps = 255;

  std::string of(std::string_view key) const { return fmt::format("{}.{}", what_, key); }

  std::optional<double> within(const SourceNode& node, std::string_view key, double most) {
    const auto value = decode_.number(node, of(key));
    if (!value || (*value >= 0.0 && *value <= most)) return value;
    decode_.problem(node.where, fmt::format("{} must be a number from 0 to {}, not {}", of(key), most,
                                            description(node)));
    return std::nullopt;
  }

  std::string what_;
  ValueDecoder& decode_;
};

}  // namespace

Json LayerValue::schema() const {
  Json members;
  members["file"] = {{"type", "string"}};
  members["band"] = {{"type", Json::array({"string", "integer"})}};
  members["sha256"] = {{"type", "string"}};
  return {{"oneOf", Json::array({Json{{"type", "string"}}, Json{{"type", "object"},
                                                                {"additionalProperties", false},
                                                                {"properties", members}}})}};
}

std::string LayerValue::identity(const LayerFile& layer) const {
  return text({"", layer.band, layer.sha256});
}

std::string LayerValue::text(const LayerFile& layer) const {
  std::vector<std::string> members;
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) members.push_back(fmt::format("{}: {}", key, yaml_scalar(value)));
  };
  add("file", layer.path);
  add("band", layer.band);
  add("sha256", layer.sha256);
  return fmt::format("{{{}}}", fmt::join(members, ", "));
}

std::optional<LayerFile> LayerValue::decode(const SourceNode& node, std::string_view what,
                                            ValueDecoder& decode) const {
  if (node.kind == Kind::scalar && !node.text.empty()) return LayerFile{node.text, "", ""};
  if (node.kind != Kind::map) {
    decode.problem(node.where, fmt::format("{} must be the path of a raster, or {{file, band}}, not {}", what,
                                           description(node)));
    return std::nullopt;
  }
  constexpr std::array<std::string_view, 3> keys = {"file", "band", "sha256"};
  decode.section(node, what, keys);
  LayerFile layer;
  for (const auto& [key, member] :
       {std::pair{keys[0], &LayerFile::path}, std::pair{keys[1], &LayerFile::band},
        std::pair{keys[2], &LayerFile::sha256}})
    if (const SourceEntry* entry = node.find(key))
      layer.*member = decode.text(entry->value, fmt::format("{}.{}", what, key)).value_or("");
  if (layer.is_given()) return layer;
  decode.problem(node.where, fmt::format("{}.file is missing (which raster?)", what));
  return std::nullopt;
}

std::string another_file_text(const std::string& path, const std::string& found, const std::string& asked) {
  return fmt::format("{}: is another file than the one that is asked for (its sha256 is {}, not {})", path,
                     found, asked);
}

Json FuelClassesValue::schema() const {
  Json members;
  members["name"] = {{"type", "string"}};
  members["spread"] = {{"type", "number"}, {"minimum", 0}};
  members["density"] = {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  members["burnable"] = {{"type", "boolean"}};
  members["burn_steps"] = {{"type", "integer"}, {"minimum", 1}, {"maximum", 255}};
  const Json one = {{"type", "object"}, {"additionalProperties", false}, {"properties", members}};
  return {{"oneOf",
           Json::array({Json{{"type", "string"}},
                        Json{{"type", "object"}, {"minProperties", 1}, {"additionalProperties", one}}})}};
}

std::string FuelClassesValue::text(const std::vector<FuelClass>& classes) const {
  std::vector<std::string> rows;
  for (const FuelClass& fuel : classes) {
    std::string members = fmt::format("name: {}, spread: {}", yaml_scalar(fuel.name), fuel.spread);
    if (fuel.density) members += fmt::format(", density: {}", *fuel.density);
    if (!fuel.burnable) members += ", burnable: false";
    if (fuel.burn_steps != 1) members += fmt::format(", burn_steps: {}", fuel.burn_steps);
    rows.push_back(fmt::format("{}: {{{}}}", fuel.code, members));
  }
  return fmt::format("{{{}}}", fmt::join(rows, ", "));
}

std::optional<FuelClassesValue::Classes> FuelClassesValue::decode(const SourceNode& node,
                                                                  std::string_view what,
                                                                  ValueDecoder& decode) const {
  if (node.kind == Kind::scalar && !node.text.empty()) return Classes{node.text, {}};
  if (node.kind != Kind::map || node.entries.empty()) {
    decode.problem(
        node.where,
        fmt::format("{} must be a CSV file, scott_burgan_40, anderson_13, or a map of codes to classes, "
                    "not {}; write for example {{101: {{name: GR1, spread: 1.3}}}}",
                    what, description(node)));
    return std::nullopt;
  }
  std::vector<FuelClass> classes;
  for (const SourceEntry& entry : node.entries) {
    const auto code = parse_number<std::int32_t>(entry.key);
    if (!code || *code == missing_fuel) {
      decode.problem(entry.where,
                     fmt::format("a key of {} must be a whole number, as in the fuel raster, not '{}'", what,
                                 entry.key));
      continue;
    }
    FuelClass fuel;
    fuel.code = *code;
    FuelClassDecoder(fmt::format("{}.{}", what, entry.key), decode).read(entry.value, fuel);
    classes.push_back(std::move(fuel));
  }
  return Classes{"", std::move(classes)};
}

Json CellSizeValue::schema() const {
  return {
      {"oneOf", Json::array({Json{{"type", "number"}, {"exclusiveMinimum", 0}}, Json{{"type", "string"}}})}};
}

std::optional<double> CellSizeValue::decode(const SourceNode& node, std::string_view what,
                                            ValueDecoder& decode) const {
  const auto [value, unit] = quantity(node.kind == Kind::scalar ? node.text : "");
  if (value && *value > 0.0 && (unit.empty() || unit == "m")) return value;
  decode.problem(node.where, fmt::format("{} must be a length above 0 in metres, such as 25 m, not {}", what,
                                         description(node)));
  return std::nullopt;
}

Json CornerValue::schema() const {
  return {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", {{"type", "number"}}}};
}

std::string CornerValue::text(const std::optional<Ground::Corner>& value) const {
  return fmt::format("[{}, {}]", value->west, value->south);
}

std::optional<Ground::Corner> CornerValue::decode(const SourceNode& node, std::string_view what,
                                                  ValueDecoder& decode) const {
  if (node.kind != Kind::sequence || node.items.size() != 2) {
    decode.problem(node.where, fmt::format("{} must be [easting, northing] of the lower left corner, not {}",
                                           what, description(node)));
    return std::nullopt;
  }
  const auto west = decode.number(node.items[0], what);
  const auto south = decode.number(node.items[1], what);
  return west && south ? std::optional(Ground::Corner{*west, *south}) : std::nullopt;
}

std::string TextValue::text(const std::string& value) const {
  return yaml_scalar(value);
}

std::optional<std::string> TextValue::decode(const SourceNode& node, std::string_view what,
                                             ValueDecoder& decode) const {
  return decode.text(node, what);
}

Json StepLengthValue::schema() const {
  return {{"type", "string"}, {"pattern", "^[0-9.]+ *(s|min|h)$"}};
}

std::optional<double> StepLengthValue::decode(const SourceNode& node, std::string_view what,
                                              ValueDecoder& decode) const {
  constexpr std::array<std::pair<std::string_view, double>, 3> units = {
      {{"s", 60.0}, {"min", 1.0}, {"h", 1.0 / 60.0}}};
  const auto [value, given] = quantity(node.kind == Kind::scalar ? node.text : "");
  for (const auto& [unit, per_minute] : units)
    if (value && *value > 0.0 && given == unit) return *value / per_minute;
  decode.problem(node.where,
                 fmt::format("{} must be a time above 0 with its unit, such as 5 min, 30 s or 1 h, not {}",
                             what, description(node)));
  return std::nullopt;
}

namespace {

/// The numbers of ReadGround that say where the grid lies, by their names.
constexpr std::array<std::pair<std::string_view, double Placement::*>, 6> placement_numbers = {
    {{"west", &Placement::west},
     {"north", &Placement::north},
     {"cell_width", &Placement::cell_width},
     {"cell_height", &Placement::cell_height},
     {"metres_per_unit", &Placement::metres_per_unit},
     {"convergence", &Placement::convergence}}};

}  // namespace

std::string read_ground_text(const Ground& ground) {
  std::vector<std::string> members;
  for (const auto& [name, member] : placement_numbers)
    members.push_back(fmt::format("{}: {}", name, (*ground.placement).*member));
  members.push_back(
      fmt::format("land_cells: {}, burnable_cells: {}", ground.land_cells, ground.burnable_cells));
  if (!ground.placement->crs.empty())
    members.push_back(fmt::format("crs: {}", yaml_scalar(ground.placement->crs)));
  return fmt::format("{{{}}}", fmt::join(members, ", "));
}

std::optional<ReadGround> decode_read_ground(const SourceNode& node, std::string_view what,
                                             ValueDecoder& decode) {
  std::vector<std::string_view> keys = {"land_cells", "burnable_cells", "crs"};
  for (const auto& [name, member] : placement_numbers) keys.push_back(name);
  if (!decode.section(node, what, keys)) return std::nullopt;
  ReadGround ground;
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  for (const auto& [name, member] : placement_numbers)
    if (const SourceEntry* entry = node.find(name))
      ground.placement.*member = decode.number(entry->value, fmt::format("{}.{}", what, name)).value_or(0.0);
  for (const auto& [name, member] :
       {std::pair{keys[0], &ReadGround::land_cells}, std::pair{keys[1], &ReadGround::burnable_cells}})
    if (const SourceEntry* entry = node.find(name))
      ground.*member =
          decode.whole_number(entry->value, fmt::format("{}.{}", what, name), 0, most).value_or(0);
  if (const SourceEntry* crs = node.find("crs"))
    ground.placement.crs = decode.text(crs->value, fmt::format("{}.crs", what)).value_or("");
  return ground;
}

}  // namespace firesweep
