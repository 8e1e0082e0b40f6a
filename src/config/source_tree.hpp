#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/check/input_error.hpp"

namespace firesweep {

struct SourceEntry;

/// A piece of YAML that remembers where it stands.
struct SourceNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, map };

  Kind kind = Kind::null;
  Location where;
  std::string text;               ///< of a scalar, as written but for quotes and escapes
  bool quoted = false;            ///< whether a scalar was in quotes, and so is a text whatever it looks like
  std::vector<SourceNode> items;  ///< of a sequence
  std::vector<SourceEntry> entries;  ///< of a map, in the order of the file, keys distinct

  /// The entry of that key, or null.
  const SourceEntry* find(std::string_view key) const;

  /// That of a key in the map of another key, or null.
  const SourceEntry* find(std::string_view section, std::string_view key) const;
};

struct SourceEntry {
  std::string key;
  Location where;  ///< of the key
  SourceNode value;
};

/// Parses the one YAML document in `text`. A repeated key is added to `problems` and dropped. Throws
/// InputError if the text is not YAML, is empty or more than one document, or uses what experiments have no
/// need for (aliases, merge keys, tags, keys that are not text).
SourceNode parse_yaml(const std::string& text, const std::string& source, std::vector<Problem>& problems);

/// Sets what `assignment`, "key.path=value" with a value in YAML, says in the tree `root`; maps on the way
/// are made as needed. Throws InputError if it cannot.
void apply_override(SourceNode& root, const std::string& assignment, std::vector<Problem>& problems);

}  // namespace firesweep
