#include "station_table.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/input_file.hpp"

#include "measure.hpp"

namespace firesweep {
namespace {

/// Bytes of the character of UTF-8 that `text` begins with; 0 if it is none.
std::size_t character_size(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xC2 && lead < 0xE0   ? 2
                           : lead >= 0xE0 && lead < 0xF0 ? 3
                           : lead >= 0xF0 && lead < 0xF5 ? 4
                                                         : 0;
  if (size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  return size;
}

/// The text, each byte that is not UTF-8 as the character of Latin-1 that it is.
std::string in_utf8(const std::string& bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = character_size(std::string_view(bytes).substr(at));
    if (size > 0) {
      text.append(bytes, at, size);
      at += size;
    } else {
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      text += static_cast<char>(0xC0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return text;
}

struct Header {
  StationFormat format;
  int lines_above;
};

std::optional<StationFormat> format_of_names(const std::string& line) {
  const std::string plain = plain_name(line);
  const auto has = [&](std::string_view word) { return plain.find(word) != std::string::npos; };
  if (has("9am_temperature") && has("3pm_temperature")) return StationFormat::bom_daily;
  if (plain.starts_with("year_mth_day_time_temp_rh")) return StationFormat::wxs;
  if (has("date_time") && has("air_temp_set_1")) return StationFormat::synoptic;
  return std::nullopt;
}

/// The row of names, under a preamble that may be no CSV: the Bureau's has quotes inside of quotes.
Header find_header(std::string_view text) {
  constexpr int longest_preamble = 100;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::optional<int> first;  // line that could be one of names
  for (int above = 0; above < longest_preamble && !text.empty(); ++above) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (const auto format = format_of_names(line)) return {*format, above};
    const bool is_empty = line.find_first_not_of(" \t\r") == std::string::npos;
    if (!first && !is_empty && !line.starts_with('#')) first = above;
  }
  return {StationFormat::own, first.value_or(0)};
}

/// Synoptic Data's units stand in a row of their own, which no station and no time begins.
std::size_t rows_of_units(const CsvTable& table) {
  const auto time = table.find("date_time");
  return table.rows() > 0 && time && table.cell(0, *time).text.empty() ? 1 : 0;
}

/// Text in columns parted by blanks as CSV, every character where it was.
std::string with_commas(std::string text) {
  bool is_inside = false;  // a line, behind its first word
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool is_blank = text[i] == ' ' || text[i] == '\t';
    const std::size_t next = is_blank ? text.find_first_not_of(" \t", i) : i;
    const bool parts = is_inside && next != std::string::npos && text[next] != '\r' && text[next] != '\n';
    if (is_blank && parts) text[i] = ',';
    is_inside = !is_blank && text[i] != '\n';
    if (is_blank && next != std::string::npos) i = next - 1;
  }
  return text;
}

/// What is said above the names.
bool says_english(std::string_view text) {
  const std::string plain = plain_name(text.substr(0, 10000));
  return plain.find("raws_units:_english") != std::string::npos ||
         plain.find("raws_units:english") != std::string::npos;
}

}  // namespace

std::string StationTable::unit(std::size_t column) const {
  const CsvTable::Column& heading = table.columns()[column];
  if (!heading.unit.empty()) return heading.unit;
  if (first_row > 0) return table.cell(0, column).text;
  if (format != StationFormat::wxs) return "";
  if (heading.name == "temp") return is_metric ? "degC" : "degF";
  if (heading.name == "windspd") return is_metric ? "km/h" : "mph";
  return heading.name == "rh" ? "%" : "";
}

StationTable read_station_table(const std::string& path) {
  constexpr std::uint64_t most_bytes = 64 << 20;
  const std::string text = in_utf8(text_of_file(path, most_bytes));
  if (text.find('\0') != std::string::npos)
    throw InputError(fmt::format("{}: is no table of text; save it as CSV in UTF-8", path));
  const Header header = find_header(text);
  const bool is_wxs = header.format == StationFormat::wxs;
  CsvTable table(is_wxs ? with_commas(text) : text, path, {header.lines_above, true});
  const std::size_t first_row = header.format == StationFormat::synoptic ? rows_of_units(table) : 0;
  return {header.format, std::move(table), first_row, !(is_wxs && says_english(text))};
}

}  // namespace firesweep
