#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/check/input_error.hpp"

namespace firesweep {

/// A cell of a table, without its quotes and the blanks around it.
struct CsvCell {
  std::string text;
  Location where;
};

/// How a table lies in its file.
struct CsvLayout {
  int lines_above = 0;  ///< lines above the row of names, which are passed over whatever is in them
  bool has_nameless_columns = false;  ///< else a column without a name is refused
};

/// A comma-separated file whose first row names its columns (RFC 4180). Fields may be quoted, with "" for a quote;
/// lines may end in CR LF, a byte order mark and empty lines are passed over, and a unit may follow a name in
/// brackets, as in "speed [km/h]" or "speed (km/h)".
class CsvTable {
 public:
  struct Column {
    std::string name;  ///< without the unit, in lower case
    std::string unit;  ///< as written; may be empty
    Location where;
  };

  /// Throws InputError with every problem at once: no row of names, a name that is empty or given twice, a row with
  /// more or fewer cells, a quote that never ends or is followed by something. `path` is for messages.
  CsvTable(const std::string& text, const std::string& path, const CsvLayout& layout = {});

  const std::string& path() const { return path_; }
  const std::vector<Column>& columns() const { return columns_; }
  std::size_t rows() const { return cells_.size() / columns_.size(); }
  const CsvCell& cell(std::size_t row, std::size_t column) const {
    return cells_[row * columns_.size() + column];
  }

  /// The number of a column; nothing if there is none of this name.
  std::optional<std::size_t> find(std::string_view name) const;

  /// Adds a problem for each column that is none of `names`, with a suggestion.
  void refuse_others(std::span<const std::string_view> names, std::vector<Problem>& problems) const;

 private:
  std::string path_;
  std::vector<Column> columns_;
  std::vector<CsvCell> cells_;  // shape (rows, columns)
};

/// A heading parted into the column's name and unit.
CsvTable::Column csv_column(const CsvCell& heading);

/// Reads the table of a file. Throws InputError as above, or if the file cannot be read.
CsvTable read_csv(const std::string& path);

}  // namespace firesweep
