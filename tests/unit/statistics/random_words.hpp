#pragma once

#include <cstdint>

#include "firesweep/statistics/bootstrap.hpp"

/// A stream of random words for tests: the finaliser of SplitMix64, twice, so that streams differ as words
/// do. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014.
inline firesweep::RandomWords random_words(std::uint64_t stream) {
  const auto mixed = [](std::uint64_t word) {
    word += 0x9E3779B97F4A7C15;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
  };
  return [mixed, stream](std::uint64_t i) { return mixed(mixed(stream) ^ i); };
}

/// A word as a number in [0, 1).
inline double uniform(std::uint64_t word) {
  return static_cast<double>(word >> 11) * 0x1p-53;
}
