#include "firesweep/experiment/experiment.hpp"

#include <algorithm>
#include <cmath>

namespace firesweep {

std::uint64_t FailureAllowance::runs_of(std::uint64_t runs) const {
  return static_cast<std::uint64_t>(is_share ? std::floor(amount * static_cast<double>(runs)) : amount);
}

std::vector<LandscapeInput*> landscape_inputs(Experiment& experiment) {
  std::vector<LandscapeInput*> inputs;
  for (Axis& axis : experiment.axes)
    if (auto* landscapes = std::get_if<LandscapeAxis>(&axis))
      for (NamedLandscape& named : landscapes->landscapes) inputs.push_back(&named.input);
  if (inputs.empty() && experiment.ground.input.has_rasters()) inputs.push_back(&experiment.ground.input);
  return inputs;
}

std::vector<const LandscapeInput*> landscape_inputs(const Experiment& experiment) {
  const std::vector<LandscapeInput*> inputs = landscape_inputs(const_cast<Experiment&>(experiment));
  return {inputs.begin(), inputs.end()};
}

std::vector<std::shared_ptr<const Landscape>> landscapes_of(const Experiment& experiment) {
  std::vector<std::shared_ptr<const Landscape>> landscapes;
  for (const LandscapeInput* input : landscape_inputs(experiment)) {
    if (input->landscape == nullptr) return {};
    landscapes.push_back(input->landscape);
  }
  return landscapes;
}

const SampleAxis* samples_of(const Experiment& experiment) {
  return experiment.axes.empty() ? nullptr : std::get_if<SampleAxis>(&experiment.axes.back());
}

std::vector<NamedIgnitionSet*> ignition_sets(Experiment& experiment) {
  std::vector<NamedIgnitionSet*> found;
  for (Axis& axis : experiment.axes)
    if (auto* sets = std::get_if<IgnitionSetAxis>(&axis))
      for (NamedIgnitionSet& named : sets->sets) found.push_back(&named);
  return found;
}

std::vector<const NamedIgnitionSet*> ignition_sets(const Experiment& experiment) {
  const std::vector<NamedIgnitionSet*> found = ignition_sets(const_cast<Experiment&>(experiment));
  return {found.begin(), found.end()};
}

namespace {

/// Whether a set is complete without saying what it is drawn from.
bool is_drawn_from_all(const RandomIgnition& random, std::size_t landscapes) {
  return landscapes <= 1 && std::holds_alternative<IgnitionAnywhere>(random.among);
}

}  // namespace

void make_start_cells(Experiment& experiment) {
  const std::vector<std::shared_ptr<const Landscape>> landscapes = landscapes_of(experiment);
  if (landscapes.empty() && experiment.has_rasters()) return;
  for (NamedIgnitionSet* named : ignition_sets(experiment)) {
    const auto* random = std::get_if<RandomIgnition>(&named->set);
    const IgnitionDensity* density = named->drawn_by();
    const bool is_read = density == nullptr || density->values != nullptr;
    if (random == nullptr || named->starts != nullptr || !is_read) continue;
    if (is_drawn_from_all(*random, landscapes.size())) continue;
    named->starts =
        std::make_shared<const StartCells>(start_cells(random->among, experiment.base.extent, landscapes));
  }
}

bool Experiment::has_rasters() const {
  return !landscape_inputs(*this).empty();
}

bool Experiment::has_residence() const {
  return std::ranges::any_of(all_fuel_classes(*this),
                             [](const FuelClass& fuel) { return fuel.burnable && fuel.burn_steps > 1; });
}

std::vector<FuelClass> all_fuel_classes(const Experiment& experiment) {
  std::vector<FuelClass> classes = experiment.ground.fuel_classes;
  for (const LandscapeInput* input : landscape_inputs(experiment))
    classes.insert(classes.end(), input->fuel_classes.begin(), input->fuel_classes.end());
  return classes;
}

bool Experiment::has_spotting() const {
  return base.spotting.rate > 0 ||
         std::ranges::any_of(axes, [](const Axis& axis) { return varies(axis, "spotting_rate"); });
}

bool Experiment::has_random_ignition() const {
  return std::ranges::any_of(ignition_sets(*this), [](const NamedIgnitionSet* named) {
    return std::holds_alternative<RandomIgnition>(named->set);
  });
}

bool Experiment::has_ignition_density() const {
  return std::ranges::any_of(ignition_sets(*this),
                             [](const NamedIgnitionSet* named) { return named->drawn_by() != nullptr; });
}

namespace {

/// What the weather of any scenario can be.
std::vector<const WeatherCourse*> weather_courses(const Experiment& experiment) {
  std::vector<const WeatherCourse*> courses = {&experiment.base.course};
  for (const Axis& axis : experiment.axes)
    if (const auto* named = std::get_if<WeatherAxis>(&axis))
      for (const NamedWeather& weather : named->weathers) courses.push_back(&weather.course);
  return courses;
}

}  // namespace

std::size_t Experiment::most_weather_periods() const {
  std::size_t changes = 0;
  for (const WeatherCourse* course : weather_courses(*this))
    changes = std::max(changes, course->changes.size());
  return 1 + changes;
}

bool Experiment::has_weather_end() const {
  return std::ranges::any_of(weather_courses(*this),
                             [](const WeatherCourse* course) { return course->end.has_value(); });
}

std::string_view name(OnFailure choice) {
  return choice == OnFailure::go_on ? "continue" : "stop";
}

}  // namespace firesweep
