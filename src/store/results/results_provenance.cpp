#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/digest/sha256.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Writes one column of a table: value(row) of every row.
template <class T, class Rows, class Value>
void write_column(GroupWriter& group, const Variable& variable, const std::string& dimension,
                  const Rows& rows, const Value& value) {
  std::vector<T> column;
  for (const auto& row : rows) column.push_back(value(row));
  group.write(variable, {dimension}, column);
}

void write_sessions(const GroupWriter& provenance, const std::vector<Session>& sessions) {
  if (sessions.empty()) return;
  GroupWriter group = provenance.create_group("sessions");
  group.index({"session", "1", "stretch of work on this file"}, sessions.size());
  const auto text = [&](const Variable& variable, std::string Session::*value) {
    write_column<std::string>(group, variable, "session", sessions,
                              [value](const Session& session) { return session.*value; });
  };
  const auto count = [&](const Variable& variable, std::uint32_t Session::*value) {
    write_column<std::int32_t>(group, variable, "session", sessions, [value](const Session& session) {
      return static_cast<std::int32_t>(session.*value);
    });
  };
  text({"host", "1", "host of rank 0"}, &Session::host);
  count({"ranks", "1", "MPI ranks"}, &Session::ranks);
  count({"threads", "1", "threads per rank"}, &Session::threads);
  text({"kernel", "1", "kernel asked for"}, &Session::kernel);
  text({"start", "1", "ISO 8601, UTC"}, &Session::start);
  text({"end", "1", "ISO 8601, UTC"}, &Session::end);
  text({"ending", "1", "why the session ended"}, &Session::ending);
  write_column<std::int64_t>(group, {"runs", "1", "runs made in the session"}, "session", sessions,
                             [](const Session& session) { return static_cast<std::int64_t>(session.runs); });
  write_column<double>(group, {"seconds_left", "s", "expected time to the end of the ensemble, at end"},
                       "session", sessions, [](const Session& session) { return session.seconds_left; });
  text({"shard", "1", "part of the ensemble worked on, e.g. 2/8; empty for the whole"}, &Session::shard);
}

}  // namespace

void write_provenance(const GroupWriter& root, const Provenance& provenance) {
  GroupWriter group = root.create_group("provenance", nullptr);
  for (const auto& [name, value] : build_facts()) group.attribute(name, value);
  group.attribute("command_line", provenance.command_line);
  group.attribute("experiment_path", provenance.experiment_path);
  group.attribute("yaml_as_written", provenance.yaml_as_written);
  group.attribute("yaml_sha256", sha256(provenance.yaml_as_written));
  group.attribute("overrides", fmt::format("{}", fmt::join(provenance.overrides, "\n")));
  group.attribute("yaml_as_resolved", provenance.yaml_as_resolved);
  write_sessions(group, provenance.sessions);
}

}  // namespace firesweep
