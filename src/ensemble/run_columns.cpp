#include "firesweep/ensemble/run_columns.hpp"

#include <algorithm>
#include <functional>
#include <type_traits>

namespace firesweep {
namespace {

/// Calls use.operator()<Member>(its place) for every member of RunRecord.
void for_each_member(const auto& use) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (use.template operator()<std::get<I>(run_members)>(I), ...);
  }
  (std::make_index_sequence<run_member_count>());
}

template <auto Member>
using MemberType = std::remove_cvref_t<decltype(RunRecord{}.*Member)>;

/// The unsigned number that it is stored as: what is none is a byte.
template <auto Member>
using StoredType = std::conditional_t<sizeof(MemberType<Member>) == 1, std::uint8_t, MemberType<Member>>;

template <auto Member>
StoredType<Member> stored(const RunRecord& record) {
  return static_cast<StoredType<Member>>(record.*Member);
}

}  // namespace

RunColumns::RunColumns(std::size_t runs) {
  for_each_member([&]<auto Member>(std::size_t place) {
    columns_[place] = CountColumn(runs, static_cast<std::uint8_t>(RunRecord{}.*Member));
  });
}

bool RunColumns::has_room_for(const RunRows& records) const {
  return std::ranges::equal(records.columns().columns(), columns_, std::less_equal(),
                            &CountColumn::bytes_each, &CountColumn::bytes_each);
}

void RunColumns::set(std::size_t first, std::span<const RunRecord> records) {
  while (!records.empty()) {
    const auto some = records.first(std::min(runs_at_once, records.size()));
    for_each_member([&]<auto Member>(std::size_t place) {
      std::array<StoredType<Member>, runs_at_once> values;  // NOLINT(cppcoreguidelines-pro-type-member-init)
      std::ranges::transform(some, values.begin(), stored<Member>);
      columns_[place].set(first, std::span<const StoredType<Member>>(values).first(some.size()));
    });
    first += some.size();
    records = records.subspan(some.size());
  }
}

void RunColumns::set(std::size_t first, const RunRows& records) {
  for_each_member([&]<auto Member>(std::size_t place) {
    records.of<Member>().visit([&](auto values) { columns_[place].set(first, values); });
  });
}

void RunRows::read(std::size_t first, std::span<RunRecord> records, std::optional<std::size_t> member) const {
  constexpr std::array always = {place_of_member<&RunRecord::status>(),
                                 place_of_member<&RunRecord::revision>()};
  for_each_member([&]<auto Member>(std::size_t place) {
    if (member && *member != place && std::ranges::find(always, place) == always.end()) return;
    of<Member>().visit([&](auto values) {
      for (std::size_t i = 0; i < records.size(); ++i)
        records[i].*Member = static_cast<MemberType<Member>>(values[first + i]);
    });
  });
}

RunRecord RunColumns::operator[](std::size_t i) const {
  RunRecord record;
  for_each_member([&]<auto Member>(std::size_t place) {
    record.*Member = static_cast<MemberType<Member>>(columns_[place][i]);
  });
  return record;
}

}  // namespace firesweep
