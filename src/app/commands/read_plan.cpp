#include "commands/read_plan.hpp"

#include <utility>

#include "firesweep/config/experiment_file.hpp"

#include "terminal/problem.hpp"

namespace firesweep {

Plan read_plan(const GivenExperiment& given) {
  ParsedExperiment parsed = parse_experiment(load_experiment(given.path, given.overrides));
  tell_warnings(parsed.warnings);
  return Plan(std::move(parsed.experiment));
}

}  // namespace firesweep
