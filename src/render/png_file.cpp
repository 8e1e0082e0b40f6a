#include "png_file.hpp"

#include <limits>
#include <stdexcept>

#include <fmt/format.h>
#include <png.h>

#include "firesweep/files/cannot_write.hpp"
#include "firesweep/files/export_file.hpp"

namespace firesweep {
namespace {

// Throws std::runtime_error with libpng's reason.
std::string png_of(const Canvas& picture, const std::array<Colour, 256>& colours) {
  constexpr std::size_t most = std::numeric_limits<png_uint_32>::max();
  if (picture.width() > most || picture.height() > most) throw std::runtime_error("the picture is too large");
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width());
  image.height = static_cast<png_uint_32>(picture.height());
  image.format = PNG_FORMAT_RGB_COLORMAP;
  image.colormap_entries = static_cast<png_uint_32>(colours.size());
  static_assert(sizeof(Colour) == 3);

  png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string file(bytes, '\0');
  const int written =
      png_image_write_to_memory(&image, file.data(), &bytes, 0, picture.pixels().data(), 0, colours.data());
  if (written == 0) throw std::runtime_error(static_cast<const char*>(image.message));
  file.resize(bytes);
  return file;
}

}  // namespace

void write_png(const std::string& path, const Canvas& picture, const std::array<Colour, 256>& colours) {
  std::string png;
  try {
    png = png_of(picture, colours);
  } catch (const std::runtime_error& problem) {
    throw CannotWrite(fmt::format("{}: cannot be written ({})", path, problem.what()));
  }
  ExportFile file(path);
  file.write(png);
  file.publish();
}

}  // namespace firesweep
