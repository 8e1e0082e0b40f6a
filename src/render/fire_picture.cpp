#include "fire_picture.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace firesweep {
namespace {

constexpr std::uint8_t paper = 4;
constexpr std::uint8_t ink = 5;

constexpr int enlarged_side = 768;  // what a small landscape is enlarged to, at most
constexpr int reduced_side = 800;   // what a large one is reduced to

// Text, in dots.
constexpr int least_width = 40 * font_side;  // room for the longest line
constexpr int line_height = 12;
constexpr int text_margin = 4;

enum Line : int { title_line, numbers_line, legend_line, place_line };

int longer_side(Extent extent) {
  return static_cast<int>(std::max(extent.width, extent.height));
}

int divided(std::uint32_t cells, int by) {
  return (static_cast<int>(cells) + by - 1) / by;
}

}  // namespace

FirePicture::FirePicture(std::string_view title, Extent landscape, const View& view)
    : landscape_(landscape),
      view_(view),
      enlarged_(std::max(1, enlarged_side / longer_side(view.extent))),
      reduced_(divided(static_cast<std::uint32_t>(longer_side(view.extent)), reduced_side)),
      map_width_(divided(view.extent.width, reduced_) * enlarged_),
      map_height_(divided(view.extent.height, reduced_) * enlarged_),
      text_scale_(map_width_ >= 2 * least_width ? 2 : 1),
      width_(std::max(map_width_, least_width)) {
  const bool shows_part = view.extent != landscape;
  const int lines = shows_part ? 4 : 3;
  height_ = map_height_ + text_scale_ * (lines * line_height + text_margin);
  pixels_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), paper);
  draw_text(text_margin, title_line, title);
  draw_legend(legend_line);
  if (shows_part)
    draw_text(text_margin, place_line,
              fmt::format("x {} to {}, y {} to {} of {} x {}", view.corner.x,
                          view.corner.x + view.extent.width - 1, view.corner.y,
                          view.corner.y + view.extent.height - 1, landscape.width, landscape.height));
}

void FirePicture::draw(std::uint32_t step, std::span<const CellState> states) {
  for (int y = 0; y < map_height_; y += enlarged_) {
    for (int x = 0; x < map_width_; x += enlarged_) {
      const auto state = static_cast<std::uint8_t>(state_at(x / enlarged_, y / enlarged_, states));
      for (int row = y; row < y + enlarged_; ++row) std::fill_n(&pixel(x, row), enlarged_, state);
    }
  }
  const auto cells = [&](CellState state) { return std::ranges::count(states, state); };
  draw_text(text_margin, numbers_line,
            fmt::format("step {:<5} {} burning, {} burnt", step, cells(CellState::burning),
                        cells(CellState::burnt)));
}

/// Of cells that share a pixel the first speaks for all, so that shares stay as they are; but fire is shown
/// wherever it is.
CellState FirePicture::state_at(int x, int y, std::span<const CellState> states) const {
  const auto cell_at = [&](int column, int row) {
    return states[landscape_.index({view_.corner.x + static_cast<std::uint32_t>(column),
                                    view_.corner.y + static_cast<std::uint32_t>(row)})];
  };
  const int left = x * reduced_;
  const int top = y * reduced_;
  const int right = std::min(left + reduced_, static_cast<int>(view_.extent.width));
  const int bottom = std::min(top + reduced_, static_cast<int>(view_.extent.height));
  for (int row = top; row < bottom; ++row)
    for (int column = left; column < right; ++column)
      if (cell_at(column, row) == CellState::burning) return CellState::burning;
  return cell_at(left, top);
}

void FirePicture::draw_dot(int column, int row, int line, std::uint8_t colour) {
  const int x = text_scale_ * column;
  const int y = map_height_ + text_scale_ * (text_margin + line * line_height + row);
  for (int i = 0; i < text_scale_; ++i) std::fill_n(&pixel(x, y + i), text_scale_, colour);
}

void FirePicture::draw_text(int column, int line, std::string_view text) {
  const int places = (width_ / text_scale_ - column) / font_side;
  for (int place = 0; place < places; ++place) {
    const auto i = static_cast<std::size_t>(place);
    const char character = i < text.size() ? text[i] : ' ';  // which clears what was there before
    for (int y = 0; y < font_side; ++y)
      for (int x = 0; x < font_side; ++x)
        draw_dot(column + place * font_side + x, y, line, has_ink(character, x, y) ? ink : paper);
  }
}

void FirePicture::draw_legend(int line) {
  constexpr std::array<std::string_view, 4> names = {"bare", "vegetation", "burning", "burnt"};
  int column = text_margin;
  for (std::uint8_t state = 0; state < names.size(); ++state) {
    for (int y = 0; y < font_side; ++y) {
      for (int x = 0; x < font_side; ++x) {
        const bool is_edge = x == 0 || y == 0 || x == font_side - 1 || y == font_side - 1;
        draw_dot(column + x, y, line, is_edge ? ink : state);
      }
    }
    draw_text(column + 3 * font_side / 2, line, names[state]);
    column += font_side * (static_cast<int>(names[state].size()) + 2) + font_side / 2;
  }
}

}  // namespace firesweep
