#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/descriptor.hpp"

namespace firesweep {

/// The words of a text file, which blanks and line ends part, one after the other and a piece of the file at a time.
class Words {
 public:
  explicit Words(const std::string& path);

  /// Goes to the next word. Returns whether there is one.
  bool next();

  /// The word gone to, until the next one is; a word of more than a mebibyte comes in parts.
  std::string_view word() const { return std::string_view(piece_).substr(start_, end_ - start_); }

  /// Where it stands.
  Location place() const { return {path_, line_, static_cast<int>(start_ + before_ - line_start_) + 1}; }

 private:
  bool fill();
  bool skip_blanks();

  std::string path_;
  Descriptor file_;
  std::string piece_;             // of the file, from `before_` on
  std::uint64_t before_ = 0;      // bytes of the file
  std::uint64_t line_start_ = 0;  // the same
  std::size_t start_ = 0;         // in the piece
  std::size_t end_ = 0;           // the same
  int line_ = 1;
};

}  // namespace firesweep
