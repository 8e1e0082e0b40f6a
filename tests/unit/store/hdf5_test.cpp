#include "hdf5/hdf5.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("pieces of a dataset follow each other, whatever its lengths") {
  CHECK(hdf5::consecutive_piece({4, 5}, 100) == hdf5::Shape{4, 5});
  CHECK(hdf5::consecutive_piece({4, 5}, 5) == hdf5::Shape{1, 5});
  CHECK(hdf5::consecutive_piece({4, 5}, 3) == hdf5::Shape{1, 3});
  CHECK(hdf5::consecutive_piece({0}, 10) == hdf5::Shape{0});
  CHECK(hdf5::consecutive_piece({3, 0}, 10) == hdf5::Shape{3, 0});
  CHECK(hdf5::consecutive_piece({0, 3}, 10) == hdf5::Shape{0, 3});
}

TEST_CASE("elements are counted as far as there are numbers for it") {
  CHECK(hdf5::product(hdf5::Shape{}) == 1);
  CHECK(hdf5::product(hdf5::Shape{3, 0, 7}) == 0);
  const hsize_t half = hsize_t{1} << 32;
  CHECK(hdf5::product(hdf5::Shape{half, half - 1}) == half * (half - 1));
  CHECK_THROWS_AS(hdf5::product(hdf5::Shape{half, half}), hdf5::Error);
}
