#include "remedy.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>

namespace firesweep {
namespace {

bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("/._-+=:,@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(const std::string& path) {
  if (!path.empty() && std::ranges::all_of(path, is_plain)) return path;
  std::string word = "'";
  for (const char c : path) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string from_to(const std::string& path, const std::string& ending) {
  return shell_word(path) + " " + shell_word(std::filesystem::path(path).stem().string() + ending);
}

}  // namespace firesweep
