#pragma once

/// Elementary functions that give the same bits on every machine: made of plus, minus, times, divide and the square
/// root, which IEEE 754 rounds correctly, where those of the C library differ in their last bit from library to library.
/// Errors are a few units in the last place.
namespace firesweep::portable {

/// Returns e^x, 0 below the range of normal numbers and infinity above it.
double exp(double x);

/// Returns the natural logarithm of x, for a finite x > 0.
double log(double x);

/// Returns the number below which a share p of the normal distribution lies (mean 0, standard deviation 1), for 0 < p < 1.
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
/// (1988) 477-484, doi:10.2307/2347330; relative error 1e-16.
double normal_quantile(double p);

/// Returns the arc tangent [degrees], -90..90.
double atan_degrees(double x);

/// The sine and cosine of an angle.
struct Turn {
  double sine;
  double cosine;
};

/// Returns both for a finite angle [degrees], exact at multiples of 90.
Turn turn(double degrees);

}  // namespace firesweep::portable
