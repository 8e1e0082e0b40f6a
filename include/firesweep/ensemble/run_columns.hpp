#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/count_column.hpp"

namespace firesweep {

/// The members of RunRecord, all of them.
inline constexpr std::tuple run_members = {
    &RunRecord::burnt_cells,        &RunRecord::vegetated_cells, &RunRecord::embers,
    &RunRecord::embers_lost,        &RunRecord::burning_cells,   &RunRecord::steps,
    &RunRecord::peak_burning_cells, &RunRecord::peak_step,       &RunRecord::ignitions,
    &RunRecord::ignitions_failed,   &RunRecord::ignition_x,      &RunRecord::ignition_y,
    &RunRecord::is_drawn,           &RunRecord::status,          &RunRecord::revision};
inline constexpr std::size_t run_member_count = std::tuple_size_v<decltype(run_members)>;

/// Records that are taken apart or put together at once: they stay in the nearest cache.
inline constexpr std::size_t runs_at_once = 256;

/// The place of one in that list.
template <auto Member>
constexpr std::size_t place_of_member() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    const auto is = [](auto other) {
      if constexpr (std::is_same_v<decltype(other), decltype(Member)>) return other == Member;
      return false;
    };
    std::size_t place = run_member_count;
    ((is(std::get<I>(run_members)) ? void(place = I) : void()), ...);
    return place;
  }
  (std::make_index_sequence<run_member_count>());
}

/// Consecutive counts of a column.
class CountRows {
 public:
  CountRows(const CountColumn& column, std::size_t first, std::size_t count)
      : column_(column), first_(first), count_(count) {}

  /// Calls use(values) with them, as a span of an unsigned type.
  template <class Use>
  auto visit(const Use& use) const {
    return column_.visit([&](auto values) { return use(values.subspan(first_, count_)); });
  }
  std::uint64_t operator[](std::size_t i) const { return column_[first_ + i]; }
  std::uint64_t sum() const {
    return visit([](auto values) { return std::accumulate(values.begin(), values.end(), std::uint64_t{0}); });
  }
  /// How many there are of which is(count) holds.
  template <class Is>
  std::size_t count_if(const Is& is) const {
    return visit([&](auto values) { return static_cast<std::size_t>(std::ranges::count_if(values, is)); });
  }

 private:
  const CountColumn& column_;
  std::size_t first_;
  std::size_t count_;
};

class RunColumns;

/// Consecutive records of RunColumns, which must outlive them.
class RunRows {
 public:
  class Iterator;

  RunRows(const RunColumns& columns);  // NOLINT(google-explicit-constructor): all of them
  RunRows(const RunColumns& columns, std::size_t first, std::size_t count)
      : columns_(&columns), first_(first), count_(count) {}

  std::size_t size() const { return count_; }
  RunRecord operator[](std::size_t i) const;
  RunRows first(std::size_t count) const { return rows(0, count); }
  RunRows rows(std::size_t first, std::size_t count) const { return {*columns_, first_ + first, count}; }
  Iterator begin() const;
  Iterator end() const;

  const RunColumns& columns() const { return *columns_; }

  /// One member of every record, e.g. of<&RunRecord::steps>(), as numbers.
  template <auto Member>
  CountRows of() const;
  /// Puts together the records from the place `first` on: status, revision and the member of that place in the list,
  /// or all of them.
  void read(std::size_t first, std::span<RunRecord> records, std::optional<std::size_t> member) const;
  RunStatus status(std::size_t i) const { return RunStatus(of<&RunRecord::status>()[i]); }
  /// How many have that status.
  std::size_t count(RunStatus status) const;

 private:
  const RunColumns* columns_;
  std::size_t first_;
  std::size_t count_;
};

/// Records of runs, kept member by member.
class RunColumns {
 public:
  RunColumns() : RunColumns(0) {}
  /// So many runs, all missing.
  explicit RunColumns(std::size_t runs);
  explicit RunColumns(std::span<const RunRecord> records) : RunColumns(records.size()) { set(0, records); }
  RunColumns(std::initializer_list<RunRecord> records)
      : RunColumns(std::span(records.begin(), records.size())) {}

  std::size_t size() const { return columns_.front().size(); }
  RunRecord operator[](std::size_t i) const;
  RunRows rows(std::size_t first, std::size_t count) const { return {*this, first, count}; }

  /// Whether setting records leaves those that are there where they are: their neighbours may be set meanwhile.
  bool has_room_for(const RunRows& records) const;

  void set(std::size_t first, std::span<const RunRecord> records);
  void set(std::size_t first, const RunRows& records);
  void set(std::size_t i, const RunRecord& record) { set(i, std::span(&record, 1)); }

  template <auto Member>
  const CountColumn& column() const {
    return columns_[place_of_member<Member>()];
  }

  /// By the place of the member.
  using Columns = std::array<CountColumn, run_member_count>;
  const Columns& columns() const { return columns_; }
  Columns& columns() { return columns_; }

  friend bool operator==(const RunColumns&, const RunColumns&) = default;

 private:
  Columns columns_;
};

/// Goes through records, which are put together on the way.
class RunRows::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using difference_type = std::ptrdiff_t;
  using value_type = RunRecord;
  using pointer = void;
  using reference = RunRecord;

  Iterator() = default;
  Iterator(const RunColumns& columns, std::size_t place) : columns_(&columns), place_(place) {}

  RunRecord operator*() const { return (*columns_)[place_]; }
  Iterator& operator++() {
    ++place_;
    return *this;
  }
  Iterator operator++(int) {
    Iterator before = *this;
    ++place_;
    return before;
  }
  friend bool operator==(const Iterator&, const Iterator&) = default;

 private:
  const RunColumns* columns_ = nullptr;
  std::size_t place_ = 0;
};

inline RunRows::RunRows(const RunColumns& columns) : RunRows(columns, 0, columns.size()) {}
inline RunRecord RunRows::operator[](std::size_t i) const {
  return (*columns_)[first_ + i];
}
inline RunRows::Iterator RunRows::begin() const {
  return {*columns_, first_};
}
inline RunRows::Iterator RunRows::end() const {
  return {*columns_, first_ + count_};
}
template <auto Member>
CountRows RunRows::of() const {
  return {columns_->column<Member>(), first_, count_};
}
inline std::size_t RunRows::count(RunStatus status) const {
  return of<&RunRecord::status>().count_if(
      [status](auto value) { return value == static_cast<std::uint8_t>(status); });
}

}  // namespace firesweep
