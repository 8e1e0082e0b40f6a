#include "firesweep/engine/tally.hpp"

#include <algorithm>

namespace firesweep {

void CurveTally::add_step(std::uint32_t step, std::uint64_t burning_cells, std::uint64_t burnt_before,
                          std::uint64_t burnt_now) {
  lengthen(std::size_t{step} + 1);
  burning[step] += burning_cells;
  burning_squares[step] += UInt128{burning_cells} * burning_cells;
  burnt_growth[step] += burnt_now - burnt_before;
  burnt_square_growth[step] += UInt128{burnt_now} * burnt_now - UInt128{burnt_before} * burnt_before;
}

void CurveTally::add_fire(std::span<const CurvePoint> fire) {
  lengthen(fire.size());
  std::uint64_t before = 0;
  for (std::size_t step = 0; step < fire.size(); ++step) {
    const auto [cells, burnt] = fire[step];
    burning[step] += cells;
    burning_squares[step] += UInt128{cells} * cells;
    burnt_growth[step] += burnt - before;
    burnt_square_growth[step] += UInt128{burnt - before} * (burnt + before);
    before = burnt;
  }
}

void CurveTally::make_room(std::size_t steps) {
  if (steps <= burning.capacity()) return;
  const std::size_t room = 2 * steps;
  burning_squares.reserve(room);
  burnt_growth.reserve(room);
  burnt_square_growth.reserve(room);
  burning.reserve(room);  // the last, as it says how much there is
}

void CurveTally::lengthen(std::size_t steps) {
  if (steps <= burning.size()) return;
  burning.resize(steps, 0);
  burning_squares.resize(steps, 0);
  burnt_growth.resize(steps, 0);
  burnt_square_growth.resize(steps, 0);
}

void CurveTally::add(const CurveTally& other) {
  lengthen(other.burning.size());
  for (std::size_t step = 0; step < other.burning.size(); ++step) {
    burning[step] += other.burning[step];
    burning_squares[step] += other.burning_squares[step];
    burnt_growth[step] += other.burnt_growth[step];
    burnt_square_growth[step] += other.burnt_square_growth[step];
  }
}

}  // namespace firesweep
