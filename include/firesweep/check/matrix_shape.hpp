#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

namespace firesweep {

/// How the elements of a matrix are numbered: in row-major order, the last axis fastest. Elements, places on
/// an axis and axes count from 0.
class MatrixShape {
 public:
  MatrixShape() = default;
  MatrixShape(std::initializer_list<std::size_t> lengths) : lengths_(lengths) {}
  explicit MatrixShape(std::vector<std::size_t> lengths) : lengths_(std::move(lengths)) {}

  /// The length of every axis.
  const std::vector<std::size_t>& lengths() const { return lengths_; }
  std::size_t axes() const { return lengths_.size(); }
  std::size_t length(std::size_t axis) const { return lengths_[axis]; }

  /// Elements; 1 without an axis.
  std::size_t size() const { return product_from(0); }

  /// From an element to the next on an axis.
  std::size_t stride(std::size_t axis) const { return product_from(axis + 1); }

  /// Where an element is on an axis.
  std::size_t place(std::size_t element, std::size_t axis) const {
    return element / stride(axis) % lengths_[axis];
  }

  /// Where it is on every axis.
  std::vector<std::size_t> places(std::size_t element) const;

  /// The element at these places.
  std::size_t element(std::span<const std::size_t> places) const;

  /// The element at `place` on an axis and, on the others, where element number `rest` is in a matrix of those
  /// alone.
  std::size_t element_at(std::size_t axis, std::size_t place, std::size_t rest) const {
    return (rest / stride(axis) * lengths_[axis] + place) * stride(axis) + rest % stride(axis);
  }

 private:
  std::size_t product_from(std::size_t axis) const;

  std::vector<std::size_t> lengths_;
};

}  // namespace firesweep
