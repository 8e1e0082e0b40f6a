#pragma once

#include <string>
#include <string_view>

namespace firesweep {

/// A part of a file's name that every file system takes and no shell minds, made of any text: a dash stands
/// for whatever is neither an unaccented letter or a digit nor one of "._-".
std::string safe_name(std::string_view text);

}  // namespace firesweep
