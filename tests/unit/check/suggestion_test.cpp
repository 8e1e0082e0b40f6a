#include "firesweep/check/suggestion.hpp"

#include <array>
#include <string_view>

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr std::array<std::string_view, 5> words = {"danger_level", "ignition_set", "seed", "severe",
                                                   "extreme"};

}  // namespace

TEST_CASE("a slip of the fingers is recognised") {
  CHECK(suggestion("danger_levels", words) == "; did you mean 'danger_level'?");
  CHECK(suggestion("dnager_level", words) == "; did you mean 'danger_level'?");
  CHECK(suggestion("sevree", words) == "; did you mean 'severe'?");
  CHECK(suggestion("sed", words) == "; did you mean 'seed'?");
}

TEST_CASE("letter case and hyphens do not hide the word that was meant") {
  CHECK(suggestion("EXTREME", words) == "; did you mean 'extreme'?");
  CHECK(suggestion("Danger-Level", words) == "; did you mean 'danger_level'?");
}

TEST_CASE("the closest of several candidates is suggested") {
  constexpr std::array<std::string_view, 2> close = {"severed", "severe"};
  CHECK(suggestion("sever", close) == "; did you mean 'severe'?");
}

TEST_CASE("a word unlike all candidates gets no suggestion") {
  CHECK(suggestion("humidity", words).empty());
  CHECK(suggestion("x", words).empty());
  CHECK(suggestion("", words).empty());
  CHECK(suggestion("seed", std::span<const std::string_view>{}).empty());
}

TEST_CASE("a percentage where a share is wanted shows the share that was meant") {
  CHECK(share_suggestion("10%") == "; did you mean 0.1?");
  CHECK(share_suggestion("0.5 %") == "; did you mean 0.005?");
  CHECK(share_suggestion("95") == "; did you mean 0.95?");
  for (const char* other : {"1", "1.5", "0.5", "101", "-5", "0 %", "ten", "", "%"}) {
    INFO(other);
    CHECK(share_suggestion(other).empty());
  }
}
