#include "firesweep/engine/tally.hpp"

#include <algorithm>

namespace firesweep {

void CurveTally::add_step(std::uint32_t step, std::uint64_t burning_cells, std::uint64_t burnt_before,
                          std::uint64_t burnt_now) {
  if (step >= burning.size()) {
    burning.resize(step + 1, 0);
    burning_squares.resize(step + 1, 0);
    burnt_growth.resize(step + 1, 0);
    burnt_square_growth.resize(step + 1, 0);
  }
  burning[step] += burning_cells;
  burning_squares[step] += UInt128{burning_cells} * burning_cells;
  burnt_growth[step] += burnt_now - burnt_before;
  burnt_square_growth[step] += UInt128{burnt_now} * burnt_now - UInt128{burnt_before} * burnt_before;
}

void CurveTally::add(const CurveTally& other) {
  const std::size_t length = std::max(burning.size(), other.burning.size());
  burning.resize(length, 0);
  burning_squares.resize(length, 0);
  burnt_growth.resize(length, 0);
  burnt_square_growth.resize(length, 0);
  for (std::size_t step = 0; step < other.burning.size(); ++step) {
    burning[step] += other.burning[step];
    burning_squares[step] += other.burning_squares[step];
    burnt_growth[step] += other.burnt_growth[step];
    burnt_square_growth[step] += other.burnt_square_growth[step];
  }
}

}  // namespace firesweep
