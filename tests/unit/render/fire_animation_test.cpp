#include "firesweep/render/fire_animation.hpp"

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/cannot_write.hpp"

#include "../catch.hpp"
#include "fire_sample.hpp"
#include "folder.hpp"

namespace firesweep {
namespace {

const View all_of_it{{}, {20, 17}};

Tally tally_of(const std::vector<Cell>& cells) {
  Tally tally;
  for (const Cell cell : cells) {
    TileTally tile{.tile_x = cell.x / tile_side, .tile_y = cell.y / tile_side};
    tile.burn_count[tile_side * (cell.y % tile_side) + cell.x % tile_side] = 1;
    tally.tiles.push_back(tile);
  }
  return tally;
}

TEST_CASE("An animation appears when it is whole, and leaves nothing behind if it never is") {
  const sample::Folder folder;
  const sample::Fire fire;
  make_fire_animation(folder / "fire.gif", fire.replayed, all_of_it)->add(0, fire.states(0));
  CHECK(folder.names().empty());
  const auto recorder = make_fire_animation(folder / "fire.gif", fire.replayed, all_of_it);
  fire.burn(*recorder);
  recorder->publish();
  CHECK(folder.names() == std::vector<std::string>{"fire.gif"});
  CHECK(sample::bytes_of(folder / "fire.gif").starts_with("GIF89a"));
}

TEST_CASE("An animation of a fire that has no step is one picture") {
  const sample::Folder folder;
  sample::Fire fire;
  fire.replayed.record = {.ignitions_failed = 1, .status = RunStatus::ok};
  const auto recorder = make_fire_animation(folder / "fire.gif", fire.replayed, all_of_it);
  CHECK(recorder->wants(0));
  recorder->add(0, fire.states(0));
  CHECK_NOTHROW(recorder->publish());
}

TEST_CASE("An animation replaces an earlier one, and nothing else") {
  const sample::Folder folder;
  const sample::Fire fire;
  sample::write_bytes(folder / "notes.txt", "mine");
  CHECK_THROWS_AS(make_fire_animation(folder / "notes.txt", fire.replayed, all_of_it), CannotWrite);
  CHECK_THROWS_AS(make_fire_animation("/dev/null", fire.replayed, all_of_it), CannotWrite);
  CHECK_THROWS_AS(make_fire_animation(folder / "none/fire.gif", fire.replayed, all_of_it), InputError);
  CHECK_THROWS_AS(make_fire_animation(folder.path(), fire.replayed, all_of_it), InputError);
  for (int i = 0; i < 2; ++i) {
    const auto recorder = make_fire_animation(folder / "fire.gif", fire.replayed, all_of_it);
    fire.burn(*recorder);
    recorder->publish();
  }
  CHECK(folder.names() == std::vector<std::string>{"fire.gif", "notes.txt"});
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
