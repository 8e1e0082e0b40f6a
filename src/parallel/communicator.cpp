#include "communicator.hpp"

#include <array>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace firesweep {

void expect_success(int code, const char* call) {
  if (code == MPI_SUCCESS) return;
  std::array<char, MPI_MAX_ERROR_STRING> words{};
  int length = 0;
  MPI_Error_string(code, words.data(), &length);
  throw std::runtime_error(
      fmt::format("{} failed: {}", call, std::string(words.data(), static_cast<std::size_t>(length))));
}

}  // namespace firesweep
