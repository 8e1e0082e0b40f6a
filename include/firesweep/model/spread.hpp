#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "firesweep/model/weather.hpp"

namespace firesweep {

/// How the attempts of several burning neighbours combine.
enum class Combination : std::uint8_t {
  linear,       ///< p(n) = min(n p(1), cap)
  independent,  ///< p(n) = min(1 - (1 - q)^n, cap): each neighbour tries on its own
};

inline constexpr std::array all_combinations = {Combination::linear, Combination::independent};

/// As in experiment files: "linear", "independent".
std::string_view name(Combination combination);

/// The constants of the spread formula; every one can be overridden or swept by an experiment.
struct SpreadParameters {
  double base_rate = 0.35;                 ///< [1], >= 0
  double neighbour_weight = 0.45;          ///< [1], >= 0
  double wind_scale = 120.0;               ///< [km h-1], > 0
  double humidity_offset = 1.15;           ///< [1]
  double temperature_offset = 0.85;        ///< [1]
  double temperature_scale = 120.0;        ///< [degC], > 0
  double max_probability = 0.6;            ///< [1], 0..1
  double max_probability_high_wind = 0.7;  ///< [1], 0..1
  double high_wind = 65.0;                 ///< wind above which the second cap holds [km h-1]
  Combination combination = Combination::linear;

  friend bool operator==(const SpreadParameters&, const SpreadParameters&) = default;
};

/// p(n): the probability that a vegetation cell with n burning cells among its 8 neighbours burns at the next
/// step.
using SpreadProbability = std::array<double, 9>;

/// Returns p(0..8), each in [0, 1] and p(0) = 0:
///
///     f    = base_rate (1 + W / wind_scale) (humidity_offset - H / 100)
///            (temperature_offset + T / temperature_scale) neighbour_weight
///     cap  = max_probability_high_wind if W > high_wind else max_probability
///     p(n) = min(f n, cap)                     linear
///     p(n) = min(1 - (1 - q)^n, cap)           independent, q = f clamped to [0, 1]
///
/// Source: the firesweep model contract; the linear form is the usual probabilistic cellular automaton of
/// fire spread.
SpreadProbability spread_probability(const Weather& weather, const SpreadParameters& parameters);

}  // namespace firesweep
