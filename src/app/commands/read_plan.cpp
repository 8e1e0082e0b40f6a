#include "commands/read_plan.hpp"

#include <utility>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/spread_limits.hpp"

#include "terminal/problem.hpp"

namespace firesweep {

ReadPlan read_plan(const GivenExperiment& given) {
  ParsedExperiment parsed = parse_experiment(load_experiment(given.path, given.overrides));
  tell_warnings(parsed.warnings);
  Plan plan(std::move(parsed.experiment));
  check_spread_limits(plan);
  return {std::move(plan), std::move(parsed.landscapes)};
}

}  // namespace firesweep
