#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pybind11/stl/filesystem.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/experiment/run_choice.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "arguments.hpp"
#include "bindings.hpp"
#include "fire.hpp"
#include "fire_text.hpp"
#include "released.hpp"

namespace firesweep::python {
namespace {

namespace py = pybind11;

// One fire without anything lit.
Scenario bare_scenario(py::handle width, py::handle height) {
  Scenario scenario;
  scenario.extent = {static_cast<std::uint32_t>(whole_number(width, "width", 1, max_grid_side)),
                     static_cast<std::uint32_t>(whole_number(height, "height", 1, max_grid_side))};
  scenario.ignition = IgnitionPoints{};
  return scenario;
}

/// What fires burn on, and what their shares are of.
struct Land {
  Scenario scenario;
  std::uint64_t burnable_cells = 0;
};

// A landscape as experiments have it; the package writes one around it.
Land described_land(py::handle width, py::handle height, py::handle landscape) {
  const py::object described =
      py::module_::import("firesweep._experiment").attr("Landscape")(landscape, width, height);
  const std::string text = text_of(described.attr("text"), "landscape");
  Scenario scenario;
  std::uint64_t burnable_cells = 0;
  try {
    const Released release;
    const Plan plan(parse_experiment({"landscape", text, {}}).experiment);
    scenario = plan.scenario(0);
    burnable_cells = plan.experiment().burnable_cells();
  } catch (...) {
    described.attr("close")();
    throw;
  }
  described.attr("close")();
  scenario.ignition = IgnitionPoints{};
  return {std::move(scenario), burnable_cells};
}

Land land_of(py::handle width, py::handle height, py::handle landscape) {
  if (!landscape.is_none()) return described_land(width, height, landscape);
  if (width.is_none() || height.is_none())
    throw py::type_error("a fire needs its width and height, or a landscape of rasters");
  Scenario scenario = bare_scenario(width, height);
  const std::uint64_t cells = scenario.extent.cells();
  return {std::move(scenario), cells};
}

std::unique_ptr<Fire> make_fire(py::handle width, py::handle height, const std::string& danger_level,
                                py::handle seed, py::handle density, py::handle landscape, py::handle threads,
                                const py::kwargs& overrides) {
  const Weather weather = weather_of_level(danger_level);
  const std::uint64_t number = whole_number(seed, "seed", 0, ~std::uint64_t{0});
  const int team = thread_number(threads);
  Land land = land_of(width, height, landscape);
  land.scenario.weather = weather;
  if (!density.is_none()) {
    if (overrides.contains("vegetation_density"))
      throw py::type_error("density and vegetation_density are the same: give one of them");
    land.scenario.vegetation_density = parameter_value("vegetation_density", density);
  }
  set_overrides(land.scenario, overrides);
  const Released release;
  return std::make_unique<Fire>(std::move(land.scenario), Seed{number}, land.burnable_cells, team);
}

std::string axis_name(std::string_view axis) {
  return std::string(axis);
}

std::unique_ptr<Fire> fire_of_file(const std::filesystem::path& file, py::handle threads,
                                   const py::kwargs& coordinates) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) fail_for_missing(file);
  std::vector<GivenCoordinate> given;
  for (const auto& [axis, value] : coordinates) {
    const std::string name = text_of(axis, "an axis");
    given.push_back({name, text_of(py::str(value), name), name});
  }
  const int team = thread_number(threads);
  const Released release;
  // Not every HDF5 may be used by several threads at once.
  static std::mutex one_reader;
  const std::lock_guard lock(one_reader);
  const StoredEnsemble stored(file.string(), StoredEnsemble::Check::file);
  const Plan plan = stored.plan_with_landscapes();
  const RunChoice run = choose_run(plan, given, axis_name);
  return std::make_unique<Fire>(plan.scenario(run.scenario), plan.seed(run.seed),
                                plan.experiment().burnable_cells(), team);
}

void set_weather(Fire& fire, py::handle danger_level, py::handle wind_speed, py::handle humidity,
                 py::handle temperature, py::handle wind_direction) {
  const WeatherParts given = weather_parts(wind_speed, humidity, temperature, wind_direction);
  WeatherParts parts = given;
  if (!danger_level.is_none()) {
    const Weather of_level = weather_of_level(text_of(danger_level, "danger_level"));
    parts.wind_speed = given.wind_speed.value_or(of_level.wind_speed);
    parts.humidity = given.humidity.value_or(of_level.humidity);
    parts.temperature = given.temperature.value_or(of_level.temperature);
  }
  if (parts == WeatherParts{})
    throw py::type_error(
        "set_weather() needs one of danger_level, wind_speed, humidity, temperature, wind_direction at "
        "least");
  fire.set_weather(parts);
}

Fire::Course course_of(const Fire& fire, py::handle max_steps) {
  if (max_steps.is_none()) return {.most_steps = ~std::uint64_t{0}, .last_step = fire.max_steps()};
  return {.most_steps = whole_number(max_steps, "max_steps", 0, max_steps_limit),
          .last_step = max_steps_limit};
}

std::uint64_t run(const py::object& self, bool until_out, py::handle max_steps, py::object progress,
                  py::handle every) {
  auto& fire = self.cast<Fire&>();
  Fire::Course course = course_of(fire, max_steps);
  if (!until_out && max_steps.is_none()) throw py::type_error("run(until_out=False) needs max_steps");
  course.is_until_out = until_out;
  course.every = whole_number(every, "every", 1, max_steps_limit);
  if (!progress.is_none() && PyCallable_Check(progress.ptr()) == 0)
    throw py::type_error(fmt::format("progress must be a function of the fire, not {}", shown(progress)));
  course.progress = std::move(progress);
  return fire.burn(course, self);
}

std::uint64_t step(Fire& fire, py::handle n) {
  return fire.burn({.most_steps = whole_number(n, "n", 0, max_steps_limit), .last_step = max_steps_limit},
                   py::none());
}

void reset(Fire& fire, py::handle seed) {
  fire.reset(seed.is_none() ? std::nullopt
                            : std::optional(Seed{whole_number(seed, "seed", 0, ~std::uint64_t{0})}));
}

std::string description(const Fire& fire) {
  return fmt::format("<firesweep.Fire of {} x {} cells, seed {}, step {}: {} burning, {} burnt>",
                     fire.extent().width, fire.extent().height, fire.seed(), fire.steps(), fire.burning(),
                     fire.burnt());
}

void bind_looks(py::class_<Fire>& fire) {
  fire.def_property_readonly(
          "width", [](const Fire& it) { return it.extent().width; }, text::width)
      .def_property_readonly(
          "height", [](const Fire& it) { return it.extent().height; }, text::height)
      .def_property_readonly("seed", &Fire::seed, text::seed)
      .def_property_readonly("max_steps", &Fire::max_steps, text::max_steps)
      .def_property_readonly("steps", &Fire::steps, text::steps)
      .def_property_readonly("burning", &Fire::burning, text::burning)
      .def_property_readonly("burnt", &Fire::burnt, text::burnt)
      .def_property_readonly(
          "weather", [](Fire& it) { return dict_of(it.weather()); }, text::weather)
      .def_property_readonly(
          "states", [](const py::object& it) { return it.cast<Fire&>().states(it); }, text::states)
      .def_property_readonly("history", &Fire::history, text::history)
      .def("stats", &Fire::stats, text::stats)
      .def("performance", &Fire::performance, text::performance)
      .def("reset_performance", &Fire::reset_performance, text::reset_performance)
      .def("__repr__", &description);
}

}  // namespace

void bind_fire(py::module_& module) {
  py::options options;
  options.disable_function_signatures();  // those of the stubs say more
  py::class_<Fire> fire(module, "Fire", text::fire);
  fire.attr("__module__") = "firesweep";
  fire.def(py::init(&make_fire), text::init, py::arg("width") = py::none(), py::arg("height") = py::none(),
           py::arg("danger_level") = "severe", py::arg("seed") = 1, py::arg("density") = py::none(),
           py::arg("landscape") = py::none(), py::kw_only(), py::arg("threads") = 1)
      .def_static("of", &fire_of_file, text::of, py::arg("file"), py::kw_only(), py::arg("threads") = 1)
      .def("ignite", &Fire::ignite, text::ignite, py::arg("x"), py::arg("y"), py::kw_only(),
           py::arg("strict") = true)
      .def("step", &step, text::step, py::arg("n") = 1)
      .def("run", &run, text::run, py::arg("until_out") = true, py::arg("max_steps") = py::none(),
           py::arg("progress") = py::none(), py::arg("every") = 10)
      .def("stop", &Fire::stop, text::stop)
      .def("reset", &reset, text::reset, py::arg("seed") = py::none())
      .def("set_weather", &set_weather, text::set_weather, py::kw_only(),
           py::arg("danger_level") = py::none(), py::arg("wind_speed") = py::none(),
           py::arg("humidity") = py::none(), py::arg("temperature") = py::none(),
           py::arg("wind_direction") = py::none())
      .def(
          "batch", [](Fire& it, py::handle max_steps) { return it.film(course_of(it, max_steps)); },
          text::batch, py::arg("max_steps") = py::none());
  bind_looks(fire);
}

}  // namespace firesweep::python
