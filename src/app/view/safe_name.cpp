#include "view/safe_name.hpp"

namespace firesweep {

std::string safe_name(std::string_view text) {
  const auto is_safe = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || std::string_view("._-").find(letter) != std::string_view::npos;
  };
  std::string name;
  for (const char letter : text) {
    if (is_safe(letter)) {
      name += letter;
    } else if (name.empty() || name.back() != '-') {
      name += '-';
    }
  }
  return name;
}

}  // namespace firesweep
