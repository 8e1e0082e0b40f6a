#include "picture.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include <png.h>

#include "firesweep/check/contract.hpp"

#include "gif_file.hpp"

namespace firesweep {
void Picture::fill(std::size_t x, std::size_t y, std::size_t width, std::size_t height, std::uint8_t colour) {
  expects(x + width <= width_ && y + height <= height_, "what is drawn lies within the picture");
  for (std::size_t row = y; row < y + height; ++row)
    std::fill_n(pixels_.begin() + static_cast<std::ptrdiff_t>(row * width_ + x), width, colour);
}

void Picture::write(std::size_t x, std::size_t y, std::string_view text, std::size_t dot) {
  for (const char letter : text) {
    if (x + font_side * dot > width_ || y + font_side * dot > height_) return;
    for (int row = 0; row < font_side; ++row)
      for (int column = 0; column < font_side; ++column)
        if (has_ink(letter, column, row))
          fill(x + static_cast<std::size_t>(column) * dot, y + static_cast<std::size_t>(row) * dot, dot, dot,
               palette::ink);
    x += font_side * dot;
  }
}

std::string Picture::png() const {
  if (width_ > std::numeric_limits<png_uint_32>::max() || height_ > std::numeric_limits<png_uint_32>::max())
    throw std::runtime_error("the picture is too large");
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width_);
  image.height = static_cast<png_uint_32>(height_);
  image.format = PNG_FORMAT_RGB_COLORMAP;
  const std::array<Colour, 256> colours = make_palette();
  image.colormap_entries = colours.size();
  static_assert(sizeof(Colour) == 3);

  png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string file(bytes, '\0');
  const int written =
      png_image_write_to_memory(&image, file.data(), &bytes, 0, pixels_.data(), 0, colours.data());
  if (written == 0) throw std::runtime_error(static_cast<const char*>(image.message));
  file.resize(bytes);
  return file;
}

}  // namespace firesweep
