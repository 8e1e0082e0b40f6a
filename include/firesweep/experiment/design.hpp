#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/experiment/distribution.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// How the samples of a design come about.
enum class DesignMethod : std::uint8_t {
  latin_hypercube,  ///< one sample in each of as many equally likely strata of every parameter
  sobol,            ///< the matrices that Sobol' indices are estimated from, of a Sobol' sequence
  morris,           ///< trajectories that move one parameter at a time
  random,           ///< independent draws
  cases,            ///< a list
};

inline constexpr std::array all_design_methods = {DesignMethod::latin_hypercube, DesignMethod::sobol,
                                                  DesignMethod::morris, DesignMethod::random};

/// As in experiment files: "latin_hypercube", "sobol", "morris", "random"; "cases" for a list.
std::string_view name(DesignMethod method);

/// Many parameters at once, each sample a value of all of them.
///
/// A sample's place in the unit cube has an address (number() of the design's seed and Purpose::design), and so has
/// every coordinate of it: with more samples those that were there stay as they are, but for a Latin hypercube, whose
/// strata are others. Samples follow each other
///
/// - sobol: row by row, d + 2 in each, A, B, and A with the i-th parameter of B for each of d parameters; with second
///   order also B with the i-th of A. Rows are points of a Sobol' sequence in 2 d dimensions, the first d of which are
///   A, all shifted by a random digital shift.
/// - morris: trajectory by trajectory, d + 1 samples in each, of which each moves one parameter, in random order, by
///   2/3 of the unit cube, up or down, between the levels 0, 1/3, 2/3 and 1.
///
/// Source: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239-245 (Latin hypercube); A. Saltelli et
/// al., Comput. Phys. Commun. 181 (2010) 259-270 (the matrices); J. Matousek, J. Complexity 14 (1998) 527-556 (digital
/// shift); M. D. Morris, Technometrics 33 (1991) 161-174.
struct Design {
  struct Column {
    const Parameter* parameter = nullptr;  ///< never null
    Distribution distribution;             ///< of no meaning for a list

    friend bool operator==(const Column&, const Column&) = default;
  };

  DesignMethod method = DesignMethod::cases;
  std::size_t rows = 0;  ///< samples; for sobol rows, for morris trajectories
  std::vector<Column> columns;
  bool has_second_order = false;  ///< of sobol alone
  Seed seed{1};

  std::size_t parameters() const { return columns.size(); }

  /// Samples that belong together: d + 2 or 2 d + 2 of sobol, d + 1 of morris, else 1.
  std::size_t samples_per_row() const;
  std::size_t samples() const { return rows * samples_per_row(); }

  friend bool operator==(const Design&, const Design&) = default;
};

/// A step of a Morris trajectory.
struct MorrisStep {
  std::size_t parameter;  ///< that it moves, an index of Design::columns
  double by;              ///< in the unit cube, 2/3 or -2/3
};

/// Those of all trajectories of a morris design, shape (rows, parameters).
std::vector<MorrisStep> morris_steps(const Design& design);

/// What each sample is in its row, shape (samples): "A", "B", "A_B wind_speed", "B_A wind_speed" of sobol, "start",
/// "wind_speed" (what has moved) of morris, else "".
std::vector<std::string> parts_of(const Design& design);

/// Places in the unit cube, shape (samples, parameters), of a design that is no list.
std::vector<double> unit_samples(const Design& design);

/// Values of the parameters, shape (samples, parameters); those that are whole numbers are rounded.
std::vector<double> draw_samples(const Design& design);

}  // namespace firesweep
