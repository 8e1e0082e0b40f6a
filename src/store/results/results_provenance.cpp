#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/digest/sha256.hpp"

#include "results/results_content.hpp"
#include "results/session_columns.hpp"

namespace firesweep {
namespace {

template <class T>
void write_column(GroupWriter& group, const SessionColumn& column, T Session::*member,
                  const std::vector<Session>& sessions) {
  std::vector<StoredAs<T>> values;
  for (const Session& session : sessions) values.push_back(static_cast<StoredAs<T>>(session.*member));
  group.write({column.name, column.unit, column.meaning}, {std::string(session_dimension)}, values);
}

void write_sessions(const GroupWriter& provenance, const std::vector<Session>& sessions) {
  if (sessions.empty()) return;
  GroupWriter group = provenance.create_group(sessions_group);
  group.index({session_dimension, "1", "stretch of work on this file"}, sessions.size());
  for (const SessionColumn& column : session_columns)
    std::visit([&](auto member) { write_column(group, column, member, sessions); }, column.member);
}

}  // namespace

void write_provenance(const GroupWriter& root, const Provenance& provenance) {
  GroupWriter group = root.create_group("provenance", nullptr);
  for (const auto& [name, value] : build_facts()) group.attribute(name, value);
  for (const auto& [name, value] : provenance.raster_libraries) group.attribute(name, value);
  group.attribute("command_line", provenance.command_line);
  group.attribute("experiment_path", provenance.experiment_path);
  group.attribute("yaml_as_written", provenance.yaml_as_written);
  group.attribute("yaml_sha256", sha256(provenance.yaml_as_written));
  group.attribute("overrides", fmt::format("{}", fmt::join(provenance.overrides, "\n")));
  group.attribute("yaml_as_resolved", provenance.yaml_as_resolved);
  write_sessions(group, provenance.sessions);
}

}  // namespace firesweep
