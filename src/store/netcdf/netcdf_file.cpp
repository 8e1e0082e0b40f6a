#include "firesweep/store/netcdf_file.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/experiment/parameter.hpp"
#include "firesweep/files/output_file.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/results_marker.hpp"
#include "hdf5/writing_hdf5.hpp"
#include "netcdf/netcdf_writer.hpp"
#include "results/results_reader.hpp"
#include "results/stored_column.hpp"

namespace firesweep {
namespace {

const std::string scenario_dimension = "scenario";
const NetcdfWriter::Dimensions map_dimensions = {scenario_dimension, "y", "x"};

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

/// A dataset over all axes and then more dimensions, one scenario at a time. Quickest in their order.
template <class T>
class StoredPart {
 public:
  StoredPart(const StoredResults& results, const hdf5::Handle& file, const std::string& name,
             const hdf5::Shape& more)
      : path_(results.path()), length_(hdf5::product(more)), column_(reading(path_, [&] {
          hdf5::Shape shape;
          for (const StoredAxis& axis : results.axes()) shape.push_back(axis.labels.size());
          shape.insert(shape.end(), more.begin(), more.end());
          return StoredColumn(file.id(), name, hdf5::element_of<T>(), shape);
        })) {}

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

/// The results as netCDF variables want them: by name.
class ResultsByName {
 public:
  explicit ResultsByName(const StoredResults& results)
      : results_(results), file_(open_existing_results(results.path())) {}

  bool has(const std::string& name) const { return hdf5::has_link(file_.id(), name); }

  template <class T>
  StoredPart<T> part(const std::string& name, const hdf5::Shape& more) const {
    return {results_, file_, name, more};
  }

  NetcdfWriter::Attributes attributes(const std::string& name, const std::string& more = "") const {
    return reading(results_.path(), [&]() -> NetcdfWriter::Attributes {
      const hdf5::Handle dataset = hdf5::open_dataset(file_.id(), name);
      const auto text = [&](const std::string& of) {
        return required(hdf5::read_text_attribute(dataset.id(), of), of);
      };
      return {{"long_name", text("long_name") + more}, {"units", text("units")}};
    });
  }

 private:
  const StoredResults& results_;
  hdf5::Handle file_;
};

/// One netCDF file of some scenarios.
class MapsFile {
 public:
  MapsFile(NetcdfWriter& file, const StoredResults& results, std::span<const std::size_t> scenarios)
      : file_(file), results_(results), stored_(results), scenarios_(scenarios.begin(), scenarios.end()) {}

  void write(const MaybePlacement& placement) {
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
  void write_number(const std::string& name, const std::string& of, const std::string& more,
                    std::size_t place, std::size_t places);

  hdf5::Shape cells() const { return {results_.extent().height, results_.extent().width}; }
  bool knows_starts() const { return std::ranges::count(results_.run_columns(), "ignitions") > 0; }
  std::int32_t runs_started(std::size_t scenario) const;
  std::string label(std::size_t scenario) const;

  /// Writes a number of every scenario.
  template <class T, class Value>
  void write_each(const std::string& name, const NetcdfWriter::Attributes& attributes, const Value& value) {
    file_.variable<T>(name, {scenario_dimension}, attributes,
                      [&](std::size_t i) { return std::vector<T>{static_cast<T>(value(scenarios_[i]))}; });
  }

  /// Writes one of the maps there are; of intervals, one of their bounds.
  template <class T>
  void write_map(const std::string& name, const std::string& of, const std::string& more = "",
                 std::size_t place = 0, std::size_t places = 1) {
    hdf5::Shape shape = cells();
    if (places > 1) shape.push_back(places);
    StoredPart<T> stored = stored_.part<T>(of, shape);
    file_.variable<T>(name, map_dimensions, stored_.attributes(of, more), [&](std::size_t i) {
      std::vector<T> map = stored(scenarios_[i]);
      for (std::size_t cell = 0; cell * places < map.size(); ++cell) map[cell] = map[cell * places + place];
      map.resize(map.size() / places);
      return map;
    });
  }

  NetcdfWriter& file_;
  const StoredResults& results_;
  ResultsByName stored_;
  std::vector<std::size_t> scenarios_;
};

void MapsFile::write_title(const MaybePlacement& placement) {
  const std::string where =
      placement
          ? fmt::format(
                "Cells are squares of {} m; the lower left corner of the grid lies at easting {}, "
                "northing {} of a coordinate system that nobody has named.",
                placement->cell_width, placement->west, placement->south(results_.extent()))
          : "Nobody has said where on the ground the landscape lies: cells have the size 1 and no unit.";
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
  const auto write = [&](const std::string& name, const std::string& meaning,
                         const std::vector<double>& centres) {
    NetcdfWriter::Attributes attributes = {{"long_name", meaning},
                                           {"standard_name", "projection_" + name + "_coordinate"}};
    if (placement) attributes.emplace_back("units", "m");
    file_.coordinate(name, attributes, centres);
  };
  const auto [width, height] = results_.extent();
  std::vector<double> rows(height);
  for (std::size_t row = 0; row < height; ++row)
    rows[row] = place.north - place.cell_height * (static_cast<double>(row) + 0.5);
  std::vector<double> columns(width);
  for (std::size_t column = 0; column < width; ++column)
    columns[column] = place.west + place.cell_width * (static_cast<double>(column) + 0.5);
  write("y", "centre of the row of cells, from the lowest row upwards", rows);
  write("x", "centre of the column of cells, from the left", columns);
}

void MapsFile::write_maps() {
  if (stored_.has("burn_probability")) {
    write_map<float>("burn_probability", "burn_probability");
    if (knows_starts()) write_map_given_start();
    write_map<float>("burn_probability_ci_lower", "burn_probability_ci", ", lower bound", 0, 2);
    write_map<float>("burn_probability_ci_upper", "burn_probability_ci", ", upper bound", 1, 2);
  }
  write_map<std::int32_t>("burn_count", "burn_count");
  if (stored_.has("arrival_step_mean")) write_map<float>("arrival_step_mean", "arrival_step_mean");
}

void MapsFile::write_map_given_start() {
  const NetcdfWriter::Attributes attributes = {
      {"long_name", "share of the runs that started in which the cell caught fire"}, {"units", "1"}};
  StoredPart<std::int32_t> burn_count = stored_.part<std::int32_t>("burn_count", cells());
  file_.variable<float>("burn_probability_given_start", map_dimensions, attributes, [&](std::size_t i) {
    const double runs = runs_started(scenarios_[i]);
    const std::vector<std::int32_t> counts = burn_count(scenarios_[i]);
    std::vector<float> map(counts.size(), std::numeric_limits<float>::quiet_NaN());
    if (runs > 0)
      std::ranges::transform(counts, map.begin(),
                             [&](auto count) { return static_cast<float>(count / runs); });
    return map;
  });
}

void MapsFile::write_number(const std::string& name, const std::string& of, const std::string& more,
                            std::size_t place, std::size_t places) {
  StoredPart<double> stored = stored_.part<double>(of, places > 1 ? hdf5::Shape{places} : hdf5::Shape{});
  write_each<double>(name, stored_.attributes(of, more), [&](std::size_t s) { return stored(s)[place]; });
}

void MapsFile::write_numbers() {
  for (const std::string name : {"runs_planned", "runs_ok", "runs_failed"}) {
    StoredPart<std::int64_t> stored = stored_.part<std::int64_t>(name, {});
    write_each<std::int32_t>(name, stored_.attributes(name), [&](std::size_t s) { return stored(s)[0]; });
  }
  if (knows_starts())
    write_each<std::int32_t>("runs_started", {{"long_name", "runs in which a fire started"}, {"units", "1"}},
                             [&](std::size_t s) { return runs_started(s); });
  for (const std::string suffix : {"", "_given_start"}) {
    if (!stored_.has("burn_fraction_mean" + suffix)) continue;  // nothing is given start in older files
    write_number("burn_fraction_mean" + suffix, "burn_fraction_mean" + suffix, "", 0, 1);
    const std::string interval = "burn_fraction_mean_ci" + suffix;
    write_number(interval + "_lower", interval, ", lower bound", 0, 2);
    write_number(interval + "_upper", interval, ", upper bound", 1, 2);
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
