#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace firesweep {

/// What the values of a parameter are drawn from.
struct Distribution {
  enum class Kind : std::uint8_t {
    uniform,     ///< numbers: least and greatest value
    triangular,  ///< least, most likely and greatest value
    normal,      ///< mean and standard deviation
    lognormal,   ///< median, and standard deviation of the natural logarithm
  };

  Kind kind = Kind::uniform;
  std::array<double, 3> numbers = {};
  std::optional<std::array<double, 2>> within = {};  ///< nothing else is drawn: the distribution is truncated

  /// Whether it has a least and a greatest value.
  bool is_bounded() const;

  /// The value below which a share u of the distribution lies, 0 < u < 1; of one that is bounded also for 0 and 1. The
  /// same bits on every machine, see portable_math.hpp. `within`, if given, holds some of the distribution: share_within()
  /// is above 0.
  double quantile(double u) const;

  /// The share of the distribution that lies within its bounds, 1 without any.
  double share_within() const;

  friend bool operator==(const Distribution&, const Distribution&) = default;
};

inline constexpr std::array all_distributions = {Distribution::Kind::uniform, Distribution::Kind::triangular,
                                                 Distribution::Kind::normal, Distribution::Kind::lognormal};

/// As in experiment files: "uniform", "triangular", "normal", "lognormal".
std::string_view name(Distribution::Kind kind);

}  // namespace firesweep
