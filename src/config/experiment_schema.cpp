#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/model/danger_level.hpp"

#include "experiment_keys.hpp"

namespace firesweep {
namespace {

// {0} landscape parameters, {1} their and all other axes, {2} weather, {3} model, {4} danger levels, {5}
// longest side, {6} most steps, {7} largest seed count, {8} largest axis
constexpr std::string_view outline = R"({{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "firesweep experiment",
  "description": "One matrix of bushfire simulations. Everything has a default but matrix.danger_level or, in its place, wind_speed, humidity and temperature in weather or matrix.",
  "type": "object",
  "additionalProperties": false,
  "properties": {{
    "name": {{"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]*$", "maxLength": 200, "description": "Becomes the name of the results file; the experiment file's own name unless given."}},
    "landscape": {{
      "type": "object",
      "additionalProperties": false,
      "description": "The ground that burns.",
      "properties": {{
        "width": {{"type": "integer", "minimum": 1, "maximum": {5}, "default": 256, "description": "Columns [cells]."}},
        "height": {{"type": "integer", "minimum": 1, "maximum": {5}, "default": 256, "description": "Rows [cells]."}}{0}
      }}
    }},
    "matrix": {{
      "type": "object",
      "additionalProperties": false,
      "description": "Every key is an axis, in this order; all combinations run.",
      "properties": {{
        "danger_level": {{"type": "array", "minItems": 1, "uniqueItems": true, "items": {{"$ref": "#/$defs/danger_level"}}, "description": "Danger levels: one weather each, which 'firesweep levels' lists."}},
        "ignition_set": {{
          "type": "object",
          "minProperties": 1,
          "description": "Where fires start: a name for each set. One set 'centre' in the middle unless given.",
          "additionalProperties": {{
            "oneOf": [
              {{"type": "array", "minItems": 1, "uniqueItems": true, "items": {{"$ref": "#/$defs/point"}}, "description": "Points [x, y]."}},
              {{"type": "object", "additionalProperties": false, "required": ["random"], "properties": {{"random": {{"type": "integer", "minimum": 1, "description": "So many distinct cells, drawn for every seed."}}}}}}
            ]
          }}
        }},
        "seed": {{
          "description": "Runs of every scenario: one for each seed.",
          "default": {{"first": 1, "count": 1000}},
          "oneOf": [
            {{"type": "object", "additionalProperties": false, "properties": {{"first": {{"$ref": "#/$defs/seed", "default": 1}}, "count": {{"type": "integer", "minimum": 1, "maximum": {7}, "default": 1000}}}}}},
            {{"type": "array", "minItems": 1, "uniqueItems": true, "items": {{"$ref": "#/$defs/seed"}}}}
          ]
        }}{1}
      }}
    }},
    "weather": {{
      "type": "object",
      "additionalProperties": false,
      "description": "Overrides of the weather of every danger level.",
      "properties": {{{2}
      }}
    }},
    "model": {{
      "type": "object",
      "additionalProperties": false,
      "description": "Overrides of the constants of the fire model.",
      "properties": {{
        "combination": {{"enum": ["linear", "independent"], "default": "linear", "description": "How burning neighbours combine: their chances add up, or each tries on its own."}}{3}
      }}
    }},
    "on_bare_ground": {{"enum": ["skip", "nearest", "force"], "default": "skip", "description": "What happens to an ignition point without vegetation: it fails, moves to the nearest vegetation, or is vegetated first."}},
    "max_steps": {{"type": "integer", "minimum": 1, "maximum": {6}, "default": 5000, "description": "A run that still burns ends here."}},
    "exclude": {{
      "type": "array",
      "default": [],
      "description": "Partial scenarios to leave out: every scenario that agrees with an entry in all axes that it names.",
      "items": {{"type": "object", "minProperties": 1, "additionalProperties": {{"type": ["string", "number"]}}}}
    }},
    "outputs": {{
      "type": "object",
      "additionalProperties": false,
      "description": "What is kept and estimated.",
      "properties": {{
        "maps": {{"type": "boolean", "default": true, "description": "Burn counts and probabilities per cell."}},
        "arrival": {{"type": "boolean", "default": false, "description": "Mean arrival step per cell."}},
        "curves": {{"type": "boolean", "default": true, "description": "Burning and burnt cells per step."}},
        "run_curves": {{"type": "boolean", "default": false, "description": "Burning cells per step of every run, and their quantiles: as large as runs times steps."}},
        "cell_counts": {{"type": "boolean", "default": false, "description": "Also count empty and vegetated cells of every run."}},
        "thresholds": {{"type": "array", "minItems": 1, "uniqueItems": true, "default": [0.01, 0.1, 0.5], "items": {{"type": "number", "minimum": 0, "exclusiveMaximum": 1}}, "description": "Burn fractions, increasing; the share of runs above each is estimated."}},
        "quantiles": {{"type": "array", "minItems": 1, "uniqueItems": true, "default": [0.05, 0.25, 0.5, 0.75, 0.95, 0.99], "items": {{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}}, "description": "Of the burn fraction, increasing."}},
        "confidence": {{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95, "description": "Of every interval."}}
      }}
    }},
    "on_failure": {{"enum": ["continue", "stop"], "default": "continue", "description": "What follows the first run that fails."}},
    "max_failed": {{"type": "number", "minimum": 0, "default": 0, "description": "More failed runs than this make the exit code 4: a number of runs, or a share of all with a decimal point, such as 0.01."}}
  }},
  "$defs": {{
    "danger_level": {{"enum": [{4}]}},
    "point": {{"type": "array", "minItems": 2, "maxItems": 2, "items": {{"type": "integer", "minimum": 0}}, "description": "[x, y]; y grows downwards."}},
    "seed": {{"type": "integer", "minimum": 0, "maximum": 18446744073709551615}},
    "range": {{
      "type": "object",
      "additionalProperties": false,
      "required": ["from", "to", "count"],
      "description": "Values at equal distances, both ends included.",
      "properties": {{"from": {{"type": "number"}}, "to": {{"type": "number"}}, "count": {{"type": "integer", "minimum": 1, "maximum": {8}}}}}
    }}
  }}
}}
)";

std::string number_type(const Parameter& parameter) {
  return fmt::format(R"("type": "number", "minimum": {}, "maximum": {})", parameter.lower, parameter.upper);
}

std::string meaning(const Parameter& parameter) {
  return fmt::format(R"("description": "{} [{}]")", parameter.meaning, parameter.unit);
}

double default_of(const Parameter& parameter) {
  Scenario defaults;
  return parameter.in(defaults);
}

/// Whether something stands in the map before.
enum class Place : std::uint8_t { first, later };

// The members of a section, each on a line of its own.
std::string members(Parameter::Section section, Place place) {
  std::string text;
  for (const Parameter& parameter : parameters()) {
    if (parameter.section != section) continue;
    // The weather's default is that of the danger level.
    const std::string fallback = section == Parameter::Section::weather
                                     ? ""
                                     : fmt::format(R"(, "default": {})", default_of(parameter));
    text += fmt::format("{}\n        \"{}\": {{{}{}, {}}}", place == Place::first ? "" : ",", parameter.name,
                        number_type(parameter), fallback, meaning(parameter));
    place = Place::later;
  }
  return text;
}

std::string axes() {
  std::string text;
  for (const Parameter& parameter : parameters()) {
    if (is_idle(parameter.name)) continue;
    text += fmt::format(
        ",\n        \"{}\": {{{}, \"oneOf\": [{{\"type\": \"array\", \"minItems\": 1, \"uniqueItems\": true, "
        "\"items\": {{{}}}}}, {{\"$ref\": \"#/$defs/range\"}}]}}",
        parameter.name, meaning(parameter), number_type(parameter));
  }
  return text;
}

std::string danger_levels() {
  std::vector<std::string> names;
  for (const DangerLevel level : all_danger_levels) names.push_back(fmt::format("\"{}\"", name(level)));
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string experiment_schema() {
  using Section = Parameter::Section;
  return fmt::format(outline, members(Section::landscape, Place::later), axes(),
                     members(Section::weather, Place::first), members(Section::model, Place::later),
                     danger_levels(), max_grid_side, max_steps_limit, max_seeds, max_scenarios);
}

}  // namespace firesweep
