#pragma once

#include <cstdint>
#include <string>

namespace firesweep {

/// Throws InputError, naming the path and the reason, unless there is a regular file that can be read: a pipe or a
/// device would be waited for, or read twice.
void expect_readable_file(const std::string& path);

/// All bytes of a file. Throws InputError as above, or if there are more than `most_bytes`.
std::string text_of_file(const std::string& path, std::uint64_t most_bytes);

}  // namespace firesweep
