#pragma once

#include <string>
#include <vector>

namespace firesweep {

/// Parts of files' names that every file system takes and no shell minds, one for each text: a dash stands
/// for whatever is neither an unaccented letter or a digit nor one of "._-". No two are alike, not
/// even where capitals and small letters are the same: one that has been taken is followed by the place of
/// its text.
std::vector<std::string> safe_names(const std::vector<std::string>& texts);

}  // namespace firesweep
