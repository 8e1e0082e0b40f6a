#include "firesweep/io/fire_recorder.hpp"

#include <hdf5.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"
#include "firesweep/io/results_file.hpp"

#include "../catch.hpp"
#include "hdf5/hdf5.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

// A fire of three steps that runs along the first row of 20 x 17 cells.
struct Fire {
  Plan plan{sample::experiment()};
  ReplayedFire replayed{.plan = plan,
                        .scenario = 1,
                        .seed = 2,
                        .record = {.burnt_cells = 3, .steps = 3, .status = RunStatus::ok},
                        .comparison = "identical",
                        .results_path = "sample.h5",
                        .content_sha256 = "c0ffee",
                        .command_line = "firesweep replay sample.h5"};

  std::vector<CellState> states(std::uint32_t step) const {
    std::vector<CellState> cells(plan.experiment().base.extent.cells(), CellState::vegetation);
    std::fill_n(cells.begin(), step, CellState::burnt);
    if (step < replayed.record.steps) cells[step] = CellState::burning;
    cells.back() = CellState::empty;
    return cells;
  }

  void burn(FireRecorder& recorder) const {
    for (std::uint32_t step = 0; step <= replayed.record.steps; ++step)
      if (recorder.wants(step)) recorder.add(step, states(step));
  }
};

template <class T>
std::vector<T> read(const std::string& path, const std::string& name) {
  return hdf5::read_all<T>(hdf5::open_file(path).id(), name, hdf5::at_most(1 << 20));
}

Tally tally_of(const std::vector<Cell>& cells) {
  Tally tally;
  for (const Cell cell : cells) {
    tally.tiles.push_back({.tile_x = cell.x / tile_side, .tile_y = cell.y / tile_side});
    tally.tiles.back().burn_count[tile_side * (cell.y % tile_side) + cell.x % tile_side] = 1;
  }
  return tally;
}

TEST_CASE("A fire file holds every state that was added, and what burnt in it") {
  const sample::Folder folder;
  const Fire fire;
  const std::string path = folder / "fire.h5";
  const auto recorder = make_fire_file(path, fire.replayed, 1);
  fire.burn(*recorder);
  recorder->publish();
  std::vector<std::uint8_t> expected;
  for (std::uint32_t step = 0; step <= 3; ++step)
    for (const CellState state : fire.states(step)) expected.push_back(static_cast<std::uint8_t>(state));
  CHECK(read<std::uint8_t>(path, "state") == expected);
  CHECK(read<std::int32_t>(path, "step") == std::vector<std::int32_t>{0, 1, 2, 3});
  CHECK(read<std::int64_t>(path, "burning_cells") == std::vector<std::int64_t>{1, 1, 1, 0});
  CHECK(read<std::int64_t>(path, "burnt_cells") == std::vector<std::int64_t>{0, 1, 2, 3});
}

TEST_CASE("A fire file that is thinned keeps the first and the last state") {
  const sample::Folder folder;
  const Fire fire;
  for (const auto& [every, steps] :
       {std::pair<std::uint32_t, std::vector<std::uint32_t>>{2, {0, 2, 3}}, {3, {0, 3}}, {1000, {0, 3}}}) {
    const std::string path = folder / "fire.h5";
    const auto recorder = make_fire_file(path, fire.replayed, every);
    fire.burn(*recorder);
    recorder->publish();
    CHECK(read<std::int32_t>(path, "step") == std::vector<std::int32_t>(steps.begin(), steps.end()));
    CHECK(read<std::int64_t>(path, "burnt_cells").back() == 3);
  }
}

TEST_CASE("A fire that has no step is one state") {
  const sample::Folder folder;
  Fire fire;
  fire.replayed.record = {.ignitions_failed = 1, .status = RunStatus::ok};
  for (const auto& recorder : {make_fire_file(folder / "fire.h5", fire.replayed, 1),
                               make_fire_animation(folder / "fire.gif", fire.replayed, {{}, {20, 17}})}) {
    CHECK(recorder->wants(0));
    recorder->add(0, fire.states(0));
    recorder->publish();
  }
  CHECK(read<std::int32_t>(folder / "fire.h5", "step") == std::vector<std::int32_t>{0});
}

TEST_CASE("Files of a fire appear when they are whole, and leave nothing behind if they never are") {
  const sample::Folder folder;
  const Fire fire;
  {
    const auto file = make_fire_file(folder / "fire.h5", fire.replayed, 1);
    const auto animation = make_fire_animation(folder / "fire.gif", fire.replayed, {{}, {20, 17}});
    file->add(0, fire.states(0));
    animation->add(0, fire.states(0));
    for (const std::string& name : folder.names()) CHECK(name.front() == '.');
  }
  CHECK(folder.names().empty());
}

TEST_CASE("States out of order, or too few of them, break the contract of a fire file") {
  const sample::Folder folder;
  const Fire fire;
  const auto recorder = make_fire_file(folder / "fire.h5", fire.replayed, 1);
  CHECK_THROWS_AS(recorder->add(1, fire.states(1)), BrokenContract);
  CHECK_THROWS_AS(recorder->publish(), BrokenContract);
  CHECK_THROWS_AS(recorder->add(0, std::vector<CellState>(5)), BrokenContract);
}

TEST_CASE("Files of a fire replace earlier ones, and nothing else") {
  const sample::Folder folder;
  const Fire fire;
  const auto make_both = [&](const std::string& path) {
    CHECK_THROWS_AS(make_fire_file(path, fire.replayed, 1), CannotWrite);
    CHECK_THROWS_AS(make_fire_animation(path, fire.replayed, {{}, {20, 17}}), CannotWrite);
  };
  sample::publish(folder / "results.h5");
  const std::string results = sample::bytes_of(folder / "results.h5");
  make_both(folder / "results.h5");
  CHECK(sample::bytes_of(folder / "results.h5") == results);
  sample::write_bytes(folder / "notes.txt", "mine");
  make_both(folder / "notes.txt");
  make_both("/dev/null");
  CHECK_THROWS_AS(make_fire_file(folder.path(), fire.replayed, 1), InputError);
  CHECK_THROWS_AS(make_fire_animation(folder / "none/fire.gif", fire.replayed, {{}, {20, 17}}), InputError);
  for (int i = 0; i < 2; ++i) {
    const auto recorder = make_fire_file(folder / "fire.h5", fire.replayed, 1);
    fire.burn(*recorder);
    recorder->publish();
  }
  CHECK(folder.names() == std::vector<std::string>{"fire.h5", "notes.txt", "results.h5"});
}

TEST_CASE("A large fire is seen with all of the landscape, a small one from near") {
  const Extent landscape{1000, 600};
  const View all{{}, landscape};
  CHECK(view_of({}, landscape) == all);
  CHECK(view_of(tally_of({{500, 300}}), landscape) == View{{485, 285}, {32, 32}});
  CHECK(view_of(tally_of({{100, 100}, {199, 149}}), landscape) == View{{80, 90}, {140, 70}});
  CHECK(view_of(tally_of({{100, 100}, {700, 100}}), landscape) == all);
}

TEST_CASE("A view stays within the landscape") {
  CHECK(view_of(tally_of({{0, 0}}), {1000, 600}) == View{{0, 0}, {32, 32}});
  CHECK(view_of(tally_of({{999, 599}}), {1000, 600}) == View{{968, 568}, {32, 32}});
  CHECK(view_of(tally_of({{70, 1}}), {100, 3}) == View{{55, 0}, {32, 3}});
}

}  // namespace
}  // namespace firesweep
