#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace firesweep {

/// What a piece of text is, which decides its colour.
enum class Style : std::uint8_t { plain, heading, faint, bars, low, middle, high };

enum class Colouring : std::uint8_t {
  automatic,  ///< on a terminal, unless NO_COLOR is set or it is a dumb one
  always,
  never,
};

/// How text looks best where standard output leads: in colour or not, in Unicode if the locale has it.
class TextFormat {
 public:
  explicit TextFormat(Colouring colouring);

  /// Columns to keep within: the terminal's, or 100.
  std::size_t width() const { return width_; }

  /// `text` in the colour of its style.
  std::string paint(Style style, std::string_view text) const;

  std::string_view plus_minus() const { return has_unicode_ ? "±" : "+-"; }
  std::string_view dash() const { return has_unicode_ ? "–" : "-"; }
  std::string_view arrow() const { return has_unicode_ ? "→" : "->"; }
  std::string_view at_least() const { return has_unicode_ ? "≥" : ">="; }
  std::string_view at_most() const { return has_unicode_ ? "≤" : "<="; }
  std::string_view times() const { return has_unicode_ ? "×" : "x"; }

  /// A histogram, one character per bin: the highest bin is full, and what holds anything shows.
  std::string histogram(std::span<const std::uint64_t> bins) const;

  /// The course of some numbers, like a histogram of at most `width` bins, each the greatest of its share.
  std::string course(std::span<const std::uint64_t> values, std::size_t width = 60) const;

  /// A bar from `lower` to `upper` beside or across the mark of an origin, 0, in `width` characters of a
  /// scale from `lowest` <= 0 to `highest` >= 0, which holds all bars.
  std::string bar(double lower, double upper, double lowest, double highest, std::size_t width) const;

 private:
  bool has_colour_;
  bool has_unicode_;
  std::size_t width_;
};

}  // namespace firesweep
