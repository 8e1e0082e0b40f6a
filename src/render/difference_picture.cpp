#include "firesweep/render/difference_picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "canvas.hpp"
#include "look.hpp"
#include "map_scale.hpp"
#include "png_file.hpp"

namespace firesweep {
namespace {

/// The bar and the legend beside the map.
class DifferenceDrawing {
 public:
  DifferenceDrawing(const std::string& title, const DifferencePicture& map)
      : map_(map),
        cell_(pixels_of_cell(map.extent, map.placement)),
        largest_(largest_of(map)),
        bar_left_(2 * margin + map.extent.width * cell_.width),
        height_(std::max(map.extent.height * cell_.height, least_height)),
        canvas_(bar_left_ + 2 * bar_width + 12 * letter_side + margin, top + height_ + 3 * line + margin,
                difference_paper, difference_ink) {
    canvas_.write_title(title, margin, dot);
    draw_map();
    draw_bar();
    canvas_.write(margin, top + height_ + line, "pale: not told from no difference", dot);
  }

  const Canvas& canvas() const { return canvas_; }

 private:
  static constexpr std::size_t margin = 16;
  static constexpr std::size_t dot = 2;
  static constexpr std::size_t letter_side = dot * Canvas::font_side;
  static constexpr std::size_t line = letter_side + 8;
  static constexpr std::size_t top = 2 * margin + letter_side;
  static constexpr std::size_t bar_width = 20;
  static constexpr std::size_t least_height = 160;  // of the bar

  static float largest_of(const DifferencePicture& map) {
    float largest = 0.0F;
    for (const float difference : map.difference)
      if (std::abs(difference) > largest) largest = std::abs(difference);
    return largest > 0.0F ? largest : 1.0F;
  }

  void frame(std::size_t x, std::size_t y, std::size_t width, std::size_t height) {
    canvas_.fill(x - 1, y - 1, width + 2, height + 2, difference_ink);
  }

  void draw_map() {
    frame(margin, top, map_.extent.width * cell_.width, map_.extent.height * cell_.height);
    for (std::uint64_t i = 0; i < map_.difference.size(); ++i) {
      const auto [column, row] = map_.extent.cell(i);
      canvas_.fill(margin + column * cell_.width, top + row * cell_.height, cell_.width, cell_.height,
                   difference_shade(map_.difference[i] / largest_, map_.is_marked[i] == 1));
    }
  }

  /// Pale colours on the left, the others on the right.
  void draw_bar() {
    frame(bar_left_, top, 2 * bar_width, height_);
    for (std::size_t row = 0; row < height_; ++row) {
      const float place = 1.0F - 2.0F * static_cast<float>(row) / static_cast<float>(height_ - 1);
      canvas_.fill(bar_left_, top + row, bar_width, 1, difference_shade(place, false));
      canvas_.fill(bar_left_ + bar_width, top + row, bar_width, 1, difference_shade(place, true));
    }
    for (std::size_t half = 0; half <= 4; ++half) {
      const double place = 1.0 - static_cast<double>(half) / 2.0;
      const std::size_t at = top + (height_ - 1) * half / 4;
      canvas_.write(bar_left_ + 2 * bar_width + letter_side, at - letter_side / 2,
                    fmt::format("{:+.3g} %", 100.0 * place * static_cast<double>(largest_)), dot);
    }
  }

  const DifferencePicture& map_;
  PixelSides cell_;
  float largest_;
  std::size_t bar_left_;
  std::size_t height_;
  Canvas canvas_;
};

}  // namespace

void write_difference_picture(const std::string& path, const std::string& title,
                              const DifferencePicture& map) {
  write_png(path, DifferenceDrawing(title, map).canvas(), difference_colours());
}

}  // namespace firesweep
