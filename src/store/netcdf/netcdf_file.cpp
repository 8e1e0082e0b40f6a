#include "firesweep/store/netcdf_file.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/files/output_file.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/grid_mapping.hpp"
#include "content/results_marker.hpp"
#include "hdf5/writing_hdf5.hpp"
#include "netcdf/netcdf_writer.hpp"
#include "results/results_reader.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {
namespace {

const std::string scenario_dimension = "scenario";
const NetcdfWriter::Dimensions map_dimensions = {scenario_dimension, std::string(arrays::y.name),
                                                 std::string(arrays::x.name)};

/// Results and replayed fires take longer to make than maps of them.
void expect_no_work_lost(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(expected_destination(path), ignored)) return;
  std::optional<std::string> found;
  try {
    found = hdf5::read_text_attribute(open_intact(path).id(), marker_attribute);
  } catch (const std::runtime_error&) {  // no HDF5 file, or damaged
    return;
  }
  if (found) throw CannotWrite(fmt::format("{}: holds {}; choose another name with --netcdf", path, *found));
}

/// In a sentence.
std::string whereabouts(const MaybePlacement& placement, Extent extent) {
  if (!placement)
    return "Nobody has said where on the ground the landscape lies: cells have the size 1 and no unit.";
  return fmt::format(
      "Cells are {} wide and {} high{}; the lower left corner of the grid lies at easting {}, northing "
      "{}{}.",
      placement->cell_width, placement->cell_height, placement->metres_per_unit == 1.0 ? " in metres" : "",
      placement->west, placement->south(extent),
      placement->crs.empty() ? " of a coordinate system that nobody has named"
                             : ", in the coordinate system of the variable crs");
}

/// An array over the scenarios, one of them at a time. Quickest in their order.
template <class T>
class StoredPart {
 public:
  StoredPart(const std::string& path, const hdf5::Handle& file, const Array<T>& array,
             const StoredMatrix& matrix)
      : path_(path), column_(reading(path, [&] { return open_column(file, array, matrix); })) {
    length_ = hdf5::product(matrix.shape(array)) / matrix.scenarios.size();
  }

  std::vector<T> operator()(std::size_t scenario) {
    return reading(path_, [&] {
      std::vector<T> values(length_);
      column_.read(length_ * scenario, std::span(values));
      return values;
    });
  }

 private:
  std::string path_;
  std::size_t length_;
  StoredColumn column_;
};

/// The results as netCDF variables want them: by array.
class ResultsByArray {
 public:
  explicit ResultsByArray(const StoredResults& results)
      : path_(results.path()),
        file_(open_existing_results(path_)),
        matrix_(reading(path_, [&] { return read_matrix(file_); })) {}

  bool has(const ArrayRow& array) const {
    return reading(path_, [&] { return has_array(file_, array); });
  }

  template <class T>
  StoredPart<T> part(const Array<T>& array) const {
    return {path_, file_, array, matrix_};
  }

  Attributes attributes(const std::string& name, const std::string& more = "") const {
    return reading(path_, [&]() -> Attributes {
      const hdf5::Handle dataset = hdf5::open_dataset(file_.id(), name);
      const auto text = [&](const std::string& of) {
        return required(hdf5::read_text_attribute(dataset.id(), of), of);
      };
      return {{"long_name", text("long_name") + more}, {"units", text("units")}};
    });
  }

 private:
  std::string path_;
  hdf5::Handle file_;
  StoredMatrix matrix_;
};

/// One netCDF file of some scenarios.
class MapsFile {
 public:
  MapsFile(NetcdfWriter& file, const StoredResults& results, std::span<const std::size_t> scenarios)
      : file_(file), results_(results), stored_(results), scenarios_(scenarios.begin(), scenarios.end()) {}

  void write(const MaybePlacement& placement) {
    is_placed_ = placement && !placement->crs.empty();
    write_title(placement);
    write_coordinates(placement);
    write_maps();
    write_numbers();
    write_labels();
  }

 private:
  void write_title(const MaybePlacement& placement);
  void write_coordinates(const MaybePlacement& placement);
  void write_maps();
  void write_map_given_start();
  void write_numbers();
  void write_labels();
  bool knows_starts() const { return std::ranges::count(results_.run_columns(), "ignitions") > 0; }
  std::int32_t runs_started(std::size_t scenario) const;
  std::string label(std::size_t scenario) const;

  /// Writes a number of every scenario.
  template <class T, class Value>
  void write_each(const std::string& name, const Attributes& attributes, const Value& value) {
    file_.variable<T>(name, {scenario_dimension}, attributes,
                      [&](std::size_t i) { return std::vector<T>{static_cast<T>(value(scenarios_[i]))}; });
  }

  /// Writes an array of the results; of intervals, each bound by itself.
  template <class T>
  void write_array(const Array<T>& array) {
    const auto dimensions = array.dimensions();
    if (dimensions.empty() || dimensions.back() != &arrays::bound) {
      write_part(array, "", "", 0, 1);
    } else {
      write_part(array, "_lower", ", lower bound", 0, 2);
      write_part(array, "_upper", ", upper bound", 1, 2);
    }
  }

  /// Writes the numbers at one of so many places along the array's last dimension.
  template <class T>
  void write_part(const Array<T>& array, const std::string& suffix, const std::string& more,
                  std::size_t place, std::size_t places) {
    const std::string name(array.name);
    NetcdfWriter::Dimensions dimensions = {scenario_dimension};
    for (const ArrayRow* dimension : array.dimensions())
      if (dimension != &arrays::bound) dimensions.emplace_back(dimension->name);
    StoredPart<T> stored = stored_.part(array);
    file_.variable<T>(name + suffix, dimensions, attributes_of(array, more), [&](std::size_t i) {
      std::vector<T> part = stored(scenarios_[i]);
      for (std::size_t k = 0; k * places < part.size(); ++k) part[k] = part[k * places + place];
      part.resize(part.size() / places);
      return part;
    });
  }

  /// Those of an array of the results; of a map also where it lies.
  Attributes attributes_of(const ArrayRow& array, const std::string& more) const {
    Attributes attributes = stored_.attributes(std::string(array.name), more);
    if (is_placed_ && std::ranges::find(array.dimensions(), &arrays::x) != array.dimensions().end())
      attributes.emplace_back(grid_mapping_attribute, std::string(arrays::crs.name));
    return attributes;
  }

  NetcdfWriter& file_;
  const StoredResults& results_;
  ResultsByArray stored_;
  bool is_placed_ = false;  // in a coordinate system with a name
  std::vector<std::size_t> scenarios_;
};

void MapsFile::write_title(const MaybePlacement& placement) {
  const std::string where = whereabouts(placement, results_.extent());
  file_.attribute("Conventions", "CF-1.8");
  file_.attribute("title", results_.name() + ": burn probability");
  file_.attribute("source", fmt::format("{} {}", "firesweep", build_facts().front().second));
  file_.attribute("comment", where + " The variable scenario_label says what each scenario is.");
  file_.attribute("node_offset",
                  1);  // GMT's word for values of cells, not of points, which it guesses otherwise
  file_.attribute("results_" + content_hash_attribute, results_.content_sha256());
}

void MapsFile::write_coordinates(const MaybePlacement& placement) {
  std::vector<std::int32_t> numbers(scenarios_.size());
  std::iota(numbers.begin(), numbers.end(), 1);
  file_.coordinate(scenario_dimension, {{"long_name", "number of the scenario, as in scenario_label"}},
                   numbers);

  const Placement place = placement.value_or(placement_of(results_.extent(), 1.0, 0.0, 0.0));
  // No attribute `axis`: ParaView would take x and y for degrees and draw a globe. GDAL needs a standard
  // name, even of cells that have no unit.
  const auto write = [&](const ArrayRow& array, const std::string& meaning,
                         const std::vector<double>& centres) {
    const std::string name(array.name);
    Attributes attributes = {{"long_name", meaning}, {"standard_name", "projection_" + name + "_coordinate"}};
    if (placement) attributes.emplace_back("units", unit_of_places(*placement));
    file_.coordinate(name, attributes, centres);
  };
  const auto [width, height] = results_.extent();
  std::vector<double> rows(height);
  for (std::size_t row = 0; row < height; ++row)
    rows[row] = place.north - place.cell_height * (static_cast<double>(row) + 0.5);
  std::vector<double> columns(width);
  for (std::size_t column = 0; column < width; ++column)
    columns[column] = place.west + place.cell_width * (static_cast<double>(column) + 0.5);
  write(arrays::y, "centre of the row of cells, from the lowest row upwards", rows);
  write(arrays::x, "centre of the column of cells, from the left", columns);
  if (placement && !placement->crs.empty())
    file_.scalar(std::string(arrays::crs.name), grid_mapping(*placement));
}

void MapsFile::write_maps() {
  const auto write = [&](const auto& array) {
    if (array.is_chosen(results_.choices())) write_array(array);
  };
  write(arrays::burn_probability);
  if (results_.choices().maps && knows_starts()) write_map_given_start();
  write(arrays::burn_probability_ci);
  write(arrays::burn_count);
  write(arrays::arrival_step_mean);
}

void MapsFile::write_map_given_start() {
  Attributes attributes = attributes_of(arrays::burn_probability, "");
  attributes.front().second = "share of the runs that started in which the cell caught fire";
  StoredPart<std::int32_t> burn_count = stored_.part(arrays::burn_count);
  file_.variable<float>(std::string(arrays::burn_probability.name).append(given_start_suffix), map_dimensions,
                        attributes, [&](std::size_t i) {
                          const double runs = runs_started(scenarios_[i]);
                          const std::vector<std::int32_t> counts = burn_count(scenarios_[i]);
                          std::vector<float> map(counts.size(), std::numeric_limits<float>::quiet_NaN());
                          if (runs > 0)
                            std::ranges::transform(counts, map.begin(), [&](auto count) {
                              return count < 0 ? std::numeric_limits<float>::quiet_NaN()
                                               : static_cast<float>(count / runs);
                            });
                          return map;
                        });
}

void MapsFile::write_numbers() {
  for (const auto* array : {&arrays::runs_planned, &arrays::runs_ok, &arrays::runs_failed}) {
    const std::string name(array->name);
    StoredPart<std::int64_t> stored = stored_.part(*array);
    write_each<std::int32_t>(name, stored_.attributes(name), [&](std::size_t s) { return stored(s)[0]; });
  }
  if (knows_starts())
    write_each<std::int32_t>(std::string(arrays::runs_started.name),
                             {{"long_name", "runs in which a fire started"}, {"units", "1"}},
                             [&](std::size_t s) { return runs_started(s); });
  for (const std::string_view suffix : {std::string_view(), given_start_suffix}) {
    for (const EstimateRow<Summary>& row : summary_rows()) {
      if (row.name != "burn_fraction_mean" && row.name != "burn_fraction_mean_ci") continue;
      Array<double> array = array_of(row);
      const std::string name = std::string(row.name).append(suffix);
      array.name = name;
      if (stored_.has(array)) write_array(array);  // nothing is given start in older files
    }
  }
  for (std::size_t a = 0; a < results_.axes().size(); ++a) {
    const std::string& axis = results_.axes()[a].name;
    if (find_parameter(axis) == nullptr) continue;
    write_each<double>(axis, stored_.attributes(axis),
                       [&](std::size_t s) { return std::stod(results_.labels(s)[a]); });
  }
}

void MapsFile::write_labels() {
  std::vector<std::string> labels;
  std::size_t longest = 1;
  for (const std::size_t scenario : scenarios_)
    longest = std::max(longest, labels.emplace_back(label(scenario)).size());
  file_.dimension("label_length", longest);
  file_.text("scenario_label", scenario_dimension, "label_length",
             {{"long_name", "what the scenario is"}, {"_Encoding", "utf-8"}}, labels);
}

std::int32_t MapsFile::runs_started(std::size_t scenario) const {
  const auto has_started = [](double ignitions) { return ignitions >= 1; };  // NaN unless the run is ok
  return static_cast<std::int32_t>(
      std::ranges::count_if(results_.run_values("ignitions", scenario), has_started));
}

std::string MapsFile::label(std::size_t scenario) const {
  std::vector<std::string> parts = results_.labels(scenario);
  for (std::size_t a = 0; a < parts.size(); ++a)
    if (find_parameter(results_.axes()[a].name) != nullptr)
      parts[a] = fmt::format("{} {}", results_.axes()[a].name, parts[a]);
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

void write_netcdf(const std::string& path, const StoredResults& results,
                  std::span<const std::size_t> scenarios, const MaybePlacement& placement) {
  expect_no_work_lost(path);
  writing_hdf5(path, [&] {
    const OutputFile output(path);
    NetcdfWriter file(output.temporary().string());
    MapsFile(file, results, scenarios).write(placement);
    file.close();
    output.publish();
  });
}

}  // namespace firesweep
