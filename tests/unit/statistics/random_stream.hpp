#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// A stream of random words for tests: the finaliser of SplitMix64, twice, so that streams differ as words
/// do. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t stream) : stream_(mixed(stream)) {}

  std::uint64_t operator()(std::uint64_t i) const { return mixed(stream_ ^ i); }
  void operator()(std::uint64_t first, std::span<std::uint64_t> words) const {
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = (*this)(first + i);
  }

 private:
  static std::uint64_t mixed(std::uint64_t word) {
    word += 0x9E3779B97F4A7C15;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
  }

  std::uint64_t stream_;
};

/// A word as a number in [0, 1).
inline double uniform(std::uint64_t word) {
  return static_cast<double>(word >> 11) * 0x1p-53;
}
