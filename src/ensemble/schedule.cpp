#include "firesweep/ensemble/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "firesweep/check/contract.hpp"
#include "firesweep/engine/tally.hpp"

namespace firesweep {

// Short runs come back first: only together with what is still out do they say what a run costs.
double Schedule::Queue::seconds_per_run() const {
  const std::size_t known = measured + in_hand;
  return known == 0 ? expected : (seconds + seconds_in_hand) / static_cast<double>(known);
}

double Schedule::Queue::seconds_per_result() const {
  return results == 0 ? expected_serving : serving / static_cast<double>(results);
}

Schedule::Schedule(const std::vector<Work>& work, Settings settings) : settings_(settings) {
  for (const Work& item : work) add(item);
}

void Schedule::add(const Work& work) {
  if (work.scenario >= queues_.size()) queues_.resize(work.scenario + 1);
  std::size_t runs = 0;
  for (const Block& gap : work.gaps) runs += gap.count;
  change(work.scenario, [&](Queue& queue) {
    if (queue.measured + queue.in_hand == 0) queue.expected = work.expected_seconds;
    queue.expected_serving = work.expected_serving;
    queue.gaps.insert(queue.gaps.begin(), work.gaps.rbegin(), work.gaps.rend());
    queue.remaining += runs;
  });
  runs_ += runs;
  runs_waiting_ += runs;
}

Schedule::Priority Schedule::priority(std::size_t scenario) const {
  const Queue& queue = queues_[scenario];
  return {queue.handed_out < settings_.pilot_runs, queue.seconds_per_run(), scenario};
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

// Whether a smaller share of the runs than of the work has been handed out.
bool Schedule::cheap_runs_lag() const {
  const double all_seconds = remaining_seconds_ + seconds_in_hand_ + seconds_done_;
  return static_cast<double>(runs_waiting_) * all_seconds > remaining_seconds_ * static_cast<double>(runs_);
}

std::optional<std::size_t> Schedule::scenario_within(double seconds) const {
  const auto fits = [&](const Priority& candidate) { return std::get<double>(candidate) <= seconds; };
  if (waiting_.empty()) return std::nullopt;
  const bool lacks_pilots = std::get<bool>(*waiting_.rbegin());
  if (!lacks_pilots && cheap_runs_lag() && fits(*waiting_.begin())) {
    return std::get<std::size_t>(*waiting_.begin());
  }
  const auto chosen = std::find_if(waiting_.rbegin(), waiting_.rend(), fits);
  if (chosen == waiting_.rend()) return std::nullopt;
  return std::get<std::size_t>(*chosen);
}

// Of a block when so much work of one thread is left to hand out and results keep rank 0 busy for `serving` each.
double Schedule::length_of_block(double seconds_left, double serving) const {
  // A worker waits while its own result is merged: for one percent of the time.
  constexpr double blocks_per_result = 100.0;
  // The shortest block that is worth its result, when little is left, is proportional to the geometric mean
  // of the work left and the result's time. The model finds the factor.
  constexpr double of_geometric_mean = 3.0;

  const auto workers = static_cast<double>(settings_.workers);
  const double left = std::max(0.0, seconds_left) / static_cast<double>(settings_.speed);
  const double share = left / (workers * settings_.blocks_per_worker);
  const double result = settings_.message_seconds + serving;
  const double for_root =
      std::min(workers * result / settings_.root_load, of_geometric_mean * std::sqrt(left * result));
  const double longest = std::max(settings_.longest_block, blocks_per_result * result);
  const double shortest = std::max(settings_.shortest_block, for_root);
  return std::min(std::max(shortest, std::min(share, longest)), settings_.longest_block_for_root);
}

std::size_t Schedule::runs_in_next_block(const Queue& queue, double seconds_available) const {
  const double seconds =
      std::min(length_of_block(remaining_seconds_, queue.seconds_per_result()), seconds_available);
  const auto speed = static_cast<double>(settings_.speed);
  const double runs = std::floor(seconds * speed / std::max(queue.seconds_per_run(), 1e-9));
  // Fires are bimodal: the few measured first may all have been small, so blocks grow with what is known. Before that,
  // a group is given pilots for all of it, if there are as many.
  const double share = static_cast<double>(queue.remaining) /
                       (static_cast<double>(settings_.workers) * settings_.blocks_per_worker);
  const std::size_t pilots = std::clamp(static_cast<std::size_t>(share), settings_.pilot_runs,
                                        settings_.pilot_runs * settings_.speed);
  const std::size_t most = std::min<std::size_t>(std::max(queue.measured, pilots), max_fires_per_tally);
  return static_cast<std::size_t>(std::clamp(runs, 1.0, static_cast<double>(most)));
}

bool Schedule::is_short() const {
  // The first fires may all have been small, and the next take a thousand times as long: until enough are measured, what
  // was expected of them counts, too.
  const std::size_t enough = settings_.pilot_runs * settings_.workers;
  double left = 0.0;
  double serving = 0.0;
  std::size_t results = 0;
  for (const Queue& queue : queues_) {
    const double least = queue.measured < enough ? queue.expected : 0.0;
    left += static_cast<double>(queue.remaining) * std::max(queue.seconds_per_run(), least);
    serving += queue.serving;
    results += queue.results;
  }
  const double full = length_of_block(std::numeric_limits<double>::infinity(),
                                      results == 0 ? 0.0 : serving / static_cast<double>(results));
  return left < full * static_cast<double>(settings_.workers);
}

std::optional<Block> Schedule::next(double seconds_available) {
  const std::optional<std::size_t> scenario = scenario_within(seconds_available);
  if (!scenario) return std::nullopt;
  const std::size_t most = runs_in_next_block(queues_[*scenario], seconds_available);
  Block block;
  change(*scenario, [&](Queue& queue) {
    Block& gap = queue.gaps.back();
    block = {*scenario, gap.first_seed, std::min(most, gap.count)};
    gap.first_seed += block.count;
    gap.count -= block.count;
    if (gap.count == 0) queue.gaps.pop_back();
    queue.seconds_in_hand += queue.seconds_per_run() * static_cast<double>(block.count);
    queue.remaining -= block.count;
    queue.handed_out += block.count;
    queue.in_hand += block.count;
  });
  runs_waiting_ -= block.count;
  return block;
}

double Schedule::seconds_left() const {
  // Sums of many differences may end a rounding error below zero.
  return std::max(0.0, remaining_seconds_ + seconds_in_hand_) /
         static_cast<double>(settings_.workers * settings_.speed);
}

void Schedule::learn(const Block& block, std::size_t runs_made, double seconds) {
  change(block.scenario, [&](Queue& queue) {
    const std::size_t still_out = queue.in_hand - block.count;
    queue.seconds_in_hand *= static_cast<double>(still_out) / static_cast<double>(queue.in_hand);
    queue.in_hand = still_out;
    ++queue.results;
    if (runs_made == 0) return;  // the time of a run that was not finished says nothing
    queue.seconds += seconds;
    queue.measured += runs_made;
  });
  if (runs_made > 0) seconds_done_ += seconds;
}

void Schedule::learn_serving(const Block& block, double seconds) {
  queues_[block.scenario].serving += seconds / static_cast<double>(settings_.mergers);
}

}  // namespace firesweep
