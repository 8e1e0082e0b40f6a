#pragma once

namespace firesweep {

constexpr double square(double value) {
  return value * value;
}

}  // namespace firesweep
