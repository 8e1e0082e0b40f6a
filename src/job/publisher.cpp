#include "publisher.hpp"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/store/results_file.hpp"

#include "outliving.hpp"

namespace firesweep {

PublicationCost Publisher::publish(const Snapshot& snapshot) const {
  if (!is_about_to_be_killed_()) return estimate_and_write(snapshot);
  Snapshot in_child = snapshot;
  in_child.chunks = nullptr;  // whose thread the child does not have
  do_outliving([&] { estimate_and_write(in_child); });
  return {};  // nobody counts any more
}

PublicationCost Publisher::estimate_and_write(const Snapshot& snapshot) const {
  const Results& results = job_.results();
  Provenance provenance = job_.provenance();
  Session session = session_;
  session.end = utc_now();
  session.ending = snapshot.ending;
  session.runs = results.runs_ok() + results.runs_failed() - job_.runs_before();
  session.seconds_left = snapshot.seconds_left;
  provenance.sessions.push_back(std::move(session));
  return publish_results(job_.output(), results, provenance, snapshot.performance, snapshot.threads,
                         snapshot.chunks);
}

void Publisher::publish_for_good(const Snapshot& snapshot, JobObserver& observer) const {
  for (const double pause : {0.1, 0.5, 2.0, 5.0}) {
    try {
      publish(snapshot);
      return;
    } catch (const CannotWrite& error) {
      observer.note(fmt::format("{}; trying again in {}", error.what(), duration(pause)));
      std::this_thread::sleep_for(std::chrono::duration<double>(pause));
    }
  }
  try {
    publish(snapshot);
  } catch (const CannotWrite& error) {
    std::error_code ignored;
    const bool has_file = std::filesystem::exists(job_.output(), ignored);
    throw CannotWrite(fmt::format(
        "{}\n{}", error.what(),
        has_file ? "What was published last is still there. Mend the cause and run the same command "
                   "again to do the rest."
                 : "Nothing had been published before, so these runs are lost. Mend the cause and run "
                   "the same command again."));
  }
}

}  // namespace firesweep
