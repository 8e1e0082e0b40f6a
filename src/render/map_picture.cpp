#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "firesweep/files/export_file.hpp"
#include "firesweep/render/map_files.hpp"

#include "canvas.hpp"
#include "hillshade.hpp"
#include "look.hpp"
#include "map_scale.hpp"
#include "marginalia.hpp"
#include "png_file.hpp"

namespace firesweep {
namespace {

constexpr std::size_t least_height = 160;  // of the bar
constexpr std::size_t margin = 16;
constexpr std::size_t legend_width = 20;
constexpr std::size_t tick = 4;
constexpr std::size_t legend_dot = 2;
constexpr std::size_t letter_side = legend_dot * Canvas::font_side;
constexpr std::size_t label_width = 5 * letter_side;
constexpr std::size_t map_top = 2 * margin + letter_side;  // of the map

void draw_frame(Canvas& picture, std::size_t x, std::size_t y, std::size_t width, std::size_t height) {
  picture.fill(x - 1, y - 1, width + 2, height + 2, map_ink);
}

/// The colours of a map: those of probabilities, and in light and shadow where the ground has relief.
class MapColouring {
 public:
  explicit MapColouring(const ProbabilityMap& map)
      : relief_(relief_of(map.extent, map.elevation, cell_size_of(map.placement))) {}

  std::array<Colour, 256> palette() const { return relief_.empty() ? map_colours() : relief_map_colours(); }
  std::span<const std::uint8_t> inks() const {
    static constexpr std::array only_ink = {map_ink};
    return relief_.empty() ? std::span<const std::uint8_t>(only_ink)
                           : std::span<const std::uint8_t>(relief_map_inks);
  }
  std::uint8_t at(std::uint64_t cell, float probability) const {
    return relief_.empty() ? shade_of(probability) : relief_shade_of(probability, relief_[cell]);
  }
  std::uint8_t on_level_ground(float probability) const {
    return relief_.empty() ? shade_of(probability) : relief_shade_of(probability, level_ground);
  }

 private:
  std::vector<std::uint8_t> relief_;
};

void draw_map(Canvas& picture, const ProbabilityMap& map, const MapColouring& colouring, PixelSides cell) {
  draw_frame(picture, margin, map_top, map.extent.width * cell.width, map.extent.height * cell.height);
  for (std::uint64_t i = 0; i < map.values.size(); ++i) {
    const auto [column, row] = map.extent.cell(i);
    picture.fill(margin + column * cell.width, map_top + row * cell.height, cell.width, cell.height,
                 colouring.at(i, map.values[i]));
  }
}

void draw_bar(Canvas& picture, const MapColouring& colouring, std::size_t x, std::size_t y,
              std::size_t height) {
  draw_frame(picture, x, y, legend_width, height);
  for (std::size_t row = 0; row < height; ++row) {
    const auto probability = static_cast<float>(height - row) / static_cast<float>(height);
    picture.fill(x, y + row, legend_width, 1, colouring.on_level_ground(probability));
  }
  for (std::size_t percent = 0; percent <= 100; percent += 25) {
    const std::size_t at = y + (height - 1) * (100 - percent) / 100;
    picture.fill(x + legend_width + 1, at, tick, 1, map_ink);
    picture.write(x + legend_width + 3 * tick, at - letter_side / 2, fmt::format("{:>3} %", percent),
                  legend_dot);
  }
}

Marginalia marginalia_of(const ProbabilityMap& map, PixelSides cell) {
  const Placement& place = *map.placement;
  Marginalia marginalia{place.cell_width * place.metres_per_unit / static_cast<double>(cell.width),
                        place.convergence};
  if (map.wind_to) marginalia.wind_to = *map.wind_to + place.convergence;
  return marginalia;
}

Canvas picture_of(const std::string& title, const ProbabilityMap& map, const MapColouring& colouring) {
  const PixelSides cell = pixels_of_cell(map.extent, map.placement);
  const std::size_t width = map.extent.width * cell.width;
  const std::size_t height = std::max(map.extent.height * cell.height, least_height);
  const std::size_t bar = 2 * margin + width;
  const std::size_t foot = map.placement ? margin + marginalia_height(legend_dot) : 0;
  Canvas picture(bar + legend_width + 3 * tick + label_width + margin, map_top + height + foot + margin,
                 map_paper, map_ink);
  picture.write_title(title, margin, legend_dot);
  draw_map(picture, map, colouring, cell);
  draw_bar(picture, colouring, bar, map_top, height);
  if (map.placement)
    draw_marginalia(picture, margin, map_top + height + margin, width, legend_dot, marginalia_of(map, cell),
                    colouring.inks());
  return picture;
}

// Six lines: what a step to the right and one downwards are on the ground, and the centre of the upper left
// pixel.
std::string world_file(Extent extent, const Placement& placement) {
  const PixelSides cell = pixels_of_cell(extent, placement);
  const double width = placement.cell_width / static_cast<double>(cell.width);
  const double height = placement.cell_height / static_cast<double>(cell.height);
  const double west = placement.west - (static_cast<double>(margin) - 0.5) * width;
  const double north = placement.north + (static_cast<double>(map_top) - 0.5) * height;
  return fmt::format("{}\n0\n0\n{}\n{}\n{}\n", width, -height, west, north);
}

}  // namespace

std::array<std::array<std::uint8_t, 3>, 101> percent_colours() {
  const std::array<Colour, 256> all = map_colours();
  std::array<std::array<std::uint8_t, 3>, 101> colours{};
  for (std::size_t percent = 0; percent < colours.size(); ++percent) {
    const auto [red, green, blue] = all[shade_of(static_cast<float>(percent) / 100.0F)];
    colours[percent] = {red, green, blue};
  }
  return colours;
}

void write_map_picture(const std::string& path, const std::string& title, const ProbabilityMap& map) {
  const MapColouring colouring(map);
  write_png(path, picture_of(title, map, colouring), colouring.palette());
  if (!map.placement) return;
  ExportFile world(std::filesystem::path(path).replace_extension(".pgw").string());
  world.write(world_file(map.extent, *map.placement));
  world.publish();
}

}  // namespace firesweep
