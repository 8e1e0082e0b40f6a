#include "neighbour_set_tables.hpp"

#include <algorithm>

namespace firesweep {
namespace {

constexpr std::size_t sets_of_four = 16;
constexpr std::size_t table_size = 2 * sets_of_four;

// Fills the values of all sets of each four neighbours: that of no neighbour, and joined(value, of_one) for one more.
template <class Join>
void fill(const std::array<std::uint32_t, 8>& of_one, std::uint32_t of_none, std::uint32_t* table,
          const Join& joined) {
  for (std::size_t half = 0; half < 2; ++half) {
    std::uint32_t* values = table + half * sets_of_four;
    values[0] = of_none;
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t set = 0; set < std::size_t{1} << i; ++set)
        values[set + (std::size_t{1} << i)] = joined(values[set], of_one[4 * half + i]);
  }
}

// Of a threshold; 255 if it is 2^32.
std::uint8_t first_byte(std::uint64_t threshold) {
  return static_cast<std::uint8_t>(std::min<std::uint64_t>(threshold >> 24, 255));
}

NeighbourSetRule rule_for(const SpreadRule& rule, const Landscape* landscape) {
  if (landscape == nullptr || landscape->bins().size() == 1) return NeighbourSetRule::by_class;
  return rule.combination() == Combination::linear ? NeighbourSetRule::linear : NeighbourSetRule::independent;
}

}  // namespace

NeighbourSetTableStore::NeighbourSetTableStore(const SpreadRule& rule, const Landscape* landscape)
    : rule_(rule_for(rule, landscape)),
      cap_(rule.cap()),
      bins_(static_cast<std::uint32_t>(rule.direction().size())),
      products_(rule_ == NeighbourSetRule::independent ? table_size * rule.fuel().size() * bins_ : 0) {
  switch (rule_) {
    case NeighbourSetRule::by_class:
      for (std::size_t fuel = 0; fuel < rule.fuel().size(); ++fuel)
        for (unsigned set = 0; set < 256; ++set) by_class_.push_back(rule.threshold(fuel, 0, set));
      for (const std::uint64_t threshold : by_class_) by_class_byte_.push_back(first_byte(threshold));
      by_class_byte_.resize(by_class_byte_.size() + 4);
      break;
    case NeighbourSetRule::linear:
      fuel_.assign(rule.fuel().begin(), rule.fuel().end());
      sums_.resize(table_size * bins_);
      for (std::size_t bin = 0; bin < bins_; ++bin)
        fill(rule.direction()[bin], 0, &sums_[table_size * bin],
             [](auto sum, auto one) { return sum + one; });
      break;
    case NeighbourSetRule::independent:
      for (const Landscape::Kind kind : landscape->kinds())
        fill(rule.escape(kind.fuel, kind.slope), std::uint32_t{1} << 31,
             &products_[table_size * (kind.fuel * std::size_t{bins_} + kind.slope)],
             [](auto product, auto one) {
               return static_cast<std::uint32_t>(std::uint64_t{product} * one >> 31);
             });
      break;
  }
}

NeighbourSetTables NeighbourSetTableStore::view() const {
  return {.cap = cap_,
          .cap_byte = first_byte(cap_),
          .by_class = by_class_.data(),
          .by_class_byte = by_class_byte_.data(),
          .fuel = fuel_.data(),
          .sums = sums_.data(),
          .products = products_.get(),
          .bins = bins_};
}

}  // namespace firesweep
