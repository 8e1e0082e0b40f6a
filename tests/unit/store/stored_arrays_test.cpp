#include "firesweep/ensemble/stored_arrays.hpp"

#include <algorithm>
#include <map>

#include "../catch.hpp"
#include "hdf5/hdf5.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

/// Bytes of every array in a group.
std::map<std::string, std::uint64_t> arrays_in(const std::string& path, const std::string& group,
                                               const std::string& prefix) {
  const hdf5::Handle file = hdf5::open_file(path);
  const hdf5::Handle opened = hdf5::open_group(file.id(), group);
  std::map<std::string, std::uint64_t> bytes;
  for (const std::string& name : hdf5::dataset_names(opened.id())) {
    const hdf5::Handle dataset = hdf5::open_dataset(opened.id(), name);
    const hdf5::Element element = hdf5::element_of(dataset);
    const bool is_text = element == hdf5::Element::text;
    bytes[prefix + name] = hdf5::product(hdf5::shape_of(dataset)) *
                           (is_text ? Array<std::string>::place_of_text : hdf5::size_of(element));
  }
  return bytes;
}

TEST_CASE("the list of arrays has all that a results file has, in their size") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::publish(path);
  const Plan plan(sample::experiment());
  const auto is_axis = [&](const std::string& dataset) {
    return std::ranges::any_of(plan.experiment().axes,
                               [&](const Axis& axis) { return name(axis) == dataset; });
  };
  std::map<std::string, std::uint64_t> listed;
  for (const StoredArray& array : stored_arrays(plan))
    listed[std::string(array.name)] = bytes_of(array, plan.scenarios());

  for (const auto& [group, prefix] :
       std::map<std::string, std::string>{{"/", ""},
                                          {"/sums", "sums/"},
                                          {"/paired", "paired/"},
                                          {"/paired_wind_speed", "paired_wind_speed/"},
                                          {"/sensitivity", "sensitivity/"}}) {
    for (const auto& [array, bytes] : arrays_in(path, group, prefix)) {
      INFO(array);
      if (is_axis(array)) continue;
      REQUIRE(listed.contains(array));
      // No fire of the sample is the longest there could be.
      const bool has_steps = array.find("burn") != std::string::npos && bytes < listed[array];
      if (array != arrays::step.name && !has_steps) CHECK(bytes == listed[array]);
      CHECK(bytes <= listed[array]);
    }
  }
}

}  // namespace
}  // namespace firesweep
