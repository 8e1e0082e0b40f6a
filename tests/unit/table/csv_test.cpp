#include "firesweep/table/csv.hpp"

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"

namespace firesweep {
namespace {

std::string csv_refusal(const std::string& text) {
  try {
    const CsvTable table(text, "t.csv");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("Fields may be quoted, and hold commas, quotes and line ends") {
  const CsvTable table("a,b\r\n \"x, \"\"y\"\"\" , z \r\n\r\n\"two\nlines\",\n", "t.csv");
  REQUIRE(table.rows() == 2);
  CHECK(table.cell(0, 0).text == "x, \"y\"");
  CHECK(table.cell(0, 1).text == "z");
  CHECK(table.cell(1, 0).text == "two\nlines");
  CHECK(table.cell(1, 1).text.empty());
  CHECK(table.cell(1, 0).where.line == 4);
  CHECK(table.cell(1, 1).where.line == 5);
}

TEST_CASE("Columns have names in any case, and units in brackets") {
  const CsvTable table("\xEF\xBB\xBFSpeed [km/h], Temp (degC) ,x\n1,2,3", "t.csv");
  CHECK(table.find("speed") == 0U);
  CHECK(table.columns()[0].unit == "km/h");
  CHECK(table.find("temp") == 1U);
  CHECK(table.columns()[1].unit == "degC");
  CHECK(table.columns()[2].unit.empty());
  CHECK_FALSE(table.find("y"));
  CHECK(table.rows() == 1);
}

TEST_CASE("Lines above the names are passed over, and columns need no name where that is said") {
  const CsvTable table("of \"July\" 2019\n\n\n,\" speed (km/h) \",\n1,2,3\n", "t.csv", {2, true});
  CHECK(table.find("speed") == 1U);
  CHECK(table.columns()[1].unit == "km/h");
  CHECK(table.columns()[1].where.line == 4);
  CHECK(table.cell(0, 1).where.line == 5);
}

TEST_CASE("A table that is none is refused where it ends to be one") {
  CHECK(csv_refusal("") == "t.csv: is empty; its first row must name its columns");
  CHECK(csv_refusal("a;b\n1;2\n") == "t.csv:1:1: columns are parted by ';'; save the table with commas");
  CHECK(csv_refusal("a,A\n") == "t.csv:1:3: column 'a' is there twice; remove one");
  CHECK(csv_refusal("a,\n") == "t.csv:1:3: a column has no name");
  CHECK(csv_refusal("a,b\n1\n1,2,3\n") ==
        "t.csv:2: has 1 cell, and the first row has 2; text with a comma needs quotes\n"
        "t.csv:3: has 3 cells, and the first row has 2; text with a comma needs quotes");
  CHECK(csv_refusal("a\n\"x\n") == "t.csv:2:1: the quote that begins here never ends");
  CHECK(csv_refusal("a\n\"x\"y\n") ==
        "t.csv:2:1: text follows the closing quote; write a quote inside of quotes twice (\"\")");
}

}  // namespace
}  // namespace firesweep
