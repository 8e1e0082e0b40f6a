#pragma once

#include <string>

namespace firesweep {

/// The root attribute by which our files are recognised, and its value.
inline const std::string marker_attribute = "file_type";
inline const std::string marker = "firesweep results";
inline const std::string format_version_attribute = "format_version";
inline const std::string content_hash_attribute = "content_sha256";

}  // namespace firesweep
