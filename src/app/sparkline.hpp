#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace firesweep {

/// The course of some numbers as a line of little columns for the terminal, at most `width` wide; where there
/// are more numbers, a column is the greatest of its share of them. Only 0 is blank.
std::string sparkline(std::span<const std::uint64_t> values, std::size_t width = 60);

}  // namespace firesweep
