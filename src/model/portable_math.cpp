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

// The coefficients of AS 241's quotients of polynomials, from that of 1 upwards.
using Coefficients = double[8];
constexpr Coefficients central_numerator = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr Coefficients central_denominator = {1.0,
                                              4.2313330701600911252e1,
                                              6.8718700749205790830e2,
                                              5.3941960214247511077e3,
                                              2.1213794301586595867e4,
                                              3.9307895800092710610e4,
                                              2.8729085735721942674e4,
                                              5.2264952788528545610e3};
constexpr Coefficients near_numerator = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                         5.76949722146069140550e0,  3.64784832476320460504e0,
                                         1.27045825245236838258e0,  2.41780725177450611770e-1,
                                         2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr Coefficients near_denominator = {1.0,
                                           2.05319162663775882187e0,
                                           1.67638483018380384940e0,
                                           6.89767334985100004550e-1,
                                           1.48103976427480074590e-1,
                                           1.51986665636164571966e-2,
                                           5.47593808499534494600e-4,
                                           1.05075007164441684324e-9};
constexpr Coefficients far_numerator = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                        1.78482653991729133580e0,  2.96560571828504891230e-1,
                                        2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                        2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr Coefficients far_denominator = {1.0,
                                          5.99832206555887937690e-1,
                                          1.36929880922735805310e-1,
                                          1.48753612908506148525e-2,
                                          7.86869131145613259100e-4,
                                          1.84631831751005468180e-5,
                                          1.42151175831644588870e-7,
                                          2.04426310338993978564e-15};

double ratio(double x, const Coefficients& numerator, const Coefficients& denominator) {
  double above = numerator[7];
  double below = denominator[7];
  for (int i = 6; i >= 0; --i) {
    above = above * x + numerator[i];
    below = below * x + denominator[i];
  }
  return above / below;
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

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * ratio(r, central_numerator, central_denominator);
  }
  const double r = std::sqrt(-log(q < 0 ? p : 1 - p));
  const double tail = r <= 5 ? ratio(r - 1.6, near_numerator, near_denominator)
                             : ratio(r - 5, far_numerator, far_denominator);
  return q < 0 ? -tail : tail;
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
