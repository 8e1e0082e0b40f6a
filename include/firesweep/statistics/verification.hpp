#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace firesweep {

/// The cells to which a map of burn probability gives one probability, and how many of them burnt.
struct ProbabilityLevel {
  float probability = 0.0F;  ///< in [0, 1]
  std::uint64_t cells = 0;
  std::uint64_t burnt = 0;  ///< of the cells
};

/// A map of burn probability beside what burnt, on the cells where both are known: its levels in ascending
/// order of probability, each once; a level may be without cells. All scores of a map are functions of them, in
/// O(levels). Every score is NaN where it is not defined: without cells, without burnt ones.
using ProbabilityLevels = std::span<const ProbabilityLevel>;

/// Cells and burnt cells of all levels, and how many the map expects to burn: the sum of its probabilities.
struct BurntArea {
  std::uint64_t cells = 0;
  std::uint64_t burnt = 0;
  double expected = 0.0;  ///< [cells]
};

BurntArea burnt_area(ProbabilityLevels levels);

/// Area bias: cells that the map expects to burn / cells that burnt. 1 is without bias, more is too much fire.
double area_ratio(ProbabilityLevels levels);

/// Mean of (p - o)^2 over the cells, o being 1 where the cell burnt and 0 where not; 0 is perfect.
///
/// Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Mon. Weather Rev. 78
/// (1950) 1-3; half of what he gives, which adds up over both outcomes.
double brier_score(ProbabilityLevels levels);

/// Mean of p (1 - p) over the cells: the Brier score that a map scores on average over many fires if its
/// probabilities mean what they say, however cells burn together; for the variance of o is p (1 - p), and a mean does
/// not ask which o go along. One fire's score varies about it.
double brier_score_if_reliable(ProbabilityLevels levels);

/// 1 - brier_score / brier_score of a map that has the mean of this one everywhere: what knowing where adds to
/// knowing how much. 1 is perfect, 0 no better than the mean, below 0 worse.
double brier_skill(ProbabilityLevels levels);

/// A row of the reliability diagram: the cells to which the map gives a probability in [lower, upper), or of
/// exactly 0 in the first row, whose bounds are 0, or of 1 too in the last.
struct ReliabilityBin {
  double lower = 0.0;
  double upper = 0.0;
  std::uint64_t cells = 0;
  std::uint64_t burnt = 0;
  double mean_probability = 0.0;

  double burnt_share() const;
};

/// Rows of the diagram: what never burns in the map has its own, the others are tenths.
inline constexpr std::size_t reliability_bins = 11;

/// The reliability diagram, shape (reliability_bins). Where shares of burnt cells are the mean probabilities, a
/// probability means what it says.
///
/// Source: A. H. Murphy, R. L. Winkler, "Reliability of subjective probability forecasts of precipitation and
/// temperature", Appl. Stat. 26 (1977) 41-47.
std::vector<ReliabilityBin> reliability_diagram(ProbabilityLevels levels);

/// What a Brier score is made of: reliability - resolution + uncertainty + within_bins.
struct BrierParts {
  double reliability =
      0.0;  ///< mean over the cells of (mean probability - burnt share)^2 of their bin; 0 is best
  double resolution = 0.0;   ///< mean of (burnt share of their bin - burnt share of all)^2; more is better
  double uncertainty = 0.0;  ///< o (1 - o), o being the burnt share of all: of the fire, not of the map
  double within_bins = 0.0;  ///< what probabilities of one bin differ by, less what that tells of what burnt
};

/// Of the bins of the reliability diagram.
///
/// Source: A. H. Murphy, "A new vector partition of the probability score", J. Appl. Meteorol. 12 (1973)
/// 595-600; D. B. Stephenson, C. A. S. Coelho, I. T. Jolliffe, "Two extra components in the Brier score
/// decomposition", Weather Forecast. 23 (2008) 752-757 (within_bins).
BrierParts brier_parts(ProbabilityLevels levels);

/// Area under the curve of the relative operating characteristic: the probability that the map gives a burnt
/// cell a higher probability than one that is not burnt, ties counted half; the statistic of Mann and Whitney
/// over the number of such pairs. 0.5 is no better than chance. It asks for the order of the probabilities only.
///
/// Source: S. J. Mason, N. E. Graham, "Areas beneath the relative operating characteristics (ROC) and relative
/// operating levels (ROL) curves", Q. J. R. Meteorol. Soc. 128 (2002) 2145-2166.
double roc_area(ProbabilityLevels levels);

/// What a map says to burn, where its probability is a threshold or more, beside what did: a 2 x 2 table of
/// cells.
struct Agreement {
  std::uint64_t hits = 0;               ///< said and burnt
  std::uint64_t false_alarms = 0;       ///< said and not burnt
  std::uint64_t misses = 0;             ///< burnt and not said
  std::uint64_t correct_negatives = 0;  ///< neither

  double hit_rate() const;          ///< of the burnt cells, those that are said
  double false_alarm_rate() const;  ///< of the cells that are not burnt, those that are said
};

Agreement agreement_at(ProbabilityLevels levels, float threshold);

/// 2 hits / (2 hits + misses + false alarms), the index of Sorensen and Dice: 1 where both areas are the same, 0
/// where they do not meet. Cells that neither burn do not count, so it does not depend on how much land the map
/// has around the fire.
///
/// Source: L. R. Dice, "Measures of the amount of ecologic association between species", Ecology 26 (1945)
/// 297-302; T. Sorensen, Biol. Skr. K. Dan. Vidensk. Selsk. 5 (1948) 1-34.
double sorensen(const Agreement& agreement);

/// hits / (hits + misses + false alarms), what both areas share of what either has; S / (2 - S) of Sorensen's S.
///
/// Source: P. Jaccard, "The distribution of the flora in the alpine zone", New Phytol. 11 (1912) 37-50.
double jaccard(const Agreement& agreement);
double jaccard_of_sorensen(double sorensen);

/// The threshold above 0 with the highest Sorensen index, which has the highest Jaccard index too; the lowest of
/// several. Absent where no cell that the map says to burn at all did.
std::optional<float> best_threshold(ProbabilityLevels levels);

}  // namespace firesweep
