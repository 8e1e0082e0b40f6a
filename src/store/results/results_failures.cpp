#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/results_content.hpp"

namespace firesweep {
namespace {

std::string scenario_text(const Plan& plan, std::size_t scenario) {
  const std::vector<std::string> labels = plan.labels(scenario);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    parts.push_back(fmt::format("{}={}", name(plan.experiment().axes[i]), labels[i]));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

void write_failures(const ResultsContent& content) {
  const std::vector<Failure> failures = content.results().failures();
  if (failures.empty()) return;
  std::vector<std::string> scenarios;
  std::vector<std::uint64_t> seeds;
  std::vector<std::string> messages;
  for (const Failure& failure : failures) {
    scenarios.push_back(scenario_text(content.plan(), failure.scenario));
    seeds.push_back(static_cast<std::uint64_t>(content.plan().seed(failure.seed)));
    messages.push_back(failure.message);
  }
  GroupWriter group = content.root().create_group(arrays::failure.group);
  group.index(arrays::failure, failures.size());
  content.write_whole(group, arrays::failed_scenario, scenarios);
  content.write_whole(group, arrays::failed_seed, seeds);
  content.write_whole(group, arrays::failure_message, messages);
}

}  // namespace firesweep
