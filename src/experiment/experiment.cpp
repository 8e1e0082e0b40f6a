#include "firesweep/experiment/experiment.hpp"

#include <cmath>

namespace firesweep {

std::uint64_t FailureAllowance::runs_of(std::uint64_t runs) const {
  return static_cast<std::uint64_t>(is_share ? std::floor(amount * static_cast<double>(runs)) : amount);
}

std::string_view name(OnFailure choice) {
  return choice == OnFailure::go_on ? "continue" : "stop";
}

}  // namespace firesweep
