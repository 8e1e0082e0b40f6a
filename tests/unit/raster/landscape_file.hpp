#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace firesweep::sample {

/// The bytes of a LANDFIRE landscape file (.lcp) of 2 x 2 cells of 30 m: elevation, slope, aspect, fuel and cover.
/// GDAL's own writer of them ends the program in 3.6. `elevation_unit` is 0 for metres, 1 for feet.
/// Source: the format's description in the help of FARSITE 4 (Technical References, Landscape (LCP) File Format).
std::string landscape_file(std::int16_t elevation_unit,
                           const std::vector<std::array<std::int16_t, 5>>& cells);

}  // namespace firesweep::sample
