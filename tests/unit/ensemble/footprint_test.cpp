#include "firesweep/ensemble/footprint.hpp"

#include <string>

#include "firesweep/check/input_error.hpp"
#include "firesweep/engine/record.hpp"

#include "../experiment/small_experiment.hpp"
#include "catch.hpp"

using namespace firesweep;

namespace {

Experiment on(Extent extent) {
  Experiment experiment = small_experiment();
  experiment.base.extent = extent;
  return experiment;
}

std::string complaint(const Plan& plan, std::uint64_t available) {
  try {
    check_memory(plan, {.bytes = available, .limit = "ulimit -v"});
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("the footprint covers the records and the counts of every cell and scenario") {
  Experiment experiment = on({1000, 500});
  experiment.outputs.arrival = true;
  const Footprint all = footprint(Plan(experiment));
  CHECK(all.results_memory >= 48U * 31U + 12U * 500'000U * (4U + 8U));
  CHECK(all.file >= 48U * 41U + 12U * 500'000U * (4U + 12U + 8U + 4U));
  CHECK(all.worker_memory >= (1U + 16U + 40U) * 500'000U);
}

TEST_CASE("thresholds take as much as there are estimates of scenarios and of pairs at each") {
  Experiment experiment = on({24, 24});
  const Footprint few = footprint(Plan(experiment));
  const std::size_t more = 2'999;
  experiment.outputs.thresholds.assign(3 + more, 0.5);
  const Footprint many = footprint(Plan(experiment));
  const std::uint64_t pairs = 12U / 2U;  // of two danger levels
  CHECK(many.file - few.file >= 8U * more * (12U * 12U + 5U * pairs));
  CHECK(many.results_memory - few.results_memory >= 2U * 8U * more * (12U * 12U + 5U * pairs));
}

TEST_CASE("what is not kept takes nothing") {
  Experiment experiment = on({1000, 500});
  experiment.outputs.maps = false;
  experiment.outputs.curves = false;
  const Footprint records = footprint(Plan(experiment));
  CHECK(records.results_memory < 500'000U);
  CHECK(records.file < 1'200'000U);
  CHECK(records.worker_memory == 500'000U);
}

TEST_CASE("mean arrival needs the burn counts, maps or not") {
  Experiment experiment = on({1000, 500});
  experiment.outputs.maps = false;
  const std::uint64_t without = footprint(Plan(experiment)).results_memory;
  experiment.outputs.arrival = true;
  CHECK(footprint(Plan(experiment)).results_memory >= without + 12U * 500'000U * (4U + 8U));
}

TEST_CASE("the curves of runs take as much as runs times steps") {
  Experiment experiment = on({1000, 500});
  experiment.base.max_steps = 999;
  const Footprint without = footprint(Plan(experiment));
  experiment.outputs.run_curves = true;
  const Footprint with = footprint(Plan(experiment));
  CHECK(with.results_memory >= without.results_memory + 48U * 1000U * 4U);
  CHECK(with.file >= 48U * 1000U * 4U);
  CHECK(with.worker_memory >= without.worker_memory + 1000U * 4U);
  experiment.seeds = Seeds(Seed{1}, 100'000);
  const std::string message = complaint(Plan(experiment), 1'000'000'000);
  INFO(message);
  CHECK(message.find("the curves of the runs") != std::string::npos);
  CHECK(message.find("outputs.run_curves: false") != std::string::npos);
}

TEST_CASE("curves of more runs than any machine can hold are still too much, not little") {
  Experiment experiment = on({max_grid_side, max_grid_side});
  experiment.outputs.run_curves = true;
  experiment.base.max_steps = max_steps_limit;
  experiment.seeds = Seeds(Seed{1}, 1'000'000);
  std::vector<double> winds;
  for (std::size_t i = 0; i < max_scenarios / 4; ++i) winds.push_back(static_cast<double>(i));
  experiment.axes.back() = ParameterAxis{find_parameter("wind_speed"), winds};
  const Footprint all = footprint(Plan(experiment));
  CHECK(all.results_memory >= std::uint64_t{1} << 60);
  CHECK(all.file >= std::uint64_t{1} << 60);
}

TEST_CASE("the largest experiments have a footprint that no 64-bit number overflows") {
  Experiment experiment = on({max_grid_side, max_grid_side});
  experiment.outputs.arrival = true;
  std::vector<double> winds;
  for (std::size_t i = 0; i < max_scenarios / 4; ++i) winds.push_back(static_cast<double>(i));
  experiment.axes.back() = ParameterAxis{find_parameter("wind_speed"), winds};
  const Plan plan(experiment);
  REQUIRE(plan.scenarios() == max_scenarios);
  const double cells = 65536.0 * 65536.0;
  CHECK(static_cast<double>(footprint(plan).results_memory) >= 12.0 * cells * 1e7);
  CHECK(static_cast<double>(footprint(plan).results_memory) < 13.0 * cells * 1e7);
  CHECK(static_cast<double>(footprint(plan).file) < 30.0 * cells * 1e7);
}

TEST_CASE("an experiment that fits is let through") {
  const Plan plan(small_experiment());
  CHECK(complaint(plan, footprint(plan).results_memory).empty());
  CHECK_FALSE(complaint(plan, footprint(plan).results_memory - 1).empty());
}

TEST_CASE("maps that do not fit are named, with what to change") {
  const std::string message = complaint(Plan(on({20'000, 20'000})), 8'000'000'000);
  INFO(message);
  CHECK(message.find("needs 23.8 GiB") != std::string::npos);
  CHECK(message.find("7.5 GiB are available, by ulimit -v") != std::string::npos);
  CHECK(message.find("the maps of burn counts") != std::string::npos);
  CHECK(message.find("outputs.maps: false") != std::string::npos);
}

TEST_CASE("records that do not fit ask for fewer seeds") {
  Experiment experiment = small_experiment();
  experiment.seeds = Seeds(Seed{1}, 1'000'000);
  const std::string message = complaint(Plan(experiment), 1'000'000);
  INFO(message);
  CHECK(message.find("the records of the runs") != std::string::npos);
  CHECK(message.find("fewer seeds") != std::string::npos);
}
