#include "view/table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

#include "terminal/terminal.hpp"

namespace firesweep {
namespace {

// Characters rather than bytes: continuation bytes of UTF-8 take no place, nor do escape sequences.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = text.find('m', i);
      if (i == std::string_view::npos) break;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++width;
    }
  }
  return width;
}

constexpr std::size_t gap = 2;  // between columns

}  // namespace

void Table::add_column(std::string heading, Align align) {
  columns_.push_back({std::move(heading), align});
}

void Table::add_row(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

void Table::remove_column(const std::string& heading) {
  const auto column = std::ranges::find(columns_, heading, &Column::heading);
  if (column == columns_.end()) return;
  const auto place = column - columns_.begin();
  columns_.erase(column);
  for (auto& row : rows_) row.erase(row.begin() + place);
}

bool Table::has_column(const std::string& heading) const {
  return std::ranges::find(columns_, heading, &Column::heading) != columns_.end();
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t width = width_of(columns_[c].heading);
    for (const auto& row : rows_) width = std::max(width, width_of(row[c]));
    widths.push_back(width);
  }
  return widths;
}

std::size_t Table::width() const {
  const std::vector<std::size_t> all = widths();
  return std::accumulate(all.begin(), all.end(), all.empty() ? 0 : gap * (all.size() - 1));
}

std::string Table::text() const {
  const std::vector<std::size_t> widths = this->widths();
  std::string text;
  const auto add_line = [&](const auto& cell) {
    std::string line;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::string& content = cell(c);
      const std::string padding(widths[c] - width_of(content), ' ');
      if (c > 0) line.append(gap, ' ');
      line += columns_[c].align == Align::right ? padding + content : content + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  };
  add_line([&](std::size_t c) -> const std::string& { return columns_[c].heading; });
  for (const auto& row : rows_) add_line([&](std::size_t c) -> const std::string& { return row[c]; });
  return text;
}

std::string number(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0.0 ? "inf" : "-inf";
  if (value == 0.0) return "0";
  if (std::abs(value) < 5e-7) return fmt::format("{:.3g}", value);
  const int whole_digits = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  if (value >= 9999.5 && value < 1e18) return grouped(static_cast<unsigned long long>(std::llround(value)));
  return fmt::format("{:.{}f}", value, std::clamp(3 - whole_digits, 0, 6));
}

std::string percentage(double share) {
  return std::isnan(share) ? "-" : number(100.0 * share) + " %";
}

}  // namespace firesweep
