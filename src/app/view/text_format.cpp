#include "view/text_format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace firesweep {
namespace {

constexpr std::size_t usual_width = 100;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool is_terminal() {
  // Open MPI gives its ranks terminals of their own, whatever mpirun's output is.
  if (!environment("OMPI_COMM_WORLD_SIZE").empty()) return false;
  return isatty(STDOUT_FILENO) == 1;
}

bool wants_colour(Colouring colouring) {
  if (colouring != Colouring::automatic) return colouring == Colouring::always;
  // NO_COLOR counts if it is not empty: https://no-color.org
  return is_terminal() && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
}

// By the environment rather than the system's locales, of which a container may have none.
bool wants_unicode() {
  std::string locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (locale.empty()) locale = environment(name);
  std::ranges::transform(locale, locale.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
}

std::size_t columns() {
  winsize size{};
  const bool is_known = is_terminal() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : usual_width;
}

}  // namespace

TextFormat::TextFormat(Colouring colouring)
    : has_colour_(wants_colour(colouring)), has_unicode_(wants_unicode()), width_(columns()) {}

std::string TextFormat::paint(Style style, std::string_view text) const {
  constexpr std::array<std::string_view, 7> codes = {"", "1", "2", "33", "32", "33", "1;31"};
  const std::string_view code = codes[static_cast<std::size_t>(style)];
  if (!has_colour_ || code.empty() || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string TextFormat::histogram(std::span<const std::uint64_t> bins) const {
  constexpr std::array<std::string_view, 9> blocks = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::array<std::string_view, 9> letters = {" ", ".", ":", "-", "=", "+", "*", "#", "@"};
  const auto& signs = has_unicode_ ? blocks : letters;
  const std::uint64_t highest = bins.empty() ? 0 : std::ranges::max(bins);
  std::string text;
  for (const std::uint64_t bin : bins) {
    const double share = highest == 0 ? 0.0 : static_cast<double>(bin) / static_cast<double>(highest);
    const auto height = static_cast<std::size_t>(std::ceil(8.0 * share));
    text += paint(height == 0 ? Style::faint : Style::bars, signs[height]);
  }
  return text;
}

std::string TextFormat::course(std::span<const std::uint64_t> values, std::size_t width) const {
  const std::size_t places = std::min(width, values.size());
  std::vector<std::uint64_t> greatest;
  for (std::size_t i = 0; i < places; ++i) {
    const std::size_t first = i * values.size() / places;
    const std::size_t end = (i + 1) * values.size() / places;
    greatest.push_back(std::ranges::max(values.subspan(first, end - first)));
  }
  return histogram(greatest);
}

std::string TextFormat::bar(double lower, double upper, double lowest, double highest,
                            std::size_t width) const {
  const double scale = static_cast<double>(2 * (width - 1)) / (highest - lowest);  // halves of a character
  const auto halves = [&](double value) {
    return static_cast<std::size_t>(std::lround(scale * std::max(value, 0.0)));
  };
  const std::size_t room = std::min((halves(-lowest) + 1) / 2, width - 1);  // left of the origin
  const std::size_t left = std::min(halves(-lower), 2 * room);
  const std::size_t right = std::min(halves(upper), 2 * (width - 1 - room));
  const std::size_t left_gap = std::min(halves(-upper), left) / 2;  // whole characters beside the origin
  const std::size_t right_gap = std::min(halves(lower), right) / 2;

  const std::string_view full = has_unicode_ ? "█" : "#";
  std::string before(room - (left + 1) / 2, ' ');
  std::string bar_left;
  if (left % 2 == 1) bar_left += has_unicode_ ? "▐" : "#";
  for (std::size_t i = left_gap; i < left / 2; ++i) bar_left += full;
  std::string bar_right;
  for (std::size_t i = right_gap; i < right / 2; ++i) bar_right += full;
  if (right % 2 == 1) bar_right += has_unicode_ ? "▌" : "#";
  const std::string after(width - 1 - room - (right + 1) / 2, ' ');
  return before + paint(Style::bars, bar_left) + std::string(left_gap, ' ') + (has_unicode_ ? "│" : "|") +
         std::string(right_gap, ' ') + paint(Style::bars, bar_right) + after;
}

}  // namespace firesweep
