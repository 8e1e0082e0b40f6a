#include "asset_keys.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/suggestion.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/ensemble/asset_arrays.hpp"

#include "asset_sources.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

constexpr std::size_t most_sets = 1000;
constexpr std::string_view name_pattern = "^[A-Za-z][A-Za-z0-9_]*$";

bool is_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

/// Whether a results file has a dataset of its own whose name the set's would be.
bool is_taken(const std::string& name) {
  return std::ranges::any_of(asset_arrays(name, "1").quantities(), [](const RunQuantity& quantity) {
    return run_quantity(quantity.name) != nullptr ||
           std::ranges::any_of(arrays::all, [&](const ArrayRow* row) { return row->name == quantity.name; });
  });
}

/// What was read, of sets whose sources nobody may have any more.
std::string read_text(const Assets& assets) {
  return fmt::format("{{cells: {}, total: {}, resolution: {}, sha256: {}}}", assets.cells, assets.total,
                     assets.resolution, assets.sha256);
}

class AssetsDecoder {
 public:
  AssetsDecoder(GroundReading* reading, Experiment& experiment, ValueDecoder& decode)
      : reading_(reading), experiment_(experiment), decode_(decode) {}

  void decode(const SourceNode& node) {
    if (node.kind != Kind::map || node.entries.empty()) {
      decode_.problem(node.where,
                      fmt::format("assets must be a map of names to what is at stake, not {}; write "
                                  "for example {{houses: {{raster: houses.tif}}}}",
                                  description(node)));
      return;
    }
    if (node.entries.size() > most_sets)
      decode_.problem(node.where,
                      fmt::format("assets has {} sets; at most {}", node.entries.size(), most_sets));
    for (const SourceEntry& entry : node.entries) decode_set(entry);
  }

 private:
  void decode_set(const SourceEntry& entry) {
    constexpr std::array<std::string_view, 13> keys = {"raster", "band",    "per", "points", "x",
                                                       "y",      "polygon", "box", "cells",  "at",
                                                       "value",  "unit",    "read"};
    const std::string what = fmt::format("assets.{}", entry.key);
    if (!is_name(entry.key)) {
      decode_.problem(entry.where,
                      fmt::format("'{}' cannot be the name of a set of assets; names have letters, "
                                  "digits and '_' and begin with a letter",
                                  entry.key));
      return;
    }
    if (is_taken(entry.key)) {
      decode_.problem(entry.where, fmt::format("a set of assets cannot be called {0}: results have another "
                                               "{0}_lost; call it otherwise",
                                               entry.key));
      return;
    }
    if (!decode_.section(entry.value, what, keys)) return;
    auto source = decode_asset_source(entry.value, what, experiment_, decode_);
    if (!source) return;
    Assets assets{.name = entry.key, .unit = "1", .source = std::move(*source)};
    if (const SourceEntry* unit = entry.value.find("unit"))
      assets.unit = decode_.text(unit->value, what + ".unit").value_or("1");
    if (read(entry, what, assets)) experiment_.assets.push_back(std::move(assets));
  }

  bool read(const SourceEntry& entry, const std::string& what, Assets& assets) {
    const SourceEntry* given = entry.value.find("read");
    if (given) decode_read(given->value, what + ".read", assets);
    if (!reading_) {
      if (!given) decode_.problem(entry.where, what + ".read is missing (what was found in it)");
      return given != nullptr;
    }
    const std::string asked = std::exchange(assets.sha256, "");
    try {
      set_read(assets, make_asset_set(read_assets(assets.source, reading_->folder, experiment_)));
    } catch (const InputError& error) {
      decode_.note(error, entry.where);
      return false;
    }
    if (assets.cells == 0)
      decode_.problem(entry.where, fmt::format("{} holds nothing (no cell has a value above 0)", what));
    if (!asked.empty() && asked != assets.sha256)
      decode_.problem(given->where,
                      fmt::format("{}.read is not what is in it (has it changed?); remove it to "
                                  "take it as it is now",
                                  what));
    warn_of_the_safe(entry, assets);
    return assets.cells > 0;
  }

  void decode_read(const SourceNode& node, const std::string& what, Assets& assets) {
    constexpr std::array<std::string_view, 4> keys = {"cells", "total", "resolution", "sha256"};
    if (!decode_.section(node, what, keys)) return;
    const auto of = [&](std::string_view key) { return fmt::format("{}.{}", what, key); };
    for (const std::string_view key : keys)
      if (!node.find(key)) decode_.problem(node.where, of(key) + " is missing");
    if (const SourceEntry* cells = node.find("cells"))
      assets.cells =
          decode_.whole_number(cells->value, of("cells"), 1, experiment_.base.extent.cells()).value_or(1);
    if (const SourceEntry* total = node.find("total"))
      assets.total = decode_.number(total->value, of("total")).value_or(0.0);
    if (const SourceEntry* resolution = node.find("resolution"))
      assets.resolution = decode_.number(resolution->value, of("resolution")).value_or(1.0);
    if (const SourceEntry* hash = node.find("sha256"))
      assets.sha256 = decode_.text(hash->value, of("sha256")).value_or("");
    if (!(assets.total > 0.0 && assets.resolution > 0.0))
      decode_.problem(node.where, what + " must have a total and a resolution above 0");
  }

  /// What lies where nothing burns, in any landscape, is never lost.
  void warn_of_the_safe(const SourceEntry& entry, const Assets& assets) {
    const auto inputs = landscape_inputs(experiment_);
    std::uint64_t safe = 0;
    std::uint64_t cells = 0;
    for (const auto& [index, amount] : assets.set->places) {
      const Cell cell = experiment_.base.extent.cell(index);
      const bool may_burn = inputs.empty() || std::ranges::any_of(inputs, [&](const LandscapeInput* input) {
                              return input->landscape == nullptr || input->landscape->is_burnable(cell);
                            });
      if (may_burn) continue;
      safe += amount;
      ++cells;
    }
    if (cells > 0)
      reading_->warnings.push_back(
          {entry.where,
           fmt::format("{} of the {} of assets.{} lie in {} where nothing can burn, and are never "
                       "lost",
                       assets.set->value(safe), assets.total, assets.name, counted(cells, "cell"))});
  }

  GroundReading* reading_;
  Experiment& experiment_;
  ValueDecoder& decode_;
};

/// The sets as a YAML map, each with what `text` says of it.
template <class Text>
std::optional<std::string> map_of(const std::vector<Assets>& sets, const Text& text) {
  std::vector<std::string> entries;
  for (const Assets& assets : sets)
    if (const std::string own = text(assets); !own.empty()) entries.push_back(assets.name + ": " + own);
  if (entries.empty()) return std::nullopt;
  return fmt::format("{{{}}}", fmt::join(entries, ", "));
}

void decode_thresholds(const SourceEntry& entry, ValueDecoder& decode, Experiment& experiment) {
  std::vector<std::string_view> names;
  for (const Assets& assets : experiment.assets) names.push_back(assets.name);
  const auto found = std::ranges::find(experiment.assets, entry.key, &Assets::name);
  const std::string what = fmt::format("outputs.asset_thresholds.{}", entry.key);
  if (found == experiment.assets.end()) {
    if (decode.problems() > 0) return;  // the set may be one of them
    decode.problem(entry.where,
                   fmt::format("{} is of no set of assets{}{}", what,
                               names.empty() ? "" : fmt::format(" (there are {})", listing(names)),
                               suggestion(entry.key, names)));
    return;
  }
  if (entry.value.kind != Kind::sequence) {
    decode.problem(entry.value.where,
                   fmt::format("{} must be a list of losses, not {}; write for example [1, 10]", what,
                               description(entry.value)));
    return;
  }
  for (const SourceNode& item : entry.value.items) {
    const auto value = decode.number(item, what);
    if (!value) continue;
    if (*value < 0.0 || (!found->thresholds.empty() && *value <= found->thresholds.back()))
      decode.problem(item.where,
                     fmt::format("{} must increase from 0 on, and {} does not", what, description(item)));
    found->thresholds.push_back(*value);
  }
}

}  // namespace

ExperimentKey assets_key() {
  Json set = {{"type", "object"},
              {"properties",
               {{"raster", {{"type", "string"}}},
                {"band", {{"type", Json::array({"string", "integer"})}}},
                {"per", OneOf<AssetsPer>{all_assets_per}.schema()},
                {"points", {{"type", "string"}}},
                {"x", {{"type", "string"}}},
                {"y", {{"type", "string"}}},
                {"polygon", {{"type", "string"}}},
                {"box", {{"type", "array"}, {"minItems", 4}, {"maxItems", 4}}},
                {"cells", {{"type", "array"}, {"minItems", 1}}},
                {"at", {{"type", "array"}, {"minItems", 1}}},
                {"value", {{"type", Json::array({"string", "number"})}}},
                {"unit", {{"type", "string"}}},
                {"read", {{"type", "object"}}}}},
              {"additionalProperties", false}};
  ExperimentKey key{
      "",
      "assets",
      "What is at stake, by name: each set a raster, points, polygon, box, cells or at. What fires "
      "take of it is kept of every run.",
      ExperimentKey::Role::run,
      {{"type", "object"},
       {"minProperties", 1},
       {"propertyNames", {{"pattern", name_pattern}}},
       {"additionalProperties", std::move(set)}},
      {},
      {}};
  key.text = [](const Experiment& experiment) {
    return map_of(experiment.assets, [](const Assets& assets) {
      return fmt::format("{{{}, unit: {}, read: {}}}", source_text(assets.source), yaml_scalar(assets.unit),
                         read_text(assets));
    });
  };
  key.identity = [](const Experiment& experiment) {
    return map_of(experiment.assets, [](const Assets& assets) {
      return fmt::format("{{unit: {}, sha256: {}}}", yaml_scalar(assets.unit), assets.sha256);
    });
  };
  return key;
}

ExperimentKey asset_thresholds_key() {
  ExperimentKey key{
      "outputs",
      "asset_thresholds",
      "Losses of each set of assets, increasing; the share of runs above each is estimated.",
      ExperimentKey::Role::judgement,
      {{"type", "object"}, {"additionalProperties", list_form({{"type", "number"}, {"minimum", 0}})}},
      {},
      {}};
  key.decode = [what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                        Experiment& experiment) {
    if (node.kind != Kind::map) {
      decode.problem(node.where, fmt::format("{} must be a map of sets of assets to lists, not {}; write for "
                                             "example {{houses: [1, 10]}}",
                                             what, description(node)));
      return;
    }
    for (const SourceEntry& entry : node.entries) decode_thresholds(entry, decode, experiment);
  };
  key.text = [](const Experiment& experiment) {
    return map_of(experiment.assets, [](const Assets& assets) {
      return assets.thresholds.empty() ? "" : yaml_list(assets.thresholds);
    });
  };
  return key;
}

void decode_assets(const SourceNode& node, GroundReading* reading, Experiment& experiment,
                   ValueDecoder& decode) {
  AssetsDecoder(reading, experiment, decode).decode(node);
}

}  // namespace firesweep
