#include "firesweep/store/fire_file.hpp"

#include <hdf5.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"
#include "firesweep/store/results_file.hpp"

#include "../catch.hpp"
#include "fire_sample.hpp"
#include "hdf5/hdf5.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

template <class T>
std::vector<T> read(const std::string& path, const std::string& name) {
  return hdf5::read_all<T>(hdf5::open_file(path).id(), name, hdf5::at_most(1 << 20));
}

TEST_CASE("A fire file holds every state that was added, and what burnt in it") {
  const sample::Folder folder;
  const sample::Fire fire;
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
  const sample::Fire fire;
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
  sample::Fire fire;
  fire.replayed.record = {.ignitions_failed = 1, .status = RunStatus::ok};
  const auto recorder = make_fire_file(folder / "fire.h5", fire.replayed, 1);
  CHECK(recorder->wants(0));
  recorder->add(0, fire.states(0));
  recorder->publish();
  CHECK(read<std::int32_t>(folder / "fire.h5", "step") == std::vector<std::int32_t>{0});
}

TEST_CASE("A fire file appears when it is whole, and leaves nothing behind if it never is") {
  const sample::Folder folder;
  const sample::Fire fire;
  {
    const auto file = make_fire_file(folder / "fire.h5", fire.replayed, 1);
    file->add(0, fire.states(0));
    for (const std::string& name : folder.names()) CHECK(name.front() == '.');
  }
  CHECK(folder.names().empty());
}

TEST_CASE("States out of order, or too few of them, break the contract of a fire file") {
  const sample::Folder folder;
  const sample::Fire fire;
  const auto recorder = make_fire_file(folder / "fire.h5", fire.replayed, 1);
  CHECK_THROWS_AS(recorder->add(1, fire.states(1)), BrokenContract);
  CHECK_THROWS_AS(recorder->publish(), BrokenContract);
  CHECK_THROWS_AS(recorder->add(0, std::vector<CellState>(5)), BrokenContract);
}

TEST_CASE("A fire file replaces an earlier one, and nothing else") {
  const sample::Folder folder;
  const sample::Fire fire;
  sample::publish(folder / "results.h5");
  const std::string results = sample::bytes_of(folder / "results.h5");
  CHECK_THROWS_AS(make_fire_file(folder / "results.h5", fire.replayed, 1), CannotWrite);
  CHECK(sample::bytes_of(folder / "results.h5") == results);
  sample::write_bytes(folder / "notes.txt", "mine");
  CHECK_THROWS_AS(make_fire_file(folder / "notes.txt", fire.replayed, 1), CannotWrite);
  CHECK_THROWS_AS(make_fire_file("/dev/null", fire.replayed, 1), CannotWrite);
  CHECK_THROWS_AS(make_fire_file(folder.path(), fire.replayed, 1), InputError);
  for (int i = 0; i < 2; ++i) {
    const auto recorder = make_fire_file(folder / "fire.h5", fire.replayed, 1);
    fire.burn(*recorder);
    recorder->publish();
  }
  CHECK(folder.names() == std::vector<std::string>{"fire.h5", "notes.txt", "results.h5"});
}

}  // namespace
}  // namespace firesweep
