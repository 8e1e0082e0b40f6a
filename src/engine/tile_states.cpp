#include "tile_states.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace firesweep {
namespace {

// Of every byte, its bits as bytes of 0 or 1, the lowest first.
constexpr auto bits_as_bytes = [] {
  std::array<std::uint64_t, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte)
    for (unsigned bit = 0; bit < 8; ++bit) table[byte] |= std::uint64_t{byte >> bit & 1} << 8 * bit;
  return table;
}();

// What 16 cells in a row hold.
using RowOfCells = std::array<CellState, tile_side>;

// The two binary digits of each state come from the planes: 1 vegetation, 2 burning, 3 burnt.
RowOfCells row_of_cells(unsigned landscape, unsigned fuel, unsigned burning) {
  const unsigned low = landscape & ~burning;
  const unsigned high = landscape & ~fuel;
  const std::array<std::uint64_t, 2> bytes = {bits_as_bytes[low & 0xFF] | bits_as_bytes[high & 0xFF] << 1,
                                              bits_as_bytes[low >> 8] | bits_as_bytes[high >> 8] << 1};
  RowOfCells cells;
  std::memcpy(cells.data(), bytes.data(), sizeof cells);
  return cells;
}

}  // namespace

std::vector<CellState> TileKernel::states() const {
  std::vector<CellState> states(extent_.cells(), CellState::empty);
  for (std::uint32_t y = 0; y < field_.planes().rows; ++y)
    for (std::uint32_t x = 0; x < field_.planes().columns; ++x) write_tile(x, y, states);
  return states;
}

void TileKernel::write_tile(std::uint32_t tile_x, std::uint32_t tile_y, std::span<CellState> states) const {
  const TilePlanes& planes = field_.planes();
  TileWord landscape{};
  TileWord fuel{};
  TileWord burning{};
  if (field_.is_touched(tile_x, tile_y)) {
    landscape = field_.word(planes.landscape, tile_x, tile_y);
    fuel = field_.word(planes.fuel, tile_x, tile_y);
    burning = field_.word(planes.burning, tile_x, tile_y);
  } else {
    operations_.grow(planes, growth(), tile_x, tile_y, landscape.data());
    fuel = landscape;
  }
  const Cell corner{tile_side * tile_x, tile_side * tile_y};
  const std::uint32_t width = std::min(tile_side, extent_.width - corner.x);
  const std::uint32_t height = std::min(tile_side, extent_.height - corner.y);
  CellState* place = states.data() + extent_.index(corner);
  for (std::uint32_t row = 0; row < height; ++row, place += extent_.width) {
    const RowOfCells cells = row_of_cells(row_of(landscape, row), row_of(fuel, row), row_of(burning, row));
    if (width == tile_side)  // a size that the compiler knows
      std::memcpy(place, cells.data(), sizeof cells);
    else
      std::copy_n(cells.begin(), width, place);
  }
}

TileStates::TileStates(const TileKernel& kernel)
    : kernel_(kernel), changed_(std::size_t{kernel.field().planes().rows} * kernel.field().planes().words) {}

void TileStates::note_active() {
  if (!is_known_) return;
  const TilePlanes& planes = kernel_.field().planes();
  const std::size_t end = kernel_.field().end_active() * std::size_t{planes.words};
  for (std::size_t i = kernel_.field().first_active() * std::size_t{planes.words}; i < end; ++i)
    changed_[i] |= planes.active[i];
}

std::span<const CellState> TileStates::refresh() {
  const TilePlanes& planes = kernel_.field().planes();
  if (states_.empty()) states_.resize(kernel_.extent().cells());
  if (!is_known_) {
    for (std::uint32_t y = 0; y < planes.rows; ++y)
      for (std::uint32_t x = 0; x < planes.columns; ++x) kernel_.write_tile(x, y, states_);
    is_known_ = true;
    std::ranges::fill(changed_, 0U);
  } else {
    for (std::size_t i = 0; i < changed_.size(); ++i) {
      for (std::uint32_t left = changed_[i]; left != 0; left &= left - 1)
        kernel_.write_tile(static_cast<std::uint32_t>(32 * (i % planes.words)) +
                               static_cast<std::uint32_t>(__builtin_ctz(left)),
                           static_cast<std::uint32_t>(i / planes.words), states_);
      changed_[i] = 0;
    }
  }
  note_active();  // what burns there now burns out
  return states_;
}

}  // namespace firesweep
