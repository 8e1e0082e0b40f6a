#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// The difference of two maps of burn probability.
struct DifferencePicture {
  Extent extent;
  std::span<const float> difference;        ///< shape (height, width), in [-1, 1], NaN where not known
  std::span<const std::uint8_t> is_marked;  ///< same shape: 1 where the difference is told from 0
  MaybePlacement placement;
};

/// Writes a PNG picture: under a title in ASCII and beside a bar that says what its colours mean, cells that burn less
/// often in blue and those that burn more often in red, the stronger the larger the difference, up to the largest there
/// is; where it is not told from 0 they are pale. Grey where not known. Throws CannotWrite.
void write_difference_picture(const std::string& path, const std::string& title,
                              const DifferencePicture& map);

}  // namespace firesweep
