#include "firesweep/model/ignition.hpp"

#include <array>
#include <cstddef>

namespace firesweep {

std::string_view name(OnBareGround choice) {
  constexpr std::array<std::string_view, 3> names = {"skip", "nearest", "force"};
  return names[static_cast<std::size_t>(choice)];
}

}  // namespace firesweep
