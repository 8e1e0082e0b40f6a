#pragma once

// The one place that knows which Catch2 there is: the distribution's 2.13, or a 3.x.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>  // declares Approx globally
#endif
