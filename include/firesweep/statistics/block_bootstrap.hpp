#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"
#include "firesweep/statistics/verification.hpp"

namespace firesweep {

/// What is known of a cell's fire: how a perimeter's cells are coded.
inline constexpr std::uint8_t cell_not_burnt = 0;
inline constexpr std::uint8_t cell_burnt = 1;
inline constexpr std::uint8_t cell_unknown = 255;

/// A bootstrap of fewer blocks says little; of more, on 10 000 at most, they are likely to be smaller than what
/// burns together.
inline constexpr std::size_t fair_blocks = 30;
inline constexpr std::size_t most_blocks = 10'000;

/// How many blocks a map is cut into, as evenly as whole cells go: along each side of the map so many as bring
/// theirs closest to `side` > 0.
std::size_t block_count(std::size_t width, std::size_t height, std::size_t side);

/// The longest side [cells] of which `fair_blocks` whole blocks lie in a map; 1 if there is none.
std::size_t default_block_side(std::size_t width, std::size_t height);

/// A map of burn probability beside what burnt, cut into nearly square blocks of cells, on the cells where both are
/// known.
class BlockedMap {
 public:
  /// Probabilities in [0, 1], NaN where not known, and cell_burnt, cell_not_burnt or something else where not
  /// known; both of shape (height, width). At most most_blocks blocks of `side` > 0. O(cells).
  BlockedMap(std::span<const float> probability, std::span<const std::uint8_t> observed, std::size_t width,
             std::size_t side);

  /// About which they have [cells].
  std::size_t side() const { return side_; }
  /// Blocks with any cell.
  std::size_t blocks() const { return first_.size() - 1; }

  /// Of all cells.
  ProbabilityLevels levels() const { return levels_; }

  /// Those of `times`[b] copies of each block b, into `levels`.
  void count(std::span<const std::uint32_t> times, std::vector<ProbabilityLevel>& levels) const;

  /// Those of all blocks but one, into `levels`.
  void leave_out(std::size_t block, std::vector<ProbabilityLevel>& levels) const;

 private:
  /// What a block adds to a level.
  struct Part {
    std::size_t level = 0;
    std::uint64_t cells = 0;
    std::uint64_t burnt = 0;
  };

  /// Ends a block, whose cells `tally` has by level; it is then all 0 again.
  void add_block(std::span<Part> tally);

  std::span<const Part> parts_of(std::size_t block) const {
    return std::span(parts_).subspan(first_[block], first_[block + 1] - first_[block]);
  }

  std::size_t side_;
  std::vector<ProbabilityLevel> levels_;
  std::vector<Part> parts_;         // those of one block after those of the other
  std::vector<std::size_t> first_;  // part of each block, and the end
};

/// Scores of levels, always as many.
using LevelScores = std::function<std::vector<double>(ProbabilityLevels levels)>;

/// BCa bootstrap intervals of scores of a map, 0 < confidence < 1: of each score between those of
/// bootstrap_resamples resamples of its blocks, as bca_mean_interval draws them of values, corrected for bias
/// and, by the jackknife over blocks, for skewness.
///
/// Blocks, not cells, are resampled, for cells burn together: a bootstrap of cells takes each for another
/// experiment, and its intervals are too narrow by as much as patches are larger than cells. Blocks need be
/// larger than patches. What the intervals cover is what other patches of such land would have scored, were this
/// one fire many independent ones; where one fire burns most of the map, no resample of it tells of another.
///
/// NaN with fewer than two blocks, where all resamples have the same score, and where more than 1 in 20 have
/// none: what makes the score is in too few blocks to tell. Other resamples without it are left out. O(resamples x (parts of blocks + cost of the
/// scores)).
///
/// Source: P. Hall, "Resampling a coverage pattern", Stoch. Process. Appl. 20 (1985) 231-246 (blocks in the
/// plane); B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987) 171-185.
std::vector<Interval> block_bootstrap_intervals(const BlockedMap& map, const LevelScores& scores,
                                                double confidence, const RandomWords& words);

}  // namespace firesweep
