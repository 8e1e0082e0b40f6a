#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/ensemble/shard.hpp"
#include "firesweep/store/results_lock.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/json.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

struct StatusOptions {
  std::string path;
  bool is_json = false;
  bool lists_scenarios = false;
};

namespace fs = std::filesystem;
using Clock = std::chrono::system_clock;

// What is known of a results file at this moment.
struct Status {
  explicit Status(const StoredEnsemble& ensemble)
      : stored(ensemble), holder(lock_holder(ensemble.path())), counts(ensemble.counts()) {}

  const StoredEnsemble& stored;
  std::optional<LockHolder> holder;
  std::string shard;              // that all sessions worked on; empty for the whole
  std::vector<RunCounts> counts;  // by scenario; of the shard, if it is one
  RunCounts total;
  std::uint64_t runs_of_ensemble = 0;
  double age = 0.0;  // of the file [s]
  std::uint64_t bytes = 0;
  std::optional<double> rate;          // of the last session [runs/s]
  std::optional<double> seconds_left;  // from now on if a job is at work, else from when the last ended
};

// Seconds since 1970 of a time such as 2026-11-23T03:19:00Z.
std::optional<double> seconds_of(const std::string& time) {
  std::tm parts{};
  const char* end = ::strptime(time.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return static_cast<double>(::timegm(&parts));
}

double seconds_now() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

// Times are kept in whole seconds, so a shorter session has no rate.
std::optional<double> rate_of(const Session& session) {
  const auto start = seconds_of(session.start);
  const auto end = seconds_of(session.end);
  if (!start || !end || *end <= *start) return std::nullopt;
  return static_cast<double>(session.runs) / (*end - *start);
}

std::string common_shard(const std::vector<Session>& sessions) {
  if (sessions.empty()) return {};
  const std::string& shard = sessions.front().shard;
  const bool is_common =
      std::ranges::all_of(sessions, [&](const Session& session) { return session.shard == shard; });
  return is_common ? shard : std::string();
}

void limit_to_shard(Status& status) {
  const Plan& plan = status.stored.plan();
  const Shard shard = shard_of(status.shard).value();
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    RunCounts& counts = status.counts[s];
    if (counts.planned == 0) continue;
    std::uint64_t planned = 0;
    for (std::size_t i = 0; i < plan.planned(s); ++i)
      if (contains(shard, plan, s, i)) ++planned;
    counts.planned = std::max(planned, counts.ok + counts.failed);
  }
}

std::optional<double> seconds_left(const Status& status) {
  const std::vector<Session>& sessions = status.stored.provenance().sessions;
  if (sessions.empty() || status.total.missing() == 0) return std::nullopt;
  const Session& last = sessions.back();
  if (last.seconds_left <= 0.0) return std::nullopt;
  if (!status.holder) return last.seconds_left;
  return std::max(0.0, last.seconds_left - (seconds_now() - seconds_of(last.end).value_or(seconds_now())));
}

Status status_of(const StoredEnsemble& stored) {
  Status status(stored);
  const std::vector<Session>& sessions = stored.provenance().sessions;
  status.shard = common_shard(sessions);
  status.runs_of_ensemble = stored.plan().runs();
  if (!status.shard.empty()) limit_to_shard(status);
  for (const RunCounts& counts : status.counts) {
    status.total.planned += counts.planned;
    status.total.ok += counts.ok;
    status.total.failed += counts.failed;
  }
  const auto written = fs::last_write_time(stored.path());
  const auto age = fs::file_time_type::clock::now() - written;
  status.age = std::max(0.0, std::chrono::duration<double>(age).count());
  status.bytes = fs::file_size(stored.path());
  if (!sessions.empty()) status.rate = rate_of(sessions.back());
  status.seconds_left = seconds_left(status);
  return status;
}

std::string rate_text(std::optional<double> rate) {
  if (!rate) return "-";
  return *rate < 10.0 ? fmt::format("{:.2g}", *rate) : grouped(static_cast<std::uint64_t>(*rate));
}

std::string holder_text(const LockHolder& holder) {
  return fmt::format("process {} on {}, since {}", holder.process, holder.host, holder.since);
}

void print_sessions(const std::vector<Session>& sessions) {
  Table table;
  const bool has_shards = std::ranges::any_of(sessions, [](const Session& s) { return !s.shard.empty(); });
  for (const char* heading : {"start", "end", "host"}) table.add_column(heading, Table::Align::left);
  for (const char* heading : {"ranks", "threads", "runs", "runs/s"})
    table.add_column(heading, Table::Align::right);
  if (has_shards) table.add_column("shard", Table::Align::left);
  table.add_column("ended", Table::Align::left);
  for (const Session& session : sessions) {
    std::vector<std::string> row = {session.start,
                                    session.end,
                                    session.host,
                                    grouped(session.ranks),
                                    grouped(session.threads),
                                    grouped(session.runs),
                                    rate_text(rate_of(session))};
    if (has_shards) row.push_back(session.shard);
    row.push_back(session.ending);
    table.add_row(std::move(row));
  }
  fmt::print("\n{}", table.text());
}

void print_scenarios(const Status& status) {
  const Plan& plan = status.stored.plan();
  Table table;
  for (const Axis& axis : plan.experiment().axes)
    table.add_column(std::string(name(axis)), Table::Align::left);
  for (const char* heading : {"runs", "done", "failed", "missing"})
    table.add_column(heading, Table::Align::right);
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    const RunCounts& counts = status.counts[s];
    if (counts.planned == 0) continue;
    std::vector<std::string> row = plan.labels(s);
    for (const std::uint64_t count :
         {counts.planned, counts.ok + counts.failed, counts.failed, counts.missing()})
      row.push_back(grouped(count));
    table.add_row(std::move(row));
  }
  fmt::print("\n{}", table.text());
}

void print_status(const Status& status, bool lists_scenarios) {
  const RunCounts& total = status.total;
  const std::uint64_t done = total.ok + total.failed;
  fmt::print(
      "{}: {} of {} done ({})", printable(status.stored.experiment().name), grouped(done),
      counted(total.planned, "run"),
      percentage(static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(total.planned, 1))));
  if (total.failed > 0) fmt::print(", {} of them failed", grouped(total.failed));
  fmt::print("{}\n",
             total.missing() == 0 ? ", complete" : fmt::format(", {} missing", grouped(total.missing())));
  if (!status.shard.empty()) {
    fmt::print("shard {} of an ensemble of {}; 'firesweep merge' puts the shards together\n", status.shard,
               counted(status.runs_of_ensemble, "run"));
  }
  fmt::print("written {} ago, {}\n", duration(status.age), bytes_text(status.bytes));
  fmt::print("{}\n", status.holder ? "at work: " + printable(holder_text(*status.holder))
                                   : "no job is at work on it");
  if (status.rate) fmt::print("rate of the last session: {} runs/s\n", rate_text(status.rate));
  if (status.seconds_left) {
    fmt::print("{} left{}\n", duration(*status.seconds_left),
               status.holder ? "" : ", with as many cores as the last session had");
  }
  print_sessions(status.stored.provenance().sessions);
  if (lists_scenarios) print_scenarios(status);
}

Json json_counts(const RunCounts& counts) {
  return {{"planned", counts.planned},
          {"ok", counts.ok},
          {"failed", counts.failed},
          {"missing", counts.missing()}};
}

Json json_optional(std::optional<double> value) {
  return value ? Json(*value) : Json();
}

Json json_holder(const std::optional<LockHolder>& holder) {
  if (!holder) return nullptr;
  return {{"host", holder->host}, {"process", holder->process}, {"since", holder->since}};
}

Json json_shard(const std::string& shard) {
  return shard.empty() ? Json() : Json(shard);
}

Json json_sessions(const std::vector<Session>& sessions) {
  Json list = Json::array();
  for (const Session& session : sessions) {
    list.push_back({{"host", session.host},
                    {"ranks", session.ranks},
                    {"threads", session.threads},
                    {"kernel", session.kernel},
                    {"start", session.start},
                    {"end", session.end},
                    {"ending", session.ending},
                    {"runs", session.runs},
                    {"runs_per_second", json_optional(rate_of(session))},
                    {"seconds_left", session.seconds_left},
                    {"shard", json_shard(session.shard)}});
  }
  return list;
}

Json json_scenarios(const Status& status) {
  const Plan& plan = status.stored.plan();
  Json list = Json::array();
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    if (status.counts[s].planned == 0) continue;
    const std::vector<std::string> labels = plan.labels(s);
    Json scenario;
    for (std::size_t a = 0; a < labels.size(); ++a)
      scenario["scenario"][std::string(name(plan.experiment().axes[a]))] = labels[a];
    scenario.update(json_counts(status.counts[s]));
    list.push_back(std::move(scenario));
  }
  return list;
}

void print_json(const Status& status, bool lists_scenarios) {
  Json json = {
      {"file", status.stored.path()},
      {"name", status.stored.experiment().name},
      {"runs", json_counts(status.total)},
      {"complete", status.total.missing() == 0},
      {"shard", json_shard(status.shard)},
      {"runs_of_ensemble", status.runs_of_ensemble},
      {"at_work", json_holder(status.holder)},
      {"age_seconds", status.age},
      {"bytes", status.bytes},
      {"runs_per_second", json_optional(status.rate)},
      {"seconds_left", json_optional(status.seconds_left)},
      {"content_sha256", status.stored.content_sha256()},
      {"sessions", json_sessions(status.stored.provenance().sessions)},
  };
  if (lists_scenarios) json["scenarios"] = json_scenarios(status);
  fmt::print("{}\n", json_text(json));
}

// A job that has not published anything yet is known by its lock alone.
bool tell_of_job_without_file(const StatusOptions& options) {
  std::error_code ignored;
  if (fs::exists(options.path, ignored)) return false;
  const std::optional<LockHolder> holder = lock_holder(options.path);
  if (!holder) return false;
  if (options.is_json) {
    const Json json = {
        {"file", options.path}, {"name", nullptr}, {"complete", false}, {"at_work", json_holder(holder)}};
    fmt::print("{}\n", json_text(json));
  } else {
    fmt::print("{}: nothing has been written yet\nat work: {}\n", options.path, holder_text(*holder));
  }
  return true;
}

ExitCode status_command(const StatusOptions& options) {
  if (tell_of_job_without_file(options)) return ExitCode::done;
  const StoredEnsemble stored(options.path, StoredEnsemble::Check::file);
  warn_if_changed(options.path);
  const Status status = status_of(stored);
  if (options.is_json)
    print_json(status, options.lists_scenarios);
  else
    print_status(status, options.lists_scenarios);
  return ExitCode::done;
}

}  // namespace

Action add_status(CLI::App& status) {
  const auto read = std::make_shared<StatusOptions>();
  StatusOptions& options = *read;
  status.add_option("FILE", options.path, "a results file, or one that a job will write")->required();
  status.add_flag("--json", options.is_json, "the same for programs, as one JSON object");
  status.add_flag("--scenarios", options.lists_scenarios, "also count the runs of every scenario");
  status.footer(
      "Examples:\n"
      "  firesweep status danger-levels.h5\n"
      "  watch firesweep status danger-levels.h5\n"
      "  firesweep status danger-levels.h5 --json | jq .runs.missing\n\n"
      "It reads what the job has last written, so a run made since then counts as missing.");
  return [read](const Invocation&) { return status_command(*read); };
}

}  // namespace firesweep
