#include "firesweep/job/collectors.hpp"

#include <optional>

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("many ranks have collectors, each of which leads as many threads as there are collectors") {
  CHECK(choose_collectors(std::nullopt, 255, 8) == 0);
  CHECK(choose_collectors(std::nullopt, 257, 1) == 16);
  CHECK(choose_collectors(std::nullopt, 1563, 64) == 316);
  CHECK(choose_collectors(5, 4, 1) == 3);
  CHECK(choose_collectors(0, 1000, 1) == 0);
}

TEST_CASE("collectors deflate when bytes would bind rank 0, and only then") {
  constexpr double of_hundred_thousand = 1.2e9;  // fires of 83 us
  CHECK(should_deflate(of_hundred_thousand, 316, 64));
  CHECK_FALSE(should_deflate(of_hundred_thousand / 10, 100, 64));  // 10,000 workers: they do not
  CHECK_FALSE(should_deflate(of_hundred_thousand, 316, 8));        // which is too few to inflate
  CHECK_FALSE(should_deflate(of_hundred_thousand, 30, 64));  // collectors would be busy with nothing else
}
