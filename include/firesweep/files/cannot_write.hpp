#pragma once

#include <stdexcept>

namespace firesweep {

/// Something could not be written: a full disk, a folder that is read-only. Names the path and the system's
/// reason.
class CannotWrite : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace firesweep
