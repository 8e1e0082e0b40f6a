#include "firesweep/model/portable_math.hpp"

#include <cmath>
#include <limits>

namespace firesweep::portable {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double radian = pi / 180;

// ln 2 in two parts; multiples of the first up to 2^11 are exact.
constexpr double ln2_high = 0x1.62e42feep-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

// 1 - x^2 / (a (a + 1)) (1 - x^2 / ((a + 2) (a + 3)) (1 - ...)): the cosine for a = 1, the sine over x for a = 2.
double alternating_series(double x, int a) {
  double sum = 1;
  for (int n = a + 16; n >= a; n -= 2) sum = 1 - x * x / (n * (n + 1.0)) * sum;
  return sum;
}

}  // namespace

double exp(double x) {
  if (x > 709) return std::numeric_limits<double>::infinity();
  if (x < -708) return 0;
  const double twos = std::floor(x / (ln2_high + ln2_low) + 0.5);
  const double rest = (x - twos * ln2_high) - twos * ln2_low;  // within ln 2 / 2
  double sum = 1;
  for (int n = 14; n >= 1; --n) sum = 1 + rest / n * sum;
  return std::ldexp(sum, static_cast<int>(twos));
}

double log(double x) {
  int twos = 0;
  double mantissa = std::frexp(x, &twos);
  if (mantissa < 0.70710678118654752440) {
    mantissa *= 2;
    --twos;
  }
  const double s = (mantissa - 1) / (mantissa + 1);  // ln m = 2 artanh s
  double sum = 0;
  for (int n = 25; n >= 1; n -= 2) sum = sum * s * s + 1.0 / n;
  return twos * ln2_high + (twos * ln2_low + 2 * s * sum);
}

double atan_degrees(double x) {
  if (x < 0) return -atan_degrees(-x);
  if (x > 1) return 90 - atan_degrees(1 / x);
  double t = x;  // the tangent of a quarter of the angle, for a short series
  for (int i = 0; i < 2; ++i) t = t / (1 + std::sqrt(1 + t * t));
  double sum = 0;
  for (int n = 23; n >= 1; n -= 2) sum = 1.0 / n - sum * t * t;
  return 4 * t * sum / radian;
}

Turn turn(double degrees) {
  const double quarters = std::floor(degrees / 90 + 0.5);
  const double rest = (degrees - 90 * quarters) * radian;
  const double sine = rest * alternating_series(rest, 2);
  const double cosine = alternating_series(rest, 1);
  switch (static_cast<int>(quarters - 4 * std::floor(quarters / 4))) {
    case 0:
      return {sine, cosine};
    case 1:
      return {cosine, -sine};
    case 2:
      return {-sine, -cosine};
    default:
      return {-cosine, sine};
  }
}

}  // namespace firesweep::portable
