#include "firesweep/store/stored_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/experiment/compared_axes.hpp"
#include "firesweep/experiment/names.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/results_marker.hpp"
#include "results/results_reader.hpp"
#include "results/run_table.hpp"
#include "results/stored_estimates.hpp"
#include "results/stored_experiment.hpp"
#include "results/stored_matrix.hpp"
#include "results/stored_pairs.hpp"

namespace firesweep {
namespace {

/// More thresholds or quantiles are in no experiment, whose file would be too large.
constexpr hsize_t most_shares = 1'000'000;

/// The plan of the experiment in a file, which the file fits, or nothing if this firesweep does not understand it.
std::optional<Plan> understood_plan(const std::string& path, const hdf5::Handle& file) {
  if (!hdf5::has_link(file.id(), "provenance")) return std::nullopt;
  const auto yaml =
      hdf5::read_text_attribute(hdf5::open_group(file.id(), "provenance").id(), "yaml_as_resolved");
  if (!yaml) return std::nullopt;
  std::optional<Plan> plan;
  try {
    Experiment experiment = parse_stored_experiment(path, *yaml);
    grow_seeds(file, experiment);
    plan.emplace(experiment, read_stages(file, experiment));
  } catch (const InputError&) {
    return std::nullopt;
  }
  expect_root_of(file, plan->experiment());
  return plan;
}

/// The ground under a scenario, in the file once or once for every landscape.
std::vector<float> read_elevation(const hdf5::Handle& file, const StoredMatrix& matrix,
                                  std::size_t scenario) {
  const auto axis = std::ranges::find(matrix.axes, LandscapeAxis::name, &StoredAxis::name);
  hdf5::Shape shape = {matrix.extent.height, matrix.extent.width};
  hdf5::Piece piece{{0, 0}, shape};
  if (axis != matrix.axes.end()) {
    const auto place = static_cast<std::size_t>(axis - matrix.axes.begin());
    shape.insert(shape.begin(), axis->labels.size());
    piece.offset.insert(piece.offset.begin(), matrix.scenarios.places(scenario)[place]);
    piece.count.insert(piece.count.begin(), 1);
  }
  const auto& array = arrays::elevation;
  const hdf5::Handle dataset =
      open_shaped(file.id(), std::string(array.name), hdf5::element_of<float>(), shape);
  std::vector<float> elevation(matrix.extent.cells());
  hdf5::read_piece(dataset, hdf5::element_of<float>(), piece, elevation.data());
  return elevation;
}

/// Thresholds, quantiles: shares that increase, or nothing if there are none.
std::vector<double> read_shares(const hdf5::Handle& file, const Array<double>& array, double least) {
  if (!has_array(file, array)) return {};
  const std::vector<double> shares =
      hdf5::read_all<double>(file.id(), std::string(array.name), hdf5::at_most(most_shares));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (!(shares[i] >= least && shares[i] < 1.0) || (i > 0 && shares[i] <= shares[i - 1]))
      throw hdf5::Error(
          fmt::format("make sense of '{}', whose number {} is {}", array.name, i + 1, shares[i]));
  }
  return shares;
}

OutputChoices read_choices(const hdf5::Handle& file) {
  OutputChoices choices;
  choices.maps = has_array(file, arrays::burn_probability);
  choices.arrival = has_array(file, arrays::arrival_step_mean);
  choices.curves = has_array(file, arrays::burning_cells_mean);
  choices.run_curves = has_array(file, arrays::run_burning_cells);
  choices.cell_counts = hdf5::has_link(file.id(), "vegetation_cells");
  choices.thresholds = read_shares(file, arrays::threshold, 0.0);
  choices.quantiles = read_shares(file, arrays::quantile, std::numeric_limits<double>::min());
  choices.confidence = required(hdf5::read_number_attribute(file.id(), "confidence"), "confidence");
  if (!(choices.confidence > 0.0 && choices.confidence < 1.0))
    throw hdf5::Error(fmt::format("make sense of a confidence of {}", choices.confidence));
  return choices;
}

}  // namespace

struct StoredResults::File {
  explicit File(const std::string& results_path)
      : path(results_path),
        handle(open_existing_results(path)),
        plan(understood_plan(path, handle)),
        name(required(hdf5::read_text_attribute(handle.id(), "name"), "name")),
        content_sha256(
            required(hdf5::read_text_attribute(handle.id(), content_hash_attribute), content_hash_attribute)),
        matrix(read_matrix(handle)),
        choices(read_choices(handle)),
        runs(handle, matrix) {
    for (const RunQuantity* quantity : runs.quantities()) run_columns.emplace_back(quantity->name);
  }

  std::string path;
  hdf5::Handle handle;
  std::optional<Plan> plan;  // as far as it is understood
  std::string name;
  std::string content_sha256;
  StoredMatrix matrix;
  OutputChoices choices;
  RunTable runs;
  std::vector<std::string> run_columns;
};

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

std::int64_t StoredResults::rng_version() const {
  return reading(path(), [&] {
    return required(hdf5::read_integer_attribute(file_->handle.id(), "rng_version"), "rng_version");
  });
}

Extent StoredResults::extent() const {
  return file_->matrix.extent;
}

const MaybePlacement& StoredResults::placement() const {
  return file_->matrix.placement;
}

std::uint64_t StoredResults::burnable_cells() const {
  return file_->matrix.burnable_cells;
}

std::optional<double> StoredResults::cell_hectares() const {
  return reading(path(),
                 [&] { return hdf5::read_number_attribute(file_->handle.id(), cell_area_attribute); });
}

std::optional<double> StoredResults::step_minutes() const {
  return reading(path(),
                 [&] { return hdf5::read_number_attribute(file_->handle.id(), step_minutes_attribute); });
}

const std::vector<StoredAxis>& StoredResults::axes() const {
  return file_->matrix.axes;
}

const MatrixShape& StoredResults::shape() const {
  return file_->matrix.scenarios;
}

const std::vector<std::uint64_t>& StoredResults::seeds() const {
  return file_->matrix.seeds;
}

const OutputChoices& StoredResults::choices() const {
  return file_->choices;
}

const std::vector<RunCounts>& StoredResults::counts() const {
  return file_->runs.counts();
}

std::vector<std::string> StoredResults::labels(std::size_t scenario) const {
  return file_->matrix.labels(scenario);
}

const std::vector<std::string>& StoredResults::run_columns() const {
  return file_->run_columns;
}

std::vector<RunStatus> StoredResults::statuses(std::size_t scenario) const {
  return reading(path(), [&] { return file_->runs.statuses(scenario); });
}

const RunQuantity* StoredResults::run_quantity(const std::string& column) const {
  return file_->runs.find(column);
}

std::vector<double> StoredResults::run_values(const std::string& column, std::size_t scenario) const {
  return reading(path(), [&] {
    const RunQuantity* const quantity = run_quantity(column);
    if (quantity == nullptr)
      throw hdf5::Error(fmt::format("find '{}', which other numbers in it ask for", column));
    return file_->runs.values(*quantity, scenario, file_->runs.statuses(scenario));
  });
}

std::optional<PairMaps> StoredResults::pair_maps(std::size_t first, std::size_t second) const {
  if (first > second) {
    std::optional<PairMaps> maps = pair_maps(second, first);
    if (maps) std::swap(maps->only_first, maps->only_second);
    return maps;
  }
  return reading(path(), [&]() -> std::optional<PairMaps> {
    const auto one = shape().places(first);
    const auto other = shape().places(second);
    const auto apart = std::ranges::mismatch(one, other);
    const auto from = apart.in1;
    const auto to = apart.in2;
    const auto axis = static_cast<std::size_t>(from - one.begin());
    if (from == one.end() || !std::equal(from + 1, one.end(), to + 1)) return std::nullopt;
    const std::string group = comparison_group(axes()[axis].name);
    if (!hdf5::has_link(file_->handle.id(), group) ||
        !hdf5::has_link(hdf5::open_group(file_->handle.id(), group).id(),
                        std::string(arrays::only_first_count.name)))
      return std::nullopt;
    const std::vector<AxisPair> pairs = pairs_of(shape().length(axis));
    const auto pair = std::ranges::find_if(
        pairs, [&](const AxisPair& values) { return values.first == *from && values.second == *to; });
    return read_pair_maps(file_->handle, file_->matrix, axis, static_cast<std::size_t>(pair - pairs.begin()),
                          second);
  });
}

std::vector<float> StoredResults::burn_probability(std::size_t scenario) const {
  expects(choices().maps, "the file has maps");
  return reading(path(), [&] {
    const auto& array = arrays::burn_probability;
    const std::vector<float> map = read_map(file_->handle, array, file_->matrix, scenario);
    for (std::size_t cell = 0; cell < map.size(); ++cell) {
      if (map[cell] < 0.0F || map[cell] > 1.0F)
        throw hdf5::Error(fmt::format("make sense of '{}', which is {} in row {}, column {} of {}",
                                      array.name, map[cell], cell / extent().width, cell % extent().width,
                                      scenario_name(labels(scenario))));
    }
    return map;
  });
}

bool StoredResults::has_annual_maps() const {
  return season() && has_array(file_->handle, arrays::annual_burn_probability);
}

std::vector<float> StoredResults::annual_burn_probability(std::size_t year) const {
  expects(has_annual_maps(), "the file has maps of years");
  return reading(path(), [&] {
    const auto& array = arrays::annual_burn_probability;
    const hdf5::Handle dataset = open_array(file_->handle, array);
    const hdf5::Shape shape = hdf5::shape_of(dataset);
    const std::uint64_t cells = extent().cells();
    if (shape.size() < 2 || hdf5::product(shape) < (year + 1) * cells || shape.back() != extent().width)
      throw hdf5::Error(fmt::format("make '{}' fit the matrix of its experiment", array.name));
    hdf5::Shape piece(shape.size(), 1);
    std::copy(shape.end() - 2, shape.end(), piece.end() - 2);
    std::vector<float> map(cells);
    hdf5::read_piece(dataset, hdf5::element_of<float>(), hdf5::piece_at(year * cells, shape, piece),
                     map.data());
    return map;
  });
}

std::vector<float> StoredResults::elevation(std::size_t scenario) const {
  return reading(path(), [&] {
    return has_array(file_->handle, arrays::elevation)
               ? read_elevation(file_->handle, file_->matrix, scenario)
               : std::vector<float>();
  });
}

std::optional<double> StoredResults::wind_to(std::size_t scenario) const {
  if (!file_->plan) return std::nullopt;
  const Scenario burning = file_->plan->scenario(scenario);
  if (!(burning.spread.wind_directionality > 0.0)) return std::nullopt;
  return std::fmod(burning.weather.wind_direction + 180.0, 360.0);
}

std::optional<Season> StoredResults::season() const {
  return file_->plan ? file_->plan->experiment().season : std::nullopt;
}

std::vector<Assets> StoredResults::assets() const {
  return file_->plan ? file_->plan->experiment().assets : std::vector<Assets>();
}

std::optional<StoppingRule> StoredResults::until() const {
  return file_->plan ? file_->plan->experiment().until : std::nullopt;
}

std::optional<SampleAxis> StoredResults::samples() const {
  const SampleAxis* samples = file_->plan ? samples_of(file_->plan->experiment()) : nullptr;
  return samples == nullptr ? std::nullopt : std::optional(*samples);
}

std::vector<std::string> StoredResults::design_quantities() const {
  return samples() ? firesweep::design_quantities(file_->plan->experiment()) : std::vector<std::string>();
}

Estimates StoredResults::estimates() const {
  return reading(path(), [&] {
    Estimates estimates;
    estimates.scenarios = read_summaries(file_->handle, *this, RunsBehind::all);
    estimates.given_start = read_summaries(file_->handle, *this, RunsBehind::started);
    estimates.differences = read_differences(file_->handle, *this, file_->plan);
    if (file_->plan) estimates.assets = read_asset_estimates(file_->handle, *this, *file_->plan);
    if (file_->plan) estimates.years = read_years(file_->handle, *this, *file_->plan);
    if (file_->plan) estimates.asset_years = read_asset_years(file_->handle, *file_->plan);
    if (file_->plan) estimates.design = read_design_effects(file_->handle, *file_->plan);
    estimates.sensitivity = read_sensitivity(file_->handle, *this, RunsBehind::all);
    estimates.sensitivity_given_start = read_sensitivity(file_->handle, *this, RunsBehind::started);
    return estimates;
  });
}

}  // namespace firesweep
