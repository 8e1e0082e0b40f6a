#include "ground_keys.hpp"

#include <array>
#include <utility>

#include "ground_values.hpp"

namespace firesweep {
namespace {

using Role = ExperimentKey::Role;

ExperimentKey layer_key(std::string_view name, LayerFile LandscapeInput::*layer, std::string meaning) {
  ExperimentKey key = optional_key(
      "landscape", name, LayerValue{}, [layer](Experiment & e) -> auto& { return e.ground.input.*layer; },
      std::move(meaning));
  key.identity = [layer](const Experiment& experiment) -> std::optional<std::string> {
    const LayerFile& file = experiment.ground.input.*layer;
    return file.is_given() ? std::optional(LayerValue{}.identity(file)) : std::nullopt;
  };
  return key;
}

ExperimentKey fuel_classes_key() {
  const FuelClassesValue form;
  ExperimentKey key{
      "landscape",
      "fuel_classes",
      "What the codes of the fuel raster are: a CSV file with columns code, name, spread, density, "
      "burnable and burn_steps; `scott_burgan_40` or `anderson_13`; or written here.",
      Role::run,
      form.schema(),
      {},
      {}};
  key.decode = [form, what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                              Experiment& experiment) {
    if (auto classes = form.decode(node, what, decode)) {
      experiment.ground.fuel_table = std::move(classes->table);
      experiment.ground.fuel_classes = std::move(classes->classes);
    }
  };
  key.text = [form](const Experiment& experiment) -> std::optional<std::string> {
    const std::vector<FuelClass>& classes = experiment.ground.fuel_classes;
    return classes.empty() ? std::nullopt : std::optional(form.text(classes));
  };
  return key;
}

/// Only one answer is right so far.
ExperimentKey missing_key() {
  constexpr std::array<std::string_view, 1> choices = {"nonburnable"};
  ExperimentKey key{"landscape",
                    "missing",
                    "What cells without data are: no land, which never burns and is not counted.",
                    Role::run,
                    {{"enum", choices}, {"default", choices.front()}},
                    {},
                    {}};
  key.decode = [choices, what = key.full_name()](const SourceNode& node, ValueDecoder& decode, Experiment&) {
    decode.choice(node, what, choices);
  };
  key.text = [](const Experiment&) { return std::nullopt; };
  return key;
}

/// What was read, for those who have the results and not the rasters.
ExperimentKey read_key() {
  ExperimentKey key{"landscape",
                    "read",
                    "What firesweep found in the rasters; written by it.",
                    Role::run,
                    {{"type", "object"}},
                    {},
                    {}};
  key.decode = [what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                        Experiment& experiment) {
    const auto read = decode_read_ground(node, what, decode);
    if (!read) return;
    experiment.ground.placement = read->placement;
    experiment.ground.land_cells = read->land_cells;
    experiment.ground.burnable_cells = read->burnable_cells;
  };
  key.text = [](const Experiment& experiment) -> std::optional<std::string> {
    const bool is_read = experiment.has_rasters() && experiment.ground.placement;
    return is_read ? std::optional(read_ground_text(experiment.ground)) : std::nullopt;
  };
  return key;
}

}  // namespace

void add_raster_keys(ExperimentKeys& keys) {
  keys.push_back(layer_key("fuel", &LandscapeInput::fuel,
                           "Raster of fuel codes; size, cells and coordinate system come from it."));
  keys.push_back(layer_key("elevation", &LandscapeInput::elevation, "Raster of elevation on the same grid."));
  keys.push_back(unless_default(value_key(
      "landscape", "elevation_unit", OneOf<ElevationUnit>{all_elevation_units},
      [](Experiment & e) -> auto& { return e.ground.elevation_unit; },
      "Of the elevation; `file`: what the raster says, else metres.")));
  keys.push_back(fuel_classes_key());
  keys.push_back(unless_default(value_key(
      "landscape", "other_codes", OneOf<OtherCodes>{all_other_codes},
      [](Experiment & e) -> auto& { return e.ground.other_codes; },
      "What a fuel code is that fuel_classes do not have.")));
  keys.push_back(missing_key());
}

void add_placement_keys(ExperimentKeys& keys) {
  keys.push_back(optional_key(
      "landscape", "cell_size", CellSizeValue{}, [](Experiment & e) -> auto& { return e.ground.cell_size; },
      "Side of a cell without rasters, e.g. `25 m`.", Role::judgement));
  keys.push_back(optional_key(
      "landscape", "corner", CornerValue{}, [](Experiment & e) -> auto& { return e.ground.corner; },
      "[easting, northing] of the lower left corner without rasters.", Role::judgement));
  keys.push_back(optional_key(
      "landscape", "crs", TextValue{}, [](Experiment & e) -> auto& { return e.ground.crs; },
      "Projected coordinate system without rasters, e.g. `EPSG:28355`; the wind's directions are then those "
      "of the grid.",
      Role::judgement));
  keys.push_back(read_key());
}

}  // namespace firesweep
