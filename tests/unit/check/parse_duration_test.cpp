#include "firesweep/check/parse_duration.hpp"

#include "../catch.hpp"

namespace firesweep {
namespace {

TEST_CASE("Lengths of time are read with units, and as Slurm writes them") {
  CHECK(parse_duration("90") == 90.0);
  CHECK(parse_duration("1.5s") == 1.5);
  CHECK(parse_duration("30m") == 1800.0);
  CHECK(parse_duration("2h") == 7200.0);
  CHECK(parse_duration("1d") == 86400.0);
  CHECK(parse_duration("30:00") == 1800.0);
  CHECK(parse_duration("90:00") == 5400.0);
  CHECK(parse_duration("2:00:01") == 7201.0);
  CHECK(parse_duration("1-12") == 129600.0);
  CHECK(parse_duration("1-12:30") == 131400.0);
  CHECK(parse_duration("1-12:00:05") == 129605.0);
}

TEST_CASE("What is no length of time is nothing") {
  for (const char* const text :
       {"", "m", "-5", "1:60", "1-24", "1:2:3:4", "NOT_SET", "INVALID", "UNLIMITED", "nan", "1 h"})
    CHECK_FALSE(parse_duration(text).has_value());
}

}  // namespace
}  // namespace firesweep
