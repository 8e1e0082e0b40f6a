#include "firesweep/table/csv.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/suggestion.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/files/input_file.hpp"

namespace firesweep {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

/// Reads the fields of a text, row by row.
class FieldReader {
 public:
  FieldReader(std::string_view text, std::string path, std::vector<Problem>& problems)
      : text_(text), path_(std::move(path)), problems_(problems) {}

  void skip_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    take('\n');
    next_line();
  }

  /// The next row that is not empty; nothing at the end.
  std::vector<CsvCell> row() {
    std::vector<CsvCell> cells;
    while (at_ < text_.size() && cells.empty()) {
      do cells.push_back(field());
      while (at_ < text_.size() && take(','));
      end_line();
      if (cells.size() == 1 && cells.front().text.empty()) cells.clear();
    }
    return cells;
  }

 private:
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  Location here() const { return {path_, line_, static_cast<int>(at_ - line_start_) + 1}; }
  void complain(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }

  void next_line() {
    ++line_;
    line_start_ = at_;
  }

  void end_line() {
    take('\r');
    if (take('\n')) next_line();
  }

  bool is_at_end() const {
    const bool is_line_end = at_ < text_.size() && (text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n");
    return at_ == text_.size() || text_[at_] == ',' || is_line_end;
  }

  CsvCell field() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    const Location where = here();
    if (take('"')) return {quoted(where), where};
    const std::size_t start = at_;
    while (!is_at_end()) ++at_;
    return {std::string(trimmed(text_.substr(start, at_ - start))), where};
  }

  std::string quoted(const Location& where) {
    std::string text;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\n') next_line();
      if (c != '"') {
        text += c;
      } else if (take('"')) {
        text += '"';
      } else {
        expect_no_more(where);
        return text;
      }
    }
    complain(where, "the quote that begins here never ends");
    return text;
  }

  void expect_no_more(const Location& where) {
    const std::size_t start = at_;
    while (!is_at_end()) ++at_;
    if (!trimmed(text_.substr(start, at_ - start)).empty())
      complain(where, "text follows the closing quote; write a quote inside of quotes twice (\"\")");
  }

  std::string_view text_;
  std::string path_;
  std::vector<Problem>& problems_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
};

/// Saved from a spreadsheet in many languages, and then one column.
bool has_semicolons(const std::vector<CsvCell>& names) {
  return names.size() == 1 && names.front().text.find(';') != std::string::npos;
}

}  // namespace

CsvTable::Column csv_column(const CsvCell& heading) {
  CsvTable::Column column{std::string(trimmed(heading.text)), "", heading.where};
  const std::size_t open = column.name.find_first_of("[(");
  const bool is_closed = column.name.ends_with(']') || column.name.ends_with(')');
  if (open != std::string::npos && is_closed) {
    column.unit = trimmed(std::string_view(column.name).substr(open + 1, column.name.size() - open - 2));
    column.name = std::string(trimmed(std::string_view(column.name).substr(0, open)));
  }
  std::ranges::transform(column.name, column.name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return column;
}

CsvTable::CsvTable(const std::string& text, const std::string& path, const CsvLayout& layout) : path_(path) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::string_view rest = text;
  if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
  std::vector<Problem> problems;
  FieldReader reader(rest, path, problems);
  for (int line = 0; line < layout.lines_above; ++line) reader.skip_line();
  const std::vector<CsvCell> names = reader.row();
  if (names.empty()) throw InputError(path + ": is empty; its first row must name its columns");
  if (has_semicolons(names)) {
    throw InputError({Problem{names.front().where, "columns are parted by ';'; save the table with commas"}});
  }
  for (const CsvCell& name : names) {
    Column column = csv_column(name);
    const bool is_nameless = column.name.empty();
    if (is_nameless && !layout.has_nameless_columns) problems.push_back({name.where, "a column has no name"});
    if (!is_nameless && find(column.name))
      problems.push_back({name.where, fmt::format("column '{}' is there twice; remove one", column.name)});
    columns_.push_back(std::move(column));
  }
  for (std::vector<CsvCell> row = reader.row(); !row.empty(); row = reader.row()) {
    if (row.size() != columns_.size()) {
      problems.push_back({Location{path, row.front().where.line, 0},
                          fmt::format("has {}, and the first row has {}; text with a comma needs quotes",
                                      counted(row.size(), "cell"), columns_.size())});
      continue;
    }
    std::ranges::move(row, std::back_inserter(cells_));
  }
  if (!problems.empty()) throw InputError(std::move(problems));
}

std::optional<std::size_t> CsvTable::find(std::string_view name) const {
  const auto found = std::ranges::find(columns_, name, &Column::name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

void CsvTable::refuse_others(std::span<const std::string_view> names, std::vector<Problem>& problems) const {
  for (const Column& column : columns_) {
    if (std::ranges::find(names, column.name) != names.end()) continue;
    problems.push_back(
        {column.where, fmt::format("unknown column '{}'{}", column.name, suggestion(column.name, names))});
  }
}

CsvTable read_csv(const std::string& path) {
  constexpr std::uint64_t most_bytes = 64 << 20;
  return {text_of_file(path, most_bytes), path};
}

}  // namespace firesweep
