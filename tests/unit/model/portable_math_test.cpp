#include "firesweep/model/portable_math.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"

using namespace firesweep;

namespace {

// Relative error in units of the last place.
double error(double value, double expected) {
  if (value == expected) return 0;
  return std::abs(value - expected) / (std::abs(expected) * std::numeric_limits<double>::epsilon());
}

}  // namespace

TEST_CASE("elementary functions are within some units of the last place of the C library's") {
  double worst = 0;
  for (int i = -4000; i <= 4000; ++i) {
    const double x = i * 0.01237;
    worst = std::max(worst, error(portable::exp(x), std::exp(x)));
    worst = std::max(worst, error(portable::log(std::exp(x) + 0.3), std::log(std::exp(x) + 0.3)));
    worst = std::max(worst, error(portable::atan_degrees(x), std::atan(x) * 180 / std::acos(-1.0)));
    const portable::Turn turn = portable::turn(x);
    worst = std::max(worst, error(turn.sine, std::sin(x * std::acos(-1.0) / 180)));
    worst = std::max(worst, error(turn.cosine, std::cos(x * std::acos(-1.0) / 180)));
  }
  CHECK(worst < 8);
}

TEST_CASE("what is exact on paper is exact") {
  CHECK(portable::exp(0) == 1);
  CHECK(portable::exp(-1000) == 0);
  CHECK(portable::exp(1000) == std::numeric_limits<double>::infinity());
  CHECK(portable::log(1) == 0);
  CHECK(portable::atan_degrees(0) == 0);
  for (const int quarter : {-3, 0, 1, 2, 3, 4, 7}) {
    const portable::Turn turn = portable::turn(90.0 * quarter);
    CHECK(std::abs(turn.sine) == (quarter % 2 == 0 ? 0 : 1));
    CHECK(std::abs(turn.cosine) == (quarter % 2 == 0 ? 1 : 0));
  }
  CHECK(portable::turn(270).sine == -1);
  CHECK(portable::turn(-180).cosine == -1);
}

TEST_CASE("the bits of elementary functions never change") {
  CHECK(portable::exp(1.5) == 0x1.1ed3fe64fc541p+2);
}

TEST_CASE("quantiles of the normal distribution are those of Wichura 1988 and of others") {
  const auto quantile = portable::normal_quantile;
  CHECK(quantile(0.5) == 0);
  CHECK(quantile(0.25) == Approx(-0.6744897501960817).epsilon(1e-15));
  CHECK(quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
  CHECK(quantile(0.001) == Approx(-3.090232306167813).epsilon(1e-15));
  CHECK(quantile(1e-10) == Approx(-6.361340902404056).epsilon(1e-15));
  CHECK(quantile(1e-20) == Approx(-9.262340089798408).epsilon(1e-15));
  for (double z = -8; z < 5; z += 0.01)
    CHECK(quantile(std::erfc(-z / std::sqrt(2)) / 2) == Approx(z).margin(1e-9));
}
