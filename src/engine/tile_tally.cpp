#include "tile_tally.hpp"

#include <algorithm>
#include <numeric>

namespace firesweep {
namespace {

// Turns digits of 256 numbers into numbers.
template <class Number, class Digits>
std::array<Number, tile_cells> numbers(const Digits& digits) {
  std::array<Number, tile_cells> numbers{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    for (std::size_t q = 0; q < digits[i].size(); ++q) {
      for (std::uint64_t left = digits[i][q]; left != 0; left &= left - 1) {
        Number& number = numbers[64 * q + static_cast<std::size_t>(__builtin_ctzll(left))];
        number = static_cast<Number>(number | Number{1} << i);
      }
    }
  }
  return numbers;
}

}  // namespace

TileTallies::TileTallies(const TilePlanes& planes, TallyChoice choice, const TileOperations& operations)
    : choice_(choice),
      count_up_(operations.count_up),
      columns_(planes.columns),
      slots_(choice.burn_count ? std::size_t{planes.columns} * planes.rows : 0) {}

void TileTallies::make_room(const TileField& field) {
  if (!choice_.burn_count) return;
  field.for_each_touched([&](std::uint32_t x, std::uint32_t y) {
    if (slot(x, y) != 0 || field.caught(x, y) == TileWord{}) return;
    if (choice_.arrival) arrivals_.resize(counters_.size() + 1);
    counters_.push_back({x, y, {}});
    slot(x, y) = static_cast<std::uint32_t>(counters_.size());
  });
}

void TileTallies::add(const TileField& field) noexcept {
  if (!choice_.burn_count) return;
  field.for_each_touched([&](std::uint32_t x, std::uint32_t y) {
    const TileWord burnt = field.caught(x, y);
    if (burnt == TileWord{}) return;
    const std::size_t counter = slot(x, y) - 1;
    count_up_(counters_[counter].burns.front().data(), burnt.data());
    if (!choice_.arrival) return;
    for (std::size_t digit = 0; digit < field.arrival_digits(); ++digit)
      count_up_(arrivals_[counter][digit].data(), field.arrival(digit) + field.place(x, y));
  });
}

void TileTallies::take(Tally& tally) {
  std::vector<std::size_t> order(counters_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Counter& first = counters_[a];
    const Counter& second = counters_[b];
    return first.y != second.y ? first.y < second.y : first.x < second.x;
  });
  tally.tiles.reserve(order.size());
  for (const std::size_t i : order) {
    const Counter& counter = counters_[i];
    tally.tiles.push_back({counter.x, counter.y, numbers<std::uint16_t>(counter.burns)});
    if (choice_.arrival) tally.arrival_sums.push_back(numbers<std::uint64_t>(arrivals_[i]));
  }
  for (const Counter& counter : counters_) slot(counter.x, counter.y) = 0;
  counters_.clear();
  arrivals_.clear();
}

}  // namespace firesweep
