#include "firesweep/experiment/stopping_rule.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("stages double up to the last") {
  const StoppingRule rule{.first_stage = 500, .most = 3000};
  CHECK(rule.next(500) == 1000);
  CHECK(rule.next(2000) == 3000);
  CHECK(rule.next(3000) == 3000);
  CHECK(rule.stage_of(0) == 500);
  CHECK(rule.stage_of(500) == 500);
  CHECK(rule.stage_of(501) == 1000);
  CHECK(rule.stage_of(99'999) == 3000);
  const StoppingRule one_stage{.first_stage = 7, .most = 7};
  CHECK(one_stage.stage_of(8) == 7);
}
