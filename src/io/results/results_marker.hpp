#pragma once

#include <array>
#include <string>

namespace firesweep {

/// The root attribute by which our files are recognised, and its value.
inline const std::string marker_attribute = "file_type";
inline const std::string marker = "firesweep results";
inline const std::string format_version_attribute = "format_version";
inline const std::string content_hash_attribute = "content_sha256";

/// The root's groups that depend on the occasion. All others are reproducible content.
inline const std::array<std::string, 2> volatile_groups = {"provenance", "performance"};

}  // namespace firesweep
