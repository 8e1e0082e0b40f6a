#include "firesweep/ensemble/run_quantity.hpp"

#include <cmath>

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr std::uint64_t cells = 100;

RunRecord fire() {
  return {.burnt_cells = 25, .steps = 7, .ignitions = 1, .status = RunStatus::ok};
}

}  // namespace

TEST_CASE("a quantity is known of a run that is ok, and not of one that is older than the quantity") {
  const RunQuantity& steps = *run_quantity("steps");
  CHECK(steps.known(fire(), cells) == 7.0);
  CHECK(run_quantity("burn_fraction")->known(fire(), cells) == 0.25);
  CHECK(std::isnan(steps.known({.status = RunStatus::failed}, cells)));
  RunRecord older = fire();
  older.revision = static_cast<std::uint8_t>(steps.since - 1);
  CHECK(std::isnan(steps.known(older, cells)));
}

TEST_CASE("records agree if they say the same as far as both know") {
  RunRecord other = fire();
  CHECK(agree(fire(), other, cells));
  other.steps = 8;
  CHECK_FALSE(agree(fire(), other, cells));
  other.revision = 0;
  CHECK(agree(fire(), other, cells));
  other.status = RunStatus::failed;
  CHECK_FALSE(agree(fire(), other, cells));
}

TEST_CASE("no quantity is younger than the records") {
  for (const RunQuantity& quantity : run_quantities()) {
    CHECK(quantity.since >= 1);
    CHECK(quantity.since <= run_record_revision);
  }
}

TEST_CASE("only a run of a random set has a first point that was drawn") {
  const RunQuantity& column = *run_quantity("ignition_x");
  CHECK(std::isnan(column.known(fire(), cells)));
  RunRecord drawn = fire();
  column.restore(drawn, 65535, cells);
  CHECK(column.known(drawn, cells) == 65535.0);
  CHECK(run_quantity("ignition_y")->known(drawn, cells) == 0.0);
  CHECK_FALSE(agree(
      drawn,
      [] {
        RunRecord other = fire();
        other.is_drawn = true;
        return other;
      }(),
      cells));
}

TEST_CASE("a record takes no more than 64 bytes") {
  CHECK(sizeof(RunRecord) <= 64);
}
