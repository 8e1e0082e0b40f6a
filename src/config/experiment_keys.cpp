#include "experiment_keys.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/parameter.hpp"

namespace firesweep {
namespace {

std::vector<ExperimentSection> make_sections() {
  ExperimentSection root{"",
                         {"name", "landscape", "matrix", "weather", "model", "on_bare_ground", "max_steps",
                          "exclude", "outputs", "on_failure", "max_failed"}};
  ExperimentSection landscape{"landscape", {"width", "height"}};
  ExperimentSection matrix{"matrix", {"danger_level", "ignition_set", "seed"}};
  ExperimentSection weather{"weather", {}};
  ExperimentSection model{"model", {"combination"}};
  ExperimentSection outputs{
      "outputs",
      {"maps", "arrival", "curves", "run_curves", "cell_counts", "thresholds", "quantiles", "confidence"}};
  for (const Parameter& parameter : parameters()) {
    ExperimentSection& home = parameter.section == Parameter::Section::landscape ? landscape
                              : parameter.section == Parameter::Section::weather ? weather
                                                                                 : model;
    home.keys.push_back(parameter.name);
    matrix.keys.push_back(parameter.name);
  }
  return {root, landscape, weather, model, matrix, outputs};
}

}  // namespace

const std::vector<ExperimentSection>& experiment_sections() {
  static const std::vector<ExperimentSection> sections = make_sections();
  return sections;
}

const std::vector<std::string_view>& keys_of(std::string_view section) {
  for (const ExperimentSection& candidate : experiment_sections())
    if (candidate.name == section) return candidate.keys;
  break_contract("the experiment has that section", __FILE__, __LINE__);
}

bool is_idle(std::string_view key) {
  return key == "wind_direction";
}

std::string belonging(std::string_view key) {
  std::string homes;
  for (const auto& [name, keys] : experiment_sections()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) continue;
    homes += fmt::format("{}{}", homes.empty() ? "" : " or ", name.empty() ? "the top level" : name);
  }
  return homes.empty() ? "" : fmt::format("; it belongs in {}", homes);
}

}  // namespace firesweep
