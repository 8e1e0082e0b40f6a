#include "marginalia.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace firesweep {
namespace {

/// Whether a place belongs to an arrow from (0, 1) to (0, -1), its point.
bool is_in_arrow(double x, double y) {
  constexpr double neck = -0.15;
  constexpr double half_head = 0.5;
  constexpr double half_shaft = 0.11;
  if (y < -1.0 || y > 1.0) return false;
  return std::abs(x) <= (y < neck ? half_head * (y + 1.0) / (neck + 1.0) : half_shaft);
}

/// Draws the marginalia one after the other.
class Foot {
 public:
  Foot(Canvas& picture, std::size_t x, std::size_t y, std::size_t dot, std::span<const std::uint8_t> inks)
      : picture_(picture), x_(x), y_(y), dot_(dot), inks_(inks) {}

  void scale_bar(std::size_t map_width, double metres_per_pixel) {
    const double metres = round_length(static_cast<double>(map_width) / 4.0 * metres_per_pixel);
    const auto length = static_cast<std::size_t>(std::lround(metres / metres_per_pixel));
    const std::string text =
        metres < 1000.0 ? fmt::format("{:g} m", metres) : fmt::format("{:g} km", metres / 1000.0);
    const std::size_t height = 4 * dot_;
    const std::size_t gap = letter() / 2;
    const std::size_t width = length + gap + text.size() * letter();
    if (length < 2 || !has_room(width, height)) return;
    const std::size_t top = middle() - height / 2;
    picture_.fill(x_, top, length, height, inks_.back());
    const std::size_t half = length / 2;  // the other is open
    if (half > 2 * dot_)
      picture_.fill(x_ + half, top + dot_, length - half - dot_, height - 2 * dot_, paper());
    picture_.write(x_ + length + gap, middle() - letter() / 2, text, dot_);
    go_on(width);
  }

  void arrow(double degrees, std::string_view name) {
    const std::size_t side = marginalia_height(dot_);
    const std::size_t width = side + letter() / 2 + name.size() * letter();
    if (!has_room(width, side)) return;
    const double sine = std::sin(degrees * std::numbers::pi / 180.0);
    const double cosine = std::cos(degrees * std::numbers::pi / 180.0);
    const double radius = static_cast<double>(side) / 2.0;
    for (std::size_t row = 0; row < side; ++row) {
      for (std::size_t column = 0; column < side; ++column) {
        const double covered = share_of_places([&](double dx, double dy) {
          const double x = (static_cast<double>(column) + dx) / radius - 1.0;
          const double y = (static_cast<double>(row) + dy) / radius - 1.0;
          return is_in_arrow(x * cosine + y * sine, y * cosine - x * sine);
        });
        const auto ink = static_cast<std::size_t>(std::lround(covered * static_cast<double>(inks_.size())));
        if (ink > 0) picture_.fill(x_ + column, y_ + row, 1, 1, inks_[ink - 1]);
      }
    }
    picture_.write(x_ + side + letter() / 2, middle() - letter() / 2, name, dot_);
    go_on(width);
  }

 private:
  /// Of places spread evenly over a pixel, the share for which something holds.
  template <class Holds>
  static double share_of_places(const Holds& holds) {
    constexpr int side = 4;
    int count = 0;
    for (int i = 0; i < side * side; ++i)
      if (holds((i % side + 0.5) / side, (i / side + 0.5) / side)) ++count;
    return static_cast<double>(count) / (side * side);
  }

  std::size_t letter() const { return Canvas::font_side * dot_; }
  std::size_t middle() const { return y_ + marginalia_height(dot_) / 2; }
  std::uint8_t paper() const { return picture_.pixels()[y_ * picture_.width() + x_]; }
  bool has_room(std::size_t width, std::size_t height) const {
    return x_ + width <= picture_.width() && y_ + height <= picture_.height();
  }
  void go_on(std::size_t width) { x_ += width + 2 * letter(); }

  Canvas& picture_;
  std::size_t x_;
  std::size_t y_;
  std::size_t dot_;
  std::span<const std::uint8_t> inks_;
};

}  // namespace

double round_length(double most) {
  const double power = std::pow(10.0, std::floor(std::log10(most)));
  for (const double factor : {5.0, 2.0})
    if (factor * power <= most) return factor * power;
  return power;
}

void draw_marginalia(Canvas& picture, std::size_t x, std::size_t y, std::size_t map_width, std::size_t dot,
                     const Marginalia& marginalia, std::span<const std::uint8_t> inks) {
  Foot foot(picture, x, y, dot, inks);
  foot.scale_bar(map_width, marginalia.metres_per_pixel);
  foot.arrow(marginalia.north, "N");
  if (marginalia.wind_to) foot.arrow(*marginalia.wind_to, "wind");
}

}  // namespace firesweep
