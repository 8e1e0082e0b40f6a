#pragma once

#include <array>
#include <string>

#include "canvas.hpp"

namespace firesweep {

/// The picture as a PNG file with its colours in a palette. Throws std::runtime_error with libpng's reason.
std::string png_of(const Canvas& picture, const std::array<Colour, 256>& colours);

}  // namespace firesweep
