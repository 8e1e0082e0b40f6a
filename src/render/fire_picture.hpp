#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "firesweep/model/grid.hpp"
#include "firesweep/render/fire_animation.hpp"

#include "gif_file.hpp"

namespace firesweep {

/// A picture of a fire: what is in view, enlarged or reduced to a readable size, above
/// its title, numbers and a legend. Pixels are numbers of `colours`; those of the landscape are CellStates.
class FirePicture {
 public:
  /// Of the states, then paper and ink. States differ in lightness too, for grey print and the colour-blind.
  static constexpr std::array<GifFile::Colour, 6> colours = {{{0xF7, 0xF3, 0xEA},
                                                              {0x98, 0xB9, 0x9E},
                                                              {0xF0, 0x50, 0x1E},
                                                              {0x26, 0x26, 0x26},
                                                              {0xFF, 0xFF, 0xFF},
                                                              {0x26, 0x26, 0x26}}};

  FirePicture(std::string_view title, Extent landscape, const View& view);

  /// Draws the state after so many steps.
  void draw(std::uint32_t step, std::span<const CellState> states);

  int width() const { return width_; }
  int height() const { return height_; }
  /// Shape (height, width).
  std::span<const std::uint8_t> pixels() const { return pixels_; }

 private:
  std::uint8_t& pixel(int x, int y) { return pixels_[static_cast<std::size_t>(y * width_ + x)]; }
  CellState state_at(int x, int y, std::span<const CellState> states) const;
  void draw_dot(int column, int row, int line, std::uint8_t colour);
  void draw_text(int column, int line, std::string_view text);
  void draw_legend(int line);

  Extent landscape_;
  View view_;
  int enlarged_;  // pixels per cell
  int reduced_;   // cells per pixel
  int map_width_;
  int map_height_;
  int text_scale_;  // pixels per dot of a letter
  int width_;
  int height_;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace firesweep
