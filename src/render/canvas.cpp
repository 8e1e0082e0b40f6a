#include "canvas.hpp"

#include <algorithm>

#include <gif_lib.h>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

/// Whether a character has ink at a place of the font that giflib brings; none if it is not ASCII.
bool has_ink(char character, std::size_t column, std::size_t row) {
  const auto code = static_cast<unsigned char>(character);
  return code < 128 && (GifAsciiTable8x8[code][row] >> (Canvas::font_side - 1 - column) & 1) != 0;
}

}  // namespace

void Canvas::fill(std::size_t x, std::size_t y, std::size_t width, std::size_t height, std::uint8_t colour) {
  expects(x + width <= width_ && y + height <= height_, "what is drawn lies within the picture");
  for (std::size_t row = y; row < y + height; ++row)
    std::fill_n(pixels_.begin() + static_cast<std::ptrdiff_t>(row * width_ + x), width, colour);
}

void Canvas::write(std::size_t x, std::size_t y, std::string_view text, std::size_t dot) {
  const std::size_t side = font_side * dot;
  for (const char letter : text) {
    if (x + side > width_ || y + side > height_) return;
    for (std::size_t row = 0; row < font_side; ++row)
      for (std::size_t column = 0; column < font_side; ++column)
        if (has_ink(letter, column, row)) fill(x + column * dot, y + row * dot, dot, dot, ink_);
    x += side;
  }
}

void Canvas::write_title(std::string_view title, std::size_t margin, std::size_t dot) {
  const bool is_long = title.size() * font_side * dot > width() - 2 * margin;
  write(margin, margin, title, is_long ? dot / 2 : dot);
}

}  // namespace firesweep
