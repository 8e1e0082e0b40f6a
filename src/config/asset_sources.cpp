#include "asset_sources.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/raster/asset_files.hpp"
#include "firesweep/table/csv.hpp"

#include "key_values.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;
using From = AssetSource::Kind;

constexpr double most_value = 1e15;

/// The cell of a place on the map, or of cells counted from the upper left corner where there is no map.
std::optional<Cell> cell_at(double x, double y, const Experiment& experiment) {
  const Extent extent = experiment.base.extent;
  const MaybePlacement& place = experiment.ground.placement;
  return place ? firesweep::cell_at(*place, extent, x, y) : firesweep::cell_at(extent, x, y);
}

/// "easting 370000 to 376400, northing 5840000 to 5846400", or the same in cells.
std::string limits(const Experiment& experiment) {
  const Extent extent = experiment.base.extent;
  const MaybePlacement& place = experiment.ground.placement;
  if (!place) return fmt::format("x 0 to {}, y 0 to {}", extent.width, extent.height);
  return fmt::format("easting {} to {}, northing {} to {}", place->west,
                     place->west + place->cell_width * extent.width, place->south(extent), place->north);
}

class SourceDecoder {
 public:
  SourceDecoder(std::string what, const Experiment& experiment, ValueDecoder& decode)
      : what_(std::move(what)), experiment_(experiment), decode_(decode) {}

  std::optional<AssetSource> decode(const SourceNode& node) {
    const std::size_t before = decode_.problems();
    const SourceEntry* given = only_source(node);
    if (given == nullptr) return std::nullopt;
    AssetSource source;
    if (given->key == "raster")
      read_raster(node, *given, source);
    else if (given->key == "points")
      read_points(node, *given, source);
    else if (given->key == "polygon")
      read_file(*given, From::polygon, source);
    else if (given->key == "box")
      read_box(given->value, source);
    else
      read_cells(*given, source);
    if (source.kind != From::raster && source.kind != From::points) read_value(node, source);
    if (decode_.problems() > before) return std::nullopt;
    return source;
  }

 private:
  std::string of(std::string_view key) const { return fmt::format("{}.{}", what_, key); }

  const SourceEntry* only_source(const SourceNode& node) {
    constexpr std::array<std::string_view, 6> sources = {"raster", "points", "polygon", "box", "cells", "at"};
    const SourceEntry* found = nullptr;
    for (const std::string_view key : sources) {
      const SourceEntry* entry = node.find(key);
      if (entry == nullptr) continue;
      if (found != nullptr) {
        decode_.problem(entry->where, fmt::format("{} has both {} and {}; make two sets of it", what_,
                                                  found->key, entry->key));
        return nullptr;
      }
      found = entry;
    }
    if (found == nullptr)
      decode_.problem(node.where, fmt::format("{} does not say where it lies; give one of {}", what_,
                                              fmt::join(sources, ", ")));
    return found;
  }

  void read_file(const SourceEntry& entry, From kind, AssetSource& source) {
    source.kind = kind;
    if (const auto path = decode_.text(entry.value, of(entry.key))) source.file.path = *path;
  }

  void read_raster(const SourceNode& node, const SourceEntry& entry, AssetSource& source) {
    read_file(entry, From::raster, source);
    if (const SourceEntry* band = node.find("band"))
      source.file.band = decode_.text(band->value, of("band")).value_or("");
    const OneOf<AssetsPer> per{all_assets_per};
    if (const SourceEntry* given = node.find("per"))
      source.per = per.decode(given->value, of("per"), decode_).value_or(source.per);
    if (source.per != AssetsPer::cell && !experiment_.ground.placement)
      decode_.problem(node.find("per")->where,
                      fmt::format("{} needs the size of a cell; give landscape.cell_size", of("per")));
    refuse(node, "value", "the raster has the values");
  }

  void read_points(const SourceNode& node, const SourceEntry& entry, AssetSource& source) {
    read_file(entry, From::points, source);
    const auto column = [&](std::string_view key, std::string otherwise) {
      const SourceEntry* given = node.find(key);
      return given ? decode_.text(given->value, of(key)).value_or("") : std::move(otherwise);
    };
    const bool is_map = experiment_.ground.placement.has_value();
    source.x = column("x", is_map ? "easting" : "x");
    source.y = column("y", is_map ? "northing" : "y");
    source.value_column = column("value", "");
  }

  void read_value(const SourceNode& node, AssetSource& source) {
    for (const char* const key : {"band", "per", "x", "y"}) refuse(node, key, "it is of rasters and points");
    const SourceEntry* entry = node.find("value");
    if (entry == nullptr) return;
    const auto value = decode_.number(entry->value, of("value"));
    if (!value) return;
    source.value = *value;
    if (!(*value > 0.0 && *value <= most_value))
      decode_.problem(entry->where, fmt::format("{} must be above 0 and at most {}, not {}", of("value"),
                                                most_value, *value));
  }

  void refuse(const SourceNode& node, std::string_view key, std::string_view why) {
    if (const SourceEntry* entry = node.find(key))
      decode_.problem(entry->where, fmt::format("{} says nothing here ({}); remove it", of(key), why));
  }

  void read_box(const SourceNode& node, AssetSource& source) {
    source.kind = From::box;
    const auto corners =
        numbers(node, 4, "[x0, y0, x1, y1], columns and rows of its corner cells", of("box"));
    if (corners.empty()) return;
    const auto first = cell(node, corners[0], corners[1], of("box"));
    const auto last = cell(node, corners[2], corners[3], of("box"));
    if (!first || !last) return;
    if (first->x > last->x || first->y > last->y)
      decode_.problem(node.where, fmt::format("{} ends before it begins; write [{}, {}, {}, {}]", of("box"),
                                              std::min(first->x, last->x), std::min(first->y, last->y),
                                              std::max(first->x, last->x), std::max(first->y, last->y)));
    source.cells = {*first, *last};
  }

  void read_cells(const SourceEntry& entry, AssetSource& source) {
    source.kind = From::cells;
    const bool is_map = entry.key == "at";
    const std::string_view pair = is_map ? "[easting, northing]" : "[x, y]";
    if (is_map && !experiment_.ground.placement)
      decode_.problem(entry.where, fmt::format("{} needs a place on the ground; give landscape.cell_size and "
                                               "landscape.corner, or cells: [[x, y], ...]",
                                               of("at")));
    else if (entry.value.kind != SourceNode::Kind::sequence || entry.value.items.empty())
      decode_.problem(entry.value.where, fmt::format("{} must be a list [{}, ...], not {}", of(entry.key),
                                                     pair, description(entry.value)));
    else
      for (const SourceNode& item : entry.value.items) {
        const auto place = numbers(item, 2, std::string(pair), "a place of " + of(entry.key));
        if (place.empty()) continue;
        const auto found =
            is_map ? at(item, place[0], place[1]) : cell(item, place[0], place[1], of("cells"));
        if (found) source.cells.push_back(*found);
      }
  }

  std::vector<double> numbers(const SourceNode& node, std::size_t count, const std::string& wanted,
                              const std::string& what) {
    if (node.kind != SourceNode::Kind::sequence || node.items.size() != count) {
      decode_.problem(node.where, fmt::format("{} must be {}, not {}", what, wanted, description(node)));
      return {};
    }
    std::vector<double> numbers;
    for (const SourceNode& item : node.items)
      if (const auto number = decode_.number(item, what)) numbers.push_back(*number);
    return numbers.size() == count ? numbers : std::vector<double>();
  }

  std::optional<Cell> cell(const SourceNode& node, double x, double y, const std::string& what) {
    const auto [width, height] = experiment_.base.extent;
    const bool is_whole = x == std::floor(x) && y == std::floor(y);
    if (is_whole && x >= 0.0 && x < width && y >= 0.0 && y < height)
      return Cell{static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
    decode_.problem(node.where,
                    is_whole
                        ? fmt::format("{}: cell [{}, {}] lies outside the {} x {} landscape (x must be "
                                      "0..{}, y 0..{})",
                                      what, x, y, width, height, width - 1, height - 1)
                        : fmt::format("{}: [{}, {}] is no cell (columns and rows are whole); places on the "
                                      "map go into at:",
                                      what, x, y));
    return std::nullopt;
  }

  std::optional<Cell> at(const SourceNode& node, double east, double north) {
    const auto found = cell_at(east, north, experiment_);
    if (!found)
      decode_.problem(node.where, fmt::format("{}: [{}, {}] lies outside the landscape ({})", of("at"), east,
                                              north, limits(experiment_)));
    return found;
  }

  std::string what_;
  const Experiment& experiment_;
  ValueDecoder& decode_;
};

/// Reads the rows of a table of points.
class PointReader {
 public:
  PointReader(const CsvTable& table, const AssetSource& source, const Experiment& experiment)
      : table_(table), source_(source), experiment_(experiment) {}

  std::vector<CellValue> read() {
    const std::size_t x = column(source_.x);
    const std::size_t y = column(source_.y);
    const bool has_values = !source_.value_column.empty();
    const std::size_t value = has_values ? column(source_.value_column) : 0;
    if (table_.rows() == 0) complain({table_.path()}, "has no row below the names of its columns");
    stop_at_problems();
    std::vector<CellValue> values;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const auto east = number(row, x);
      const auto north = number(row, y);
      const auto amount = has_values ? amount_of(row, value) : std::optional(source_.value);
      if (!east || !north || !amount) continue;
      const auto cell = cell_at(*east, *north, experiment_);
      if (cell)
        values.push_back({experiment_.base.extent.index(*cell), *amount});
      else
        complain(table_.cell(row, x).where, fmt::format("the point {}, {} lies outside the landscape ({})",
                                                        *east, *north, limits(experiment_)));
    }
    stop_at_problems();
    return values;
  }

 private:
  void complain(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }

  void stop_at_problems() {
    if (!problems_.empty()) throw InputError(std::move(problems_));
  }

  std::size_t column(std::string name) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (const auto found = table_.find(name)) return *found;
    std::vector<std::string_view> names;
    for (const CsvTable::Column& column : table_.columns()) names.push_back(column.name);
    complain({table_.path()}, fmt::format("has no column '{}' (there are {}){}", name, listing(names),
                                          suggestion(name, names)));
    return 0;
  }

  std::optional<double> number(std::size_t row, std::size_t column) {
    const CsvCell& cell = table_.cell(row, column);
    const auto value = parse_finite(cell.text);
    if (!value)
      complain(cell.where, fmt::format("{} '{}' is no number", table_.columns()[column].name, cell.text));
    return value;
  }

  std::optional<double> amount_of(std::size_t row, std::size_t column) {
    const auto value = number(row, column);
    if (!value || (*value >= 0.0 && *value <= most_value)) return value;
    complain(table_.cell(row, column).where, fmt::format("{} {} is no amount; allowed is 0 to {}",
                                                         table_.columns()[column].name, *value, most_value));
    return std::nullopt;
  }

  const CsvTable& table_;
  const AssetSource& source_;
  const Experiment& experiment_;
  std::vector<Problem> problems_;
};

}  // namespace

std::optional<AssetSource> decode_asset_source(const SourceNode& node, const std::string& what,
                                               const Experiment& experiment, ValueDecoder& decode) {
  return SourceDecoder(what, experiment, decode).decode(node);
}

std::vector<CellValue> read_assets(AssetSource& source, const fs::path& folder,
                                   const Experiment& experiment) {
  const Extent extent = experiment.base.extent;
  const MaybePlacement& placement = experiment.ground.placement;
  if (!source.file.path.empty()) source.file.path = (folder / source.file.path).lexically_normal().string();
  std::vector<CellValue> values;
  switch (source.kind) {
    case From::raster: {
      values = read_asset_raster({source.file.path, source.file.band}, extent, placement);
      const double area =
          source.per == AssetsPer::cell ? 1.0 : cell_hectares(*placement) / hectares(source.per, *placement);
      for (CellValue& cell : values) cell.value *= area;
      break;
    }
    case From::points:
      return PointReader(read_csv(source.file.path), source, experiment).read();
    case From::polygon:
      for (const std::uint64_t cell : read_asset_polygons(source.file.path, extent, placement))
        values.push_back({cell, source.value});
      break;
    case From::box:
      for (std::uint32_t y = source.cells[0].y; y <= source.cells[1].y; ++y)
        for (std::uint32_t x = source.cells[0].x; x <= source.cells[1].x; ++x)
          values.push_back({extent.index({x, y}), source.value});
      break;
    case From::cells:
      for (const Cell cell : source.cells) values.push_back({extent.index(cell), source.value});
      break;
  }
  return values;
}

std::string source_text(const AssetSource& source) {
  const std::string path = yaml_scalar(source.file.path);
  std::vector<std::string> cells;
  for (const Cell cell : source.cells) cells.push_back(fmt::format("[{}, {}]", cell.x, cell.y));
  const std::string value = source.value == 1.0 ? "" : fmt::format(", value: {}", source.value);
  switch (source.kind) {
    case From::raster:
      return fmt::format("raster: {}{}, per: {}", path,
                         source.file.band.empty() ? "" : ", band: " + yaml_scalar(source.file.band),
                         name(source.per));
    case From::points:
      return fmt::format("points: {}, x: {}, y: {}{}", path, yaml_scalar(source.x), yaml_scalar(source.y),
                         source.value_column.empty() ? "" : ", value: " + yaml_scalar(source.value_column));
    case From::polygon:
      return fmt::format("polygon: {}{}", path, value);
    case From::box:
      return fmt::format("box: [{}, {}, {}, {}]{}", source.cells[0].x, source.cells[0].y, source.cells[1].x,
                         source.cells[1].y, value);
    case From::cells:
      return fmt::format("cells: [{}]{}", fmt::join(cells, ", "), value);
  }
  return {};
}

}  // namespace firesweep
