// What one fire costs: kernels, instruction sets, danger levels, grids, tallies and threads inside a run.
// Time is per fire; per_cell is that per burnt cell. Every benchmark burns the seeds 0, 1, 2, ...

#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "firesweep/model/danger_level.hpp"

#include "bench_landscape.hpp"
#include "dense_kernel.hpp"
#include "tile_kernel.hpp"

namespace {

using namespace firesweep;

Scenario centre_fire(DangerLevel level, std::uint32_t side) {
  Scenario scenario;
  scenario.extent = {side, side};
  scenario.weather = weather_of(level);
  scenario.ignition = IgnitionPoints{{side / 2, side / 2}};
  scenario.on_bare_ground = OnBareGround::force;
  scenario.max_steps = 100'000;
  return scenario;
}

// Burns the seeds 0 .. seeds - 1 over and over, one per iteration.
void burn(benchmark::State& state, Kernel& kernel, const Scenario& scenario, std::uint64_t seeds) {
  std::uint64_t burnt = 0;
  std::uint64_t runs = 0;
  for (auto iteration : state) {
    (void)iteration;
    burnt += kernel.run(scenario, Seed{runs % seeds}).burnt_cells;
    if (++runs % max_fires_per_tally == 0) kernel.take_tally();
  }
  state.counters["per_cell"] = benchmark::Counter(static_cast<double>(burnt),
                                                  benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["cells"] = static_cast<double>(burnt) / static_cast<double>(runs);
}

// Seeds enough for a mean, few enough to come round within a second.
std::uint64_t seeds_for(DangerLevel level, std::uint32_t side) {
  return level >= DangerLevel::extreme ? std::uint64_t{1} + (std::uint64_t{1} << 25) / (side * side)
                                       : 100'000;
}

void dense(benchmark::State& state, DangerLevel level, std::uint32_t side) {
  const Scenario scenario = centre_fire(level, side);
  DenseKernel kernel(scenario.extent, {}, 1);
  burn(state, kernel, scenario, level >= DangerLevel::extreme ? 3 : 30);
}

void tile(benchmark::State& state, InstructionSet set, DangerLevel level, std::uint32_t side,
          TallyChoice choice) {
  const Scenario scenario = centre_fire(level, side);
  TileKernel kernel(scenario.extent, choice, 1, tile_operations(set));
  burn(state, kernel, scenario, seeds_for(level, side));
}

// A fire on a landscape, and whether the kernel is the naive one.
struct LandscapeCase {
  std::string name;
  BenchLandscape landscape;
  double wind_directionality = 0.036;
  Combination combination = Combination::linear;
  Spotting spotting = {};
  std::uint32_t steps_per_weather = 0;  // 0: it never changes
};

const std::vector<LandscapeCase> landscape_cases = {
    {"uniform", {}, 0.0},
    {"wind", {}},
    {"patches", {.classes = 13}},
    {"mosaic", {.classes = 13, .patch = 1}},
    {"slope", {.classes = 13, .is_hilly = true}},
    {"slope_200_classes", {.classes = 200, .is_hilly = true}},
    {"slope_independent", {.classes = 13, .is_hilly = true}, 0.036, Combination::independent},
    {"slope_residence", {.classes = 13, .is_hilly = true, .longest_burn_steps = 8}},
    {"slope_embers",
     {.classes = 13, .is_hilly = true},
     0.036,
     Combination::linear,
     {.rate = 0.01, .distance = 300}},
    {"slope_weather", {.classes = 13, .is_hilly = true}, 0.036, Combination::linear, {}, 20},
};

// The wind goes to and fro, and is never the same twice.
WeatherCourse turning_wind(std::uint32_t steps_per_weather) {
  WeatherCourse course;
  course.change_step = steps_per_weather;
  for (std::uint32_t i = 0; i < 150; ++i)
    course.changes.push_back(
        {i * steps_per_weather, {.wind_direction = 235.0 + (i % 2 == 0 ? 15.0 : -15.0) + 0.01 * i}});
  return course;
}

// Each over most of the grid. The uniform one is a catastrophic fire as above, to compare with.
Scenario landscape_fire(const LandscapeCase& choice, std::uint32_t side) {
  Scenario scenario = centre_fire(DangerLevel::catastrophic, side);
  if (choice.name == "uniform") return scenario;
  static std::map<std::string, std::shared_ptr<const Landscape>> made;  // takes longer than the fires
  auto& landscape = made[choice.name];
  if (landscape == nullptr) landscape = make_landscape(choice.landscape, side);
  scenario.landscape = landscape;
  scenario.weather.wind_speed = 20;
  scenario.weather.wind_direction = 235;
  scenario.spread.wind_directionality = choice.wind_directionality;
  scenario.spread.combination = choice.combination;
  scenario.spotting = choice.spotting;
  if (choice.steps_per_weather > 0) scenario.course = turning_wind(choice.steps_per_weather);
  scenario.spread.base_rate = 0.7;
  scenario.spread.max_probability = 0.7;
  return scenario;
}

void landscape(benchmark::State& state, InstructionSet set, const LandscapeCase& choice) {
  const Scenario scenario = landscape_fire(choice, 1024);
  TileKernel kernel(scenario.extent, {}, 1, tile_operations(set));
  burn(state, kernel, scenario, 8);
  if (scenario.landscape != nullptr)
    state.counters["bins"] = static_cast<double>(scenario.landscape->bins().size());
}

void dense_landscape(benchmark::State& state, const LandscapeCase& choice) {
  const Scenario scenario = landscape_fire(choice, 1024);
  DenseKernel kernel(scenario.extent, {}, 1);
  burn(state, kernel, scenario, 1);
}

void threads(benchmark::State& state, std::uint32_t side, int count) {
  const Scenario scenario = centre_fire(DangerLevel::catastrophic, side);
  const auto kernel = make_tile_kernel(scenario.extent, {}, count);
  burn(state, *kernel, scenario, 1);
}

std::string title(std::string_view kernel, DangerLevel level, std::uint32_t side) {
  return std::string(kernel) + "/" + std::string(name(level)) + "/" + std::to_string(side);
}

void add_all() {
  for (const std::uint32_t side : {256U, 1024U}) {
    for (const DangerLevel level : all_danger_levels) {
      for (const InstructionSet set : supported_instruction_sets())
        benchmark::RegisterBenchmark(title(name(set), level, side).c_str(), tile, set, level, side,
                                     TallyChoice{})
            ->Unit(benchmark::kMicrosecond);
    }
  }
  for (const DangerLevel level : {DangerLevel::high, DangerLevel::catastrophic}) {
    const InstructionSet set = supported_instruction_sets().back();
    benchmark::RegisterBenchmark(title("burn_count", level, 1024).c_str(), tile, set, level, 1024U,
                                 TallyChoice{.burn_count = true})
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark(title("all_tallies", level, 1024).c_str(), tile, set, level, 1024U,
                                 TallyChoice{.burn_count = true, .arrival = true, .curves = true})
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark(title("dense", level, 1024).c_str(), dense, level, 1024U)
        ->Unit(benchmark::kMicrosecond);
  }
  for (const LandscapeCase& choice : landscape_cases) {
    for (const InstructionSet set : supported_instruction_sets())
      benchmark::RegisterBenchmark((std::string(name(set)) + "/landscape/" + choice.name).c_str(), landscape,
                                   set, choice)
          ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark(("dense/landscape/" + choice.name).c_str(), dense_landscape, choice)
        ->Unit(benchmark::kMicrosecond);
  }
  for (const int count : {1, 2})
    benchmark::RegisterBenchmark(("threads/" + std::to_string(count) + "/8192").c_str(), threads, 8192U,
                                 count)
        ->Unit(benchmark::kMicrosecond)
        ->UseRealTime();
}

}  // namespace

int main(int argc, char** argv) {
  add_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
