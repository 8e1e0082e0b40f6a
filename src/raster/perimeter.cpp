#include "firesweep/raster/perimeter.hpp"

#include "firesweep/check/input_error.hpp"

namespace firesweep {

// The seam: nothing reads perimeters yet.
std::vector<std::uint8_t> read_perimeter(const std::string& path, Extent, const MaybePlacement&) {
  throw InputError(path + ": perimeters cannot be read yet");
}

}  // namespace firesweep
