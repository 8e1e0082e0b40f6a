#include "firesweep/ensemble/run_columns.hpp"

#include <vector>

#include "catch.hpp"

using namespace firesweep;

namespace {

/// Every member is another number, of the most bytes that it may have.
RunRecord large_fire() {
  return {.burnt_cells = (1ULL << 32) + 1,
          .vegetated_cells = (1ULL << 33) + 2,
          .embers = (1ULL << 40) + 3,
          .embers_lost = (1ULL << 39) + 4,
          .burning_cells = (1U << 31) + 5,
          .steps = (1U << 30) + 6,
          .peak_burning_cells = (1U << 29) + 7,
          .peak_step = (1U << 28) + 8,
          .ignitions = (1U << 27) + 9,
          .ignitions_failed = (1U << 26) + 10,
          .ignition_x = 40'011,
          .ignition_y = 40'012,
          .is_drawn = true,
          .status = RunStatus::ok,
          .revision = 2};
}

}  // namespace

TEST_CASE("runs that nothing is known of are missing") {
  const RunColumns runs(3);
  REQUIRE(runs.size() == 3);
  CHECK(runs[2] == RunRecord{});
  CHECK(RunRows(runs).count(RunStatus::missing) == 3);
}

TEST_CASE("columns give back every member of a record, as wide as it may be, and leave the others alone") {
  RunColumns runs(3);
  runs.set(1, large_fire());
  CHECK(runs[0] == RunRecord{});
  CHECK(runs[1] == large_fire());
  CHECK(runs[2] == RunRecord{});
}

TEST_CASE("a column takes as many bytes a count as its largest count needs") {
  CountColumn column(2);
  CHECK(column.bytes_each() == 1);
  for (const auto& [largest, bytes] : std::vector<std::pair<std::uint64_t, std::size_t>>{
           {255, 1}, {256, 2}, {65'535, 2}, {65'536, 4}, {0xFFFF'FFFF, 4}, {0x1'0000'0000, 8}, {1, 8}}) {
    column.set(1, std::span<const std::uint64_t>(&largest, 1));
    CHECK(column.bytes_each() == bytes);
    CHECK(column[1] == largest);
    CHECK(column[0] == 0);
  }
}

TEST_CASE("columns are equal if their counts are, however wide they are kept") {
  RunColumns once_wide(1);
  once_wide.set(0, large_fire());
  once_wide.set(0, RunRecord{.burnt_cells = 3});
  CHECK(once_wide == RunColumns{{.burnt_cells = 3}});
  CHECK_FALSE(once_wide == RunColumns{{.burnt_cells = 4}});
}

TEST_CASE("a stretch of records is copied into wider and narrower columns") {
  RunColumns from(4);
  from.set(2, large_fire());
  RunColumns to(5);
  to.set(3, from.rows(1, 2));
  CHECK(to[2] == RunRecord{});
  CHECK(to[3] == RunRecord{});
  CHECK(to[4] == large_fire());
}

TEST_CASE("one member of many records is read, summed and counted without the others") {
  std::vector<RunRecord> records(1000);  // more than are taken apart at once
  for (std::uint32_t i = 0; i < records.size(); ++i)
    records[i] = {.burnt_cells = i, .steps = 2 * i, .status = i % 4 == 0 ? RunStatus::failed : RunStatus::ok};
  const RunColumns runs(records);
  const RunRows some = runs.rows(100, 10);
  CHECK(some.of<&RunRecord::steps>().sum() == 2 * (100 + 109) * 5);
  CHECK(some.of<&RunRecord::steps>()[9] == 218);
  CHECK(some.of<&RunRecord::burnt_cells>().count_if([](auto cells) { return cells > 105; }) == 4);
  CHECK(some.count(RunStatus::failed) == 3);
  CHECK(some.status(4) == RunStatus::failed);
  std::vector<RunRecord> read(2);
  some.read(3, read, place_of_member<&RunRecord::steps>());
  CHECK(read[0] == RunRecord{.steps = 206, .status = RunStatus::ok});
  some.read(3, read, std::nullopt);
  CHECK(read[1] == records[104]);
}

TEST_CASE("records are gone through in order") {
  std::vector<RunRecord> records(3);
  records[1] = large_fire();
  const RunColumns runs(records);
  std::vector<RunRecord> seen;
  for (const RunRecord& record : runs.rows(1, 2)) seen.push_back(record);
  CHECK(seen == std::vector<RunRecord>{records[1], records[2]});
}
