#include "firesweep/experiment/seeds.hpp"

#include <algorithm>
#include <utility>

namespace firesweep {
namespace {

bool are_consecutive(const std::vector<Seed>& list) {
  // The last seed of all and the first are 1 apart as well, in arithmetic that wraps around.
  return std::ranges::adjacent_find(list, [](Seed a, Seed b) {
           return b < a || static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a) != 1;
         }) == list.end();
}

}  // namespace

Seeds::Seeds(std::vector<Seed> list) : count_(list.size()) {
  if (list.empty()) return;
  if (are_consecutive(list)) {
    first_ = list.front();
  } else {
    list_ = std::move(list);
  }
}

std::optional<std::size_t> Seeds::find(Seed seed) const {
  if (is_range()) {
    if (seed < first_) return std::nullopt;
    const std::uint64_t place = static_cast<std::uint64_t>(seed) - static_cast<std::uint64_t>(first_);
    return place < count_ ? std::optional<std::size_t>(place) : std::nullopt;
  }
  const auto found = std::ranges::find(list_, seed);
  if (found == list_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - list_.begin());
}

}  // namespace firesweep
