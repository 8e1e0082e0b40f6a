#include "fire_picture.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "look.hpp"

namespace firesweep {
namespace {

constexpr std::size_t enlarged_side = 768;  // what a small landscape is enlarged to, at most [pixels]
constexpr std::size_t reduced_side = 800;   // what a large one is reduced to

// Text [dots].
constexpr std::size_t font_side = Canvas::font_side;
constexpr std::size_t least_width = 40 * font_side;  // room for the longest line
constexpr std::size_t line_height = 12;
constexpr std::size_t text_margin = 4;

enum Line : std::size_t { title_line, numbers_line, legend_line, place_line };

std::size_t divided(std::size_t cells, std::size_t by) {
  return (cells + by - 1) / by;
}

}  // namespace

FirePicture::Layout::Layout(Extent landscape, const View& view) {
  const std::size_t longer = std::max(view.extent.width, view.extent.height);
  enlarged = std::max<std::size_t>(1, enlarged_side / longer);
  reduced = divided(longer, reduced_side);
  map_width = divided(view.extent.width, reduced) * enlarged;
  map_height = divided(view.extent.height, reduced) * enlarged;
  dot = map_width >= 2 * least_width ? 2 : 1;
  width = std::max(map_width, least_width);
  const std::size_t lines = view.extent == landscape ? place_line : place_line + 1;
  height = map_height + dot * (lines * line_height + text_margin);
}

FirePicture::FirePicture(std::string_view title, Extent landscape, const View& view)
    : landscape_(landscape),
      view_(view),
      layout_(landscape, view),
      canvas_(layout_.width, layout_.height, fire_paper, fire_ink) {
  draw_text(title_line, title);
  draw_legend(legend_line);
  if (view.extent != landscape)
    draw_text(place_line,
              fmt::format("x {} to {}, y {} to {} of {} x {}", view.corner.x,
                          view.corner.x + view.extent.width - 1, view.corner.y,
                          view.corner.y + view.extent.height - 1, landscape.width, landscape.height));
}

void FirePicture::draw(std::uint32_t step, std::span<const CellState> states) {
  const std::size_t side = layout_.enlarged;
  for (std::size_t y = 0; y < layout_.map_height; y += side)
    for (std::size_t x = 0; x < layout_.map_width; x += side)
      canvas_.fill(x, y, side, side, static_cast<std::uint8_t>(state_at(x / side, y / side, states)));
  const auto cells = [&](CellState state) { return std::ranges::count(states, state); };
  draw_text(numbers_line, fmt::format("step {:<5} {} burning, {} burnt", step, cells(CellState::burning),
                                      cells(CellState::burnt)));
}

/// Of cells that share a pixel the first speaks for all, so that shares stay as they are; but fire is shown
/// wherever it is.
CellState FirePicture::state_at(std::size_t x, std::size_t y, std::span<const CellState> states) const {
  const auto cell_at = [&](std::size_t column, std::size_t row) {
    return states[landscape_.index({view_.corner.x + static_cast<std::uint32_t>(column),
                                    view_.corner.y + static_cast<std::uint32_t>(row)})];
  };
  const std::size_t left = x * layout_.reduced;
  const std::size_t top = y * layout_.reduced;
  const std::size_t right = std::min<std::size_t>(left + layout_.reduced, view_.extent.width);
  const std::size_t bottom = std::min<std::size_t>(top + layout_.reduced, view_.extent.height);
  for (std::size_t row = top; row < bottom; ++row)
    for (std::size_t column = left; column < right; ++column)
      if (cell_at(column, row) == CellState::burning) return CellState::burning;
  return cell_at(left, top);
}

std::size_t FirePicture::top_of(std::size_t line) const {
  return layout_.map_height + layout_.dot * (text_margin + line * line_height);
}

void FirePicture::draw_text(std::size_t line, std::string_view text) {
  const std::size_t dot = layout_.dot;
  canvas_.fill(0, top_of(line), layout_.width, font_side * dot, fire_paper);  // what was there before
  canvas_.write(text_margin * dot, top_of(line), text, dot);
}

void FirePicture::draw_legend(std::size_t line) {
  constexpr std::array<std::string_view, 4> names = {"bare", "vegetation", "burning", "burnt"};
  const std::size_t dot = layout_.dot;
  std::size_t x = text_margin * dot;
  for (std::size_t state = 0; state < names.size(); ++state) {
    canvas_.fill(x, top_of(line), font_side * dot, font_side * dot, fire_ink);
    canvas_.fill(x + dot, top_of(line) + dot, (font_side - 2) * dot, (font_side - 2) * dot,
                 static_cast<std::uint8_t>(state));
    canvas_.write(x + 3 * font_side / 2 * dot, top_of(line), names[state], dot);
    x += (font_side * (names[state].size() + 2) + font_side / 2) * dot;
  }
}

}  // namespace firesweep
