#include "firesweep/model/spread_rule.hpp"

#include <cmath>
#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/model/danger_level.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

const std::vector<double> plain = {1};
const std::vector<Gradient> flat = {{0, 0}};
const std::vector<Gradient> slopes = {{0, 0}, {0.3, -0.2}, {-0.6, 0.1}};
const std::vector<double> fuels = {0.8, 1.4, 0};

SpreadGround ground(const std::vector<double>& spreads, const std::vector<Gradient>& gradients) {
  return {.spreads = spreads, .gradients = gradients, .cell_size = {30, 30}};
}

const Weather high = weather_of(DangerLevel::high);

}  // namespace

TEST_CASE("where nothing differs the rule is p(n), to the bit") {
  const SpreadRule rule(high, {}, 1, ground(plain, flat));
  REQUIRE(rule.by_count());
  CHECK(*rule.by_count() == spread_probability(high, {}));
  CHECK(rule.threshold(0, 0, 0b10010001) ==
        static_cast<std::uint64_t>(std::llround(std::ldexp((*rule.by_count())[3], 32))));
  CHECK(SpreadRule(high, {.slope_coefficient = 0}, 1, ground(plain, slopes)).by_count());
  CHECK_FALSE(SpreadRule(high, {}, 1, ground(plain, slopes)).by_count());
  CHECK_FALSE(SpreadRule(high, {}, 1, ground(fuels, flat)).by_count());
  CHECK_FALSE(SpreadRule(high, {.wind_directionality = 0.01}, 1, ground(plain, flat)).by_count());
  Weather calm = high;
  calm.wind_speed = 0;
  CHECK(SpreadRule(calm, {.wind_directionality = 0.01}, 1, ground(plain, flat)).by_count());
}

TEST_CASE("thresholds are the probabilities of the formula") {
  for (const Combination combination : {Combination::linear, Combination::independent}) {
    const SpreadParameters parameters{
        .max_probability = 0.95, .combination = combination, .wind_directionality = 0.036};
    const SpreadRule rule(high, parameters, 1.1, ground(fuels, slopes));
    const ByNeighbour wind = wind_factors(high, parameters, {30, 30}, 0);
    for (std::size_t c = 0; c < fuels.size(); ++c) {
      for (std::size_t b = 0; b < slopes.size(); ++b) {
        const ByNeighbour slope = slope_factors(slopes[b], 0.069, {30, 30});
        for (unsigned burning = 0; burning < 256; ++burning) {
          double sum = 0;
          double escaped = 1;
          for (std::size_t i = 0; i < 8; ++i) {
            if ((burning >> i & 1) == 0) continue;
            const double w = spread_factor(high, parameters) * 1.1 * fuels[c] * wind[i] * slope[i];
            sum += w;
            escaped *= 1 - std::min(1.0, w);
          }
          const double p = std::min(0.95, combination == Combination::linear ? sum : 1 - escaped);
          CHECK(static_cast<double>(rule.threshold(c, b, burning)) * 0x1p-32 == Approx(p).margin(1e-7));
        }
      }
    }
  }
}

TEST_CASE(
    "sparse agriculture on flat ground without wind is below the threshold of bond percolation, as "
    "published") {
  const std::vector<double> published = {(1 - 0.3) * (1 - 0.4), (1 + 0.0) * (1 + 0.0)};
  const SpreadRule rule({}, {.form = Form::alexandridis}, 1, ground(published, flat));
  CHECK(static_cast<double>(rule.threshold(0, 0, 0b1000)) * 0x1p-32 == Approx(0.2436).margin(1e-8));
  CHECK(static_cast<double>(rule.threshold(1, 0, 0b1000)) * 0x1p-32 == Approx(0.58).margin(1e-8));
}

TEST_CASE("weights that are too large for the integers are refused where integers are used") {
  CHECK(SpreadRule(high, {.base_rate = 1000}, 1, ground(plain, flat)).by_count());
  CHECK_THROWS_AS(SpreadRule(high, {.base_rate = 1000}, 1, ground(fuels, flat)), InputError);
  const std::vector<Gradient> cliff = {{0, 0}, {0, 5}};
  CHECK_THROWS_AS(SpreadRule(high, {.slope_coefficient = 0.5}, 1, ground(plain, cliff)), InputError);
  const std::vector<Gradient> steep = {
      {0, 0}, {5, 0}, {0, -5}, {-5, 5}};  // wind and slope along one direction
  const SpreadParameters possible{.wind_directionality = 1, .slope_coefficient = 0.077};
  CHECK_FALSE(
      SpreadRule({.wind_speed = 100, .wind_direction = 270}, possible, 1, ground(plain, steep)).by_count());
  const SpreadParameters independent{
      .base_rate = 1000, .max_probability = 1, .combination = Combination::independent};
  CHECK(SpreadRule(high, independent, 1, ground(fuels, cliff)).threshold(1, 1, 1U << 1) == std::uint64_t{1}
                                                                                               << 32);
}
