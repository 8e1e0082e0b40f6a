#include "firesweep/table/point_table.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/parse_number.hpp"
#include "firesweep/table/csv.hpp"

namespace firesweep {
namespace {

/// The columns of the two numbers of a point.
struct PointColumns {
  std::size_t x = 0;
  std::size_t y = 0;
  bool is_on_map = false;
};

std::string column_listing(const CsvTable& table) {
  std::string names;
  for (const CsvTable::Column& column : table.columns())
    names += fmt::format("{}{}", names.empty() ? "" : ", ", column.name);
  return names;
}

[[noreturn]] void refuse(const CsvTable& table, std::string what) {
  std::vector<Problem> problems;
  problems.push_back({{table.path()}, std::move(what)});
  throw InputError(std::move(problems));
}

PointColumns columns_of(const CsvTable& table) {
  const auto x = table.find("x");
  const auto y = table.find("y");
  const auto easting = table.find("easting");
  const auto northing = table.find("northing");
  const bool has_cells = x && y;
  const bool has_places = easting && northing;
  if (has_cells && has_places) {
    refuse(
        table,
        "has the columns x and y as well as easting and northing (which of them say where the points are?); "
        "keep two");
  }
  if (has_cells) return {*x, *y, false};
  if (has_places) return {*easting, *northing, true};
  refuse(table,
         fmt::format("has no columns x and y (cells) or easting and northing, which say where the points "
                     "are (it has {})",
                     column_listing(table)));
}

}  // namespace

PointTable read_points(const std::string& path) {
  const CsvTable table = read_csv(path);
  const PointColumns columns = columns_of(table);
  std::vector<Problem> problems;
  if (table.rows() == 0) refuse(table, "has no row below the names of its columns");
  PointTable read{columns.is_on_map, {}};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto number = [&](std::size_t column) {
      const CsvCell& cell = table.cell(row, column);
      const std::optional<double> value = parse_finite(cell.text);
      if (!value)
        problems.push_back(
            {cell.where, fmt::format("{} '{}' is no number", table.columns()[column].name, cell.text)});
      return value.value_or(0.0);
    };
    const double x = number(columns.x);
    read.points.push_back({x, number(columns.y), table.cell(row, columns.x).where});
  }
  if (!problems.empty()) throw InputError(std::move(problems));
  return read;
}

}  // namespace firesweep
