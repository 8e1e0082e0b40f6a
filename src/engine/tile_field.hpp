#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "firesweep/engine/tile_counts.hpp"
#include "firesweep/model/grid.hpp"

#include "tile_layout.hpp"

namespace firesweep {

/// An array of zeros that the operating system provides page by page as they are touched: a large landscape
/// costs address space, not memory, until a fire gets there.
template <class T>
class LazyZeros {
 public:
  explicit LazyZeros(std::size_t size) : zeros_(static_cast<T*>(std::calloc(size + 1, sizeof(T)))) {
    if (!zeros_) throw std::bad_alloc();
  }
  T* get() const { return zeros_.get(); }
  T& operator[](std::size_t i) const { return zeros_[i]; }

 private:
  struct Free {
    void operator()(T* zeros) const { std::free(zeros); }
  };
  std::unique_ptr<T[], Free> zeros_;
};

/// The tiles of a landscape and the fire on them. Only what a fire has touched is ever read, written or
/// cleared.
class TileField {
 public:
  explicit TileField(Extent extent);

  const TilePlanes& planes() const { return planes_; }

  /// Rows of tiles first_active() .. end_active() - 1 have all the active tiles.
  std::uint32_t first_active() const { return first_active_; }
  std::uint32_t end_active() const { return end_active_; }

  bool is_touched(std::uint32_t x, std::uint32_t y) const {
    return (planes_.touched[y * std::size_t{planes_.words} + x / 32] >> x % 32 & 1) != 0;
  }
  void set_touched(std::uint32_t x, std::uint32_t y);

  /// Sets a cell of a touched tile on fire, whether or not it was vegetated.
  void light(Cell cell);

  /// Whether a cell of a touched tile is vegetation that has not caught fire.
  bool has_fuel(Cell cell) const;

  /// What a cell of a touched tile holds.
  CellState state(Cell cell) const;

  /// Sets the step at which a cell caught fire, unless it was set before; there are planes for its digits.
  void set_arrival(Cell cell, std::uint32_t step);

  /// Sets how many steps a burning cell burns on, of which there are planes for the digits.
  void set_left(Cell cell, std::uint32_t steps);

  /// Makes planes for the binary digits of the steps that cells burn on.
  void make_left(int digits);
  std::uint16_t* left(std::size_t digit) const { return left_[digit].get(); }

  /// Makes what was ignited burn, and the tiles it reached active; `first`, `end` are the rows that were
  /// active.
  void end_step(std::uint32_t first, std::uint32_t end);

  /// Makes planes for the binary digits of steps up to `step`; bit i of arrival(i) is that of the step of
  /// arrival.
  void count_arrivals_to(std::uint32_t step);
  std::uint16_t* arrival(std::size_t digit) const { return arrival_[digit].get(); }
  std::size_t arrival_digits() const { return arrival_.size(); }

  /// Index of the first row of tile (x, y) in every plane.
  std::size_t place(std::uint32_t x, std::uint32_t y) const {
    return (x + std::size_t{1}) * planes_.strip + (y + std::size_t{1}) * tile_side;
  }

  /// Returns tile (x, y) of a plane.
  TileWord word(const std::uint16_t* plane, std::uint32_t x, std::uint32_t y) const {
    TileWord word;
    std::memcpy(word.data(), plane + place(x, y), sizeof word);
    return word;
  }

  /// Returns the cells of a touched tile that have caught fire.
  TileWord caught(std::uint32_t x, std::uint32_t y) const;

  /// Calls visit(x, y) for every touched tile, by row, then column.
  template <class Visit>
  void for_each_touched(const Visit& visit) const {
    for_each_touched_of([](std::size_t) { return ~std::uint32_t{0}; }, visit);
  }

  /// Of the touched tiles whose bit is set in `tiles`, in the order of the planes' words.
  template <class Visit>
  void for_each_touched(std::span<const std::uint32_t> tiles, const Visit& visit) const {
    for_each_touched_of([tiles](std::size_t word) { return tiles[word]; }, visit);
  }

  /// Forgets the fire and its vegetation.
  void clear();

 private:
  template <class Among, class Visit>
  void for_each_touched_of(const Among& among, const Visit& visit) const {
    for (std::uint32_t y = first_touched_; y < end_touched_; ++y) {
      if (planes_.touched_rows[y] == 0) continue;
      for (std::uint32_t w = 0; w < planes_.words; ++w) {
        const std::size_t word = y * std::size_t{planes_.words} + w;
        for (std::uint32_t left = planes_.touched[word] & among(word); left != 0; left &= left - 1)
          visit(32 * w + static_cast<std::uint32_t>(__builtin_ctz(left)), y);
      }
    }
  }

  void activate(std::uint32_t x, std::uint32_t y);
  std::size_t row_of(Cell cell) const {
    return place(cell.x / tile_side, cell.y / tile_side) + cell.y % tile_side;
  }

  Extent extent_;
  TilePlanes planes_{};
  LazyZeros<std::uint16_t> burning_;
  LazyZeros<std::uint16_t> ignited_;
  LazyZeros<std::uint16_t> fuel_;
  LazyZeros<std::uint16_t> landscape_;
  std::vector<LazyZeros<std::uint16_t>> arrival_;
  std::vector<LazyZeros<std::uint16_t>> left_;
  LazyZeros<std::uint32_t> active_;
  LazyZeros<std::uint32_t> next_;
  LazyZeros<std::uint32_t> touched_;
  LazyZeros<std::uint8_t> active_rows_;
  LazyZeros<std::uint8_t> next_rows_;
  LazyZeros<std::uint8_t> touched_rows_;
  LazyZeros<std::uint32_t> work_;
  std::uint32_t first_active_ = 0;
  std::uint32_t end_active_ = 0;
  std::uint32_t first_touched_ = 0;
  std::uint32_t end_touched_ = 0;
};

}  // namespace firesweep
