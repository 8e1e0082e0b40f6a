#include "firesweep/io/stored_results.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/io/results_file.hpp"

#include "results/results_marker.hpp"
#include "results/results_reader.hpp"
#include "results/stored_column.hpp"
#include "results/stored_estimates.hpp"

namespace firesweep {
namespace {

using hdf5::Element;

struct RunColumn {
  std::string_view name;
  Element element;
};

/// In the order of the file. Those that the experiment must ask for may be absent.
constexpr std::array<RunColumn, 11> all_run_columns = {{
    {"burn_fraction", Element::f8},
    {"burnt_cells", Element::u8},
    {"burning_cells", Element::u4},
    {"steps", Element::u4},
    {"peak_burning_cells", Element::u4},
    {"peak_step", Element::u4},
    {"ignitions", Element::u4},
    {"ignitions_failed", Element::u4},
    {"burn_fraction_vegetated", Element::f8},
    {"empty_cells", Element::u8},
    {"vegetation_cells", Element::u8},
}};

constexpr bool is_optional(std::string_view column) {
  return column == "burn_fraction_vegetated" || column == "empty_cells" || column == "vegetation_cells";
}

StoredAxis read_axis(hid_t file, const std::string& name) {
  const hdf5::Handle dataset = hdf5::open_dataset(file, name);
  if (hdf5::element_of(dataset) == Element::text) return {name, hdf5::read_text(dataset)};
  StoredAxis axis{name, {}};
  for (const double value : hdf5::read_all<double>(file, name))
    axis.labels.push_back(fmt::format("{}", value));
  return axis;
}

std::vector<StoredAxis> read_axes(hid_t file) {
  std::istringstream names(required(hdf5::read_text_attribute(file, "axes"), "axes"));
  std::vector<StoredAxis> axes;
  for (std::string name; names >> name;) axes.push_back(read_axis(file, name));
  return axes;
}

std::vector<double> read_optional(hid_t file, const std::string& name) {
  return hdf5::has_link(file, name) ? hdf5::read_all<double>(file, name) : std::vector<double>{};
}

OutputChoices read_choices(hid_t file) {
  OutputChoices choices;
  choices.maps = hdf5::has_link(file, "burn_probability");
  choices.arrival = hdf5::has_link(file, "arrival_step_mean");
  choices.curves = hdf5::has_link(file, "burning_cells_mean");
  choices.run_curves = hdf5::has_link(file, "run_burning_cells");
  choices.cell_counts = hdf5::has_link(file, "vegetation_cells");
  choices.thresholds = read_optional(file, "threshold");
  choices.quantiles = read_optional(file, "quantile");
  choices.confidence = required(hdf5::read_number_attribute(file, "confidence"), "confidence");
  return choices;
}

std::uint32_t read_side(hid_t file, const std::string& name) {
  const std::int64_t side = required(hdf5::read_integer_attribute(file, name), name);
  if (side < 1 || side > max_grid_side)
    throw hdf5::Error(fmt::format("make sense of a {} of {}", name, side));
  return static_cast<std::uint32_t>(side);
}

std::vector<RunCounts> read_counts(hid_t file, std::size_t scenarios) {
  const auto planned = hdf5::read_all<std::uint64_t>(file, "runs_planned");
  const auto ok = hdf5::read_all<std::uint64_t>(file, "runs_ok");
  const auto failed = hdf5::read_all<std::uint64_t>(file, "runs_failed");
  if (planned.size() != scenarios || ok.size() != scenarios || failed.size() != scenarios)
    throw hdf5::Error("make its run counts fit one matrix");
  std::vector<RunCounts> counts(scenarios);
  for (std::size_t s = 0; s < scenarios; ++s) {
    counts[s] = {planned[s], ok[s], failed[s]};
    if (ok[s] > planned[s] || failed[s] > planned[s] - ok[s])
      throw hdf5::Error("make sense of its run counts, which contradict each other");
  }
  return counts;
}

}  // namespace

struct StoredResults::File {
  explicit File(const std::string& results_path);

  std::size_t scenarios() const { return counts.size(); }
  hdf5::Shape shape(const hdf5::Shape& more) const;
  void open_columns();
  template <class T>
  std::vector<double> read(StoredColumn& column, std::size_t scenario) const;

  std::string path;
  hdf5::Handle handle;
  std::string name;
  std::string content_sha256;
  Extent extent;
  std::vector<StoredAxis> axes;
  std::vector<std::uint64_t> seeds;
  OutputChoices choices;
  std::vector<RunCounts> counts;
  std::vector<std::string> run_columns;
  std::map<std::string, std::pair<StoredColumn, Element>, std::less<>> columns;
  std::optional<StoredColumn> status;
};

StoredResults::File::File(const std::string& results_path)
    : path(results_path),
      handle(open_existing_results(path)),
      name(required(hdf5::read_text_attribute(handle.id(), "name"), "name")),
      content_sha256(
          required(hdf5::read_text_attribute(handle.id(), content_hash_attribute), content_hash_attribute)),
      extent{read_side(handle.id(), "width"), read_side(handle.id(), "height")},
      axes(read_axes(handle.id())),
      seeds(hdf5::read_all<std::uint64_t>(handle.id(), "seed")),
      choices(read_choices(handle.id())) {
  counts = read_counts(handle.id(), hdf5::product(shape({})));
  open_columns();
}

hdf5::Shape StoredResults::File::shape(const hdf5::Shape& more) const {
  hdf5::Shape all;
  for (const StoredAxis& axis : axes) all.push_back(axis.labels.size());
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

void StoredResults::File::open_columns() {
  const hdf5::Shape of_runs = shape({seeds.size()});
  status.emplace(handle.id(), "status", Element::u1, of_runs);
  for (const RunColumn& column : all_run_columns) {
    const std::string column_name(column.name);
    if (is_optional(column.name) && !hdf5::has_link(handle.id(), column_name)) continue;
    columns.emplace(column_name, std::pair(StoredColumn(handle.id(), column_name, column.element, of_runs),
                                           column.element));
    run_columns.push_back(column_name);
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
  std::vector<std::string> labels(axes().size());
  for (std::size_t a = axes().size(); a-- > 0;) {
    const std::vector<std::string>& values = axes()[a].labels;
    labels[a] = values[scenario % values.size()];
    scenario /= values.size();
  }
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
  auto& [data, element] = found->second;
  const std::vector<RunStatus> became = statuses(scenario);
  return reading(path(), [&, &data = data, element = element] {
    std::vector<double> values = element == Element::f8   ? file_->read<double>(data, scenario)
                                 : element == Element::u8 ? file_->read<std::uint64_t>(data, scenario)
                                                          : file_->read<std::uint32_t>(data, scenario);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (became[i] != RunStatus::ok) values[i] = std::numeric_limits<double>::quiet_NaN();
    return values;
  });
}

std::vector<float> StoredResults::burn_probability(std::size_t scenario) const {
  expects(choices().maps, "the file has maps");
  return reading(path(), [&] {
    const hdf5::Shape of_maps = file_->shape({extent().height, extent().width});
    const hdf5::Handle dataset =
        open_shaped(file_->handle.id(), "burn_probability", hdf5::element_of<float>(), of_maps);
    hdf5::Piece piece{hdf5::Shape(of_maps.size(), 0), hdf5::Shape(of_maps.size(), 1)};
    for (std::size_t a = axes().size(); a-- > 0; scenario /= of_maps[a])
      piece.offset[a] = scenario % of_maps[a];
    std::copy(of_maps.end() - 2, of_maps.end(), piece.count.end() - 2);
    std::vector<float> map(extent().cells());
    hdf5::read_piece(dataset, hdf5::element_of<float>(), piece, map.data());
    return map;
  });
}

Estimates StoredResults::estimates() const {
  return reading(path(), [&] {
    Estimates estimates;
    estimates.scenarios = read_summaries(file_->handle, *this);
    estimates.differences = read_differences(file_->handle, *this);
    estimates.sensitivity = read_sensitivity(file_->handle, *this);
    return estimates;
  });
}

}  // namespace firesweep
