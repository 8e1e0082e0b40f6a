#include "firesweep/check/suggestion.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/parse_number.hpp"

namespace firesweep {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, letter case
// aside.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view closest;
  // Some of a word may be mistyped, but not most of it: 1 letter of 3, 2 of 6, 4 of 12.
  std::size_t within = std::max<std::size_t>(1, word.size() / 3) + 1;
  constexpr std::size_t longest_word = 64;
  if (word.empty() || word.size() > longest_word) return "";
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    // A word as long as the distance shares nothing with the candidate.
    if (distance < within && distance < std::max(word.size(), candidate.size())) {
      closest = candidate;
      within = distance;
    }
  }
  return closest.empty() ? "" : fmt::format("; did you mean '{}'?", closest);
}

std::string suggestion(std::string_view word, std::span<const std::string> candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return suggestion(word, views);
}

std::string share_suggestion(std::string_view text) {
  const bool has_sign = text.ends_with('%');
  if (has_sign) text = text.substr(0, text.find_last_not_of(" %") + 1);
  const double percentage = parse_number<double>(text).value_or(0.0);
  if (percentage <= 0.0 || percentage > 100.0 || (!has_sign && percentage < 2.0)) return "";
  return fmt::format("; did you mean {:.6g}?", percentage / 100.0);
}

}  // namespace firesweep
