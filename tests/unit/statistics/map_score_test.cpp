#include "firesweep/statistics/map_score.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "random_stream.hpp"

using namespace firesweep;

namespace {

constexpr std::size_t map_side = 40;

/// A map that is right on average, of independent cells.
BlockedMap scored_sample(double truth_per_probability) {
  const RandomStream words(3);
  std::vector<float> probability;
  std::vector<std::uint8_t> burnt;
  for (std::uint64_t i = 0; i < map_side * map_side; ++i) {
    probability.push_back(static_cast<float>(std::floor(11.0 * uniform(words(2 * i))) / 10.0));
    const double truth = truth_per_probability * static_cast<double>(probability.back());
    burnt.push_back(uniform(words(2 * i + 1)) < truth ? cell_burnt : cell_not_burnt);
  }
  return {probability, burnt, map_side, 6};
}

void check_within(const Score& score) {
  CHECK(score.interval.lower < score.value);
  CHECK(score.value < score.interval.upper);
}

}  // namespace

TEST_CASE("a map's scores are those of its levels, each within its interval") {
  const BlockedMap map = scored_sample(1.0);
  const MapScore score = score_map(map, 0.95, RandomStream(1));
  CHECK(score.blocks == 49);
  CHECK(score.block_side == 6);
  CHECK(score.area.cells == map_side * map_side);
  CHECK(score.brier.value == brier_score(map.levels()));
  CHECK(score.brier_skill.value == brier_skill(map.levels()));
  CHECK(score.roc_area.value == roc_area(map.levels()));
  CHECK(score.area_ratio.value == area_ratio(map.levels()));
  for (const Score& each : {score.brier, score.brier_skill, score.roc_area, score.area_ratio})
    check_within(each);
  REQUIRE(score.diagram.size() == reliability_bins);
  for (std::size_t i = 2; i < reliability_bins - 1; ++i) check_within(score.diagram[i].burnt_share);
  REQUIRE(score.thresholds.size() == score_thresholds.size());
  for (const ThresholdScore& at : score.thresholds) {
    check_within(at.sorensen);
    check_within(at.jaccard);
    CHECK(at.jaccard.value == jaccard(at.agreement));
  }
}

TEST_CASE("the best threshold's indices are at least those of any other") {
  const MapScore score = score_map(scored_sample(1.0), 0.95, RandomStream(1));
  REQUIRE(score.best);
  for (const ThresholdScore& at : score.thresholds) CHECK(score.best->sorensen.value >= at.sorensen.value);
  CHECK(score.best->jaccard.value == Approx(jaccard_of_sorensen(score.best->sorensen.value)).epsilon(1e-14));
}

TEST_CASE("a map that expects twice what burns has a biased area and is not reliable") {
  const MapScore honest = score_map(scored_sample(1.0), 0.95, RandomStream(1));
  const MapScore wild = score_map(scored_sample(0.5), 0.95, RandomStream(1));
  CHECK(honest.area_ratio.interval.lower < 1.0);
  CHECK(honest.area_ratio.interval.upper > 1.0);
  CHECK(wild.area_ratio.interval.lower > 1.5);
  CHECK(wild.parts.reliability > 10.0 * honest.parts.reliability);
  CHECK(wild.diagram[9].burnt_share.interval.upper < wild.diagram[9].bin.mean_probability);
  CHECK(wild.roc_area.value > 0.7);  // for the order is as right as before
}

TEST_CASE("scores and intervals do not change from machine to machine, nor from version to version") {
  const MapScore score = score_map(scored_sample(1.0), 0.95, RandomStream(1));
  CHECK(score.brier.value == Approx(0.15732499988302603).epsilon(1e-14));
  CHECK(score.brier.interval.lower == Approx(0.14729404299771393).epsilon(1e-14));
  CHECK(score.brier.interval.upper == Approx(0.16724201436619077).epsilon(1e-14));
  CHECK(score.best->sorensen.interval.lower == Approx(0.75849514563106801).epsilon(1e-14));
  CHECK(score.best->sorensen.interval.upper == Approx(0.79857215706272311).epsilon(1e-14));
}
