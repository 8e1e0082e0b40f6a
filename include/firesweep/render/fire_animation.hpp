#pragma once

#include <memory>
#include <string>

#include "firesweep/engine/tally.hpp"
#include "firesweep/ensemble/fire_recorder.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// Part of a landscape.
struct View {
  Cell corner;  ///< upper left
  Extent extent;

  friend bool operator==(const View&, const View&) = default;
};

/// Where to look at the one fire that `tally` counts the burnt cells of: what it burnt with some land around
/// it, or all of the landscape unless that is far larger.
View view_of(const Tally& tally, Extent landscape);

/// An animated GIF of what is in view: at most 200 pictures, among them the first and the last state, within
/// 5 to 20 seconds. Where the experiment says where cells lie, they are lit by the sun as in write_map_picture(), land
/// that never burns is told apart, areas are in hectares, and a scale bar and arrows stand below. Throws InputError if
/// `path` is a directory or its folder is missing, and CannotWrite if it cannot be written or there is a file that is no
/// GIF.
std::unique_ptr<FireRecorder> make_fire_animation(const std::string& path, const ReplayedFire& fire,
                                                  const View& view);

}  // namespace firesweep
