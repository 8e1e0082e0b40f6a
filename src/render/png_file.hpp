#pragma once

#include <array>
#include <string>

#include "canvas.hpp"

namespace firesweep {

/// Writes the picture as a PNG file with its colours in a palette. Throws CannotWrite, with the system's or
/// libpng's reason.
void write_png(const std::string& path, const Canvas& picture, const std::array<Colour, 256>& colours);

}  // namespace firesweep
