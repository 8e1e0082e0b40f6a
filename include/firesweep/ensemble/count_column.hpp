#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <variant>
#include <vector>

namespace firesweep {

/// Counts, each kept in as few bytes as the largest that has come so far needs: 1, 2, 4 or 8. Of most things that are
/// counted of fires a byte holds them all.
class CountColumn {
 public:
  /// So many counts, all the same.
  explicit CountColumn(std::size_t length = 0, std::uint8_t value = 0)
      : values_(std::vector<std::uint8_t>(length, value)) {}

  /// Calls use(values) with all of them, as a span of one of the four unsigned types.
  template <class Use>
  auto visit(const Use& use) const {
    return std::visit([&](const auto& values) { return use(std::span(values)); }, values_);
  }

  std::size_t size() const {
    return visit([](auto values) { return values.size(); });
  }
  std::size_t bytes_each() const {
    return visit([](auto values) { return sizeof(values[0]); });
  }
  std::uint64_t operator[](std::size_t i) const {
    return visit([i](auto values) { return std::uint64_t{values[i]}; });
  }

  /// Sets the counts from the place `first` on to values of an unsigned type.
  template <class T>
  void set(std::size_t first, std::span<const T> values) {
    T bits = 0;  // of any: an "or" of many goes faster than their maximum
    for (const T value : values) bits = static_cast<T>(bits | value);
    widen_to(bits);
    std::visit(
        [&](auto& own) {
          using Own = typename std::remove_reference_t<decltype(own)>::value_type;
          std::ranges::transform(values, own.begin() + static_cast<std::ptrdiff_t>(first),
                                 [](T value) { return static_cast<Own>(value); });
        },
        values_);
  }

  /// What it is made of; the alternatives have 1, 2, 4 and 8 bytes a count.
  using Values = std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>,
                              std::vector<std::uint32_t>, std::vector<std::uint64_t>>;
  const Values& values() const { return values_; }
  Values& values() { return values_; }

  /// Whether the counts are the same, however they are kept.
  friend bool operator==(const CountColumn& one, const CountColumn& other) {
    return one.visit(
        [&](auto own) { return other.visit([&](auto others) { return std::ranges::equal(own, others); }); });
  }

 private:
  template <class T>
  void widen() {
    visit([this](auto narrow) { values_ = std::vector<T>(narrow.begin(), narrow.end()); });
  }
  void widen_to(std::uint64_t largest) {
    const std::size_t bytes = bytes_each();
    if (largest > std::numeric_limits<std::uint32_t>::max() && bytes < 8) return widen<std::uint64_t>();
    if (largest > std::numeric_limits<std::uint16_t>::max() && bytes < 4) return widen<std::uint32_t>();
    if (largest > std::numeric_limits<std::uint8_t>::max() && bytes < 2) return widen<std::uint16_t>();
  }

  Values values_;
};

}  // namespace firesweep
