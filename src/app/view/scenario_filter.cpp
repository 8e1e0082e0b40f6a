#include "view/scenario_filter.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/experiment/run_choice.hpp"

namespace firesweep {
namespace {

std::size_t axis_of(const StoredResults& results, const std::string& choice, const std::string& name) {
  const auto axis = std::ranges::find(results.axes(), name, &StoredAxis::name);
  if (axis != results.axes().end()) return static_cast<std::size_t>(axis - results.axes().begin());
  std::vector<std::string> names;
  for (const StoredAxis& known : results.axes()) names.push_back(known.name);
  throw InputError(fmt::format("--scenario {}: {} has no axis '{}' (it has {}){}", choice, results.path(),
                               name, fmt::join(names, ", "), suggestion(name, names)));
}

std::size_t place_of(const StoredAxis& axis, const std::string& choice, const std::string& value) {
  // 40.0 is 40, but the name "01" is not "1".
  const std::optional<double> number =
      axis.name == "ignition_set" ? std::nullopt : parse_number<double>(value);
  const auto label = std::ranges::find_if(axis.labels, [&](const std::string& known) {
    return known == value || (number && parse_number<double>(known) == number);
  });
  if (label != axis.labels.end()) return static_cast<std::size_t>(label - axis.labels.begin());
  throw InputError(fmt::format("--scenario {}: {} has no value '{}' (it has {}){}", choice, axis.name, value,
                               fmt::join(axis.labels, ", "), suggestion(value, axis.labels)));
}

// Which places along each axis a choice allows, all if empty.
std::vector<std::vector<std::size_t>> allowed_places(const StoredResults& results,
                                                     const std::string& choice) {
  std::vector<std::vector<std::size_t>> allowed(results.axes().size());
  for (const auto& [name, value, source] : parse_coordinates(choice)) {
    const std::size_t axis = axis_of(results, choice, name);
    allowed[axis].push_back(place_of(results.axes()[axis], choice, value));
  }
  return allowed;
}

bool is_allowed(const StoredResults& results, const std::vector<std::vector<std::size_t>>& allowed,
                std::size_t scenario) {
  for (std::size_t a = results.axes().size(); a-- > 0;) {
    const std::size_t length = results.axes()[a].labels.size();
    if (!allowed[a].empty() && std::ranges::find(allowed[a], scenario % length) == allowed[a].end())
      return false;
    scenario /= length;
  }
  return true;
}

}  // namespace

std::vector<std::size_t> chosen_scenarios(const StoredResults& results,
                                          std::span<const std::string> choices) {
  std::vector<std::vector<std::vector<std::size_t>>> allowed;
  for (const std::string& choice : choices) allowed.push_back(allowed_places(results, choice));
  std::vector<std::size_t> chosen;
  for (std::size_t s = 0; s < results.counts().size(); ++s) {
    if (results.counts()[s].planned == 0) continue;
    const auto allows = [&](const auto& places) { return is_allowed(results, places, s); };
    if (allowed.empty() || std::ranges::any_of(allowed, allows)) chosen.push_back(s);
  }
  if (chosen.empty() && !choices.empty())
    throw InputError(
        fmt::format("--scenario {}: the experiment excludes all of it", fmt::join(choices, " --scenario ")));
  return chosen;
}

}  // namespace firesweep
