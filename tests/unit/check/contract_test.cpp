#include "firesweep/check/contract.hpp"

#include <string>

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("a contract that holds is silent") {
  CHECK_NOTHROW(expects(true, "one is one"));
}

TEST_CASE("a broken contract names what was asked for and the calling line") {
  const int line = __LINE__ + 2;
  try {
    expects(false, "the list is not empty");
    FAIL("it did not throw");
  } catch (const BrokenContract& broken) {
    const std::string what = broken.what();
    CHECK(what.find("the list is not empty") != std::string::npos);
    CHECK(what.find("contract_test.cpp:" + std::to_string(line)) != std::string::npos);
  }
}
