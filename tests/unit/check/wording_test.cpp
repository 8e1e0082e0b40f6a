#include "firesweep/check/wording.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("one is one, and all else are many") {
  CHECK(counted(0, "run") == "0 runs");
  CHECK(counted(1, "run") == "1 run");
  CHECK(counted(2, "run") == "2 runs");
  CHECK(counted(21'000, "run") == "21 000 runs");
}

TEST_CASE("sizes are in powers of 1024, and say so") {
  CHECK(bytes_text(1) == "1 byte");
  CHECK(bytes_text(1023) == "1 023 bytes");
  CHECK(bytes_text(1536) == "1.5 KiB");
  CHECK(bytes_text(8'000'000'000) == "7.5 GiB");
}
