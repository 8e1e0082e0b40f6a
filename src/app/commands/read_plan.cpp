#include "commands/read_plan.hpp"

#include <utility>

#include "firesweep/config/experiment_file.hpp"

#include "terminal/problem.hpp"

namespace firesweep {

ReadPlan read_plan(const GivenExperiment& given) {
  ParsedExperiment parsed = parse_experiment(load_experiment(given.path, given.overrides));
  tell_warnings(parsed.warnings);
  return {Plan(std::move(parsed.experiment)), std::move(parsed.landscapes)};
}

}  // namespace firesweep
