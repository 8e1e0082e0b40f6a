#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace firesweep {

/// A part of a coordinate system's definition: KEYWORD["text", number, word, PART[...], ...].
/// Source: ISO 19162, Well-known text representation of coordinate reference systems.
struct WktNode {
  std::string keyword;              ///< in capitals
  std::vector<std::string> values;  ///< texts without their quotes, numbers and words, in order
  std::vector<WktNode> parts;       ///< in order

  /// The first part with the keyword, this one itself included, or null.
  const WktNode* find(std::string_view wanted) const;
};

/// Returns nothing if the text is no such definition.
std::optional<WktNode> parse_wkt(std::string_view text);

}  // namespace firesweep
