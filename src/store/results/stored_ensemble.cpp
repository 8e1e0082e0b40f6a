#include "firesweep/store/stored_ensemble.hpp"

#include <algorithm>
#include <sstream>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/shard.hpp"
#include "firesweep/experiment/correspondence.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/results_marker.hpp"
#include "content/stored_hashes.hpp"
#include "results/results_reader.hpp"
#include "results/run_table.hpp"
#include "results/session_columns.hpp"
#include "results/stored_experiment.hpp"
#include "results/stored_ground.hpp"
#include "results/stored_matrix.hpp"
#include "results/stored_scenarios.hpp"

namespace firesweep {
namespace {

hdf5::Handle open_with_our_random_numbers(const std::string& path) {
  hdf5::Handle file = open_existing_results(path);
  const auto version = hdf5::read_integer_attribute(file.id(), "rng_version");
  if (!version) throw hdf5::Error("find the attribute 'rng_version'");
  if (*version == rng_version) return file;
  throw BadResultsFile(fmt::format(
      "{}: its runs have random numbers of version {}, those of this firesweep are of version {}; go on with "
      "the firesweep that made it, or start anew in another file",
      path, *version, rng_version));
}

std::string required_text(hid_t object, const std::string& name) {
  return required(hdf5::read_text_attribute(object, name), name);
}

template <class T>
void take_column(hid_t group, std::string_view column_name, std::vector<Session>& sessions,
                 T Session::*member) {
  const std::string name(column_name);
  if (!hdf5::has_link(group, name)) return;  // of a later version than the file
  const hdf5::Count one_each = hdf5::exactly(sessions.size());
  std::vector<T> column;
  if constexpr (std::is_same_v<T, std::string>) {
    column = hdf5::read_text(hdf5::open_dataset(group, name), one_each);
  } else {
    for (const auto number : hdf5::read_all<StoredAs<T>>(group, name, one_each))
      column.push_back(static_cast<T>(number));
  }
  for (std::size_t i = 0; i < column.size(); ++i) sessions[i].*member = column[i];
}

/// Each shard that is merged brings its own.
constexpr hsize_t most_sessions = 1'000'000;

std::vector<Session> read_sessions(hid_t provenance) {
  const std::string table(sessions_group);
  if (!hdf5::has_link(provenance, table)) return {};
  const hdf5::Handle group = hdf5::open_group(provenance, table);
  std::vector<Session> sessions(hdf5::expect_count(
      hdf5::open_dataset(group.id(), std::string(session_dimension)), hdf5::at_most(most_sessions)));
  for (const SessionColumn& column : session_columns)
    std::visit([&](auto member) { take_column(group.id(), column.name, sessions, member); }, column.member);
  for (const Session& session : sessions)
    if (!session.shard.empty() && !shard_of(session.shard))
      throw hdf5::Error(
          fmt::format("make sense of 'provenance/sessions/shard', which says '{}'", session.shard));
  return sessions;
}

Provenance read_provenance(const hdf5::Handle& file) {
  const hdf5::Handle group = hdf5::open_group(file.id(), "provenance");
  Provenance provenance;
  provenance.command_line = required_text(group.id(), "command_line");
  provenance.experiment_path = required_text(group.id(), "experiment_path");
  provenance.yaml_as_written = required_text(group.id(), "yaml_as_written");
  std::istringstream overrides(required_text(group.id(), "overrides"));
  for (std::string line; std::getline(overrides, line);) provenance.overrides.push_back(line);
  provenance.yaml_as_resolved = required_text(group.id(), "yaml_as_resolved");
  for (const char* const name : {"gdal_version", "proj_version"})
    if (const auto version = hdf5::read_text_attribute(group.id(), name))
      provenance.raster_libraries.emplace_back(name, *version);
  provenance.sessions = read_sessions(group.id());
  return provenance;
}

Experiment parse_stored(const std::string& path, const std::string& yaml) {
  try {
    return parse_stored_experiment(path, yaml);
  } catch (const InputError& error) {
    throw BadResultsFile(fmt::format("{}: holds an experiment that this firesweep does not understand:\n{}",
                                     path, error.what()));
  }
}

/// The plan of the experiment in a file, which the file is laid out for.
Plan plan_of(const std::string& path, const hdf5::Handle& file, const std::string& yaml) {
  Experiment experiment = parse_stored(path, yaml);
  grow_seeds(file, experiment);
  expect_root_of(file, experiment);
  return Plan(experiment, read_stages(file, experiment));
}

StoredHashes checked_hashes(const hdf5::Handle& file, StoredEnsemble::Check check) {
  StoredHashes claimed = claimed_hashes(file);
  if (claimed.content.empty())
    throw hdf5::Error(fmt::format("find the attribute '{}'", content_hash_attribute));
  if (check == StoredEnsemble::Check::content && hashes_of(file) != claimed)
    throw hdf5::Error("find in it what was written: its content hash differs, so it was changed since");
  return claimed;
}

/// That the experiment in its provenance is the one that its runs were made of. Files of format 1 do not say.
void check_identity(const hdf5::Handle& file, const Experiment& experiment) {
  if (hdf5::read_integer_attribute(file.id(), format_version_attribute) == 1) return;
  if (required_text(file.id(), "experiment") != identity_yaml(experiment))
    throw hdf5::Error(
        "find in its provenance the experiment that its runs were made of: it was changed since");
}

}  // namespace

struct StoredEnsemble::File {
  std::string path;
  hdf5::Handle handle;
  Provenance provenance;
  Plan plan;
  StoredHashes hashes;
  StoredMatrix matrix;
  RunTable runs;
  StoredScenarios scenarios;

  File(const std::string& results_path, Check check)
      : path(results_path),
        handle(open_with_our_random_numbers(path)),
        provenance(read_provenance(handle)),
        plan(plan_of(path, handle, provenance.yaml_as_resolved)),
        hashes(checked_hashes(handle, check)),
        matrix(read_matrix(handle)),
        runs(handle, matrix),
        scenarios(handle, matrix, runs, plan) {
    check_identity(handle, plan.experiment());
  }
};

StoredEnsemble::StoredEnsemble(const std::string& path, Check check)
    : file_(reading(path, [&] { return std::make_unique<File>(path, check); })) {}
StoredEnsemble::~StoredEnsemble() = default;

const std::string& StoredEnsemble::path() const {
  return file_->path;
}

const Plan& StoredEnsemble::plan() const {
  return file_->plan;
}

Plan StoredEnsemble::plan_with_landscapes() const {
  return reading(file_->path, [&] {
    Experiment complete = experiment();
    read_landscapes(file_->handle, complete);
    read_asset_sets(file_->handle, complete);
    return Plan(std::move(complete), plan().stages());
  });
}

const Provenance& StoredEnsemble::provenance() const {
  return file_->provenance;
}

const std::string& StoredEnsemble::content_sha256() const {
  return file_->hashes.content;
}

const std::string& StoredEnsemble::estimates_sha256() const {
  return file_->hashes.estimates;
}

const std::vector<RunCounts>& StoredEnsemble::counts() const {
  return file_->runs.counts();
}

std::vector<RunRecord> StoredEnsemble::records(std::size_t scenario) const {
  return reading(file_->path, [&] { return file_->scenarios.records(scenario); });
}

ScenarioResults StoredEnsemble::scenario(std::size_t scenario) const {
  return reading(file_->path, [&] { return file_->scenarios.scenario(scenario); });
}

void StoredEnsemble::restore(Results& results) const {
  const Correspondence places(plan(), results.plan());
  const bool has_same_seeds = experiment().seeds == results.plan().experiment().seeds;
  for (std::size_t s = 0; s < plan().scenarios(); ++s) {
    if (plan().is_excluded(s)) continue;
    ScenarioResults known = scenario(s);
    const std::size_t place = places.scenario(s).value();
    if (!has_same_seeds) {
      const std::size_t sets = experiment().assets.size();
      std::vector<RunRecord> records(results.plan().seeds());
      std::vector<AssetLoss> losses(records.size() * sets);
      RunCurves curves(known.run_curves.seeds() == 0 ? 0 : records.size());
      for (std::size_t i = 0; i < known.records.size(); ++i) {
        const std::size_t seed = places.seed(i).value();
        records[seed] = known.records[i];
        std::copy_n(known.losses.begin() + static_cast<std::ptrdiff_t>(i * sets), sets,
                    losses.begin() + static_cast<std::ptrdiff_t>(seed * sets));
        if (!known.run_curves[i].empty()) curves.set(seed, known.run_curves[i], known.run_curves.burnt(i));
      }
      known.records = std::move(records);
      known.losses = std::move(losses);
      known.run_curves = std::move(curves);
    }
    for (Failure& failure : known.failures)
      failure = {place, places.seed(failure.seed).value(), std::move(failure.message)};
    results.add(place, known);
  }
}

}  // namespace firesweep
