#include "communicator.hpp"

#include <array>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "firesweep/parallel/world.hpp"

namespace firesweep {

void expect_communication(const World& world) {
  if (!world.can_communicate()) throw RootLost("the launcher is dead, and MPI with it");
}

void expect_success(int code, const char* call) {
  if (code == MPI_SUCCESS) return;
  std::array<char, MPI_MAX_ERROR_STRING> words{};
  int length = 0;
  MPI_Error_string(code, words.data(), &length);
  throw std::runtime_error(
      fmt::format("{} failed: {}", call, std::string(words.data(), static_cast<std::size_t>(length))));
}

}  // namespace firesweep
