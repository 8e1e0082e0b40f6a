#include "firesweep/experiment/plan.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/names.hpp"

namespace firesweep {
namespace {

struct SetDangerLevel {
  std::size_t i;
  Scenario& scenario;
  void operator()(const DangerLevelAxis& axis) const { scenario.weather = weather_of(axis.levels[i]); }
  void operator()(const auto&) const {}
};

struct SetOther {
  std::size_t i;
  Scenario& scenario;
  void operator()(const DangerLevelAxis&) const {}
  void operator()(const IgnitionSetAxis& axis) const { scenario.ignition = axis.sets[i].set; }
  void operator()(const ParameterAxis& axis) const { axis.parameter->in(scenario) = axis.values[i]; }
};

std::vector<std::size_t> shape_of(const std::vector<Axis>& axes) {
  std::vector<std::size_t> shape;
  std::size_t scenarios = 1;
  for (const Axis& axis : axes) {
    const std::size_t length = size(axis);
    expects(length > 0, "every axis has a value");
    expects(length <= max_scenarios / scenarios, "a plan has at most max_scenarios scenarios");
    scenarios *= length;
    shape.push_back(length);
  }
  return shape;
}

std::size_t product(const std::vector<std::size_t>& shape) {
  std::size_t product = 1;
  for (const std::size_t length : shape) product *= length;
  return product;
}

/// The value chosen along each axis, or any.
using Choice = std::vector<std::optional<std::size_t>>;

/// What the exclusions choose, each once, so that those of the same axes have no scenario in common.
std::set<Choice> distinct_choices(const std::vector<Exclusion>& exclusions, std::size_t axes) {
  std::set<Choice> choices;
  for (const Exclusion& exclusion : exclusions) {
    Choice choice(axes);
    bool is_possible = true;  // two values on one axis are not
    for (const auto& [axis, value] : exclusion.coordinates) {
      is_possible = is_possible && choice[axis].value_or(value) == value;
      choice[axis] = value;
    }
    if (is_possible) choices.insert(std::move(choice));
  }
  return choices;
}

/// Marks the scenarios of a choice, of which `first` says where those begin that are chosen before `axis`.
void mark(const Choice& choice, const std::vector<std::size_t>& shape, std::size_t axis, std::size_t first,
          std::vector<bool>& marked) {
  if (axis == shape.size()) {
    marked[first] = true;
    return;
  }
  const std::size_t from = choice[axis].value_or(0);
  const std::size_t to = choice[axis] ? from + 1 : shape[axis];
  for (std::size_t value = from; value < to; ++value)
    mark(choice, shape, axis + 1, first * shape[axis] + value, marked);
}

void override_weather(const Experiment& experiment, Weather& weather) {
  const Weather& given = experiment.base.weather;
  if (experiment.overrides.wind_speed) weather.wind_speed = given.wind_speed;
  if (experiment.overrides.humidity) weather.humidity = given.humidity;
  if (experiment.overrides.temperature) weather.temperature = given.temperature;
  if (experiment.overrides.wind_direction) weather.wind_direction = given.wind_direction;
}

}  // namespace

Plan::Plan(Experiment experiment) : experiment_(std::move(experiment)), shape_(shape_of(experiment_.axes)) {
  const Extent extent = experiment_.base.extent;
  expects(extent.width > 0 && extent.width <= max_grid_side, "the landscape has a width within the limit");
  expects(extent.height > 0 && extent.height <= max_grid_side, "the landscape has a height within the limit");
  expects(!experiment_.seeds.empty(), "an experiment has a seed");
  expects(experiment_.seeds.size() <= max_seeds, "an experiment has at most max_seeds seeds");
  for (const Exclusion& exclusion : experiment_.exclude)
    for (const auto& [axis, value] : exclusion.coordinates)
      expects(axis < shape_.size() && value < shape_[axis], "an exclusion names coordinates of the matrix");

  excluded_.resize(product(shape_));
  for (const Choice& choice : distinct_choices(experiment_.exclude, shape_.size()))
    mark(choice, shape_, 0, 0, excluded_);
}

std::uint64_t Plan::runs() const {
  const auto kept = std::count(excluded_.begin(), excluded_.end(), false);
  return static_cast<std::uint64_t>(kept) * seeds();
}

Scenario Plan::scenario(std::size_t i) const {
  const std::vector<std::size_t> at = coordinates(i);
  Scenario scenario = experiment_.base;
  // From the general to the particular, whatever the order of the axes: the level's weather, what the
  // experiment overrides of it, what an axis sweeps.
  for (std::size_t a = 0; a < at.size(); ++a)
    std::visit(SetDangerLevel{at[a], scenario}, experiment_.axes[a]);
  override_weather(experiment_, scenario.weather);
  for (std::size_t a = 0; a < at.size(); ++a) std::visit(SetOther{at[a], scenario}, experiment_.axes[a]);
  return scenario;
}

std::vector<std::size_t> Plan::coordinates(std::size_t scenario) const {
  expects(scenario < scenarios(), "the scenario is one of the plan");
  std::vector<std::size_t> at(shape_.size());
  for (std::size_t a = shape_.size(); a-- > 0;) {
    at[a] = scenario % shape_[a];
    scenario /= shape_[a];
  }
  return at;
}

std::vector<std::string> Plan::labels(std::size_t scenario) const {
  const std::vector<std::size_t> at = coordinates(scenario);
  std::vector<std::string> labels;
  for (std::size_t a = 0; a < at.size(); ++a) labels.push_back(label(experiment_.axes[a], at[a]));
  return labels;
}

std::string Plan::scenario_name(std::size_t scenario) const {
  return firesweep::scenario_name(labels(scenario));
}

std::string Plan::run_name(std::size_t scenario, std::size_t i) const {
  return firesweep::run_name(labels(scenario), seed(i));
}

}  // namespace firesweep
