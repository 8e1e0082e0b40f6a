#include "ignition_decoder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "firesweep/landscape/start_cells.hpp"
#include "firesweep/raster/ignition_density.hpp"

#include "ground_values.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;
using Among = RandomIgnition::Among;

/// What an ignition set can be written by, random apart.
constexpr std::array<std::string_view, 5> place_keys = {"points", "at", "line", "box", "raster"};
constexpr std::array<std::string_view, 6> set_keys = {"points", "at", "line", "box", "raster", "random"};

class IgnitionDecoder {
 public:
  IgnitionDecoder(const SourceEntry& entry, const std::optional<IgnitionGround>& ground,
                  GroundReading* reading, ValueDecoder& decode)
      : entry_(entry),
        what_(fmt::format("ignition_set.{}", entry.key)),
        ground_(ground),
        reading_(reading),
        decode_(decode),
        places_(ground, entry.key, decode) {}

  std::optional<NamedIgnitionSet> decode_set() {
    const bool has_control =
        std::ranges::any_of(entry_.key, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (has_control) {
      decode_.problem(entry_.where, "the name of an ignition set must not contain control characters");
      return std::nullopt;
    }
    if (entry_.value.kind == Kind::map) return decode_map();
    if (entry_.value.kind == Kind::sequence) return decode_list();
    decode_.problem(entry_.value.where,
                    fmt::format("ignition set '{}' must be a list of points [[x, y], ...], {{at: [[easting, "
                                "northing], ...]}}, {{line: [[x, y], ...]}}, {{box: [x0, y0, x1, y1]}}, "
                                "{{points: FILE}} or {{random: k}}, not {}",
                                entry_.key, description(entry_.value)));
    return std::nullopt;
  }

 private:
  std::optional<NamedIgnitionSet> named(IgnitionSet set) const {
    return NamedIgnitionSet{.name = entry_.key, .set = std::move(set), .density = density_};
  }

  std::optional<NamedIgnitionSet> decode_list() {
    if (entry_.value.items.empty()) {
      decode_.problem(entry_.value.where,
                      fmt::format("ignition set '{}' has no points (nothing would burn)", entry_.key));
      return std::nullopt;
    }
    auto points = places_.points(entry_.value, fmt::format("ignition set '{}'", entry_.key));
    if (!points || !is_on_land(*points, entry_.value)) return std::nullopt;
    return named(std::move(*points));
  }

  std::optional<NamedIgnitionSet> decode_map() {
    const std::size_t before = decode_.problems();
    decode_.section(entry_.value, what_, set_keys);
    const SourceEntry* place = the_place();
    const SourceEntry* random = entry_.value.find("random");
    if (decode_.problems() > before) return std::nullopt;
    if (!place && !random) {
      decode_.problem(
          entry_.value.where,
          fmt::format("ignition set '{}' is empty; write for example {{random: 12}}", entry_.key));
      return std::nullopt;
    }
    if (place && place->key == "raster" && !random) {
      decode_.problem(place->where, fmt::format("{}.raster needs random (how many cells are drawn for every "
                                                "seed?); add for example random: 1",
                                                what_));
      return std::nullopt;
    }
    constexpr std::uint64_t largest = std::numeric_limits<std::uint32_t>::max();
    const auto count =
        random ? decode_.whole_number(random->value, what_ + ".random", 1, largest) : std::nullopt;
    std::optional<Among> among = place ? decode_place(*place) : Among{};
    if (!among || (random && !count)) return std::nullopt;
    if (!count) return decode_all(std::move(*among), *place);
    RandomIgnition set{static_cast<std::uint32_t>(*count), std::move(*among)};
    if (!has_cells_for(set, random->value.where)) return std::nullopt;
    return named(std::move(set));
  }

  /// The one place that is given, if any.
  const SourceEntry* the_place() {
    const SourceEntry* found = nullptr;
    for (const std::string_view key : place_keys) {
      const SourceEntry* place = entry_.value.find(key);
      if (found && place)
        decode_.problem(place->where,
                        fmt::format("ignition set '{}' is given by {} and by {} (a set is one of them); make "
                                    "it two sets",
                                    entry_.key, found->key, key));
      if (place) found = place;
    }
    return found;
  }

  std::optional<Among> decode_place(const SourceEntry& place) {
    const std::string what = fmt::format("{}.{}", what_, place.key);
    if (place.key == "at") return places_.points(entry_without_count(), what_);
    if (place.key == "line") return places_.line(place.value, what);
    if (place.key == "box") return places_.box(place.value, what);
    if (place.key == "raster") return read_raster(place.value, what);
    if (place.value.kind == Kind::scalar && !place.value.text.empty()) return read_table(place.value, what);
    return places_.points(place.value, what);
  }

  /// `{at: ...}`, as points are written everywhere.
  SourceNode entry_without_count() const {
    SourceNode node = entry_.value;
    std::erase_if(node.entries, [](const SourceEntry& entry) { return entry.key == "random"; });
    return node;
  }

  /// Whether a file can be read; an experiment of a results file has what was in it.
  bool can_read(const SourceNode& node, const std::string& what) {
    if (!reading_)
      decode_.problem(node.where, fmt::format("{} names a file, of which only the points are kept", what));
    return reading_ && ground_;
  }

  std::optional<Among> read_table(const SourceNode& node, const std::string& what) {
    if (!can_read(node, what)) return std::nullopt;
    try {
      return places_.points_of_file(node, reading_->folder, reading_->warnings);
    } catch (const InputError& error) {
      decode_.note(error, node.where);
      return std::nullopt;
    }
  }

  std::optional<Among> read_raster(const SourceNode& node, const std::string& what) {
    const auto layer = LayerValue{}.decode(node, what, decode_);
    if (!layer) return std::nullopt;
    density_ = *layer;
    if (!reading_) return IgnitionDensity{};
    if (!ground_) return std::nullopt;
    if (layer->path.empty()) {
      decode_.problem(
          node.where,
          fmt::format("{}: the path of the raster is missing (only its sha256 is known here)", what));
      return std::nullopt;
    }
    try {
      density_.path = (reading_->folder / layer->path).lexically_normal().string();
      ReadDensity read = read_density({density_.path, density_.band}, ground_->extent, ground_->placement);
      density_.sha256 = read.sha256;
      if (!layer->sha256.empty() && layer->sha256 != read.sha256) {
        decode_.problem(node.where, another_file_text(density_.path, read.sha256, layer->sha256));
        return std::nullopt;
      }
      return IgnitionDensity{std::make_shared<const std::vector<float>>(std::move(read.values))};
    } catch (const InputError& error) {
      decode_.note(error, node.where);
      return std::nullopt;
    }
  }

  /// A set of all cells of a place, which is no raster.
  std::optional<NamedIgnitionSet> decode_all(Among among, const SourceEntry& place) {
    if (auto* points = std::get_if<IgnitionPoints>(&among)) {
      if (!is_on_land(*points, place.value)) return std::nullopt;
      return named(std::move(*points));
    }
    if (ground_ && cells_that_burn(among) == 0) {
      decode_.problem(place.value.where, fmt::format("nothing of {}.{} can burn", what_, place.key));
      return std::nullopt;
    }
    if (auto* line = std::get_if<IgnitionLine>(&among)) return named(std::move(*line));
    return named(std::get<IgnitionBox>(among));
  }

  std::uint64_t cells_that_burn(const Among& among) const {
    if (std::holds_alternative<IgnitionAnywhere>(among)) return ground_->burnable_cells;
    return start_cells(among, ground_->extent, ground_->landscapes).cells();
  }

  bool has_cells_for(const RandomIgnition& set, const Location& where) {
    const auto* density = std::get_if<IgnitionDensity>(&set.among);
    const bool is_known = ground_ && (density == nullptr || density->values != nullptr);
    if (!is_known) return true;
    const std::uint64_t cells = cells_that_burn(set.among);
    if (set.count <= cells) return true;
    const std::string of = std::holds_alternative<IgnitionAnywhere>(set.among)
                               ? fmt::format("the {} x {} landscape has {}", ground_->extent.width,
                                             ground_->extent.height, cells)
                               : fmt::format("the set has {}", cells);
    const bool is_part = !ground_->landscapes.empty();
    decode_.problem(where, fmt::format("{}.random asks for {} distinct cells, but {}{}{}", what_, set.count,
                                       of, is_part ? " that can burn" : "",
                                       density == nullptr ? ""
                                       : is_part          ? " and have a density above 0"
                                                          : " with a density above 0"));
    return false;
  }

  bool is_on_land(const IgnitionPoints& points, const SourceNode& node) {
    if (!ground_) return true;
    bool is_land = true;
    const SourceEntry* at = node.find("at");
    const std::vector<SourceNode>& items = (at ? at->value : node).items;
    const std::vector<Location>& rows = places_.rows();
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (ground_->is_land(points[i])) continue;
      is_land = false;
      decode_.problem(items.empty() ? node.where : items[i].where,
                      fmt::format("{}ignition point [{}, {}] of '{}' lies where the rasters have no data (no "
                                  "land, so nothing can burn); move it or leave it out",
                                  rows.empty() ? std::string() : to_string(rows[i]) + ": ", points[i].x,
                                  points[i].y, entry_.key));
    }
    return is_land;
  }

  const SourceEntry& entry_;
  std::string what_;
  const std::optional<IgnitionGround>& ground_;
  GroundReading* reading_;
  ValueDecoder& decode_;
  IgnitionPlaces places_;
  LayerFile density_;
};

}  // namespace

std::optional<IgnitionSetAxis> decode_ignition_sets(const SourceNode& node,
                                                    const std::optional<IgnitionGround>& ground,
                                                    GroundReading* reading, ValueDecoder& decode) {
  if (node.kind != Kind::map) {
    decode.problem(
        node.where,
        fmt::format("matrix.ignition_set must be a map of names to points, not {}; write for example "
                    "{{centre: [[128, 128]]}}",
                    description(node)));
    return std::nullopt;
  }
  if (node.entries.empty()) {
    decode.problem(node.where, "matrix.ignition_set has no values (an axis needs at least one)");
    return std::nullopt;
  }
  const std::size_t before = decode.problems();
  IgnitionSetAxis axis;
  for (const SourceEntry& entry : node.entries) {
    std::optional<NamedIgnitionSet> set = IgnitionDecoder(entry, ground, reading, decode).decode_set();
    if (set) axis.sets.push_back(std::move(*set));
  }
  if (decode.problems() > before) return std::nullopt;
  return axis;
}

}  // namespace firesweep
