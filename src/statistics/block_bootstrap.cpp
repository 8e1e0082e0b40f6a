#include "firesweep/statistics/block_bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"

#include "bca.hpp"

namespace firesweep {

namespace {

bool is_known(float probability, std::uint8_t observed) {
  return !std::isnan(probability) && (observed == cell_burnt || observed == cell_not_burnt);
}

/// Where a level of each probability is; a look-up is free where neighbours are alike, as most are.
class LevelIndex {
 public:
  LevelIndex(std::span<const float> probability, std::span<const std::uint8_t> observed) {
    for (std::size_t i = 0; i < probability.size(); ++i)
      if (is_known(probability[i], observed[i])) find(probability[i]);
    for (const auto& [value, place] : places_) sorted_.push_back(value);
    std::ranges::sort(sorted_);
    for (std::size_t i = 0; i < sorted_.size(); ++i) places_[sorted_[i]] = i;
    last_ = nullptr;
  }

  std::span<const float> sorted() const { return sorted_; }

  std::size_t find(float probability) {
    if (last_ == nullptr || last_->first != probability) last_ = &*places_.try_emplace(probability, 0).first;
    return last_->second;
  }

 private:
  std::unordered_map<float, std::size_t> places_;
  const std::pair<const float, std::size_t>* last_ = nullptr;
  std::vector<float> sorted_;
};

std::size_t blocks_along(std::size_t length, std::size_t side) {
  return std::max<std::size_t>(1, (2 * length + side) / (2 * side));
}

/// Of a score, over resamples and with each block left out; those that are not defined are not among them.
struct ResampledScore {
  std::vector<double> resampled;
  std::vector<double> without_a_block;
};

std::vector<double> influences_of(const std::vector<double>& without_a_block) {
  const double mean = mean_of(without_a_block).mean;
  std::vector<double> influences;
  influences.reserve(without_a_block.size());
  for (const double score : without_a_block) influences.push_back(mean - score);
  return influences;
}

// A resample that has the score of the sample counts half towards the bias. Rounding must not take sides.
void forgive_rounding(std::vector<double>& scores, double score) {
  const double rounding = 64.0 * std::numeric_limits<double>::epsilon() * std::fabs(score);
  for (double& resampled : scores)
    if (std::fabs(resampled - score) <= rounding) resampled = score;
}

Interval interval_of(double score, ResampledScore& of, double confidence) {
  const auto undefined = bootstrap_resamples - of.resampled.size();
  if (std::isnan(score) || undefined * 20 > bootstrap_resamples) return {nan, nan};
  forgive_rounding(of.resampled, score);
  if (std::ranges::count(of.resampled, score) == std::ssize(of.resampled)) return {nan, nan};
  return bca_interval(of.resampled, score, acceleration(influences_of(of.without_a_block)), confidence);
}

}  // namespace

std::size_t block_count(std::size_t width, std::size_t height, std::size_t side) {
  return blocks_along(width, side) * blocks_along(height, side);
}

std::size_t default_block_side(std::size_t width, std::size_t height) {
  std::size_t side = std::max<std::size_t>(1, std::min(width, height));
  while (side > 1 && (width / side) * (height / side) < fair_blocks) --side;
  return side;
}

BlockedMap::BlockedMap(std::span<const float> probability, std::span<const std::uint8_t> observed,
                       std::size_t width, std::size_t side)
    : side_(side), first_{0} {
  expects(width > 0 && side > 0 && probability.size() % width == 0, "a map has whole rows and blocks");
  expects(observed.size() == probability.size(), "each cell of a map is observed or unknown");
  const std::size_t height = probability.size() / width;
  expects(block_count(width, height, side) <= most_blocks, "a bootstrap has no more than 10 000 blocks");

  LevelIndex index(probability, observed);
  for (const float value : index.sorted()) levels_.push_back({value, 0, 0});
  std::vector<Part> tally(levels_.size());
  const std::size_t down = blocks_along(height, side);
  const std::size_t across = blocks_along(width, side);
  for (std::size_t block = 0; block < down * across; ++block) {
    const std::size_t row = block / across;
    const std::size_t column = block % across;
    for (std::size_t y = row * height / down; y < (row + 1) * height / down; ++y) {
      const std::size_t end = y * width + (column + 1) * width / across;
      for (std::size_t i = y * width + column * width / across; i < end; ++i) {
        if (!is_known(probability[i], observed[i])) continue;
        Part& part = tally[index.find(probability[i])];
        ++part.cells;
        part.burnt += observed[i];
      }
    }
    add_block(tally);
  }
}

void BlockedMap::add_block(std::span<Part> tally) {
  for (std::size_t level = 0; level < tally.size(); ++level) {
    if (tally[level].cells == 0) continue;
    const auto [ignored, cells, burnt] = std::exchange(tally[level], Part{});
    levels_[level].cells += cells;
    levels_[level].burnt += burnt;
    parts_.push_back({level, cells, burnt});
  }
  if (parts_.size() > first_.back()) first_.push_back(parts_.size());
}

void BlockedMap::count(std::span<const std::uint32_t> times, std::vector<ProbabilityLevel>& levels) const {
  levels = levels_;
  for (ProbabilityLevel& level : levels) level.cells = level.burnt = 0;
  for (std::size_t b = 0; b < blocks(); ++b) {
    if (times[b] == 0) continue;
    for (const Part& part : parts_of(b)) {
      levels[part.level].cells += times[b] * part.cells;
      levels[part.level].burnt += times[b] * part.burnt;
    }
  }
}

void BlockedMap::leave_out(std::size_t block, std::vector<ProbabilityLevel>& levels) const {
  levels = levels_;
  for (const Part& part : parts_of(block)) {
    levels[part.level].cells -= part.cells;
    levels[part.level].burnt -= part.burnt;
  }
}

std::vector<Interval> block_bootstrap_intervals(const BlockedMap& map, const LevelScores& scores,
                                                double confidence, const RandomWords& words) {
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  const std::vector<double> of_map = scores(map.levels());
  std::vector<Interval> intervals(of_map.size(), {nan, nan});
  if (map.blocks() < 2) return intervals;

  std::vector<ResampledScore> of(of_map.size());
  std::vector<ProbabilityLevel> levels;
  const auto keep = [&](std::vector<double> ResampledScore::*list) {
    const std::vector<double> found = scores(levels);
    for (std::size_t k = 0; k < found.size(); ++k)
      if (!std::isnan(found[k])) (of[k].*list).push_back(found[k]);
  };
  std::vector<std::uint32_t> times(map.blocks());
  for (std::size_t b = 0; b < bootstrap_resamples; ++b) {
    std::ranges::fill(times, 0U);
    resample<1>(map.blocks(), b, words, [&](std::size_t, std::size_t block) { ++times[block]; });
    map.count(times, levels);
    keep(&ResampledScore::resampled);
  }
  for (std::size_t block = 0; block < map.blocks(); ++block) {
    map.leave_out(block, levels);
    keep(&ResampledScore::without_a_block);
  }
  for (std::size_t k = 0; k < of_map.size(); ++k) intervals[k] = interval_of(of_map[k], of[k], confidence);
  return intervals;
}

}  // namespace firesweep
