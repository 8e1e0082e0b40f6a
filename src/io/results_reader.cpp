#include "results_reader.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/io/results_file.hpp"

#include "results_marker.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

/// Calls `read`, naming the file in whatever HDF5 has to say.
template <class Read>
auto reading(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const hdf5::Error& error) {
    throw BadResultsFile(
        fmt::format("{}: the file is damaged or cannot be read (could not {})", path, error.what()));
  }
}

hdf5::Handle open_any(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) throw BadResultsFile(path + ": is not a regular file");
  if (!std::ifstream(path)) {
    throw BadResultsFile(
        fmt::format("{}: cannot be opened ({})", path, std::generic_category().message(errno)));
  }
  if (fs::file_size(path, ignored) == 0)
    throw BadResultsFile(path + ": is empty, not a firesweep results file");
  if (!hdf5::is_hdf5(path))
    throw BadResultsFile(path + ": is not an HDF5 file, so not a firesweep results file");
  return hdf5::open_file(path);
}

template <class T>
T required(const std::optional<T>& attribute, const std::string& name) {
  if (!attribute) throw hdf5::Error(fmt::format("find the root attribute '{}'", name));
  return *attribute;
}

StoredAxis read_axis(hid_t file, const std::string& name) {
  const hdf5::Handle dataset = hdf5::open_dataset(file, name);
  if (hdf5::element_of(dataset) == hdf5::Element::text) return {name, hdf5::read_text(dataset)};
  StoredAxis axis{name, {}};
  for (const double value : hdf5::read_all<double>(file, name))
    axis.labels.push_back(fmt::format("{}", value));
  return axis;
}

std::vector<double> read_optional(hid_t file, const std::string& name) {
  return hdf5::has_link(file, name) ? hdf5::read_all<double>(file, name) : std::vector<double>{};
}

OutputChoices read_choices(hid_t file) {
  OutputChoices choices;
  choices.maps = hdf5::has_link(file, "burn_probability");
  choices.arrival = hdf5::has_link(file, "arrival_step_mean");
  choices.curves = hdf5::has_link(file, "burning_cells_mean");
  choices.cell_counts = hdf5::has_link(file, "vegetation_cells");
  choices.thresholds = read_optional(file, "threshold");
  choices.quantiles = read_optional(file, "quantile");
  choices.confidence = required(hdf5::read_number_attribute(file, "confidence"), "confidence");
  return choices;
}

StoredResults read_stored(hid_t file) {
  StoredResults stored;
  stored.name = required(hdf5::read_text_attribute(file, "name"), "name");
  std::istringstream axes(required(hdf5::read_text_attribute(file, "axes"), "axes"));
  std::size_t scenarios = 1;
  for (std::string name; axes >> name;) {
    stored.axes.push_back(read_axis(file, name));
    scenarios *= stored.axes.back().labels.size();
  }
  stored.seeds = hdf5::read_all<std::uint64_t>(file, "seed");
  stored.choices = read_choices(file);
  stored.runs_planned = hdf5::read_all<std::uint64_t>(file, "runs_planned");
  stored.runs_failed = hdf5::read_all<std::uint64_t>(file, "runs_failed");
  stored.burn_fraction = hdf5::read_all<double>(file, "burn_fraction");
  for (const std::uint32_t cells : hdf5::read_all<std::uint32_t>(file, "burning_cells"))
    stored.runs_cut_off += cells > 0 ? 1 : 0;
  stored.content_sha256 =
      required(hdf5::read_text_attribute(file, content_hash_attribute), content_hash_attribute);
  if (stored.runs_planned.size() != scenarios || stored.runs_failed.size() != scenarios ||
      stored.burn_fraction.size() != scenarios * stored.seeds.size()) {
    throw hdf5::Error("make its datasets fit one matrix");
  }
  return stored;
}

}  // namespace

hdf5::Handle open_results(const std::string& path) {
  return reading(path, [&] {
    hdf5::Handle file = open_any(path);
    if (hdf5::read_text_attribute(file.id(), marker_attribute) != marker) {
      throw BadResultsFile(path + ": is an HDF5 file, but not one that firesweep wrote");
    }
    const std::int64_t version =
        required(hdf5::read_integer_attribute(file.id(), format_version_attribute), format_version_attribute);
    if (version > results_format_version) {
      throw BadResultsFile(
          fmt::format("{}: has format version {}, newer than the {} that this firesweep reads; "
                      "use a newer firesweep",
                      path, version, results_format_version));
    }
    return file;
  });
}

StoredResults read_results(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) throw InputError(path + ": there is no such file");
  if (fs::is_directory(path, ignored)) throw InputError(path + ": is a directory, not a results file");
  const hdf5::Handle file = open_results(path);
  return reading(path, [&] { return read_stored(file.id()); });
}

}  // namespace firesweep
