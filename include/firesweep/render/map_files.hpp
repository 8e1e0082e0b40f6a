#pragma once

#include <array>
#include <cstdint>
#include <optional>
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
  std::span<const float> elevation =
      {};  ///< [m], shape (height, width), NaN where not known; empty: level ground
  std::optional<double> wind_to =
      std::nullopt;  ///< where the wind drives fires [degrees clockwise of true north]; absent:
                     ///< it turns none
};

/// Writes the map as a PNG picture, under a title in ASCII and beside a bar that says what its colours mean:
/// white for a probability of 0, else one of 253 colours from light yellow to nearly black, ever darker, so that
/// they can be told apart in grey and with any colour vision; grey where not known. A cell has as many pixels as give
/// the picture a fair size.
///
/// With elevation the colours, then 30, are those of ground that the sun lights from the map's north-west. With a
/// placement a scale bar and arrows of true north and of the wind stand below; a world file is written as well, `path`
/// with the ending .pgw: where the map lies on the ground, the bar and the title beside it. Throws CannotWrite.
void write_map_picture(const std::string& path, const std::string& title, const ProbabilityMap& map);

/// The colours of the pictures at 0, 1, .., 100 percent, red, green and blue.
std::array<std::array<std::uint8_t, 3>, 101> percent_colours();

}  // namespace firesweep
