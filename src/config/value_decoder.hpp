#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/parameter.hpp"

#include "source_tree.hpp"

namespace firesweep {

/// What stands there, for messages: "'abc'", "a list", "empty".
std::string description(const SourceNode& node);

/// "danger_level, ignition_set and seed"
std::string listing(std::span<const std::string_view> names);

/// Turns nodes into values. What is wrong is noted as a problem and nothing is returned, so that decoding
/// goes on and finds the rest; whoever gets nothing says no more about it. `what` names the value in
/// messages, e.g. "landscape.width".
class ValueDecoder {
 public:
  explicit ValueDecoder(std::vector<Problem>& problems) : problems_(problems) {}

  void problem(const Location& where, std::string message) {
    problems_.push_back({where, std::move(message)});
  }
  /// Notes what is wrong with a file at the key that names it.
  void note(const InputError& error, const Location& where);
  std::size_t problems() const { return problems_.size(); }

  std::optional<double> number(const SourceNode& node, std::string_view what);

  /// A number where 1 is all, and so no percentage; whether it lies within its limits is for the caller to
  /// check.
  std::optional<double> share(const SourceNode& node, std::string_view what);

  /// A value that the parameter may have.
  std::optional<double> parameter(const SourceNode& node, std::string_view what, const Parameter& parameter);

  std::optional<std::uint64_t> whole_number(const SourceNode& node, std::string_view what,
                                            std::uint64_t least, std::uint64_t most);

  /// A whole number of either sign.
  std::optional<std::int64_t> integer(const SourceNode& node, std::string_view what);

  std::optional<bool> truth(const SourceNode& node, std::string_view what);
  std::optional<std::string> text(const SourceNode& node, std::string_view what);

  /// The index of the text among `names`.
  std::optional<std::size_t> choice(const SourceNode& node, std::string_view what,
                                    std::span<const std::string_view> names);

  /// Whether the node is a map, or has no content: `weather:` alone is no mistake. Notes keys that are not
  /// among `keys`.
  bool section(const SourceNode& node, std::string_view what, std::span<const std::string_view> keys);

 private:
  bool is_plain(const SourceNode& node, std::string_view what, std::string_view wanted);
  bool has_leading_zero(const SourceNode& node, std::string_view what);

  std::vector<Problem>& problems_;
};

}  // namespace firesweep
