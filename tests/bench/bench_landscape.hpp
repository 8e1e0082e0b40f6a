#pragma once

#include <cstdint>
#include <memory>

#include "firesweep/landscape/scenario.hpp"

namespace firesweep {

/// What a made-up landscape is like.
struct BenchLandscape {
  std::size_t classes = 1;               ///< of fuel; the first does not burn if there are patches
  std::uint32_t patch = 32;              ///< side of the patches of a class [cells]; 1: cell by cell
  bool is_hilly = false;                 ///< else flat
  std::uint32_t longest_burn_steps = 1;  ///< classes burn for 1, 2, .. so many steps, over and over
};

/// Returns a landscape of side x side cells of 30 m, with fuel in patches and fractal hills: 12 degrees steep on average.
std::shared_ptr<const Landscape> make_landscape(const BenchLandscape& choice, std::uint32_t side);

}  // namespace firesweep
