#include <string>
#include <vector>

#include "catch.hpp"
#include "experiment_examples.hpp"
#include "folder.hpp"

using namespace firesweep;

namespace {

/// 64 x 48 cells, of 10 m where they have a place, with the ignition sets of this map.
std::string with_sets(const std::string& sets, bool is_placed = false) {
  return "landscape: {width: 64, height: 48" +
         std::string(is_placed ? ", cell_size: 10, corner: [1000, 2000]" : "") +
         "}\nmatrix:\n  danger_level: [low]\n  ignition_set: {" + sets + "}\n";
}

std::vector<NamedIgnitionSet> sets_of(const std::string& text) {
  return std::get<IgnitionSetAxis>(parsed(text).axes[1]).sets;
}

IgnitionSet only_set(const std::string& text) {
  return sets_of(text).at(0).set;
}

/// The experiment of a file in a folder that has starts.csv.
ParsedExperiment parsed_beside(const std::string& csv, const std::string& text) {
  const sample::Folder folder;
  sample::write_bytes(folder / "starts.csv", csv);
  return parse_experiment({folder / "e.yaml", text, {}});
}

/// What is wrong with it, from the first e.yaml on.
std::string complaints_beside(const std::string& csv, const std::string& text) {
  try {
    parsed_beside(csv, text);
  } catch (const InputError& error) {
    const std::string what = error.what();
    return what.substr(what.find("e.yaml"));
  }
  return "";
}

}  // namespace

TEST_CASE("an ignition set is a line or a box, all of it or random cells of it") {
  CHECK(only_set(with_sets("road: {line: [[0, 5], [63, 12], [63, 40]]}")) ==
        IgnitionSet{IgnitionLine{{{0, 5}, {63, 12}, {63, 40}}}});
  CHECK(only_set(with_sets("camp: {box: [3, 4, 5, 4]}")) == IgnitionSet{IgnitionBox{{3, 4}, {5, 4}}});
  CHECK(only_set(with_sets("road: {line: [[0, 5], [63, 12]], random: 2}")) ==
        IgnitionSet{RandomIgnition{2, IgnitionLine{{{0, 5}, {63, 12}}}}});
  CHECK(only_set(with_sets("camp: {box: [0, 0, 63, 47], random: 3072}")) ==
        IgnitionSet{RandomIgnition{3072, IgnitionBox{{0, 0}, {63, 47}}}});
  CHECK(only_set(with_sets("some: {points: [[1, 2], [3, 4]], random: 1}")) ==
        IgnitionSet{RandomIgnition{1, IgnitionPoints{{1, 2}, {3, 4}}}});
  CHECK(only_set(with_sets("some: {points: [[1, 2], [3, 4]]}")) ==
        IgnitionSet{IgnitionPoints{{1, 2}, {3, 4}}});
}

TEST_CASE("every place can be given in the coordinates of the map") {
  CHECK(only_set(with_sets("a: {at: [[1000, 2480], [1639, 2000.5]]}", true)) ==
        IgnitionSet{IgnitionPoints{{0, 0}, {63, 47}}});
  CHECK(only_set(with_sets("a: {at: [[1005, 2475]], random: 1}", true)) ==
        IgnitionSet{RandomIgnition{1, IgnitionPoints{{0, 0}}}});
  CHECK(only_set(with_sets("a: {points: {at: [[1005, 2475]]}}", true)) ==
        IgnitionSet{IgnitionPoints{{0, 0}}});
  CHECK(only_set(with_sets("a: {line: {at: [[1005, 2475], [1635, 2005]]}}", true)) ==
        IgnitionSet{IgnitionLine{{{0, 0}, {63, 47}}}});
}

TEST_CASE(
    "a box on the map has the cells that it overlaps, and a point on the far border is in the last cell") {
  const auto box = [](const std::string& sides) {
    return only_set(with_sets("a: {box: {at: [" + sides + "]}}", true));
  };
  CHECK(box("1000, 2000, 1640, 2480") == IgnitionSet{IgnitionBox{{0, 0}, {63, 47}}});
  CHECK(box("1010, 2460, 1030, 2470") == IgnitionSet{IgnitionBox{{1, 1}, {2, 1}}});
  CHECK(box("1011, 2459, 1031, 2469") == IgnitionSet{IgnitionBox{{1, 1}, {3, 2}}});
  CHECK(only_set(with_sets("a: {at: [[1640, 2000]]}", true)) == IgnitionSet{IgnitionPoints{{63, 47}}});
}

TEST_CASE("the resolved experiment says ignition sets in cells, and parses back") {
  const Experiment experiment = parsed(
      with_sets("road: {line: {at: [[1005, 2475], [1635, 2005]]}, random: 2}, camp: {box: [3, 4, 5, 4]}, "
                "all: {line: [[0, 0], [9, 9]]}, some: {at: [[1000, 2480]], random: 1}, any: {random: 4}",
                true));
  const std::string resolved = resolved_yaml(experiment);
  INFO(resolved);
  CHECK(resolved.find("    road: {line: [[0, 0], [63, 47]], random: 2}\n"
                      "    camp: {box: [3, 4, 5, 4]}\n"
                      "    all: {line: [[0, 0], [9, 9]]}\n"
                      "    some: {points: [[0, 0]], random: 1}\n"
                      "    any: {random: 4}\n") != std::string::npos);
  CHECK(parsed(resolved) == experiment);
  CHECK(resolved_yaml(parsed(resolved)) == resolved);
}

TEST_CASE("what is wrong with a line or a box is said") {
  check({
      {with_sets("a: {box: [5, 4, 3, 6]}"),
       "e.yaml:4:27: ignition_set.a.box has its corners reversed (x0 5 is right of x1 3); write [3, 4, 5, "
       "6]"},
      {with_sets("a: {box: [3, 6, 5, 4]}"),
       "e.yaml:4:27: ignition_set.a.box has its corners reversed (y0 6 is below y1 4); write [3, 4, 5, 6]"},
      {with_sets("a: {box: [3, 4, 64, 6]}"),
       "e.yaml:4:27: corner [64, 6] of ignition_set.a.box lies outside the 64 x 48 landscape (x must be "
       "0..63)"},
      {with_sets("a: {box: [3, 4, 5]}"),
       "e.yaml:4:27: ignition_set.a.box must be [x0, y0, x1, y1], cells of two corners, not a list of 3"},
      {with_sets("a: {box: {at: [1300, 2000, 1200, 2100]}}", true),
       "e.yaml:4:32: ignition_set.a.box.at has its corners reversed, or no area (west 1300 is not below east "
       "1200); it is [west, south, east, north]"},
      {with_sets("a: {box: {at: [1300, 2000, 1700, 2100]}}", true),
       "e.yaml:4:32: corner [1700, 2000] of ignition_set.a.box lies outside the landscape (easting 1000 to "
       "1640, "
       "northing 2000 to 2480)"},
      {with_sets("a: {line: [[0, 0], [64, 48]]}"),
       "e.yaml:4:37: ignition point [64, 48] of 'a' lies outside the 64 x 48 landscape (x must be 0..63, y "
       "must be "
       "0..47)"},
      {with_sets("a: {line: [[0, 0]]}"),
       "e.yaml:4:28: ignition_set.a.line has one vertex only; a line needs two or more, a point none"},
      {with_sets("a: {line: [0, 50]}"),
       "e.yaml:4:28: ignition_set.a.line must be a list of points, not one point; write [[0, 50]]"},
      {with_sets("a: {line: {at: [[1, 2], [3, 4]]}}"),
       "e.yaml:4:29: ignition_set.a.line.at needs a place on the ground; give landscape.cell_size and "
       "landscape.corner, or points [x, y] in cells"},
      {with_sets("a: {box: {att: [1, 2]}}"),
       "e.yaml:4:28: unknown key 'att' in ignition_set.a.box; did you mean 'at'?"},
  });
}

TEST_CASE("what is wrong with a set as a whole is said") {
  check({
      {with_sets("a: {box: [3, 4, 5, 4], random: 4}"),
       "e.yaml:4:49: ignition_set.a.random asks for 4 distinct cells, but the set has 3"},
      {with_sets("a: {random: 3073}"),
       "e.yaml:4:30: ignition_set.a.random asks for 3073 distinct cells, but the 64 x 48 landscape has 3072"},
      {with_sets("a: {box: [3, 4, 5, 4], line: [[1, 1], [2, 2]]}"),
       "e.yaml:4:22: ignition set 'a' is given by line and by box (a set is one of them); make it two sets"},
      {with_sets("a: {raster: density.tif}"),
       "e.yaml:4:22: ignition_set.a.raster needs random (how many cells are drawn for every seed?); add for "
       "example random: 1"},
      {with_sets("a: {box: [3, 4, 5, 4], radnom: 1}"),
       "e.yaml:4:41: unknown key 'radnom' in ignition_set.a; did you mean 'random'?"},
      {with_sets("a: {}"), "e.yaml:4:21: ignition set 'a' is empty; write for example {random: 12}"},
      {with_sets("a: 3"),
       "e.yaml:4:21: ignition set 'a' must be a list of points [[x, y], ...], {at: [[easting, northing], "
       "...]}, "
       "{line: [[x, y], ...]}, {box: [x0, y0, x1, y1]}, {points: FILE} or {random: k}, not '3'"},
  });
}

TEST_CASE("points come from a table, in cells or on the map") {
  const auto set = [](const std::string& csv, const std::string& of, bool is_placed) {
    const auto read = parsed_beside(csv, with_sets("a: {points: starts.csv" + of + "}", is_placed));
    return std::get<IgnitionSetAxis>(read.experiment.axes[1]).sets.front().set;
  };
  CHECK(set("x,y\n1,2\n3,4\n", "", false) == IgnitionSet{IgnitionPoints{{1, 2}, {3, 4}}});
  CHECK(set("northing,easting\n2475,1005\n", ", random: 1", true) ==
        IgnitionSet{RandomIgnition{1, IgnitionPoints{{0, 0}}}});
  const auto read = parsed_beside("x,y\n1,2\n3,4\n1,2\n", with_sets("a: {points: starts.csv}"));
  CHECK(std::get<IgnitionSetAxis>(read.experiment.axes[1]).sets.front().set ==
        IgnitionSet{IgnitionPoints{{1, 2}, {3, 4}}});
  REQUIRE(read.warnings.size() == 1);
  CHECK(read.warnings.front().message ==
        "starts.csv: its 3 points lie in 2 cells, each of which counts once");
}

TEST_CASE("what is wrong with a table of points is said with its row") {
  const std::string cells = with_sets("a: {points: starts.csv}");
  const std::string places = with_sets("a: {points: starts.csv}", true);
  const auto has = [](const std::string& said, const std::string& part) {
    INFO(said);
    CHECK(said.starts_with("e.yaml:4:30: "));
    CHECK(said.find(part) != std::string::npos);
  };
  has(complaints_beside("x,y\n1,2\n64,4\n", cells),
      "starts.csv:3:1: ignition point [64, 4] of 'a' lies outside the 64 x 48 landscape (x must be 0..63)");
  has(complaints_beside("x,y\n1e300,2\n", cells), "lies outside the 64 x 48 landscape");
  has(complaints_beside("x,y\n1.5,2\n", cells), "starts.csv:2:1: ignition point [1.5, 2] of 'a' is no cell");
  has(complaints_beside("easting,northing\n1005,1990\n", places),
      "lies outside the landscape (easting 1000 to 1640");
  has(complaints_beside("easting,northing\n1005,2005\n", cells), "need a place on the ground");
  has(complaints_beside("lon,lat\n1005,2005\n", cells), "starts.csv: has no columns x and y (cells)");
  has(complaints_beside("x,y\n", cells), "starts.csv: has no row");
}
