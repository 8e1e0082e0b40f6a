#include <cstdint>

#include "../catch.hpp"
#include "folder.hpp"
#include "reading.hpp"
#include "sample_raster.hpp"

namespace firesweep {
namespace {

using sample::Folder;
using sample::fuel_of;

const std::string header =
    "ncols 3\nnrows 2\nxllcorner 300000\nyllcorner 5800000\ncellsize 30\nNODATA_value -1\n";

/// What is said about the grid of a text, from its name on.
std::string grid_refusal(const std::string& text) {
  const Folder folder;
  sample::write_bytes(folder / "fuel.asc", text);
  const std::string whole = sample::refusal(fuel_of(folder / "fuel.asc"));
  const std::size_t name = whole.find("fuel.asc");
  return name == std::string::npos ? whole : whole.substr(name);
}

ReadLandscape grid_of(const std::string& text) {
  const Folder folder;
  sample::write_bytes(folder / "fuel.asc", text);
  return sample::read(fuel_of(folder / "fuel.asc"));
}

TEST_CASE("An ESRI ASCII grid is read from the north, with its lower left corner") {
  const ReadLandscape found = grid_of(header + "1 2 3\n-1 +5 6.0\n");
  CHECK(found.layers.extent == Extent{3, 2});
  CHECK(found.layers.fuel == std::vector<std::int32_t>{1, 2, 3, missing_fuel, 5, 6});
  CHECK(found.placement.west == 300'000.0);
  CHECK(found.placement.north == 5'800'060.0);
  CHECK(found.placement.cell_height == 30.0);
}

TEST_CASE("Where lines break, and in which case and order the header is, does not matter") {
  const ReadLandscape found = grid_of(
      "NROWS 2\r\nNCOLS 3\r\nDX 20\r\nDY 30\r\nXLLCENTER 10\r\nYLLCORNER 100\r\nnodata_value nan\r\n1 2\r\n3 "
      "4 NaN "
      "6\r\n\r\n");
  CHECK(found.layers.fuel == std::vector<std::int32_t>{1, 2, 3, 4, missing_fuel, 6});
  CHECK(found.placement.west == 0.0);
  CHECK(found.placement.north == 160.0);
  CHECK(found.placement.cell_width == 20.0);
  CHECK(found.placement.cell_height == 30.0);
}

TEST_CASE("A coordinate system comes from the .prj beside it, which is read and so counts") {
  const Folder folder;
  sample::write_bytes(folder / "fuel.asc", header + "1 2 3 4 5 6");
  sample::write_bytes(folder / "fuel.prj", sample::wkt_of("EPSG:28355"));
  const ReadLandscape found = sample::read(fuel_of(folder / "fuel.asc"));
  CHECK_THAT(found.facts.crs_name, Contains("GDA94 / MGA zone 55"));
  REQUIRE(found.inputs.size() == 2);
  CHECK(found.inputs[1].path == folder / "fuel.prj");
  sample::write_bytes(folder / "fuel.prj", "somewhere");
  CHECK_THAT(sample::refusal(fuel_of(folder / "fuel.asc")),
             Contains("fuel.prj: names no coordinate system that PROJ knows"));
}

TEST_CASE("A cell that is no number is refused where it stands") {
  CHECK(grid_refusal(header + "1 2 3\n4 NA 6\n") ==
        "fuel.asc:8:3: row 2, column 2: 'NA' is no number; write the NODATA_value where there is no data");
  CHECK_THAT(grid_refusal(header + "1 2 nan\n4 5 6\n"),
             Contains("fuel.asc:7:5: row 1, column 3: 'nan' is no number"));
  CHECK_THAT(grid_refusal(header + "1 2 *\n4 5 6\n"), Contains("'*' is no number"));
  CHECK_THAT(grid_refusal(header + "1,5 2 3\n4 5 6\n"),
             Contains("decimals have a point, and blanks part the cells"));
  CHECK_THAT(grid_refusal(header + "1 2 3000000000\n4 5 6\n"),
             Contains("row 1, column 3: fuel code 3000000000 is out of range; if it means no data, say so: "
                      "NODATA_value 3000000000 in its header"));
}

TEST_CASE("Too few cells and too many are refused") {
  CHECK(grid_refusal(header + "1 2 3\n4 5") ==
        "fuel.asc: ends before row 2, column 3 (its header says 3 columns and 2 rows); mend the header, or "
        "get the whole file");
  CHECK(grid_refusal(header + "1 2 3\n4 5 6\n7 8 9\n") ==
        "fuel.asc:9:1: '7' comes after the last cell (the header says 3 columns and 2 rows); mend the header "
        "or the cells");
}

TEST_CASE("A header that says too little or too much is refused") {
  CHECK(grid_refusal("ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\n1 2 3\n4 5 6") ==
        "fuel.asc: its header has no line dx; add it");
  CHECK(grid_refusal("ncols 3\nnrows 2\nyllcorner 0\ncellsize 30\n1 2 3\n4 5 6") ==
        "fuel.asc: its header has no line xllcorner; add it");
  CHECK(grid_refusal("ncols 3\nncols 2\n") == "fuel.asc:2:1: ncols is given twice; keep one");
  CHECK(grid_refusal("ncols 3\nnrow 2\n") ==
        "fuel.asc:2:1: 'nrow' is no line of the header of an ESRI ASCII grid; did you mean 'nrows'?");
  CHECK(grid_refusal("ncols 3.5\nnrows 2\n1") == "fuel.asc:1:7: ncols 3.5 is no number of cells");
  CHECK(grid_refusal("ncols 0\nnrows 2\n1") == "fuel.asc:1:7: ncols 0 is no number of cells");
  CHECK(grid_refusal("ncols x\nnrows 2\n1") == "fuel.asc:1:7: ncols 'x' is no number");
  CHECK(grid_refusal("ncols 3\nnrows 2\ncellsize -30\n1") ==
        "fuel.asc:3:10: the side of a cell must be above 0");
  CHECK(grid_refusal("ncols 3\nnrows 2\ncellsize 30\nxllcorner 0\nxllcenter 15\n1") ==
        "fuel.asc:5:11: xllcorner and xllcenter are both given; keep one");
  CHECK(grid_refusal("ncols 3\nnrows 2\n") == "fuel.asc: ends before its first cell");
  CHECK(grid_refusal("ncols") == "fuel.asc:1:1: ncols has no value");
}

TEST_CASE("Grids that take more than one piece of the file are read whole") {
  std::string text = "ncols 2000\nnrows 400\nxllcorner 0\nyllcorner 0\ncellsize 30\n";
  for (int cell = 0; cell < 800'000; ++cell)
    text += std::to_string(cell) + (cell % 2000 == 1999 ? "\n" : " ");
  const ReadLandscape found = grid_of(text);
  CHECK(found.layers.fuel[799'999] == 799'999);
  CHECK(found.layers.fuel[123'456] == 123'456);
  text.resize(text.size() - 3);
  text += "x\n";
  CHECK_THAT(grid_refusal(text), Contains("fuel.asc:405:13994: row 400, column 2000: '7999x' is no number"));
}

}  // namespace
}  // namespace firesweep
