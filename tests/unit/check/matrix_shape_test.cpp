#include "firesweep/check/matrix_shape.hpp"

#include "../catch.hpp"

namespace firesweep {
namespace {

TEST_CASE("Elements are numbered with the last axis fastest") {
  const MatrixShape shape({2, 3, 4});
  CHECK(shape.size() == 24);
  CHECK(shape.stride(0) == 12);
  CHECK(shape.stride(2) == 1);
  CHECK(shape.places(23) == std::vector<std::size_t>{1, 2, 3});
  CHECK(shape.element(std::vector<std::size_t>{1, 0, 2}) == 14);
  std::size_t element = 0;
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 4; ++k, ++element) {
        const std::vector<std::size_t> places = {i, j, k};
        CHECK(shape.places(element) == places);
        CHECK(shape.element(places) == element);
        for (std::size_t axis = 0; axis < 3; ++axis) CHECK(shape.place(element, axis) == places[axis]);
      }
}

TEST_CASE("An element is found by its place on one axis and its number on the others") {
  const MatrixShape shape({2, 3, 4});
  const MatrixShape rest({2, 4});
  for (std::size_t place = 0; place < 3; ++place)
    for (std::size_t other = 0; other < rest.size(); ++other) {
      const std::vector<std::size_t> places = {rest.place(other, 0), place, rest.place(other, 1)};
      CHECK(shape.element_at(1, place, other) == shape.element(places));
    }
}

TEST_CASE("A matrix without axes has one element") {
  CHECK(MatrixShape().size() == 1);
  CHECK(MatrixShape().places(0).empty());
  CHECK(MatrixShape().element({}) == 0);
}

}  // namespace
}  // namespace firesweep
