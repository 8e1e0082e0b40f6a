#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/process_memory.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/ensemble/footprint.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/read_plan.hpp"
#include "view/ground_view.hpp"

namespace firesweep {
namespace {

ExitCode validate_command(const GivenExperiment& given) {
  const auto [plan, landscapes] = read_plan(given);
  check_memory(plan, available_memory());
  fmt::print("{}: valid, {} ({} x {})\n", given.path, counted(plan.runs(), "run"),
             counted(plan.runs() / plan.seeds(), "scenario"), counted(plan.seeds(), "seed"));
  const std::string ground = ground_text(plan, landscapes);
  if (!ground.empty()) fmt::print("\n{}", ground);
  return ExitCode::done;
}

}  // namespace

Action add_validate(CLI::App& validate) {
  const auto read = std::make_shared<GivenExperiment>();
  add_experiment(validate, read->path, read->overrides);
  validate.footer("Example:\n  firesweep validate experiments/danger_levels.yaml && sbatch job.sh");
  return [read](const Invocation&) { return validate_command(*read); };
}

}  // namespace firesweep
