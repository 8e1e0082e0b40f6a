#pragma once

#include <stdexcept>
#include <string>

namespace firesweep {

/// A rank of an ensemble asked for memory in vain. Says what the ensemble takes, and what limits it.
class OutOfMemory : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace firesweep
