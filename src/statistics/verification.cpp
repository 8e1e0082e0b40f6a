#include "firesweep/statistics/verification.hpp"

#include <algorithm>
#include <cmath>

#include "firesweep/statistics/nan.hpp"

#include "square.hpp"

namespace firesweep {

namespace {

double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : nan;
}

double count(std::uint64_t cells) {
  return static_cast<double>(cells);
}

// Sum of squared errors of `cells` of which `burnt` burnt, were each given the same probability.
double squared_errors(double probability, std::uint64_t cells, std::uint64_t burnt) {
  return count(burnt) * square(1.0 - probability) + count(cells - burnt) * square(probability);
}

// Levels, thresholds and borders of bins are compared as floats: 7 of 10 runs are as much as 0.7.
constexpr float tenth(std::size_t tenths) {
  return static_cast<float>(tenths) / 10.0F;
}

std::size_t bin_of(float probability) {
  if (probability <= 0.0F) return 0;
  std::size_t bin = 1;
  while (bin + 1 < reliability_bins && probability >= tenth(bin)) ++bin;
  return bin;
}

struct SaidAndBurnt {
  std::uint64_t said = 0;
  std::uint64_t hits = 0;
};

Agreement agreement_of(const SaidAndBurnt& above, const BurntArea& area) {
  const std::uint64_t misses = area.burnt - above.hits;
  return {above.hits, above.said - above.hits, misses, area.cells - above.said - misses};
}

}  // namespace

BurntArea burnt_area(ProbabilityLevels levels) {
  BurntArea area;
  for (const ProbabilityLevel& level : levels) {
    area.cells += level.cells;
    area.burnt += level.burnt;
    area.expected += double{level.probability} * count(level.cells);
  }
  return area;
}

double area_ratio(ProbabilityLevels levels) {
  const BurntArea area = burnt_area(levels);
  return ratio(area.expected, count(area.burnt));
}

double brier_score(ProbabilityLevels levels) {
  double sum = 0.0;
  std::uint64_t cells = 0;
  for (const ProbabilityLevel& level : levels) {
    sum += squared_errors(level.probability, level.cells, level.burnt);
    cells += level.cells;
  }
  return ratio(sum, count(cells));
}

double brier_score_if_reliable(ProbabilityLevels levels) {
  double sum = 0.0;
  std::uint64_t cells = 0;
  for (const ProbabilityLevel& level : levels) {
    sum += count(level.cells) * level.probability * (1.0 - level.probability);
    cells += level.cells;
  }
  return ratio(sum, count(cells));
}

double brier_skill(ProbabilityLevels levels) {
  const BurntArea area = burnt_area(levels);
  const double mean = ratio(area.expected, count(area.cells));
  return 1.0 - ratio(brier_score(levels) * count(area.cells), squared_errors(mean, area.cells, area.burnt));
}

double ReliabilityBin::burnt_share() const {
  return ratio(count(burnt), count(cells));
}

std::vector<ReliabilityBin> reliability_diagram(ProbabilityLevels levels) {
  std::vector<ReliabilityBin> bins(reliability_bins);
  for (std::size_t i = 1; i < bins.size(); ++i) {
    bins[i].lower = static_cast<double>(i - 1) / 10.0;
    bins[i].upper = static_cast<double>(i) / 10.0;
  }
  for (const ProbabilityLevel& level : levels) {
    ReliabilityBin& bin = bins[bin_of(level.probability)];
    bin.cells += level.cells;
    bin.burnt += level.burnt;
    bin.mean_probability += double{level.probability} * count(level.cells);
  }
  for (ReliabilityBin& bin : bins) bin.mean_probability = ratio(bin.mean_probability, count(bin.cells));
  return bins;
}

BrierParts brier_parts(ProbabilityLevels levels) {
  const BurntArea area = burnt_area(levels);
  const double cells = count(area.cells);
  const double burnt_share = ratio(count(area.burnt), cells);
  BrierParts parts;
  for (const ReliabilityBin& bin : reliability_diagram(levels)) {
    if (bin.cells == 0) continue;
    parts.reliability += count(bin.cells) * square(bin.mean_probability - bin.burnt_share());
    parts.resolution += count(bin.cells) * square(bin.burnt_share() - burnt_share);
  }
  parts.reliability = ratio(parts.reliability, cells);
  parts.resolution = ratio(parts.resolution, cells);
  parts.uncertainty = burnt_share * (1.0 - burnt_share);
  parts.within_bins = brier_score(levels) - (parts.reliability - parts.resolution + parts.uncertainty);
  return parts;
}

double roc_area(ProbabilityLevels levels) {
  double pairs = 0.0;
  std::uint64_t burnt = 0;
  std::uint64_t unburnt = 0;
  for (const ProbabilityLevel& level : levels) {
    const std::uint64_t tied = level.cells - level.burnt;
    pairs += count(level.burnt) * (count(unburnt) + 0.5 * count(tied));
    burnt += level.burnt;
    unburnt += tied;
  }
  return ratio(pairs, count(burnt) * count(unburnt));
}

double Agreement::hit_rate() const {
  return ratio(count(hits), count(hits + misses));
}

double Agreement::false_alarm_rate() const {
  return ratio(count(false_alarms), count(false_alarms + correct_negatives));
}

Agreement agreement_at(ProbabilityLevels levels, float threshold) {
  SaidAndBurnt above;
  for (const ProbabilityLevel& level : levels) {
    if (level.probability < threshold) continue;
    above.said += level.cells;
    above.hits += level.burnt;
  }
  return agreement_of(above, burnt_area(levels));
}

double sorensen(const Agreement& agreement) {
  const double hits = 2.0 * count(agreement.hits);
  return ratio(hits, hits + count(agreement.misses + agreement.false_alarms));
}

double jaccard(const Agreement& agreement) {
  return ratio(count(agreement.hits), count(agreement.hits + agreement.misses + agreement.false_alarms));
}

double jaccard_of_sorensen(double sorensen) {
  return sorensen / (2.0 - sorensen);
}

std::optional<float> best_threshold(ProbabilityLevels levels) {
  const BurntArea area = burnt_area(levels);
  SaidAndBurnt above;
  std::optional<float> best;
  double highest = 0.0;
  for (std::size_t i = levels.size(); i-- > 0 && levels[i].probability > 0.0F;) {
    above.said += levels[i].cells;
    above.hits += levels[i].burnt;
    const double index = sorensen(agreement_of(above, area));
    if (levels[i].cells == 0 || !(index > 0.0 && index >= highest)) continue;
    highest = index;
    best = levels[i].probability;
  }
  return best;
}

}  // namespace firesweep
