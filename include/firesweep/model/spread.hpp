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

/// Whose formula the spread follows.
enum class Form : std::uint8_t {
  firesweep,
  alexandridis,  ///< f = 0.58 exp(0.0125 W), always independent, without a cap; wind and slope as there
};

inline constexpr std::array all_forms = {Form::firesweep, Form::alexandridis};

/// As in experiment files: "firesweep", "alexandridis".
std::string_view name(Form form);

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
  double wind_directionality = 0.0;  ///< how much the wind turns a fire [h km-1], >= 0; 0: not at all
  double slope_coefficient = 0.069;  ///< [degree-1], >= 0
  Form form = Form::firesweep;

  friend bool operator==(const SpreadParameters&, const SpreadParameters&) = default;
};

/// The published constants of Form::alexandridis, where the members above have those of Form::firesweep.
/// Source: A. Alexandridis et al., "A cellular automata model for forest fire spread prediction", Applied Mathematics and
/// Computation 204 (2008) 191-201, doi:10.1016/j.amc.2008.06.046; its c1 and c2 are per m s-1.
struct Alexandridis {
  static constexpr double base_probability = 0.58;            ///< p_h [1]
  static constexpr double wind_coefficient = 0.045 / 3.6;     ///< c1 [h km-1]
  static constexpr double wind_directionality = 0.131 / 3.6;  ///< c2 [h km-1]
  static constexpr double slope_coefficient = 0.078;          ///< a [degree-1]
};

/// Returns f, what one burning neighbour counts for [1]; it may be negative or above 1. See spread_probability.
double spread_factor(const Weather& weather, const SpreadParameters& parameters);

/// Returns the greatest probability of spread, in [0, 1].
double spread_cap(const Weather& weather, const SpreadParameters& parameters);

/// How burning neighbours combine under the parameters' form.
Combination effective_combination(const SpreadParameters& parameters);

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
/// fire spread. Under Form::alexandridis f = 0.58 exp(0.0125 W), there is no cap, and neighbours are independent.
SpreadProbability spread_probability(const Weather& weather, const SpreadParameters& parameters);

/// The same for an f that is given.
SpreadProbability spread_probability(double factor, double cap, Combination combination);

}  // namespace firesweep
