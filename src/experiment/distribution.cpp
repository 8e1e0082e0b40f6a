#include "firesweep/experiment/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "firesweep/model/portable_math.hpp"

namespace firesweep {
namespace {

/// The share of a normal distribution below z. The C library's erfc differs in its last bits from system to system, so
/// the share is rounded to a multiple of 2^-40, which leaves none of that.
double normal_share(double z) {
  constexpr double steps = 0x1p40;
  return std::round(std::erfc(-z / std::numbers::sqrt2) / 2.0 * steps) / steps;
}

/// A distribution without its bounds.
class Whole {
 public:
  explicit Whole(const Distribution& of) : kind_(of.kind), numbers_(of.numbers) {}

  double quantile(double u) const {
    switch (kind_) {
      case Distribution::Kind::uniform:
        return first() + u * (second() - first());
      case Distribution::Kind::triangular:
        return triangular_quantile(u);
      case Distribution::Kind::normal:
        return first() + second() * portable::normal_quantile(u);
      case Distribution::Kind::lognormal:
        return first() * portable::exp(second() * portable::normal_quantile(u));
    }
    return first();
  }

  double share_below(double value) const {
    switch (kind_) {
      case Distribution::Kind::uniform:
        return std::clamp((value - first()) / (second() - first()), 0.0, 1.0);
      case Distribution::Kind::triangular:
        return triangular_share(value);
      case Distribution::Kind::normal:
        return normal_share((value - first()) / second());
      case Distribution::Kind::lognormal:
        return value > 0.0 ? normal_share(portable::log(value / first()) / second()) : 0.0;
    }
    return 0.0;
  }

 private:
  double first() const { return numbers_[0]; }
  double second() const { return numbers_[1]; }
  double third() const { return numbers_[2]; }

  double triangular_quantile(double u) const {
    const double width = third() - first();
    const double rising = (second() - first()) / width;
    return u < rising ? first() + std::sqrt(u * width * (second() - first()))
                      : third() - std::sqrt((1.0 - u) * width * (third() - second()));
  }

  double triangular_share(double value) const {
    if (value <= first()) return 0.0;
    if (value >= third()) return 1.0;
    const double width = third() - first();
    return value < second() ? (value - first()) * (value - first()) / (width * (second() - first()))
                            : 1.0 - (third() - value) * (third() - value) / (width * (third() - second()));
  }

  Distribution::Kind kind_;
  std::array<double, 3> numbers_;
};

}  // namespace

bool Distribution::is_bounded() const {
  return within || kind == Kind::uniform || kind == Kind::triangular;
}

double Distribution::quantile(double u) const {
  const Whole whole(*this);
  if (!within) return whole.quantile(u);
  const auto [least, most] = *within;
  if (u <= 0.0) return least;
  if (u >= 1.0) return most;
  const double below = whole.share_below(least);
  const double share = below + u * (whole.share_below(most) - below);
  if (share <= 0.0) return least;
  if (share >= 1.0) return most;
  return std::clamp(whole.quantile(share), least, most);
}

double Distribution::share_within() const {
  if (!within) return 1.0;
  const Whole whole(*this);
  return whole.share_below((*within)[1]) - whole.share_below((*within)[0]);
}

std::string_view name(Distribution::Kind kind) {
  switch (kind) {
    case Distribution::Kind::uniform:
      return "uniform";
    case Distribution::Kind::triangular:
      return "triangular";
    case Distribution::Kind::normal:
      return "normal";
    case Distribution::Kind::lognormal:
      return "lognormal";
  }
  return "";
}

}  // namespace firesweep
