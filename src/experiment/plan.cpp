#include "firesweep/experiment/plan.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/names.hpp"
#include "firesweep/experiment/parameter.hpp"

namespace firesweep {
namespace {

struct SetWeather {
  std::size_t i;
  Scenario& scenario;
  void operator()(const DangerLevelAxis& axis) const { scenario.weather = weather_of(axis.levels[i]); }
  void operator()(const WeatherAxis& axis) const {
    scenario.weather = axis.weathers[i].parts.over(scenario.weather);
    const WeatherCourse& own = axis.weathers[i].course;
    if (!own.changes.empty() || own.end) scenario.course = own;
  }
  void operator()(const auto&) const {}
};

struct SetOther {
  std::size_t i;
  Scenario& scenario;
  void operator()(const DangerLevelAxis&) const {}
  void operator()(const WeatherAxis&) const {}
  void operator()(const LandscapeAxis& axis) const {
    const LandscapeInput& input = axis.landscapes[i].input;
    scenario.landscape = input.landscape;
    if (input.vegetation_density) scenario.vegetation_density = *input.vegetation_density;
  }
  void operator()(const IgnitionSetAxis& axis) const {
    scenario.ignition = axis.sets[i].set;
    scenario.starts = axis.sets[i].starts;
  }
  void operator()(const ParameterAxis& axis) const { axis.parameter->in(scenario) = axis.values[i]; }
  void operator()(const SampleAxis& axis) const {
    for (std::size_t k = 0; k < axis.design.parameters(); ++k)
      axis.design.columns[k].parameter->in(scenario) = axis.value(i, k);
  }
};

MatrixShape shape_of(const std::vector<Axis>& axes) {
  std::vector<std::size_t> lengths;
  std::size_t scenarios = 1;
  for (const Axis& axis : axes) {
    const std::size_t length = size(axis);
    expects(length > 0, "every axis has a value");
    expects(length <= max_scenarios / scenarios, "a plan has at most max_scenarios scenarios");
    scenarios *= length;
    lengths.push_back(length);
  }
  return MatrixShape(std::move(lengths));
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

/// Marks the scenarios of a choice; `places` are chosen on the axes before `axis`.
void mark(const Choice& choice, const MatrixShape& shape, std::size_t axis, std::vector<std::size_t>& places,
          std::vector<bool>& marked) {
  if (axis == shape.axes()) {
    marked[shape.element(places)] = true;
    return;
  }
  const std::size_t from = choice[axis].value_or(0);
  const std::size_t to = choice[axis] ? from + 1 : shape.length(axis);
  for (places[axis] = from; places[axis] < to; ++places[axis]) mark(choice, shape, axis + 1, places, marked);
}

void override_weather(const Experiment& experiment, Scenario& scenario) {
  Scenario given = experiment.base;
  for (const std::string_view name : experiment.overrides) {
    const Parameter& parameter = *find_parameter(name);
    parameter.in(scenario) = parameter.in(given);
  }
}

}  // namespace

Plan::Plan(Experiment experiment, std::vector<std::size_t> stages)
    : experiment_(std::move(experiment)), shape_(shape_of(experiment_.axes)), stages_(std::move(stages)) {
  const Extent extent = experiment_.base.extent;
  expects(extent.width > 0 && extent.width <= max_grid_side, "the landscape has a width within the limit");
  expects(extent.height > 0 && extent.height <= max_grid_side, "the landscape has a height within the limit");
  expects(!experiment_.seeds.empty(), "an experiment has a seed");
  expects(experiment_.seeds.size() <= max_seeds, "an experiment has at most max_seeds seeds");
  for (const Exclusion& exclusion : experiment_.exclude)
    for (const auto& [axis, value] : exclusion.coordinates)
      expects(axis < shape_.axes() && value < shape_.length(axis),
              "an exclusion names coordinates of the matrix");

  make_start_cells(experiment_);
  excluded_.resize(shape_.size());
  std::vector<std::size_t> places(shape_.axes());
  for (const Choice& choice : distinct_choices(experiment_.exclude, shape_.axes()))
    mark(choice, shape_, 0, places, excluded_);
  expects(stages_.empty() || stages_.size() == scenarios(),
          "it is said of every scenario how many seeds it has");
  for (std::size_t s = 0; s < stages_.size(); ++s)
    expects(is_excluded(s) || (stages_[s] > 0 && stages_[s] <= seeds()), "a scenario has some of the seeds");
}

std::uint64_t Plan::runs() const {
  std::uint64_t runs = 0;
  for (std::size_t s = 0; s < scenarios(); ++s) runs += planned(s);
  return runs;
}

Scenario Plan::scenario(std::size_t i) const {
  expects(i < scenarios(), "the scenario is one of the plan");
  const std::vector<std::size_t> at = shape_.places(i);
  Scenario scenario = experiment_.base;
  scenario.landscape = experiment_.ground.input.landscape;
  if (const MaybePlacement& place = experiment_.ground.placement)
    scenario.cell_size = {place->cell_width * place->metres_per_unit,
                          place->cell_height * place->metres_per_unit};
  // From the general to the particular, whatever the order of the axes: the weather, what the
  // experiment overrides of it, what an axis sweeps.
  for (std::size_t a = 0; a < at.size(); ++a) std::visit(SetWeather{at[a], scenario}, experiment_.axes[a]);
  override_weather(experiment_, scenario);
  for (std::size_t a = 0; a < at.size(); ++a) std::visit(SetOther{at[a], scenario}, experiment_.axes[a]);
  return scenario;
}

std::vector<std::string> Plan::labels(std::size_t scenario) const {
  expects(scenario < scenarios(), "the scenario is one of the plan");
  const std::vector<std::size_t> at = shape_.places(scenario);
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
