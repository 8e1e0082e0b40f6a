#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "firesweep/files/descriptor.hpp"

#include "canvas.hpp"

namespace firesweep {

/// An animated GIF that is being written, picture by picture, and repeats for ever. Whatever cannot be
/// written is thrown as std::system_error.
class GifFile {
 public:
  /// Creates `path`, which must not exist. Pictures have the given sides, at most 65535, and up to 255 colours.
  GifFile(const std::filesystem::path& path, int width, int height, std::span<const Colour> colours,
          const std::string& comment);
  ~GifFile();
  GifFile(const GifFile&) = delete;
  GifFile& operator=(const GifFile&) = delete;

  /// Adds a picture, a number of a colour per pixel, shape (height, width), to be shown for so many
  /// hundredths of a second.
  void add(std::span<const std::uint8_t> pixels, int hundredths);

  /// Writes the end.
  void close();

 private:
  class Encoder;

  void write_out();

  int width_;
  int height_;
  std::uint8_t see_through_;  // the palette's last colour, of what a picture leaves as it was
  Descriptor file_;
  std::uint64_t written_ = 0;         // bytes
  std::string encoded_;               // not yet written
  std::vector<std::uint8_t> before_;  // the picture before; empty at first
  std::unique_ptr<Encoder> encoder_;  // appends to encoded_
};

}  // namespace firesweep
