#pragma once

// The one place that knows which Catch2 there is: the distribution's 2.13, or a 3.x.
#if __has_include(<catch2/catch_all.hpp>)
#include <string>

#include <catch2/catch_all.hpp>
using Catch::Approx;
inline auto Contains(const std::string& text) {
  return Catch::Matchers::ContainsSubstring(text);
}
#else
#include <catch2/catch.hpp>  // declares Approx globally
using Catch::Matchers::Contains;
#endif
