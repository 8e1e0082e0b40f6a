#include "firesweep/render/score_picture.hpp"

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

/// The kinds of cells, with the words of the legend; in the order of agreement_colours.
constexpr std::array<std::string_view, 5> kinds = {"burnt, as the map says", "burnt, but not in the map",
                                                   "in the map, but not burnt", "neither", "not known"};

std::uint8_t agreement_at(const ScoredMap& map, std::uint64_t cell) {
  const float probability = map.probability[cell];
  const std::uint8_t observed = map.observed[cell];
  if (std::isnan(probability) || observed > 1) return agreement_unknown;
  const bool is_said = probability >= map.threshold;
  if (observed == 1) return is_said ? agreement_hit : agreement_miss;
  return is_said ? agreement_false_alarm : agreement_neither;
}

/// The diagram on the left, the map with its legend on the right.
class ScorePicture {
 public:
  ScorePicture(const std::string& title, const ScoredMap& map)
      : map_(map),
        pixels_(pixels_of_cell(map.extent)),
        map_left_(plot_left + plot_side + 3 * margin),
        legend_top_(top + map.extent.height * pixels_ + margin),
        canvas_(std::max(map_left_ + map.extent.width * pixels_, map_left_ + legend_width) + margin,
                std::max(legend_top_ + kinds.size() * line, top + plot_side + 3 * line) + margin,
                agreement_paper, agreement_ink) {
    canvas_.write_title(title, margin, dot);
    draw_diagram();
    draw_map();
    draw_legend();
  }

  const Canvas& canvas() const { return canvas_; }

 private:
  static constexpr std::size_t margin = 16;
  static constexpr std::size_t dot = 2;
  static constexpr std::size_t letter_side = dot * Canvas::font_side;
  static constexpr std::size_t line = letter_side + 8;
  static constexpr std::size_t plot_side = 480;
  static constexpr std::size_t plot_left = margin + 4 * letter_side;
  static constexpr std::size_t top = 2 * margin + 2 * line;
  static constexpr std::size_t legend_width = 28 * letter_side;

  void frame(std::size_t x, std::size_t y, std::size_t width, std::size_t height) {
    canvas_.fill(x - 1, y - 1, width + 2, height + 2, agreement_ink);
    canvas_.fill(x, y, width, height, agreement_paper);
  }

  // Places in the diagram [pixels] of numbers in [0, 1]; y grows downwards.
  static std::size_t plot_x(double value) { return plot_left + steps(value); }
  static std::size_t plot_y(double value) { return top + (plot_side - 1) - steps(value); }
  static std::size_t steps(double value) {
    return static_cast<std::size_t>(std::lround(std::clamp(value, 0.0, 1.0) * (plot_side - 1)));
  }

  // A rectangle about a place in the diagram, as far as it lies within.
  void mark(std::size_t x, std::size_t y, std::size_t half_width, std::size_t half_height) {
    const std::size_t left = std::max(x, plot_left + half_width) - half_width;
    const std::size_t upper = std::max(y, top + half_height) - half_height;
    canvas_.fill(left, upper, std::min(x + half_width + 1, plot_left + plot_side) - left,
                 std::min(y + half_height + 1, top + plot_side) - upper, agreement_ink);
  }

  void draw_diagram() {
    canvas_.write(plot_left, margin + line, "share that burnt", dot);
    frame(plot_left, top, plot_side, plot_side);
    for (std::size_t fifth = 0; fifth <= 5; ++fifth) {
      const double at = static_cast<double>(fifth) / 5.0;
      const std::string label = fmt::format("{:.1f}", at);
      canvas_.write(margin, plot_y(at) - letter_side / 2, label, dot);
      const std::size_t width = label.size() * letter_side;
      canvas_.write(std::min(plot_x(at) - width / 2, plot_left + plot_side - width / 2),
                    top + plot_side + letter_side / 2, label, dot);
    }
    canvas_.write(plot_left, top + plot_side + 2 * line - letter_side / 2, "mean probability in the map",
                  dot);
    constexpr std::size_t dots = 80;
    for (std::size_t i = 0; i <= dots; ++i) {
      const double at = static_cast<double>(i) / static_cast<double>(dots);
      mark(plot_x(at), plot_y(at), 1, 1);
    }
    for (const ReliabilityPoint& point : map_.reliability) draw_point(point);
  }

  void draw_point(const ReliabilityPoint& point) {
    const std::size_t x = plot_x(point.mean_probability);
    mark(x, plot_y(point.burnt_share), 5, 5);
    if (std::isnan(point.lower)) return;
    const std::size_t highest = plot_y(point.upper);
    for (std::size_t y = highest; y <= plot_y(point.lower); ++y) mark(x, y, 1, 0);
    mark(x, highest, 4, 0);
    mark(x, plot_y(point.lower), 4, 0);
  }

  void draw_map() {
    canvas_.write(map_left_, margin + line,
                  fmt::format("probability {:.3g} or more", static_cast<double>(map_.threshold)), dot);
    frame(map_left_, top, map_.extent.width * pixels_, map_.extent.height * pixels_);
    for (std::uint32_t row = 0; row < map_.extent.height; ++row)
      for (std::uint32_t column = 0; column < map_.extent.width; ++column)
        canvas_.fill(map_left_ + column * pixels_, top + row * pixels_, pixels_, pixels_,
                     agreement_at(map_, map_.extent.index({column, row})));
  }

  void draw_legend() {
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      const std::size_t y = legend_top_ + kind * line;
      frame(map_left_ + 1, y, letter_side, letter_side);
      canvas_.fill(map_left_ + 1, y, letter_side, letter_side, static_cast<std::uint8_t>(kind));
      canvas_.write(map_left_ + 2 * letter_side, y, kinds[kind], dot);
    }
  }

  const ScoredMap& map_;
  std::size_t pixels_;  // of a cell
  std::size_t map_left_;
  std::size_t legend_top_;
  Canvas canvas_;
};

}  // namespace

void write_score_picture(const std::string& path, const std::string& title, const ScoredMap& map) {
  write_png(path, ScorePicture(title, map).canvas(), palette_of(agreement_colours));
}

}  // namespace firesweep
