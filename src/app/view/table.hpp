#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firesweep/check/wording.hpp"

namespace firesweep {

/// Text in aligned columns for the terminal. Escape sequences for colours take no place.
class Table {
 public:
  enum class Align { left, right };

  void add_column(std::string heading, Align align);
  /// One cell per column.
  void add_row(std::vector<std::string> cells);
  /// Takes the column of that heading out again, if there is one.
  void remove_column(const std::string& heading);
  bool has_column(const std::string& heading) const;
  bool empty() const { return rows_.empty(); }
  /// The length of the longest line.
  std::size_t width() const;
  /// The table with its headings, a line each.
  std::string text() const;

 private:
  struct Column {
    std::string heading;
    Align align;
  };

  std::vector<std::size_t> widths() const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// A share as a percentage with three significant digits, e.g. "0.0031 %", "12.3 %"; "-" for NaN.
std::string percentage(double share);

/// A number with three significant digits, e.g. "0.0031", "12.3", "28 510"; "-" for NaN.
std::string number(double value);

}  // namespace firesweep
