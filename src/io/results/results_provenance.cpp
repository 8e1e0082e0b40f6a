#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

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
    write_column<std::uint32_t>(group, variable, "session", sessions,
                                [value](const Session& session) { return session.*value; });
  };
  text({"host", "1", "host of rank 0"}, &Session::host);
  count({"ranks", "1", "MPI ranks"}, &Session::ranks);
  count({"threads", "1", "threads per rank"}, &Session::threads);
  text({"kernel", "1", "kernel asked for"}, &Session::kernel);
  text({"start", "1", "ISO 8601, UTC"}, &Session::start);
  text({"end", "1", "ISO 8601, UTC"}, &Session::end);
  text({"ending", "1", "why the session ended"}, &Session::ending);
  write_column<std::uint64_t>(group, {"runs", "1", "runs made in the session"}, "session", sessions,
                              [](const Session& session) { return session.runs; });
  write_column<double>(group, {"seconds_left", "s", "expected time to the end of the ensemble, at end"},
                       "session", sessions, [](const Session& session) { return session.seconds_left; });
  text({"shard", "1", "part of the ensemble worked on, e.g. 2/8; empty for the whole"}, &Session::shard);
}

std::string scenario_text(const Plan& plan, std::size_t scenario) {
  const std::vector<std::string> labels = plan.labels(scenario);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    parts.push_back(fmt::format("{}={}", name(plan.experiment().axes[i]), labels[i]));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

void write_failures(const GroupWriter& provenance, const Plan& plan, const std::vector<Failure>& failures) {
  if (failures.empty()) return;
  GroupWriter group = provenance.create_group("failures");
  group.index({"failure", "1", "failed run, by scenario and seed"}, failures.size());
  write_column<std::string>(group, {"scenario", "1", "the run's place in the matrix"}, "failure", failures,
                            [&](const Failure& failure) { return scenario_text(plan, failure.scenario); });
  write_column<std::uint64_t>(
      group, {"run_seed", "1", "seed of the run"}, "failure", failures,
      [&](const Failure& failure) { return static_cast<std::uint64_t>(plan.seed(failure.seed)); });
  write_column<std::string>(group, {"message", "1", "why it failed"}, "failure", failures,
                            [](const Failure& failure) { return failure.message; });
}

}  // namespace

void write_provenance(const GroupWriter& root, const Results& results, const Provenance& provenance) {
  GroupWriter group = root.create_group("provenance", nullptr);
  for (const auto& [name, value] : build_facts()) group.attribute(name, value);
  group.attribute("command_line", provenance.command_line);
  group.attribute("experiment_path", provenance.experiment_path);
  group.attribute("yaml_as_written", provenance.yaml_as_written);
  group.attribute("yaml_sha256", sha256(provenance.yaml_as_written));
  group.attribute("overrides", fmt::format("{}", fmt::join(provenance.overrides, "\n")));
  group.attribute("yaml_as_resolved", provenance.yaml_as_resolved);
  write_sessions(group, provenance.sessions);
  write_failures(group, results.plan(), results.failures());
}

}  // namespace firesweep
