#include "results/results_content.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "firesweep/check/contract.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/store/results_file.hpp"

#include "content/results_marker.hpp"

namespace firesweep {

ResultsContent::ResultsContent(GroupWriter& root, GroupWriter& sums, const Results& results,
                               Estimating& estimating)
    : root_(root), sums_(sums), results_(results), estimating_(estimating) {}

GroupWriter::Dimensions ResultsContent::dimensions(const ArrayRow& array) const {
  GroupWriter::Dimensions names;
  const std::vector<Axis>& axes = experiment().axes;
  for (const Axis& axis : axes)
    if (array.over == Over::scenarios ||
        (array.over == Over::designs && !std::holds_alternative<SampleAxis>(axis)) ||
        (array.over == Over::years &&
         experiment().season->keeps(static_cast<std::size_t>(&axis - axes.data()))) ||
        (array.over == Over::compared_years &&
         experiment().season->keeps(static_cast<std::size_t>(&axis - axes.data())) &&
         array.group != comparison_group(name(axis))) ||
        (array.over == Over::comparisons && array.group != comparison_group(name(axis))) ||
        (array.over == Over::ignition_sets && std::holds_alternative<IgnitionSetAxis>(axis)) ||
        (array.over == Over::landscapes && std::holds_alternative<LandscapeAxis>(axis)))
      names.emplace_back(name(axis));
  for (const ArrayRow* dimension : array.dimensions()) names.emplace_back(dimension->name);
  return names;
}

std::span<const std::uint8_t> ResultsContent::land(std::size_t scenario) const {
  return *shared_land(scenario);
}

std::shared_ptr<const std::vector<std::uint8_t>> ResultsContent::shared_land(std::size_t scenario) const {
  const Landscape* landscape = plan().scenario(scenario).landscape.get();
  auto& land = land_[landscape];
  if (land) return land;
  std::vector<std::uint8_t> mask;
  if (landscape != nullptr) {
    const Extent extent = landscape->extent();
    mask.resize(extent.cells());
    for (std::uint64_t i = 0; i < mask.size(); ++i) mask[i] = landscape->is_land(extent.cell(i)) ? 1 : 0;
  }
  land = std::make_shared<const std::vector<std::uint8_t>>(std::move(mask));
  return land;
}

bool ResultsContent::is_map(const ArrayRow& array) {
  return std::ranges::find(array.dimensions(), &arrays::x) != array.dimensions().end();
}

bool ResultsContent::has(const GroupWriter& group, const ArrayRow& array) const {
  return is_in_file(array, experiment()) &&
         std::ranges::all_of(array.dimensions(), [&](const ArrayRow* dimension) {
           return group.has_dimension(std::string(dimension->name));
         });
}

void write_title(const ResultsContent& content) {
  GroupWriter& root = content.root();
  const Experiment& experiment = content.experiment();
  std::string axes;
  for (const Axis& axis : experiment.axes) axes += (axes.empty() ? "" : " ") + std::string(name(axis));
  const auto count = [&](const std::string& name, std::uint64_t value) {
    root.hashed_attribute(name, static_cast<std::int64_t>(value));
  };
  const Results& results = content.results();
  root.hashed_attribute("title", "Ensemble of bushfire simulations: " + experiment.name);
  root.hashed_attribute("name", experiment.name);
  root.attribute(marker_attribute, std::string(marker));
  root.attribute(format_version_attribute, std::int64_t{results_format_version});
  count("rng_version", rng_version);
  root.hashed_attribute("axes", axes);
  root.hashed_attribute("experiment", identity_yaml(experiment));
  count("width", experiment.base.extent.width);
  count("height", experiment.base.extent.height);
  if (const MaybePlacement& place = experiment.ground.placement)
    root.hashed_attribute(cell_area_attribute, cell_hectares(*place));
  if (experiment.ground.step_minutes) root.attribute(step_minutes_attribute, *experiment.ground.step_minutes);
  if (experiment.has_rasters()) {
    count("land_cells", experiment.ground.land_cells);
    count(burnable_cells_attribute, experiment.ground.burnable_cells);
  }
  count("max_steps", experiment.base.max_steps);
  count("runs_total", content.plan().runs());
  count("runs_ok", results.runs_ok());
  count("runs_failed", results.runs_failed());
  count("runs_missing", content.plan().runs() - results.runs_ok() - results.runs_failed());
}

}  // namespace firesweep
