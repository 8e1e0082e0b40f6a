#pragma once

#include <span>
#include <string>
#include <string_view>

namespace firesweep {

/// Returns "; did you mean 'X'?" for the candidate closest to `word` (edit distance, letter case aside),
/// or "" if none is close enough to be a slip of the fingers.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace firesweep
