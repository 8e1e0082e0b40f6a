#include "firesweep/store/estimate_difference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "content/results_marker.hpp"
#include "hdf5/hdf5.hpp"
#include "results/results_reader.hpp"

namespace firesweep {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Numbers {
  hdf5::Shape shape;
  std::vector<double> values;
};

/// Estimates in floating point are few, but for maps: and those follow from counts by one division or
/// interval each, so what their libraries do shows elsewhere as well.
constexpr hsize_t most_numbers = 1 << 24;

void add_estimates(hid_t group, const std::string& prefix, std::map<std::string, Numbers>& found) {
  for (const std::string& name : hdf5::dataset_names(group)) {
    const hdf5::Handle dataset = hdf5::open_dataset(group, name);
    const hdf5::Shape shape = hdf5::shape_of(dataset);
    if (hdf5::read_text_attribute(dataset.id(), covered_by_attribute) != estimates_hash_attribute ||
        hdf5::element_of(dataset) != hdf5::Element::f8 || hdf5::product(shape) > most_numbers)
      continue;
    found.emplace(prefix + name,
                  Numbers{shape, hdf5::read_all<double>(group, name, hdf5::exactly(hdf5::product(shape)))});
  }
}

std::map<std::string, Numbers> estimates_of(const std::string& path) {
  const hdf5::Handle file = open_existing_results(path);
  return reading(path, [&] {
    std::map<std::string, Numbers> found;
    add_estimates(file.id(), "", found);
    for (const std::string& name : hdf5::group_names(file.id()))
      if (std::ranges::find(volatile_groups, name) == volatile_groups.end())
        add_estimates(hdf5::open_group(file.id(), name).id(), name + "/", found);
    return found;
  });
}

double difference(double a, double b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0.0;
  if (!std::isfinite(a) || !std::isfinite(b)) return infinity;
  return std::abs(a - b) / std::max({1.0, std::abs(a), std::abs(b)});
}

double largest_difference(const Numbers& one, const Numbers& other) {
  if (one.shape != other.shape) return infinity;
  double largest = 0.0;
  for (std::size_t i = 0; i < one.values.size(); ++i)
    largest = std::max(largest, difference(one.values[i], other.values[i]));
  return largest;
}

}  // namespace

std::vector<EstimateDifference> differing_estimates(const std::string& one, const std::string& other) {
  const std::map<std::string, Numbers> first = estimates_of(one);
  const std::map<std::string, Numbers> second = estimates_of(other);
  std::map<std::string, double> largest;
  for (const auto& [name, numbers] : first) {
    const auto found = second.find(name);
    largest[name] = found == second.end() ? infinity : largest_difference(numbers, found->second);
  }
  for (const auto& [name, numbers] : second)
    if (!first.contains(name)) largest[name] = infinity;
  std::vector<EstimateDifference> differing;
  for (const auto& [name, by] : largest)
    if (by > 0.0) differing.push_back({name, by});
  return differing;
}

}  // namespace firesweep
