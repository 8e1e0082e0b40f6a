#include "firesweep/check/matrix_shape.hpp"

namespace firesweep {

std::vector<std::size_t> MatrixShape::places(std::size_t element) const {
  std::vector<std::size_t> places(axes());
  for (std::size_t axis = axes(); axis-- > 0; element /= lengths_[axis])
    places[axis] = element % lengths_[axis];
  return places;
}

std::size_t MatrixShape::element(std::span<const std::size_t> places) const {
  std::size_t element = 0;
  for (std::size_t axis = 0; axis < axes(); ++axis) element = element * lengths_[axis] + places[axis];
  return element;
}

std::size_t MatrixShape::product_from(std::size_t axis) const {
  std::size_t product = 1;
  for (; axis < axes(); ++axis) product *= lengths_[axis];
  return product;
}

}  // namespace firesweep
