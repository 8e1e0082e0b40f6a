#include "firesweep/experiment/seeds.hpp"

#include <limits>

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("a range of seeds takes no memory, and is one however it was written") {
  const Seeds range(Seed{5}, 100'000'000);
  CHECK(range.is_range());
  CHECK(range.size() == 100'000'000);
  CHECK(range.back() == Seed{100'000'004});
  CHECK(range[17] == Seed{22});
  CHECK(Seeds{Seed{5}, Seed{6}, Seed{7}} == Seeds(Seed{5}, 3));
}

TEST_CASE("seeds that do not follow each other are a list") {
  constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  for (const Seeds& list : {Seeds{Seed{2}, Seed{1}}, Seeds{Seed{1}, Seed{3}}, Seeds{Seed{last}, Seed{0}}}) {
    CHECK_FALSE(list.is_range());
    CHECK(list != Seeds(list.front(), list.size()));
  }
  CHECK(Seeds{Seed{last}, Seed{0}}.back() == Seed{0});
}

TEST_CASE("a seed is found where it is") {
  const Seeds range(Seed{5}, 3);
  CHECK(range.find(Seed{4}) == std::nullopt);
  CHECK(range.find(Seed{5}) == 0U);
  CHECK(range.find(Seed{7}) == 2U);
  CHECK(range.find(Seed{8}) == std::nullopt);
  const Seeds list = {Seed{9}, Seed{2}};
  CHECK(list.find(Seed{2}) == 1U);
  CHECK(list.find(Seed{3}) == std::nullopt);
  CHECK(Seeds().find(Seed{0}) == std::nullopt);
}
