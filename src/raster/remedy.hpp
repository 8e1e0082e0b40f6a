#pragma once

#include <string>

namespace firesweep {

/// A path as a shell takes it: in quotes where it must be.
std::string shell_word(const std::string& path);

/// "in.tif in-placed.tif", as the end of a command that writes a mended copy: of the file's name with `ending`.
std::string from_to(const std::string& path, const std::string& ending);

}  // namespace firesweep
