#include "firesweep/statistics/verification.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "catch.hpp"

using namespace firesweep;

namespace {

/// Fifteen cells: 0, 0, 0*, .1, .1, .25, .25*, .25, .5*, .5, .7*, .7, .9*, 1*, 1*, those with a star burnt.
const std::vector<ProbabilityLevel> fifteen = {{0.0F, 3, 1}, {0.1F, 2, 0}, {0.25F, 3, 1}, {0.5F, 2, 1},
                                               {0.7F, 2, 1}, {0.9F, 1, 1}, {1.0F, 2, 2}};

const std::vector<ProbabilityLevel> nothing_burnt = {{0.0F, 6, 0}, {0.5F, 4, 0}};
const std::vector<ProbabilityLevel> perfect = {{0.0F, 6, 0}, {1.0F, 4, 4}};

}  // namespace

TEST_CASE("scores of a small map are those by hand and by numpy and scipy") {
  // numpy: mean((p - o)^2), and of the mean; scipy.stats.mannwhitneyu(burnt, unburnt).statistic / (7 * 8).
  CHECK(burnt_area(fifteen).cells == 15);
  CHECK(burnt_area(fifteen).burnt == 7);
  CHECK(burnt_area(fifteen).expected == Approx(6.25).epsilon(1e-7));
  CHECK(area_ratio(fifteen) == Approx(6.25 / 7.0).epsilon(1e-7));
  CHECK(brier_score(fifteen) == Approx(2.7975 / 15.0).epsilon(1e-7));
  CHECK(brier_score_if_reliable(fifteen) == Approx(1.7525 / 15.0).epsilon(1e-7));
  CHECK(brier_skill(fifteen) == Approx(0.25812154894730077).epsilon(1e-12));
  CHECK(roc_area(fifteen) == Approx(44.0 / 56.0).epsilon(1e-14));
}

TEST_CASE("a Brier score is the sum of its parts") {
  // numpy, from the definitions: within_bins is the variance of probabilities within bins less twice their
  // covariance with what burnt.
  const BrierParts parts = brier_parts(fifteen);
  CHECK(parts.reliability == Approx(0.030499999509917393).epsilon(1e-12));
  CHECK(parts.resolution == Approx(0.09333333333333332).epsilon(1e-12));
  CHECK(parts.uncertainty == Approx(56.0 / 225.0).epsilon(1e-12));
  CHECK(parts.within_bins == Approx(0.0004444446563720956).epsilon(1e-10));
}

TEST_CASE("Sorensen's and Jaccard's indices at a threshold are those of scipy") {
  // 1 - scipy.spatial.distance.dice(p >= t, o), and jaccard.
  const Agreement quarter = agreement_at(fifteen, 0.25F);
  CHECK(quarter.hits == 6);
  CHECK(quarter.false_alarms == 4);
  CHECK(quarter.misses == 1);
  CHECK(quarter.correct_negatives == 4);
  CHECK(sorensen(quarter) == Approx(0.7058823529411764).epsilon(1e-14));
  CHECK(jaccard(quarter) == Approx(0.5454545454545454).epsilon(1e-14));
  CHECK(quarter.hit_rate() == Approx(6.0 / 7.0));
  CHECK(quarter.false_alarm_rate() == Approx(0.5));

  const Agreement half = agreement_at(fifteen, 0.5F);
  CHECK(sorensen(half) == Approx(0.7142857142857143).epsilon(1e-14));
  CHECK(jaccard(half) == Approx(0.5555555555555556).epsilon(1e-14));
  CHECK(jaccard_of_sorensen(sorensen(half)) == Approx(jaccard(half)).epsilon(1e-14));
}

TEST_CASE("the best threshold has the highest Sorensen index of all, the lowest of equal ones") {
  CHECK(best_threshold(fifteen) == 0.5F);
  const std::vector<ProbabilityLevel> with_gap = {{0.0F, 3, 0}, {0.2F, 2, 1}, {0.3F, 0, 0}, {0.4F, 1, 1}};
  CHECK(sorensen(agreement_at(with_gap, 0.2F)) == Approx(0.8));
  CHECK(best_threshold(with_gap) == 0.2F);
  const std::vector<ProbabilityLevel> equal = {{0.0F, 1, 0}, {0.2F, 4, 2}, {0.4F, 2, 2}};  // 8 / 10 and 4 / 6
  CHECK(best_threshold(equal) == 0.2F);
}

TEST_CASE("cells that the map says never to burn are no area that it says") {
  const std::vector<ProbabilityLevel> only_elsewhere = {{0.0F, 5, 5}, {0.5F, 5, 0}};
  CHECK_FALSE(best_threshold(only_elsewhere));
  CHECK_FALSE(best_threshold(nothing_burnt));
}

TEST_CASE("a tenth belongs to the bin above it, however floats round") {
  std::vector<ProbabilityLevel> levels = {{0.0F, 1, 0}, {0.05F, 1, 0}};
  for (const int tenths : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    levels.push_back({static_cast<float>(tenths / 10.0), 1, 1});
  const std::vector<ReliabilityBin> diagram = reliability_diagram(levels);
  REQUIRE(diagram.size() == reliability_bins);
  for (std::size_t bin = 0; bin < 10; ++bin) CHECK(diagram[bin].cells == 1);
  CHECK(diagram[10].cells == 2);  // 0.9, and 1
  CHECK(diagram[0].upper == 0.0);
  CHECK(diagram[3].lower == Approx(0.2));
  CHECK(diagram[3].upper == Approx(0.3));
  CHECK(diagram[10].mean_probability == Approx(0.95));
  CHECK(diagram[1].burnt_share() == 0.0);
}

TEST_CASE("a perfect map has perfect scores") {
  CHECK(brier_score(perfect) == 0.0);
  CHECK(brier_skill(perfect) == 1.0);
  CHECK(roc_area(perfect) == 1.0);
  CHECK(area_ratio(perfect) == 1.0);
  CHECK(sorensen(agreement_at(perfect, 0.5F)) == 1.0);
}

TEST_CASE("a map that is the same everywhere has neither skill nor an order") {
  const std::vector<ProbabilityLevel> flat = {{0.25F, 10, 4}};
  CHECK(brier_skill(flat) == 0.0);
  CHECK(roc_area(flat) == 0.5);
  CHECK(brier_parts(flat).resolution == 0.0);
}

TEST_CASE("a score that is not defined is NaN") {
  CHECK(std::isnan(brier_score({})));
  CHECK(std::isnan(brier_skill({})));
  CHECK(std::isnan(roc_area(nothing_burnt)));
  CHECK(std::isnan(area_ratio(nothing_burnt)));
  CHECK(std::isnan(sorensen({})));
  CHECK(std::isnan(jaccard({})));
  CHECK(std::isnan(agreement_at(nothing_burnt, 0.5F).hit_rate()));
  CHECK(brier_score(nothing_burnt) == Approx(0.1));
  CHECK(std::isnan(reliability_diagram(nothing_burnt)[1].burnt_share()));
}
