#include "firesweep/statistics/map_difference.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("a cell is marked where the interval of its difference excludes 0") {
  // 9 and 3 of 10 differ by 0.1705 to 0.8090, as Newcombe has it; 5 and 3 of 10 may not.
  const std::vector<float> first = {0.3F, 0.9F, 0.3F, 0.0F, unknown, 0.5F};
  const std::vector<float> second = {0.9F, 0.3F, 0.5F, 0.0F, 0.5F, unknown};
  const MapDifference found = difference_of_maps({first, 10}, {second, 10}, 0.95);
  CHECK(found.marks == std::vector<CellMark>{CellMark::more, CellMark::less, CellMark::none, CellMark::none,
                                             CellMark::unknown, CellMark::unknown});
  CHECK(found.difference[0] == Approx(0.6));
  CHECK(found.difference[1] == Approx(-0.6));
  CHECK(std::isnan(found.difference[4]));
  CHECK(found.cells == 4);
  CHECK(found.could_differ == 3);
  CHECK(found.more == 1);
  CHECK(found.less == 1);
  CHECK(found.by_chance == Approx(0.05 * 3));
}

TEST_CASE("nothing is known of maps without runs") {
  const std::vector<float> none = {unknown, unknown};
  const std::vector<float> some = {0.5F, 0.0F};
  const MapDifference found = difference_of_maps({none, 0}, {some, 4}, 0.95);
  CHECK(found.cells == 0);
  CHECK(found.by_chance == 0.0);
}
