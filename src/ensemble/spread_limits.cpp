#include "firesweep/ensemble/spread_limits.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/engine/rule_of.hpp"
#include "firesweep/experiment/parameter.hpp"

namespace firesweep {
namespace {

/// Whether scenarios that differ on the axis alone may have different rules.
bool decides_rule(const Axis& axis) {
  if (std::holds_alternative<IgnitionSetAxis>(axis)) return false;
  const auto* numbers = std::get_if<ParameterAxis>(&axis);
  return numbers == nullptr || (numbers->parameter->section != Parameter::Section::spotting &&
                                numbers->parameter->name != "vegetation_density");
}

std::size_t first_of_its_rule(const Plan& plan, std::size_t scenario) {
  const std::vector<Axis>& axes = plan.experiment().axes;
  std::vector<std::size_t> places = plan.shape().places(scenario);
  for (std::size_t axis = 0; axis < axes.size(); ++axis)
    if (!decides_rule(axes[axis])) places[axis] = 0;
  return plan.shape().element(places);
}

/// Why there is no rule for a scenario; empty if there is one.
std::string objection_to(const Scenario& scenario) {
  try {
    for (const WeatherPeriod& period : weather_periods(scenario)) rule_of(scenario, period.weather);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

void check_spread_limits(const Plan& plan) {
  enum class Verdict : std::uint8_t { unknown, within, beyond };
  std::vector<Verdict> verdicts(plan.scenarios(),
                                Verdict::unknown);  // by the first place of those of one rule
  std::string first;
  std::uint64_t beyond = 0;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    if (plan.is_excluded(scenario)) continue;
    Verdict& verdict = verdicts[first_of_its_rule(plan, scenario)];
    if (verdict == Verdict::unknown) {
      const std::string objection = objection_to(plan.scenario(scenario));
      verdict = objection.empty() ? Verdict::within : Verdict::beyond;
      if (first.empty() && !objection.empty())
        first = fmt::format("{}: {}", plan.scenario_name(scenario), objection);
    }
    beyond += verdict == Verdict::beyond ? 1 : 0;
  }
  if (beyond == 0) return;
  const std::string others =
      beyond == 1 ? "" : fmt::format(" ({} are like this)", counted(beyond, "scenario"));
  throw InputError(first + others);
}

}  // namespace firesweep
