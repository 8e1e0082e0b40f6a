#include "results/stored_experiment.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/results_reader.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {
namespace {

/// What an older firesweep did not write may be absent.
template <class T>
void expect_attribute(const std::string& name, const std::optional<T>& found, const T& expected) {
  if (found && *found != expected) {
    throw hdf5::Error(fmt::format("make the root attribute '{}' fit its experiment: it is {}, not {}", name,
                                  *found, expected));
  }
}

void expect_number(const hdf5::Handle& file, const std::string& name, std::uint64_t expected) {
  expect_attribute(name, hdf5::read_integer_attribute(file.id(), name), static_cast<std::int64_t>(expected));
}

void expect_attributes(const hdf5::Handle& file, const Experiment& experiment) {
  const auto text = [&](const std::string& name) { return hdf5::read_text_attribute(file.id(), name); };
  std::vector<std::string_view> axes;
  for (const Axis& axis : experiment.axes) axes.push_back(name(axis));
  expect_attribute("name", std::optional(required(text("name"), "name")), experiment.name);
  expect_attribute("axes", std::optional(required(text("axes"), "axes")),
                   fmt::format("{}", fmt::join(axes, " ")));
  if (const auto title = text("title"); title && !title->ends_with(experiment.name))
    expect_attribute("title", title, experiment.name);
  expect_number(file, "width", experiment.base.extent.width);
  expect_number(file, "height", experiment.base.extent.height);
  expect_number(file, "max_steps", experiment.base.max_steps);
  expect_attribute("confidence", hdf5::read_number_attribute(file.id(), "confidence"),
                   experiment.outputs.confidence);
}

/// Throws unless a coordinate has these values.
template <class T>
void expect_values(const std::string& name, const std::vector<T>& found, const std::vector<T>& expected) {
  const auto [at, other] = std::ranges::mismatch(found, expected);
  if (at == found.end() && other == expected.end()) return;
  throw hdf5::Error(fmt::format("make '{}' fit its experiment: number {} is {}, not {}", name,
                                at - found.begin() + 1, *at, *other));
}

void expect_numbers(const hdf5::Handle& file, const std::string& name, const std::vector<double>& expected) {
  expect_values(name, hdf5::read_all<double>(file.id(), name, hdf5::exactly(expected.size())), expected);
}

void expect_samples(const hdf5::Handle& file, const SampleAxis& axis) {
  std::vector<std::int32_t> expected(axis.samples());
  std::iota(expected.begin(), expected.end(), 0);
  const std::string dimension(SampleAxis::name);
  expect_values(dimension, hdf5::read_all<std::int32_t>(file.id(), dimension, hdf5::exactly(expected.size())),
                expected);
  for (std::size_t k = 0; k < axis.design.parameters(); ++k) {
    std::vector<double> values(axis.samples());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = axis.value(i, k);
    expect_numbers(file, std::string(axis.design.columns[k].parameter->name), values);
  }
}

void expect_axis(const hdf5::Handle& file, const Axis& axis) {
  const std::string dimension(name(axis));
  if (const auto* numbers = std::get_if<ParameterAxis>(&axis)) {
    expect_numbers(file, dimension, numbers->values);
    return;
  }
  if (const auto* samples = std::get_if<SampleAxis>(&axis)) {
    expect_samples(file, *samples);
    return;
  }
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < size(axis); ++i) labels.push_back(label(axis, i));
  expect_values(dimension,
                hdf5::read_text(hdf5::open_dataset(file.id(), dimension), hdf5::exactly(labels.size())),
                labels);
}

void expect_seeds(const hdf5::Handle& file, const Seeds& seeds) {
  std::vector<std::uint64_t> expected(seeds.size());
  for (std::size_t i = 0; i < seeds.size(); ++i) expected[i] = static_cast<std::uint64_t>(seeds[i]);
  const std::string name(arrays::seed.name);
  expect_values(name, hdf5::read_all<std::uint64_t>(file.id(), name, hdf5::exactly(seeds.size())), expected);
}

}  // namespace

void expect_root_of(const hdf5::Handle& file, const Experiment& experiment) {
  expect_attributes(file, experiment);
  for (const Axis& axis : experiment.axes) expect_axis(file, axis);
  expect_seeds(file, experiment.seeds);
  for (const auto& [array, values] : {std::pair(&arrays::threshold, &experiment.outputs.thresholds),
                                      std::pair(&arrays::quantile, &experiment.outputs.quantiles)})
    if (has_array(file, *array)) expect_numbers(file, std::string(array->name), *values);
  if (has_array(file, arrays::step))
    hdf5::expect_count(open_array(file, arrays::step), {1, hsize_t{experiment.base.max_steps} + 1});
}

void grow_seeds(const hdf5::Handle& file, Experiment& experiment) {
  if (!experiment.until) return;
  const hsize_t seeds = hdf5::product(hdf5::shape_of(open_array(file, arrays::seed)));
  if (seeds < 1 || seeds > max_seeds) throw hdf5::Error("make sense of its seeds");
  experiment.seeds = Seeds(experiment.seeds.front(), seeds);
}

std::vector<std::size_t> read_stages(const hdf5::Handle& file, const Experiment& experiment) {
  if (!experiment.until) return {};
  const Plan all(experiment);
  std::vector<std::size_t> stages;
  for (const std::int64_t planned : hdf5::read_all<std::int64_t>(
           file.id(), std::string(arrays::runs_planned.name), hdf5::exactly(all.scenarios()))) {
    const std::size_t scenario = stages.size();
    if (!all.is_excluded(scenario) && (planned < 1 || planned > static_cast<std::int64_t>(all.seeds())))
      throw hdf5::Error("make sense of its run counts");
    stages.push_back(static_cast<std::size_t>(planned));
  }
  return stages;
}

void expect_totals(const hdf5::Handle& file, const std::vector<RunCounts>& counts) {
  RunCounts total;
  for (const RunCounts& one : counts) {
    total.planned += one.planned;
    total.ok += one.ok;
    total.failed += one.failed;
  }
  expect_number(file, "runs_total", total.planned);
  expect_number(file, "runs_ok", total.ok);
  expect_number(file, "runs_failed", total.failed);
  expect_number(file, "runs_missing", total.missing());
}

}  // namespace firesweep
