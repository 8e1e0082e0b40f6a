#include "firesweep/ensemble/checkpoint_pace.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("publications that cost much come so rarely that they take under 2 % of the time") {
  for (const double cost : {0.01, 0.5, 3.0, 40.0}) {
    CheckpointPace pace;
    double now = 0.0;
    double spent = 0.0;
    for (int i = 0; i < 50; ++i) {
      while (!pace.is_due(now)) now += std::max(0.1, cost);
      if (i == 0) continue;  // nobody knows the cost of the first before it is made
      now += cost;
      spent += cost;
      pace.published(now, cost);
    }
    CHECK(spent < 0.02 * now);
  }
}

TEST_CASE("publications that cost little leave less than ten seconds of work at risk") {
  CheckpointPace pace;
  CHECK(pace.is_due(5.0));
  pace.published(5.1, 0.1);
  CHECK(pace.is_due(5.1 + 9.0));
}

TEST_CASE("an interval that the user names is kept, whatever a publication costs") {
  CheckpointPace pace(2.0);
  CHECK_FALSE(pace.is_due(1.9));
  CHECK(pace.is_due(2.0));
  pace.published(5.0, 3.0);
  CHECK_FALSE(pace.is_due(6.9));
  CHECK(pace.is_due(7.0));
}

TEST_CASE("after a failure the next publication is tried when the disk has had time to be cleared") {
  CheckpointPace pace(0.0);
  const double pause = pace.failed(100.0);
  CHECK(pause >= 10.0);
  CHECK_FALSE(pace.is_due(100.0 + 0.9 * pause));
  CHECK(pace.is_due(100.0 + pause));
}
