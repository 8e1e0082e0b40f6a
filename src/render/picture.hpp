#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "map_palette.hpp"

namespace firesweep {

/// A picture of palette colours, on paper.
class Picture {
 public:
  Picture(std::size_t width, std::size_t height)
      : width_(width), height_(height), pixels_(width * height, palette::paper) {}

  std::size_t width() const { return width_; }
  std::size_t height() const { return height_; }

  /// Fills a rectangle, which must lie within the picture.
  void fill(std::size_t x, std::size_t y, std::size_t width, std::size_t height, std::uint8_t colour);

  /// Writes ASCII in ink, letters of 8 x 8 dots of `dot` pixels each; what does not fit is left out.
  void write(std::size_t x, std::size_t y, std::string_view text, std::size_t dot);

  /// The picture as a PNG file with its colours in a palette. Throws std::runtime_error with libpng's reason.
  std::string png() const;

 private:
  std::size_t width_;
  std::size_t height_;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace firesweep
