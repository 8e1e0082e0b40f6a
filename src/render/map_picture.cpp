#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "firesweep/files/export_file.hpp"
#include "firesweep/render/map_files.hpp"

#include "canvas.hpp"
#include "look.hpp"
#include "map_scale.hpp"
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

void draw_frame(Canvas& picture, std::size_t x, std::size_t y, std::size_t width, std::size_t height) {
  picture.fill(x - 1, y - 1, width + 2, height + 2, map_ink);
}

void draw_map(Canvas& picture, const ProbabilityMap& map, std::size_t x, std::size_t y, std::size_t pixels) {
  draw_frame(picture, x, y, map.extent.width * pixels, map.extent.height * pixels);
  for (std::uint32_t row = 0; row < map.extent.height; ++row)
    for (std::uint32_t column = 0; column < map.extent.width; ++column)
      picture.fill(x + column * pixels, y + row * pixels, pixels, pixels,
                   shade_of(map.values[map.extent.index({column, row})]));
}

void draw_bar(Canvas& picture, std::size_t x, std::size_t y, std::size_t height) {
  draw_frame(picture, x, y, legend_width, height);
  for (std::size_t row = 0; row < height; ++row) {
    const auto probability = static_cast<float>(height - row) / static_cast<float>(height);
    picture.fill(x, y + row, legend_width, 1, shade_of(probability));
  }
  for (std::size_t percent = 0; percent <= 100; percent += 25) {
    const std::size_t at = y + (height - 1) * (100 - percent) / 100;
    picture.fill(x + legend_width + 1, at, tick, 1, map_ink);
    picture.write(x + legend_width + 3 * tick, at - letter_side / 2, fmt::format("{:>3} %", percent),
                  legend_dot);
  }
}

constexpr std::size_t top = 2 * margin + letter_side;  // of the map

Canvas picture_of(const std::string& title, const ProbabilityMap& map) {
  const std::size_t pixels = pixels_of_cell(map.extent);
  const std::size_t height = std::max(map.extent.height * pixels, least_height);
  const std::size_t bar = 2 * margin + map.extent.width * pixels;
  Canvas picture(bar + legend_width + 3 * tick + label_width + margin, top + height + margin, map_paper,
                 map_ink);
  const bool is_long = title.size() * letter_side > picture.width() - 2 * margin;
  picture.write(margin, margin, title, is_long ? legend_dot / 2 : legend_dot);
  draw_map(picture, map, margin, top, pixels);
  draw_bar(picture, bar, top, height);
  return picture;
}

// Six lines: what a step to the right and one downwards are on the ground, and the centre of the upper left
// pixel.
std::string world_file(Extent extent, const Placement& placement) {
  const auto pixels = static_cast<double>(pixels_of_cell(extent));
  const double width = placement.cell_width / pixels;
  const double height = placement.cell_height / pixels;
  const double west = placement.west - (static_cast<double>(margin) - 0.5) * width;
  const double north = placement.north + (static_cast<double>(top) - 0.5) * height;
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
  write_png(path, picture_of(title, map), map_colours());
  if (!map.placement) return;
  ExportFile world(std::filesystem::path(path).replace_extension(".pgw").string());
  world.write(world_file(map.extent, *map.placement));
  world.publish();
}

}  // namespace firesweep
