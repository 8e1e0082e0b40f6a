#include "firesweep/random/philox.hpp"

#include <Random123/philox.h>

#include "catch.hpp"

using namespace firesweep;

namespace {

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

template <int rounds>
Counter authors_philox(Counter counter, Key key) {
  const auto out = r123::Philox4x32_R<unsigned{rounds}>()({{counter[0], counter[1], counter[2], counter[3]}},
                                                          {{key[0], key[1]}});
  return {out[0], out[1], out[2], out[3]};
}

}  // namespace

TEST_CASE("Philox4x32-10 gives the known answers of its authors") {
  CHECK(philox4x32<10>({0, 0, 0, 0}, {0, 0}) == Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  constexpr std::uint32_t ones = 0xFFFFFFFF;
  CHECK(philox4x32<10>({ones, ones, ones, ones}, {ones, ones}) ==
        Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
}

TEST_CASE("Philox4x32 agrees with the authors' implementation at seven and ten rounds") {
  Counter counter{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
  Key key{0xa4093822, 0x299f31d0};
  for (int i = 0; i < 1000; ++i) {
    CHECK(philox4x32<7>(counter, key) == authors_philox<7>(counter, key));
    CHECK(philox4x32<10>(counter, key) == authors_philox<10>(counter, key));
    counter = philox4x32<10>(counter, key);
    key = {counter[1], counter[2]};
  }
}
