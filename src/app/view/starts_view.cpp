#include "view/starts_view.hpp"

#include <variant>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"

#include "terminal/terminal.hpp"

namespace firesweep {
namespace {

using Among = RandomIgnition::Among;

struct PlaceName {
  std::string_view operator()(const IgnitionAnywhere&) const { return ""; }
  std::string_view operator()(const IgnitionPoints&) const { return "of its points"; }
  std::string_view operator()(const IgnitionLine&) const { return "of a line"; }
  std::string_view operator()(const IgnitionBox&) const { return "of an area"; }
  std::string_view operator()(const IgnitionDensity&) const { return "with a density"; }
};

/// The place of a set that is one.
Among place_of(const IgnitionSet& set) {
  if (const auto* random = std::get_if<RandomIgnition>(&set)) return random->among;
  if (const auto* line = std::get_if<IgnitionLine>(&set)) return *line;
  if (const auto* box = std::get_if<IgnitionBox>(&set)) return *box;
  return IgnitionAnywhere{};
}

}  // namespace

std::string starts_text(const Plan& plan) {
  const Experiment& experiment = plan.experiment();
  std::string text;
  for (const NamedIgnitionSet* named : ignition_sets(experiment)) {
    const Among place = place_of(named->set);
    if (std::holds_alternative<IgnitionAnywhere>(place)) continue;
    const std::uint64_t cells =
        named->starts ? named->starts->cells()
                      : start_cells(place, experiment.base.extent, landscapes_of(experiment)).cells();
    const auto* random = std::get_if<RandomIgnition>(&named->set);
    text += fmt::format("starts  {}: {}{} {}{}\n", printable(named->name),
                        random ? fmt::format("{} of ", grouped(random->count)) : std::string(),
                        counted(cells, experiment.has_rasters() ? "burnable cell" : "cell"),
                        std::visit(PlaceName{}, place), random ? ", drawn for every seed" : "");
  }
  return text;
}

}  // namespace firesweep
