#include "firesweep/store/stored_results.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/names.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/results_marker.hpp"
#include "results/results_reader.hpp"
#include "results/stored_column.hpp"
#include "results/stored_estimates.hpp"
#include "results/stored_experiment.hpp"

namespace firesweep {
namespace {

using hdf5::Element;

Element element_of(RunQuantity::Storage storage) {
  switch (storage) {
    case RunQuantity::Storage::share:
      return Element::f8;
    case RunQuantity::Storage::count_4:
      return Element::i4;
    case RunQuantity::Storage::count_8:
      return Element::i8;
  }
  break_contract("a quantity is stored in one of these ways", __FILE__, __LINE__);
}

/// Without it there is nothing to look at. Others may be absent.
constexpr std::string_view required_column = "burn_fraction";

/// More thresholds or quantiles are in no experiment, whose file would be too large.
constexpr hsize_t most_shares = 1'000'000;

/// The plan of the experiment in a file, or nothing if this firesweep does not understand it.
std::optional<Plan> understood_plan(const std::string& path, const hdf5::Handle& file) {
  if (!hdf5::has_link(file.id(), "provenance")) return std::nullopt;
  const auto yaml =
      hdf5::read_text_attribute(hdf5::open_group(file.id(), "provenance").id(), "yaml_as_resolved");
  if (!yaml) return std::nullopt;
  try {
    return Plan(parse_stored_experiment(path, *yaml));
  } catch (const InputError&) {
    return std::nullopt;
  }
}

hdf5::Handle open_checked(const std::string& path) {
  hdf5::Handle file = open_existing_results(path);
  if (const auto plan = understood_plan(path, file)) expect_root_of(file, plan->experiment());
  return file;
}

StoredAxis read_axis(hid_t file, const std::string& name) {
  constexpr hdf5::Count some{1, max_scenarios};
  const hdf5::Handle dataset = hdf5::open_dataset(file, name);
  if (hdf5::element_of(dataset) == Element::text) return {name, hdf5::read_text(dataset, some)};
  StoredAxis axis{name, {}};
  for (const double value : hdf5::read_all<double>(file, name, some))
    axis.labels.push_back(fmt::format("{}", value));
  return axis;
}

std::vector<StoredAxis> read_axes(hid_t file) {
  std::istringstream names(required(hdf5::read_text_attribute(file, "axes"), "axes"));
  std::vector<StoredAxis> axes;
  for (std::string name; names >> name;) axes.push_back(read_axis(file, name));
  return axes;
}

/// Thresholds, quantiles: shares that increase, or nothing if there are none.
std::vector<double> read_shares(hid_t file, const std::string& name, double least) {
  if (!hdf5::has_link(file, name)) return {};
  const std::vector<double> shares = hdf5::read_all<double>(file, name, hdf5::at_most(most_shares));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (!(shares[i] >= least && shares[i] < 1.0) || (i > 0 && shares[i] <= shares[i - 1]))
      throw hdf5::Error(fmt::format("make sense of '{}', whose number {} is {}", name, i + 1, shares[i]));
  }
  return shares;
}

OutputChoices read_choices(hid_t file) {
  OutputChoices choices;
  choices.maps = hdf5::has_link(file, "burn_probability");
  choices.arrival = hdf5::has_link(file, "arrival_step_mean");
  choices.curves = hdf5::has_link(file, "burning_cells_mean");
  choices.run_curves = hdf5::has_link(file, "run_burning_cells");
  choices.cell_counts = hdf5::has_link(file, "vegetation_cells");
  choices.thresholds = read_shares(file, "threshold", 0.0);
  choices.quantiles = read_shares(file, "quantile", std::numeric_limits<double>::min());
  choices.confidence = required(hdf5::read_number_attribute(file, "confidence"), "confidence");
  if (!(choices.confidence > 0.0 && choices.confidence < 1.0))
    throw hdf5::Error(fmt::format("make sense of a confidence of {}", choices.confidence));
  return choices;
}

std::uint32_t read_side(hid_t file, const std::string& name) {
  const std::int64_t side = required(hdf5::read_integer_attribute(file, name), name);
  if (side < 1 || side > max_grid_side)
    throw hdf5::Error(fmt::format("make sense of a {} of {}", name, side));
  return static_cast<std::uint32_t>(side);
}

/// One of the counts by scenario.
std::vector<std::uint64_t> read_count(hid_t file, const std::string& name, std::size_t scenarios) {
  const auto counts = hdf5::read_all<std::int64_t>(file, name, hdf5::exactly(scenarios));
  if (!counts.empty() && std::ranges::min(counts) < 0)
    throw hdf5::Error("make sense of a negative '" + name + "'");
  return {counts.begin(), counts.end()};
}

std::vector<RunCounts> read_counts(hid_t file, std::size_t scenarios, std::size_t seeds) {
  const auto planned = read_count(file, "runs_planned", scenarios);
  const auto ok = read_count(file, "runs_ok", scenarios);
  const auto failed = read_count(file, "runs_failed", scenarios);
  std::vector<RunCounts> counts(scenarios);
  for (std::size_t s = 0; s < scenarios; ++s) {
    counts[s] = {planned[s], ok[s], failed[s]};
    if (planned[s] > seeds || ok[s] > planned[s] || failed[s] > planned[s] - ok[s])
      throw hdf5::Error("make sense of its run counts, which contradict each other");
  }
  return counts;
}

MatrixShape shape_of(const std::vector<StoredAxis>& axes) {
  std::vector<std::size_t> lengths;
  for (const StoredAxis& axis : axes) lengths.push_back(axis.labels.size());
  return MatrixShape(std::move(lengths));
}

}  // namespace

struct StoredResults::File {
  explicit File(const std::string& results_path);

  std::size_t scenarios() const { return counts.size(); }
  hdf5::Shape shape(const hdf5::Shape& more) const;
  double most(const RunQuantity& quantity) const;
  void open_columns();
  void count_starts();
  template <class T>
  std::vector<double> read(StoredColumn& column, std::size_t scenario) const;

  std::string path;
  hdf5::Handle handle;
  std::string name;
  std::string content_sha256;
  Extent extent;
  std::vector<StoredAxis> axes;
  MatrixShape matrix;
  std::vector<std::uint64_t> seeds;
  OutputChoices choices;
  std::vector<RunCounts> counts;
  std::vector<std::string> run_columns;
  std::map<std::string, std::pair<StoredColumn, const RunQuantity*>, std::less<>> columns;
  std::optional<StoredColumn> status;
};

StoredResults::File::File(const std::string& results_path)
    : path(results_path),
      handle(open_checked(path)),
      name(required(hdf5::read_text_attribute(handle.id(), "name"), "name")),
      content_sha256(
          required(hdf5::read_text_attribute(handle.id(), content_hash_attribute), content_hash_attribute)),
      extent{read_side(handle.id(), "width"), read_side(handle.id(), "height")},
      axes(read_axes(handle.id())),
      matrix(shape_of(axes)),
      seeds(hdf5::read_all<std::uint64_t>(handle.id(), "seed", {1, max_seeds})),
      choices(read_choices(handle.id())) {
  const hsize_t scenarios = hdf5::product(shape({}));
  if (scenarios > max_scenarios) throw hdf5::Error(fmt::format("make sense of {} scenarios", scenarios));
  counts = read_counts(handle.id(), scenarios, seeds.size());
  expect_totals(handle, counts);
  open_columns();
  count_starts();
}

hdf5::Shape StoredResults::File::shape(const hdf5::Shape& more) const {
  hdf5::Shape all(matrix.lengths().begin(), matrix.lengths().end());
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

/// The largest number that may be kept of a run.
double StoredResults::File::most(const RunQuantity& quantity) const {
  if (quantity.storage == RunQuantity::Storage::share) return 1.0;
  if (quantity.counted == "cells") return static_cast<double>(extent.cells());
  return quantity.counted == "steps" ? double{max_steps_limit} : std::numeric_limits<std::uint32_t>::max();
}

void StoredResults::File::open_columns() {
  const hdf5::Shape of_runs = shape({seeds.size()});
  status.emplace(handle.id(), "status", Element::u1, of_runs);
  for (const RunQuantity& quantity : run_quantities()) {
    const std::string column_name(quantity.name);
    // What the experiment did not ask for, and what is kept only since a later version.
    if (column_name != required_column && !hdf5::has_link(handle.id(), column_name)) continue;
    const Element element = element_of(quantity.storage);
    columns.emplace(column_name,
                    std::pair(StoredColumn(handle.id(), column_name, element, of_runs), &quantity));
    run_columns.push_back(column_name);
  }
}

void StoredResults::File::count_starts() {
  if (hdf5::has_link(handle.id(), "runs_started")) {
    const auto started = read_count(handle.id(), "runs_started", counts.size());
    const auto cut_off = read_count(handle.id(), "runs_cut_off", counts.size());
    for (std::size_t s = 0; s < counts.size(); ++s) {
      counts[s].started = started[s];
      counts[s].cut_off = cut_off[s];
    }
    return;
  }
  // In format 1 the runs themselves say it.
  const auto count_positive = [&](std::string_view column, std::size_t scenario) {
    const auto found = columns.find(column);
    if (found == columns.end()) return std::uint64_t{0};
    const std::vector<double> values = read<std::int32_t>(found->second.first, scenario);
    return static_cast<std::uint64_t>(
        std::ranges::count_if(values, [](double value) { return value > 0.0; }));
  };
  for (std::size_t s = 0; s < counts.size(); ++s) {
    counts[s].started = count_positive("ignitions", s);
    counts[s].cut_off = count_positive("burning_cells", s);
  }
}

template <class T>
std::vector<double> StoredResults::File::read(StoredColumn& column, std::size_t scenario) const {
  std::vector<T> values(seeds.size());
  column.read(static_cast<hsize_t>(scenario) * seeds.size(), std::span(values));
  return {values.begin(), values.end()};
}

StoredResults::StoredResults(const std::string& path)
    : file_(reading(path, [&] { return std::make_unique<File>(path); })) {}
StoredResults::~StoredResults() = default;

const std::string& StoredResults::path() const {
  return file_->path;
}

const std::string& StoredResults::name() const {
  return file_->name;
}

const std::string& StoredResults::content_sha256() const {
  return file_->content_sha256;
}

Extent StoredResults::extent() const {
  return file_->extent;
}

const std::vector<StoredAxis>& StoredResults::axes() const {
  return file_->axes;
}

const MatrixShape& StoredResults::shape() const {
  return file_->matrix;
}

const std::vector<std::uint64_t>& StoredResults::seeds() const {
  return file_->seeds;
}

const OutputChoices& StoredResults::choices() const {
  return file_->choices;
}

const std::vector<RunCounts>& StoredResults::counts() const {
  return file_->counts;
}

std::vector<std::string> StoredResults::labels(std::size_t scenario) const {
  const std::vector<std::size_t> places = file_->matrix.places(scenario);
  std::vector<std::string> labels;
  for (std::size_t a = 0; a < places.size(); ++a) labels.push_back(axes()[a].labels[places[a]]);
  return labels;
}

const std::vector<std::string>& StoredResults::run_columns() const {
  return file_->run_columns;
}

std::vector<RunStatus> StoredResults::statuses(std::size_t scenario) const {
  return reading(path(), [&] {
    std::vector<std::uint8_t> values(seeds().size());
    file_->status->read(static_cast<hsize_t>(scenario) * values.size(), std::span(values));
    std::vector<RunStatus> statuses;
    for (const std::uint8_t value : values) {
      if (value > static_cast<std::uint8_t>(RunStatus::failed))
        throw hdf5::Error("make sense of what became of its runs");
      statuses.push_back(RunStatus{value});
    }
    return statuses;
  });
}

std::vector<double> StoredResults::run_values(const std::string& column, std::size_t scenario) const {
  const auto found = file_->columns.find(column);
  expects(found != file_->columns.end(), "the file has the column");
  auto& [data, quantity] = found->second;
  const std::vector<RunStatus> became = statuses(scenario);
  return reading(path(), [&, &data = data, &quantity = *quantity] {
    const Element element = element_of(quantity.storage);
    std::vector<double> values = element == Element::f8   ? file_->read<double>(data, scenario)
                                 : element == Element::i8 ? file_->read<std::int64_t>(data, scenario)
                                                          : file_->read<std::int32_t>(data, scenario);
    const bool may_be_unknown = column != required_column && element == Element::f8;  // a share of nothing
    const double most = file_->most(quantity);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (became[i] != RunStatus::ok) {
        values[i] = nan;
      } else if (!(values[i] >= 0.0 && values[i] <= most) && !(may_be_unknown && std::isnan(values[i]))) {
        throw hdf5::Error(fmt::format("make sense of '{}', which is {} at {}", column, values[i],
                                      run_name(labels(scenario), Seed{seeds()[i]})));
      }
    }
    return values;
  });
}

std::vector<float> StoredResults::burn_probability(std::size_t scenario) const {
  expects(choices().maps, "the file has maps");
  const std::string name_of_map = scenario_name(labels(scenario));
  return reading(path(), [&] {
    const hdf5::Shape of_maps = file_->shape({extent().height, extent().width});
    const hdf5::Handle dataset =
        open_shaped(file_->handle.id(), "burn_probability", hdf5::element_of<float>(), of_maps);
    hdf5::Piece piece{hdf5::Shape(of_maps.size(), 0), hdf5::Shape(of_maps.size(), 1)};
    std::ranges::copy(file_->matrix.places(scenario), piece.offset.begin());
    std::copy(of_maps.end() - 2, of_maps.end(), piece.count.end() - 2);
    std::vector<float> map(extent().cells());
    hdf5::read_piece(dataset, hdf5::element_of<float>(), piece, map.data());
    for (std::size_t cell = 0; cell < map.size(); ++cell) {
      if (map[cell] < 0.0F || map[cell] > 1.0F)
        throw hdf5::Error(
            fmt::format("make sense of 'burn_probability', which is {} in row {}, column {} of {}", map[cell],
                        cell / extent().width, cell % extent().width, name_of_map));
    }
    return map;
  });
}

Estimates StoredResults::estimates() const {
  return reading(path(), [&] {
    Estimates estimates;
    estimates.scenarios = read_summaries(file_->handle, *this, RunsBehind::all);
    estimates.given_start = read_summaries(file_->handle, *this, RunsBehind::started);
    estimates.differences = read_differences(file_->handle, *this);
    estimates.sensitivity = read_sensitivity(file_->handle, *this, RunsBehind::all);
    estimates.sensitivity_given_start = read_sensitivity(file_->handle, *this, RunsBehind::started);
    return estimates;
  });
}

}  // namespace firesweep
