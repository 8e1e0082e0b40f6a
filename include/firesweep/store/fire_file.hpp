#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "firesweep/ensemble/fire_recorder.hpp"

namespace firesweep {

/// An HDF5 file of the states after 0, `every`, 2 `every`, ... steps and the last, described in
/// analysis/fire-format.md. Throws InputError if `path` is a directory or its folder is missing, and
/// CannotWrite if it cannot be written or there is a file that is no earlier fire.
std::unique_ptr<FireRecorder> make_fire_file(const std::string& path, const ReplayedFire& fire,
                                             std::uint32_t every);

}  // namespace firesweep
