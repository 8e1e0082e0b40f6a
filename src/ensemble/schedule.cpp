#include "firesweep/ensemble/schedule.hpp"

#include <algorithm>
#include <cmath>

#include "firesweep/check/contract.hpp"
#include "firesweep/engine/tally.hpp"

namespace firesweep {

double Schedule::Queue::seconds_per_run() const {
  return measured == 0 ? expected : seconds / static_cast<double>(measured);
}

Schedule::Schedule(const std::vector<Work>& work, Settings settings) : settings_(settings) {
  for (const Work& item : work) {
    if (item.scenario >= queues_.size()) queues_.resize(item.scenario + 1);
    Queue& queue = queues_[item.scenario];
    expects(queue.gaps.empty(), "a scenario is scheduled once");
    queue.expected = item.expected_seconds;
    queue.gaps.assign(item.gaps.rbegin(), item.gaps.rend());
    for (const Block& gap : item.gaps) queue.remaining += gap.count;
    if (queue.remaining == 0) continue;
    waiting_.insert(priority(item.scenario));
    remaining_seconds_ += queue.seconds_per_run() * static_cast<double>(queue.remaining);
  }
}

Schedule::Priority Schedule::priority(std::size_t scenario) const {
  const Queue& queue = queues_[scenario];
  return {!queue.is_piloted, queue.seconds_per_run(), scenario};
}

// Keeps the order of the waiting scenarios and the sums of what is left true to a change of one queue.
template <typename Change>
void Schedule::change(std::size_t scenario, const Change& change) {
  Queue& queue = queues_[scenario];
  const auto add_to_sums = [&](double sign) {
    const double cost = sign * queue.seconds_per_run();
    remaining_seconds_ += cost * static_cast<double>(queue.remaining);
    seconds_in_hand_ += cost * static_cast<double>(queue.in_hand);
  };
  waiting_.erase(priority(scenario));
  add_to_sums(-1.0);
  change(queue);
  add_to_sums(1.0);
  if (queue.remaining > 0) waiting_.insert(priority(scenario));
}

std::size_t Schedule::runs_in_next_block(const Queue& queue) const {
  const double share =
      remaining_seconds_ / (static_cast<double>(settings_.workers) * settings_.blocks_per_worker);
  const double seconds = std::clamp(share, settings_.shortest_block, settings_.longest_block);
  const double runs = std::floor(seconds / std::max(queue.seconds_per_run(), 1e-9));
  const auto most = static_cast<double>(queue.measured > 0 ? max_fires_per_tally : settings_.pilot_runs);
  return static_cast<std::size_t>(std::clamp(runs, 1.0, most));
}

std::optional<Block> Schedule::next() {
  if (waiting_.empty()) return std::nullopt;
  const std::size_t scenario = std::get<std::size_t>(*waiting_.rbegin());
  const std::size_t most = runs_in_next_block(queues_[scenario]);
  Block block;
  change(scenario, [&](Queue& queue) {
    Block& gap = queue.gaps.back();
    block = {scenario, gap.first_seed, std::min(most, gap.count)};
    gap.first_seed += block.count;
    gap.count -= block.count;
    if (gap.count == 0) queue.gaps.pop_back();
    queue.remaining -= block.count;
    queue.in_hand += block.count;
    queue.is_piloted = true;
  });
  return block;
}

double Schedule::seconds_left() const {
  // Sums of many differences may end a rounding error below zero.
  return std::max(0.0, remaining_seconds_ + seconds_in_hand_) / static_cast<double>(settings_.workers);
}

void Schedule::learn(const Block& block, double seconds) {
  change(block.scenario, [&](Queue& queue) {
    queue.in_hand -= block.count;
    queue.seconds += seconds;
    queue.measured += block.count;
  });
}

}  // namespace firesweep
