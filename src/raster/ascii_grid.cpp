#include "ascii_grid.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"

#include "words.hpp"

namespace firesweep {
namespace {

constexpr std::array<std::string_view, 10> header_keys = {
    "ncols",     "nrows",    "xllcorner", "xllcenter", "yllcorner",
    "yllcenter", "cellsize", "dx",        "dy",        "nodata_value"};

std::string lower(std::string_view word) {
  std::string text(word);
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool is_header_key(std::string_view word) {
  return std::ranges::find(header_keys, word) != header_keys.end();
}

[[noreturn]] void fail_at(const Location& where, std::string message) {
  throw InputError(std::vector<Problem>{{where, std::move(message)}});
}

std::optional<double> number_of(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  return parse_finite(word);
}

/// A word as a message shows it.
std::string shown_word(std::string_view word) {
  constexpr std::size_t most = 40;
  std::string text(word.substr(0, most));
  for (char& c : text)
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = '?';
  return word.size() > most ? text + "..." : text;
}

struct HeaderEntry {
  std::string text;
  Location where;
};

/// The lines before the cells.
class AsciiHeader {
 public:
  /// Leaves `words` at the first cell.
  explicit AsciiHeader(Words& words, const std::string& path);

  bool has(const std::string& key) const { return entries_.contains(key); }
  double number(const std::string& key) const;
  std::uint32_t side(const std::string& key) const;
  double cell_side(const std::string& key) const;
  /// The lower or left border by its corner, or by the centre of a cell.
  double border(const std::string& corner, const std::string& centre, double cell) const;
  const HeaderEntry& entry(const std::string& key) const;

 private:
  std::string path_;
  std::map<std::string, HeaderEntry> entries_;
};

AsciiHeader::AsciiHeader(Words& words, const std::string& path) : path_(path) {
  while (words.next()) {
    const std::string key = lower(words.word());
    const bool is_cell =
        std::isalpha(static_cast<unsigned char>(key.front())) == 0 || key == "nan" || key == "na";
    if (is_cell) return;
    const Location where = words.place();
    if (!is_header_key(key)) {
      fail_at(where, fmt::format("'{}' is no line of the header of an ESRI ASCII grid{}",
                                 shown_word(words.word()), suggestion(words.word(), header_keys)));
    }
    if (!words.next()) fail_at(where, fmt::format("{} has no value", key));
    if (!entries_.emplace(key, HeaderEntry{std::string(words.word()), words.place()}).second)
      fail_at(where, fmt::format("{} is given twice; keep one", key));
  }
  throw InputError(path + ": ends before its first cell");
}

const HeaderEntry& AsciiHeader::entry(const std::string& key) const {
  const auto found = entries_.find(key);
  if (found == entries_.end())
    throw InputError(fmt::format("{}: its header has no line {}; add it", path_, key));
  return found->second;
}

double AsciiHeader::number(const std::string& key) const {
  const HeaderEntry& value = entry(key);
  const std::optional<double> found = number_of(value.text);
  if (!found) fail_at(value.where, fmt::format("{} '{}' is no number", key, shown_word(value.text)));
  return *found;
}

std::uint32_t AsciiHeader::side(const std::string& key) const {
  const HeaderEntry& value = entry(key);
  const double found = number(key);
  if (found < 1.0 || found > std::numeric_limits<std::uint32_t>::max() || found != std::floor(found))
    fail_at(value.where, fmt::format("{} {} is no number of cells", key, shown_word(value.text)));
  return static_cast<std::uint32_t>(found);
}

double AsciiHeader::cell_side(const std::string& key) const {
  const double found = number(has("cellsize") ? "cellsize" : key);
  if (found <= 0.0)
    fail_at(entry(has("cellsize") ? "cellsize" : key).where, "the side of a cell must be above 0");
  return found;
}

double AsciiHeader::border(const std::string& corner, const std::string& centre, double cell) const {
  if (has(corner) && has(centre))
    fail_at(entry(centre).where, fmt::format("{} and {} are both given; keep one", corner, centre));
  return has(centre) ? number(centre) - cell / 2.0 : number(corner);
}

class AsciiSource : public RasterSource {
 public:
  explicit AsciiSource(const RasterFile& file);

  const RasterHeader& header() const override { return header_; }
  std::uint32_t rows_at_once() const override { return 1; }
  void read(std::uint32_t rows, std::span<double> values) override;
  std::string way_to_forget(double value) const override {
    return fmt::format("NODATA_value {} in its header", value);
  }

 private:
  double cell(std::uint32_t column);
  void expect_end();

  RasterHeader header_;
  Words words_;
  bool is_at_cell_ = true;  // whether a cell has been gone to, but not read
  std::string nodata_text_;
  std::optional<double> nodata_;
  std::uint32_t next_row_ = 0;
};

AsciiSource::AsciiSource(const RasterFile& file) : words_(file.path) {
  header_.path = file.path;
  header_.sources = {file.path};
  if (!file.band.empty() && file.band != "1")
    throw InputError(fmt::format("{}: has no band '{}'; an ASCII grid is one band", file.path, file.band));
  const AsciiHeader said(words_, file.path);
  header_.extent = {said.side("ncols"), said.side("nrows")};
  const double width = said.cell_side("dx");
  const double height = said.cell_side("dy");
  const double west = said.border("xllcorner", "xllcenter", width);
  const double south = said.border("yllcorner", "yllcenter", height);
  header_.transform = {west, width, 0.0, south + height * header_.extent.height, 0.0, -height};
  if (said.has("nodata_value")) {
    nodata_text_ = lower(said.entry("nodata_value").text);
    nodata_ = number_of(nodata_text_);
  }
  read_prj_beside(header_);
}

double AsciiSource::cell(std::uint32_t column) {
  const auto where = [&] { return fmt::format("row {}, column {}", next_row_ + 1, column + 1); };
  if (!std::exchange(is_at_cell_, false) && !words_.next()) {
    throw InputError(
        fmt::format("{}: ends before {} (its header says {} columns and {} rows); mend the "
                    "header, or get the whole file",
                    header_.path, where(), header_.extent.width, header_.extent.height));
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (const std::optional<double> value = number_of(words_.word()))
    return is_never_data(*value) || value == nodata_ ? none : *value;
  if (lower(words_.word()) == nodata_text_) return none;
  fail_at(words_.place(), fmt::format("{}: '{}' is no number; {}", where(), shown_word(words_.word()),
                                      words_.word().find(',') != std::string_view::npos
                                          ? "decimals have a point, and blanks part the cells"
                                          : "write the NODATA_value where there is no data"));
}

void AsciiSource::read(std::uint32_t rows, std::span<double> values) {
  for (std::uint32_t row = 0; row < rows; ++row, ++next_row_)
    for (std::uint32_t column = 0; column < header_.extent.width; ++column)
      values[std::size_t{row} * header_.extent.width + column] = cell(column);
  if (next_row_ == header_.extent.height) expect_end();
}

void AsciiSource::expect_end() {
  if (!words_.next()) return;
  fail_at(words_.place(),
          fmt::format("'{}' comes after the last cell (the header says {} columns and {} rows); "
                      "mend the header or the cells",
                      shown_word(words_.word()), header_.extent.width, header_.extent.height));
}

}  // namespace

bool is_ascii_grid(const std::string& path) {
  Words words(path);
  return words.next() && is_header_key(lower(words.word()));
}

std::unique_ptr<RasterSource> open_ascii_grid(const RasterFile& file) {
  return std::make_unique<AsciiSource>(file);
}

}  // namespace firesweep
