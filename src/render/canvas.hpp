#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace firesweep {

/// A colour as a screen has it (sRGB).
struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

/// A picture whose pixels are numbers of colours, at first all paper.
class Canvas {
 public:
  static constexpr std::size_t font_side = 8;  ///< of a letter [dots]

  Canvas(std::size_t width, std::size_t height, std::uint8_t paper, std::uint8_t ink)
      : width_(width), height_(height), ink_(ink), pixels_(width * height, paper) {}

  std::size_t width() const { return width_; }
  std::size_t height() const { return height_; }
  std::span<const std::uint8_t> pixels() const { return pixels_; }  ///< shape (height, width)

  /// Fills a rectangle, which must lie within the picture.
  void fill(std::size_t x, std::size_t y, std::size_t width, std::size_t height, std::uint8_t colour);

  /// Writes ASCII in ink, a dot being a square of so many pixels; what does not fit is left out.
  void write(std::size_t x, std::size_t y, std::string_view text, std::size_t dot);

  /// Writes a title into the upper left corner, in letters half as large if it is too long for its line.
  void write_title(std::string_view title, std::size_t margin, std::size_t dot);

 private:
  std::size_t width_;
  std::size_t height_;
  std::uint8_t ink_;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace firesweep
