#include "view/safe_names.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace firesweep {
namespace {

bool is_safe(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || std::string_view("._-").find(letter) != std::string_view::npos;
}

std::string safe_name(std::string_view text) {
  constexpr std::size_t longest = 200;
  std::string name;
  for (const char letter : text) {
    if (is_safe(letter)) {
      name += letter;
    } else if (name.empty() || name.back() != '-') {
      name += '-';
    }
  }
  name.resize(std::min(name.size(), longest));
  return name;
}

std::string lower(std::string name) {
  for (char& letter : name)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return name;
}

}  // namespace

std::vector<std::string> safe_names(const std::vector<std::string>& texts) {
  std::vector<std::string> names;
  std::set<std::string> used;
  for (const std::string& text : texts) {
    std::string name = safe_name(text);
    while (!used.insert(lower(name)).second) name += fmt::format("_{}", names.size());
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace firesweep
