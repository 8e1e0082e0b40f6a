#include "tile_tally.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace firesweep {
namespace {

// Calls visit(cell) for every cell of a tile whose bit is set.
template <class Visit>
void for_each_cell(const TileWord& cells, const Visit& visit) {
  for (std::size_t q = 0; q < cells.size(); ++q)
    for (std::uint64_t left = cells[q]; left != 0; left &= left - 1)
      visit(64 * q + static_cast<std::size_t>(__builtin_ctzll(left)));
}

// Turns digits of 256 numbers into numbers.
template <class Number, class Digits>
std::array<Number, tile_cells> numbers(const Digits& digits) {
  std::array<Number, tile_cells> numbers{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    for_each_cell(digits[i], [&](std::size_t cell) {
      numbers[cell] = static_cast<Number>(numbers[cell] | Number{1} << i);
    });
  }
  return numbers;
}

}  // namespace

TileTallies::TileTallies(const TilePlanes& planes, TallyChoice choice, const TileOperations& operations)
    : choice_(choice),
      count_up_(operations.count_up),
      columns_(planes.columns),
      slots_(choice.burn_count ? std::size_t{planes.columns} * planes.rows : 0) {}

void TileTallies::make_room(const TileField& field, std::uint64_t cells) {
  if (!choice_.burn_count) return;
  burnt_.clear();
  has_few_cells_ = cells <= few_cells;
  field.for_each_touched([&](std::uint32_t x, std::uint32_t y) {
    const TileWord caught = field.caught(x, y);
    if ((caught[0] | caught[1] | caught[2] | caught[3]) == 0) return;
    if (slot(x, y) == 0) {
      if (choice_.arrival) arrivals_.resize(counters_.size() + 1);
      counters_.push_back({x, y, 0, {}});
      slot(x, y) = static_cast<std::uint32_t>(counters_.size());
    }
    Counter& counter = counters_[slot(x, y) - 1];
    if (has_few_cells_ && counter.few == 0) {
      few_.emplace_back();
      counter.few = static_cast<std::uint32_t>(few_.size());
    }
    burnt_.push_back({slot(x, y) - std::size_t{1}, caught});
  });
}

void TileTallies::add(const TileField& field) noexcept {
  if (!choice_.burn_count) return;
  ++fires_;
  for (const auto& [place, cells] : burnt_) {
    Counter& counter = counters_[place];
    if (has_few_cells_) {
      Counts& counts = few_[counter.few - 1];
      for_each_cell(cells, [&](std::size_t cell) { ++counts[cell]; });
    } else {
      count_up_(counter.burns.front().data(), cells.data());
    }
    if (!choice_.arrival) continue;
    const std::size_t first = field.place(counter.x, counter.y);
    for (std::size_t digit = 0; digit < field.arrival_digits(); ++digit)
      count_up_(arrivals_[place][digit].data(), field.arrival(digit) + first);
  }
}

void TileTallies::take(Tally& tally) {
  std::vector<std::size_t> order(counters_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Counter& first = counters_[a];
    const Counter& second = counters_[b];
    return first.y != second.y ? first.y < second.y : first.x < second.x;
  });
  tally.tiles = TileCounts(std::exchange(fires_, 0));
  tally.tiles.reserve(order.size());
  for (const std::size_t i : order) {
    const Counter& counter = counters_[i];
    if (counter.few == 0) {
      tally.tiles.push_back(counter.x, counter.y, counter.burns);
    } else {
      TileTally tile{counter.x, counter.y, numbers<std::uint16_t>(counter.burns)};
      std::ranges::transform(tile.burn_count, few_[counter.few - 1], tile.burn_count.begin(), std::plus());
      tally.tiles.push_back(tile);
    }
    if (choice_.arrival) tally.arrival_sums.push_back(numbers<std::uint64_t>(arrivals_[i]));
  }
  for (const Counter& counter : counters_) slot(counter.x, counter.y) = 0;
  counters_.clear();
  arrivals_.clear();
  few_.clear();
}

}  // namespace firesweep
