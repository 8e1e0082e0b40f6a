#include "firesweep/table/point_table.hpp"

#include "../catch.hpp"
#include "folder.hpp"

namespace firesweep {
namespace {

PointTable points_of(const std::string& csv) {
  const sample::Folder folder;
  sample::write_bytes(folder / "starts.csv", csv);
  return read_points(folder / "starts.csv");
}

/// Every problem of a table: where, from "starts.csv" on, and what.
std::string point_refusal(const std::string& csv) {
  try {
    points_of(csv);
  } catch (const InputError& error) {
    std::string text;
    for (const Problem& problem : error.problems()) {
      const std::string whole = to_string(problem.where) + ": " + problem.message;
      text += (text.empty() ? "" : "\n") + whole.substr(whole.find("starts.csv"));
    }
    return text;
  }
  return "";
}

TEST_CASE("A table of points is read by the names of its columns, whatever else it has") {
  const PointTable cells = points_of("cause,Y,X\nlightning,3,4\n\"arson, likely\",5,6\n");
  REQUIRE(cells.points.size() == 2);
  CHECK_FALSE(cells.is_on_map);
  CHECK(cells.points[0].x == 4.0);
  CHECK(cells.points[0].y == 3.0);
  CHECK(cells.points[1].where.line == 3);
  const PointTable places = points_of("easting [m],northing [m]\n374000.5,5843000\n");
  CHECK(places.is_on_map);
  CHECK(places.points[0].x == 374000.5);
  CHECK(places.points[0].y == 5843000.0);
}

TEST_CASE("What is wrong in a table of points is said at once, each with its place") {
  CHECK(point_refusal("x,y\n1,north\n,2\n") ==
        "starts.csv:2:3: y 'north' is no number\n"
        "starts.csv:3:1: x '' is no number");
  CHECK(point_refusal("lon,lat\n145.2,-37.5\n") ==
        "starts.csv: has no columns x and y (cells) or easting and northing, which say where the points are "
        "(it "
        "has lon, lat)");
  CHECK(point_refusal("x,y\n") == "starts.csv: has no row below the names of its columns");
  CHECK(point_refusal("x,y,easting,northing\n1,2,3,4\n")
            .starts_with("starts.csv: has the columns x and y as well as"));
}

}  // namespace
}  // namespace firesweep
