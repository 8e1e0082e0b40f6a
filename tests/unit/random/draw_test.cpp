#include "firesweep/random/draw.hpp"

#include <bit>
#include <cmath>
#include <set>

#include "firesweep/check/contract.hpp"
#include "firesweep/random/philox.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("a draw follows the layout written in its header") {
  // Cell (37, 22) is cell (5, 6) of tile (2, 1): quarter 1, bit 16 * 2 + 5 = 37, so bit 5 of words 1 and 3.
  constexpr std::uint64_t seed = 0x0123456789abcdef;
  std::uint32_t expected = 0;
  for (std::uint32_t m = 0; m < 16; ++m) {
    const auto block = philox4x32<7>({2, 1, 9, (1U << 16) + 4 * m + 1}, {0x89abcdef, 0x01234567});
    expected = expected << 1 | (block[1] >> 5 & 1U);
    expected = expected << 1 | (block[3] >> 5 & 1U);
  }
  CHECK(draw(Seed{seed}, Purpose::spread, 9, 37, 22) == expected);
}

TEST_CASE("draws of version 1 never change") {
  CHECK(rng_version == 1);
  CHECK(draw(Seed{0}, Purpose::vegetation, 0, 0, 0) == 0xf6de9bd1);
  CHECK(draw(Seed{42}, Purpose::spread, 7, 100, 200) == 0xf440e5a5);
  CHECK(number(Seed{42}, Purpose::ignition, 3) == 0xdb2f67f3cdb6729f);
}

TEST_CASE("a trial succeeds exactly if its draw is below the threshold") {
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const Seed seed{i % 5};
    const std::uint64_t u = draw(seed, Purpose::spread, i, 3 * i, 7 * i);
    const auto succeeds = [&](std::uint64_t bound) {
      return trial(seed, Purpose::spread, i, 3 * i, 7 * i, static_cast<Threshold>(bound));
    };
    CHECK_FALSE(succeeds(u));
    CHECK(succeeds(u + 1));
    CHECK(succeeds(u / 2) == false);
    CHECK(succeeds(std::uint64_t{1} << 32));
    CHECK_FALSE(succeeds(0));
  }
}

TEST_CASE("a threshold is the probability in units of 2^-32") {
  CHECK(threshold(0.0) == Threshold::never);
  CHECK(threshold(1.0) == Threshold::always);
  CHECK(threshold(0.5) == static_cast<Threshold>(0x80000000));
  CHECK(threshold(0.1) == static_cast<Threshold>(429496730));  // 429496729.6
  CHECK_THROWS_AS(threshold(1.5), BrokenContract);
  CHECK_THROWS_AS(threshold(std::nan("")), BrokenContract);
}

TEST_CASE("seeds, purposes, steps and cells have draws of their own") {
  std::set<std::uint32_t> draws;
  for (std::uint64_t seed : {0ULL, 1ULL, 1ULL << 32}) {
    for (Purpose purpose : {Purpose::vegetation, Purpose::spread, Purpose::ignition, Purpose::design,
                            Purpose::bootstrap, Purpose::audit, Purpose::dither, Purpose::ember}) {
      for (std::uint32_t step : {0U, 1U}) {
        for (std::uint32_t y = 0; y < 18; ++y) {
          for (std::uint32_t x = 0; x < 18; ++x) draws.insert(draw(Seed{seed}, purpose, step, x, y));
        }
      }
    }
  }
  // 11664 draws of 32 bits collide 0.016 times on average; two collisions would be chance one in 8,000.
  CHECK(draws.size() >= 11663);
}

TEST_CASE("every bit of a draw is set half of the time, within 5 standard errors") {
  constexpr int n = 40'000;
  std::array<int, 32> set_bits{};
  for (int i = 0; i < n; ++i) {
    const std::uint32_t u = draw(Seed{9}, Purpose::spread, static_cast<std::uint32_t>(i / 1000),
                                 static_cast<std::uint32_t>(i % 1000), 5);
    for (std::size_t bit = 0; bit < 32; ++bit) set_bits[bit] += static_cast<int>(u >> bit & 1U);
  }
  const double standard_error = std::sqrt(n) / 2;  // false alarm of any bit: 2e-5
  for (int count : set_bits) CHECK(std::abs(count - n / 2) < 5 * standard_error);
}

TEST_CASE("numbers below a bound reach all of it and nothing else") {
  std::set<std::uint64_t> seen;
  for (std::uint64_t i = 0; i < 500; ++i) seen.insert(number_below(Seed{1}, Purpose::ignition, i, 7));
  CHECK(seen == std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6});
  CHECK(number_below(Seed{1}, Purpose::ignition, 0, 1) == 0);
}

TEST_CASE("the four more draws of a cell are a block of its own") {
  const Seed seed{0x123456789ABCDEF0};
  const auto block =
      philox4x32<rng_rounds>({40 / 16, 21 / 16, 9, (7U << 16) + 256 + 16 * 5 + 8}, {0x9ABCDEF0, 0x12345678});
  CHECK(more_draws(seed, Purpose::ember, 9, 40, 21) == block);
  CHECK(more_draws(seed, Purpose::ember, 9, 41, 21) != block);
}
