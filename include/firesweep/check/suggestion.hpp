#pragma once

#include <span>
#include <string>
#include <string_view>

namespace firesweep {

/// Returns "; did you mean 'X'?" for the candidate closest to `word` (edit distance, letter case aside),
/// or "" if none is close enough to be a slip of the fingers.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);
std::string suggestion(std::string_view word, std::span<const std::string> candidates);

/// Returns "; did you mean 0.1?" for the text of a percentage where a share from 0 to 1 is wanted ("10 %", or
/// a number from 2 to 100), or "".
std::string share_suggestion(std::string_view text);

}  // namespace firesweep
