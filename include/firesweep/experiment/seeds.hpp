#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include "firesweep/random/draw.hpp"

namespace firesweep {

/// The seeds of an experiment, in its order: a range, which takes no memory however long it is, or a list.
class Seeds {
 public:
  Seeds() = default;
  /// `first` and those after it, `count` in all; the last is one as well.
  Seeds(Seed first, std::size_t count) : first_(first), count_(count) {}
  /// A list that could be a range is one.
  explicit Seeds(std::vector<Seed> list);
  Seeds(std::initializer_list<Seed> list) : Seeds(std::vector<Seed>(list)) {}

  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  Seed operator[](std::size_t i) const {
    return list_.empty() ? Seed{static_cast<std::uint64_t>(first_) + i} : list_[i];
  }
  Seed front() const { return (*this)[0]; }
  Seed back() const { return (*this)[count_ - 1]; }

  bool is_range() const { return list_.empty(); }

  /// The index of a seed, or nothing if it is not there. O(1) for a range, O(size) for a list.
  std::optional<std::size_t> find(Seed seed) const;

  friend bool operator==(const Seeds&, const Seeds&) = default;

 private:
  Seed first_{};
  std::size_t count_ = 0;
  std::vector<Seed> list_;  // empty if it is a range
};

}  // namespace firesweep
