#include "fire_picture.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "look.hpp"

namespace firesweep {
namespace {

constexpr std::size_t enlarged_side = 768;  // what a small landscape is enlarged to, at most [pixels]
constexpr std::size_t reduced_side = 800;   // what a large one is reduced to

// Text [dots].
constexpr std::size_t font_side = Canvas::font_side;
constexpr std::size_t letters = 40;  // of the longest line
constexpr std::size_t letters_on_ground = 46;
constexpr std::size_t line_height = 12;
constexpr std::size_t text_margin = 4;

enum Line : std::size_t { title_line, numbers_line, legend_line, place_line };

std::size_t divided(std::size_t cells, std::size_t by) {
  return (cells + by - 1) / by;
}

/// "step 90   ", or "step 90, 0:45 h   ".
std::string time_text(std::uint32_t step, const std::optional<double>& step_minutes) {
  if (!step_minutes) return fmt::format("step {:<5}", step);
  const auto minutes = static_cast<std::uint64_t>(step * *step_minutes);
  return fmt::format("step {}, {:<5}", step, fmt::format("{}:{:02} h", minutes / 60, minutes % 60));
}

/// "0.4 ha", "1234 ha".
std::string area_text(double hectares) {
  return fmt::format("{:.{}f} ha", hectares, hectares < 9.95 ? 1 : 0);
}

}  // namespace

FirePicture::Layout::Layout(Extent landscape, const View& view, const FireGround& ground) {
  const std::size_t least_width = font_side * (ground.is_known() ? letters_on_ground : letters);
  const std::size_t longer = std::max(view.extent.width, view.extent.height);
  enlarged = in_proportion(std::max<std::size_t>(1, enlarged_side / longer), ground.placement());
  reduced = divided(longer, reduced_side);
  map_width = divided(view.extent.width, reduced) * enlarged.width;
  map_height = divided(view.extent.height, reduced) * enlarged.height;
  dot = map_width >= 2 * least_width ? 2 : 1;
  width = std::max(map_width, least_width);
  const std::size_t lines = view.extent == landscape ? place_line : place_line + 1;
  height = map_height + dot * (lines * line_height + text_margin);
  if (ground.is_known()) height += marginalia_height(dot) + dot * text_margin;
}

FirePicture::FirePicture(std::string_view title, Extent landscape, const View& view, const FireGround& ground)
    : landscape_(landscape),
      view_(view),
      ground_(ground),
      layout_(landscape, view, ground),
      canvas_(layout_.width, layout_.height, ground.paper(), ground.inks().back()) {
  draw_text(title_line, title);
  draw_legend(legend_line);
  if (view.extent != landscape)
    draw_text(place_line,
              fmt::format("x {} to {}, y {} to {} of {} x {}", view.corner.x,
                          view.corner.x + view.extent.width - 1, view.corner.y,
                          view.corner.y + view.extent.height - 1, landscape.width, landscape.height));
  if (ground.is_known()) draw_foot(0);
}

void FirePicture::draw(std::uint32_t step, std::span<const CellState> states) {
  const auto [width, height] = layout_.enlarged;
  for (std::size_t y = 0; y < layout_.map_height; y += height)
    for (std::size_t x = 0; x < layout_.map_width; x += width)
      canvas_.fill(x, y, width, height, colour_at(x / width, y / height, states));
  draw_text(numbers_line, numbers(step, states));
  if (ground_.is_known() && ground_.wind_to(step) != wind_to_) draw_foot(step);
}

std::string FirePicture::numbers(std::uint32_t step, std::span<const CellState> states) const {
  const auto cells = [&](CellState state) {
    return static_cast<std::uint64_t>(std::ranges::count(states, state));
  };
  if (!ground_.is_known())
    return fmt::format("step {:<5} {} burning, {} burnt", step, cells(CellState::burning),
                       cells(CellState::burnt));
  return fmt::format("{}  {} burning, {} burnt", time_text(step, ground_.step_minutes()),
                     area_text(ground_.hectares(cells(CellState::burning))),
                     area_text(ground_.hectares(cells(CellState::burnt))));
}

/// Of cells that share a pixel the first speaks for all, so that shares stay as they are; but fire is shown
/// wherever it is.
std::uint8_t FirePicture::colour_at(std::size_t x, std::size_t y, std::span<const CellState> states) const {
  const auto cell_at = [&](std::size_t column, std::size_t row) {
    return Cell{view_.corner.x + static_cast<std::uint32_t>(column),
                view_.corner.y + static_cast<std::uint32_t>(row)};
  };
  const auto colour_of = [&](Cell cell) {
    const std::uint64_t index = landscape_.index(cell);
    return ground_.colour(cell, index, states[index]);
  };
  const std::size_t left = x * layout_.reduced;
  const std::size_t top = y * layout_.reduced;
  const std::size_t right = std::min<std::size_t>(left + layout_.reduced, view_.extent.width);
  const std::size_t bottom = std::min<std::size_t>(top + layout_.reduced, view_.extent.height);
  for (std::size_t row = top; row < bottom; ++row)
    for (std::size_t column = left; column < right; ++column)
      if (const Cell cell = cell_at(column, row); states[landscape_.index(cell)] == CellState::burning)
        return colour_of(cell);
  return colour_of(cell_at(left, top));
}

std::size_t FirePicture::top_of(std::size_t line) const {
  return layout_.map_height + layout_.dot * (text_margin + line * line_height);
}

void FirePicture::draw_text(std::size_t line, std::string_view text) {
  const std::size_t dot = layout_.dot;
  canvas_.fill(0, top_of(line), layout_.width, font_side * dot, ground_.paper());  // what was there before
  canvas_.write(text_margin * dot, top_of(line), text, dot);
}

void FirePicture::draw_legend(std::size_t line) {
  constexpr std::array<std::string_view, 5> names = {"bare", "vegetation", "burning", "burnt", "no fuel"};
  const std::size_t shown = ground_.is_known() ? names.size() : names.size() - 1;
  const std::size_t dot = layout_.dot;
  std::size_t x = text_margin * dot;
  for (std::size_t state = 0; state < shown; ++state) {
    canvas_.fill(x, top_of(line), font_side * dot, font_side * dot, ground_.inks().back());
    canvas_.fill(x + dot, top_of(line) + dot, (font_side - 2) * dot, (font_side - 2) * dot,
                 ground_.colour(static_cast<GroundKind>(state)));
    canvas_.write(x + 3 * font_side / 2 * dot, top_of(line), names[state], dot);
    x += (font_side * (names[state].size() + 2) + font_side / 2) * dot;
  }
}

void FirePicture::draw_foot(std::uint32_t step) {
  const std::size_t dot = layout_.dot;
  const std::size_t top = layout_.height - marginalia_height(dot) - dot * text_margin;
  canvas_.fill(0, top, layout_.width, layout_.height - top, ground_.paper());  // what was there before
  wind_to_ = ground_.wind_to(step);
  const double cells_per_pixel =
      static_cast<double>(layout_.reduced) / static_cast<double>(layout_.enlarged.width);
  draw_marginalia(canvas_, text_margin * dot, top, layout_.map_width, dot,
                  ground_.marginalia(cells_per_pixel, step), ground_.inks());
}

}  // namespace firesweep
