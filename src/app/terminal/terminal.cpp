#include "terminal/terminal.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace firesweep {
namespace {

/// The length of the colour, as TextFormat::paint begins and ends it, that the text begins with; 0 if it does not.
std::size_t colour_length(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // The control characters above ASCII are two bytes of UTF-8.
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (const std::size_t length = colour_length(text.substr(i)); length > 0) {
      shown += text.substr(i, length);
      i += length - 1;
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      shown += fmt::format("\\x{:02x}", next);
      ++i;
    } else if ((byte < 0x20 && byte != '\n') || byte == 0x7F) {
      shown += fmt::format("\\x{:02x}", byte);
    } else {
      shown += text[i];
    }
  }
  return shown;
}

void tell(std::string_view text) {
  draw(printable(text));
}

void draw(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void finish_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw OutputLost("standard output cannot be written (a full disk, or a closed pipe)");
}

}  // namespace firesweep
