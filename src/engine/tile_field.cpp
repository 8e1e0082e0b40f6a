#include "tile_field.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

std::uint32_t tiles_along(std::uint32_t cells) {
  return (cells + tile_side - 1) / tile_side;
}

// The rows of a strip, with a tile of border at either end. Strips that start at the same offset of their
// memory page would compete for the same lines of the cache.
std::size_t strip_of(Extent extent) {
  const std::size_t strip = (tiles_along(extent.height) + std::size_t{2}) * tile_side;
  return strip % 2048 == 0 ? strip + std::size_t{2} * tile_side : strip;
}

std::size_t cells_of_plane(Extent extent) {
  return (tiles_along(extent.width) + std::size_t{2}) * strip_of(extent);
}

std::size_t words_of_row(Extent extent) {
  return (tiles_along(extent.width) + std::size_t{31}) / 32;
}

std::size_t words_of_set(Extent extent) {
  return words_of_row(extent) * tiles_along(extent.height);
}

constexpr std::size_t bytes_of_tile = tile_cells / 8;

static_assert(std::endian::native == std::endian::little,
              "rows of a tile are also read as the quarters of its draws");

}  // namespace

TileField::TileField(Extent extent)
    : extent_(extent),
      burning_(cells_of_plane(extent)),
      ignited_(cells_of_plane(extent)),
      fuel_(cells_of_plane(extent)),
      landscape_(cells_of_plane(extent)),
      active_(words_of_set(extent)),
      next_(words_of_set(extent)),
      touched_(words_of_set(extent)),
      active_rows_(tiles_along(extent.height)),
      next_rows_(tiles_along(extent.height)),
      touched_rows_(tiles_along(extent.height)),
      work_(tiles_along(extent.height)) {
  expects(extent.width >= 1 && extent.height >= 1, "a landscape has a cell");
  const std::uint32_t columns_inside = (extent.width - 1) % tile_side + 1;
  const std::uint32_t rows_inside = (extent.height - 1) % tile_side + 1;
  planes_ = {
      .burning = burning_.get(),
      .ignited = ignited_.get(),
      .fuel = fuel_.get(),
      .landscape = landscape_.get(),
      .strip = strip_of(extent),
      .columns = tiles_along(extent.width),
      .rows = tiles_along(extent.height),
      .last_column_rows = ((std::uint64_t{1} << columns_inside) - 1) * 0x0001000100010001,
      .last_row_quarters = {},
      .words = static_cast<std::uint32_t>(words_of_row(extent)),
      .active = active_.get(),
      .next = next_.get(),
      .touched = touched_.get(),
      .active_rows = active_rows_.get(),
      .next_rows = next_rows_.get(),
      .touched_rows = touched_rows_.get(),
      .work = work_.get(),
  };
  for (std::uint32_t row = 0; row < rows_inside; ++row)
    planes_.last_row_quarters[row / 4] |= std::uint64_t{0xFFFF} << 16 * (row % 4);
  first_active_ = first_touched_ = planes_.rows;
}

void TileField::set_touched(std::uint32_t x, std::uint32_t y) {
  planes_.touched[y * std::size_t{planes_.words} + x / 32] |= 1U << x % 32;
  planes_.touched_rows[y] = 1;
  first_touched_ = std::min(first_touched_, y);
  end_touched_ = std::max(end_touched_, y + 1);
}

void TileField::activate(std::uint32_t x, std::uint32_t y) {
  planes_.active[y * std::size_t{planes_.words} + x / 32] |= 1U << x % 32;
  planes_.active_rows[y] = 1;
  if (first_active_ < end_active_) {  // nothing was found in the rows that come in between
    std::fill(planes_.work + std::min(y, first_active_), planes_.work + first_active_, 0U);
    std::fill(planes_.work + end_active_, planes_.work + std::max(y + 1, end_active_), 0U);
  }
  first_active_ = std::min(first_active_, y);
  end_active_ = std::max(end_active_, y + 1);
}

void TileField::light(Cell cell) {
  const std::size_t row = row_of(cell);
  const auto bit = static_cast<std::uint16_t>(1U << cell.x % tile_side);
  planes_.burning[row] |= bit;
  planes_.landscape[row] |= bit;
  planes_.fuel[row] &= static_cast<std::uint16_t>(~bit);
  const std::uint32_t left = (cell.x - std::min(cell.x, 1U)) / tile_side;
  const std::uint32_t right = std::min(cell.x + 1, extent_.width - 1) / tile_side;
  const std::uint32_t top = (cell.y - std::min(cell.y, 1U)) / tile_side;
  const std::uint32_t bottom = std::min(cell.y + 1, extent_.height - 1) / tile_side;
  for (std::uint32_t y = top; y <= bottom; ++y)
    for (std::uint32_t x = left; x <= right; ++x) activate(x, y);
}

bool TileField::has_fuel(Cell cell) const {
  return (planes_.fuel[row_of(cell)] >> cell.x % tile_side & 1) != 0;
}

CellState TileField::state(Cell cell) const {
  const std::size_t row = row_of(cell);
  const auto has = [&](const std::uint16_t* plane) { return (plane[row] >> cell.x % tile_side & 1) != 0; };
  if (!has(planes_.landscape)) return CellState::empty;
  if (has(planes_.burning)) return CellState::burning;
  return has(planes_.fuel) ? CellState::vegetation : CellState::burnt;
}

void TileField::set_arrival(Cell cell, std::uint32_t step) {
  const std::size_t row = row_of(cell);
  for (std::size_t digit = 0; digit < arrival_.size(); ++digit)
    arrival_[digit][row] |= static_cast<std::uint16_t>((step >> digit & 1) << cell.x % tile_side);
}

void TileField::set_left(Cell cell, std::uint32_t steps) {
  const std::size_t row = row_of(cell);
  const std::uint32_t bit = cell.x % tile_side;
  for (std::size_t digit = 0; digit < left_.size(); ++digit) {
    std::uint16_t& cells = left_[digit][row];
    cells = static_cast<std::uint16_t>((cells & ~(1U << bit)) | (steps >> digit & 1) << bit);
  }
}

void TileField::make_left(int digits) {
  while (left_.size() < static_cast<std::size_t>(digits)) left_.emplace_back(cells_of_plane(extent_));
}

void TileField::end_step(std::uint32_t first, std::uint32_t end) {
  std::swap(planes_.burning, planes_.ignited);
  std::swap(planes_.active, planes_.next);
  std::swap(planes_.active_rows, planes_.next_rows);
  first_touched_ = std::min(first_touched_, first);
  end_touched_ = std::max(end_touched_, end);
  if (first > 0) planes_.work[first - 1] = 0;
  if (end < planes_.rows) planes_.work[end] = 0;
  first_active_ = first - std::min(first, 1U);
  end_active_ = std::min(end + 1, planes_.rows);
}

void TileField::count_arrivals_to(std::uint32_t step) {
  while (step >> arrival_.size() != 0) arrival_.emplace_back(cells_of_plane(extent_));
}

TileWord TileField::caught(std::uint32_t x, std::uint32_t y) const {
  TileWord caught = word(planes_.landscape, x, y);
  const TileWord left = word(planes_.fuel, x, y);
  for (std::size_t q = 0; q < left.size(); ++q) caught[q] &= ~left[q];
  return caught;
}

void TileField::clear() {
  for_each_touched([this](std::uint32_t x, std::uint32_t y) {
    const std::size_t at = place(x, y);
    std::memset(planes_.burning + at, 0, bytes_of_tile);
    std::memset(planes_.ignited + at, 0, bytes_of_tile);
    for (const auto& digit : arrival_) std::memset(digit.get() + at, 0, bytes_of_tile);
  });
  const auto clear_rows = [this](std::uint32_t* set, std::uint8_t* rows, std::uint32_t first,
                                 std::uint32_t end) {
    for (std::uint32_t y = first; y < end; ++y) {
      if (std::exchange(rows[y], std::uint8_t{0}) == 0) continue;
      std::fill_n(set + y * std::size_t{planes_.words}, planes_.words, 0U);
    }
  };
  clear_rows(planes_.touched, planes_.touched_rows, first_touched_, end_touched_);
  clear_rows(planes_.active, planes_.active_rows, first_active_, end_active_);
  first_active_ = first_touched_ = planes_.rows;
  end_active_ = end_touched_ = 0;
}

}  // namespace firesweep
