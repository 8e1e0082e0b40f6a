#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firesweep/model/grid.hpp"
#include "firesweep/render/fire_animation.hpp"

#include "canvas.hpp"
#include "fire_ground.hpp"
#include "map_scale.hpp"

namespace firesweep {

/// A picture of a fire in the colours of the ground: what is in view, enlarged or reduced to a readable size, above
/// its title, numbers and a legend, and a scale bar and arrows where the ground is known.
class FirePicture {
 public:
  /// The ground must outlive the picture.
  FirePicture(std::string_view title, Extent landscape, const View& view, const FireGround& ground);

  /// Draws the state after so many steps.
  void draw(std::uint32_t step, std::span<const CellState> states);

  const Canvas& canvas() const { return canvas_; }

 private:
  /// Sides of its parts [pixels], but for `reduced`.
  struct Layout {
    Layout(Extent landscape, const View& view, const FireGround& ground);

    PixelSides enlarged;  // of a cell
    std::size_t reduced;  // cells per pixel
    std::size_t map_width;
    std::size_t map_height;
    std::size_t dot;  // of letters
    std::size_t width;
    std::size_t height;
  };

  std::uint8_t colour_at(std::size_t x, std::size_t y, std::span<const CellState> states) const;
  std::string numbers(std::uint32_t step, std::span<const CellState> states) const;
  std::size_t top_of(std::size_t line) const;
  void draw_text(std::size_t line, std::string_view text);
  void draw_legend(std::size_t line);
  void draw_foot(std::uint32_t step);

  Extent landscape_;
  View view_;
  const FireGround& ground_;
  Layout layout_;
  Canvas canvas_;
  std::optional<double> wind_to_;  // as it is drawn
};

}  // namespace firesweep
