#include "firesweep/landscape/assets.hpp"

#include <cmath>

#include "catch.hpp"

namespace firesweep {

TEST_CASE("Whole assets are counted one by one, and those of one cell together") {
  const AssetSet set = make_asset_set({{7, 2.0}, {3, 1.0}, {7, 5.0}, {9, 0.0}});
  CHECK(set.resolution == 1.0);
  CHECK(set.places == std::vector<AssetSet::Place>{{3, 1}, {7, 7}});
  CHECK(set.total() == 8);
  CHECK(set.value(set.total()) == 8.0);
}

TEST_CASE("Assets that are not whole are kept to 2^-52 of their total, by a power of two") {
  const std::vector<CellValue> values = {{0, 0.1}, {1, 0.25}, {2, 1e6}, {3, 1.0 / 3.0}};
  const AssetSet set = make_asset_set(values);
  int exponent = 0;
  CHECK(std::frexp(set.resolution, &exponent) == 0.5);
  CHECK(set.total() >= std::uint64_t{1} << 51);
  CHECK(set.total() <= std::uint64_t{1} << 52);
  for (std::size_t i = 0; i < values.size(); ++i)
    CHECK(std::abs(set.value(set.places[i].amount) - values[i].value) <= 0.5 * set.resolution);
}

TEST_CASE("Whole assets beyond 2^52 are kept by larger units") {
  const AssetSet set = make_asset_set({{0, std::ldexp(1.0, 60)}, {1, std::ldexp(1.0, 59)}});
  CHECK(set.resolution > 1.0);
  CHECK(set.value(set.total()) == std::ldexp(1.0, 60) + std::ldexp(1.0, 59));
}

}  // namespace firesweep
