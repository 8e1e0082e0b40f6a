#include "checkpointer.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/files/cannot_write.hpp"

#include "crash_log.hpp"

namespace firesweep {

bool Checkpointer::is_writing() {
  if (!writing_.valid()) return false;
  if (writing_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return true;
  finish();
  return false;
}

void Checkpointer::start(Publisher::Snapshot snapshot) {
  wait();
  writing_ = std::async(std::launch::async, [this, snapshot = std::move(snapshot)] {
    CrashNotes::stand_aside();
    return publisher_.publish(snapshot);
  });
}

void Checkpointer::wait() {
  if (writing_.valid()) finish();
}

double Checkpointer::longest() const {
  return statistics_.longest + write_.longest;
}

void Checkpointer::finish() {
  try {
    const PublicationCost cost = writing_.get();
    statistics_.add(cost.statistics);
    write_.add(cost.write);
    pace_.published(since_start_.seconds(), cost.total());
  } catch (const CannotWrite& error) {
    const double pause = pace_.failed(since_start_.seconds());
    observer_.warn(fmt::format("no checkpoint: {}; the next is tried in {}", error.what(), duration(pause)));
  }
}

}  // namespace firesweep
