#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// Probabilities of every cell of a landscape.
struct ProbabilityMap {
  Extent extent;
  std::span<const float> values;  ///< shape (height, width), in [0, 1], or NaN where not known
  MaybePlacement placement;
};

/// Writes the map as a PNG picture, under a title in ASCII and beside a bar that says what its colours mean:
/// white for a probability of 0, else one of 253 colours from light yellow to nearly black, ever darker, so that
/// they can be told apart in grey and with any colour vision; grey where not known. A cell is a square of as many pixels as give the picture a fair size. With a
/// placement also writes a world file, `path` with the ending .pgw: where the map lies on the ground, the bar
/// and the title beside it. Throws CannotWrite.
void write_map_picture(const std::string& path, const std::string& title, const ProbabilityMap& map);

/// The colours of the pictures at 0, 1, .., 100 percent, red, green and blue.
std::array<std::array<std::uint8_t, 3>, 101> percent_colours();

}  // namespace firesweep
