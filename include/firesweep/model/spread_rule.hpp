#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/model/spread_directions.hpp"

namespace firesweep {

/// The ground that a rule is made for.
struct SpreadGround {
  std::span<const double> spreads;  ///< of the classes of fuel that burn: factor on f [1], >= 0; at least one
  std::span<const Gradient> gradients;  ///< of the bins of slope; at least one
  CellSize cell_size;
  double convergence = 0.0;  ///< where true north lies [degrees clockwise of grid north]
};

/// How fire spreads under one weather, in integers, so that every kernel does exactly the same. All doubles of the
/// physics become integers here.
///
/// A cell of class c and bin b that has not burnt catches fire from its burning neighbours S if its 32-bit draw of
/// Purpose::spread is below a threshold. With f and the cap of spread.hpp, and D, S of spread_directions.hpp,
///
///     F[c]      = round(2^28 ((f fuel_scale) spread[c]))       G[b][d] = round(2^24 (D_d S_d(b)))       C = round(2^32 cap)
///     linear:       T = min(C, (F[c] sum of G[b][d] over d in S) / 2^20)
///     Q[c][b][d] = 2^31 - 8 round(2^28 min(1, w)),  w = ((f fuel_scale) spread[c]) (D_d S_d(b))
///     independent:  T = min(C, 2^32 - P(S among the first four) P(S among the others) / 2^30)
///
/// with divisions rounded down, and P the product of 2^31 and Q / 2^31 for every neighbour in ascending order, each
/// rounded down.
///
/// If all classes have one F, all bins one G, and it is the same for all neighbours, only their number n matters, and the
/// threshold is round(2^32 p(n)) instead, with the p(n) of spread.hpp for f fuel_scale spread[0].
class SpreadRule {
 public:
  /// Throws InputError if linear weights are too large for the integers: F >= 16 x 2^28, or a sum of G >= 256 x 2^24.
  SpreadRule(const Weather& weather, const SpreadParameters& parameters, double fuel_scale,
             const SpreadGround& ground);

  /// p(n), if only the number of burning neighbours matters.
  const std::optional<SpreadProbability>& by_count() const { return by_count_; }
  Combination combination() const { return combination_; }

  /// C, 0..2^32.
  std::uint64_t cap() const { return cap_; }
  /// F of every class.
  std::span<const std::uint32_t> fuel() const { return fuel_; }
  /// G of every bin.
  std::span<const std::array<std::uint32_t, 8>> direction() const { return direction_; }
  /// Q of a class and a bin.
  std::array<std::uint32_t, 8> escape(std::size_t fuel, std::size_t bin) const;

  /// Returns T, 0..2^32, for a set of burning neighbours. The reference that every kernel has to agree with.
  std::uint64_t threshold(std::size_t fuel, std::size_t bin, unsigned burning) const;

 private:
  void check_limits() const;
  bool counts_only() const;

  Combination combination_;
  std::uint64_t cap_;
  std::vector<double> strength_;    // (f fuel_scale) spread of every class
  std::vector<ByNeighbour> shape_;  // D S of every bin
  std::vector<std::uint32_t> fuel_;
  std::vector<std::array<std::uint32_t, 8>> direction_;
  std::optional<SpreadProbability> by_count_;
};

}  // namespace firesweep
