#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firesweep/ensemble/design_arrays.hpp"
#include "firesweep/experiment/compared_axes.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// The numbers of an estimate of each owner, one after the other.
template <class Owner>
void append(const EstimateRow<Owner>& row, const Owner& owner, std::vector<double>& values) {
  std::ranges::transform(row.numbers(owner), std::back_inserter(values), canonical);
}

/// Writes estimates that each effect has some of, as of(effects) lists them.
template <class Owner>
void write_rows(const ResultsContent& content, GroupWriter& group, std::span<const EstimateRow<Owner>> rows,
                const auto& of) {
  for (const EstimateRow<Owner>& row : rows) {
    std::vector<double> values;
    for (const DesignEffects& effects : content.estimates().design)
      for (const Owner& owner : of(effects)) append(row, owner, values);
    content.write_whole(group, array_of(row), values);
  }
}

std::vector<std::string> pair_names(const Design& design) {
  std::vector<std::string> names;
  for (const auto& [first, second] : pairs_of(design.parameters()))
    names.push_back(
        fmt::format("{} {}", design.columns[first].parameter->name, design.columns[second].parameter->name));
  return names;
}

}  // namespace

void write_design(const ResultsContent& content) {
  const SampleAxis* samples = samples_of(content.experiment());
  if (samples == nullptr) return;
  const Design& design = samples->design;
  GroupWriter group = content.root().create_group(arrays::quantity.group);
  std::vector<std::string> names;
  for (const Design::Column& column : design.columns) names.emplace_back(column.parameter->name);
  group.coordinate(arrays::quantity, design_quantities(content.experiment()));
  group.coordinate(arrays::parameter, names);
  if (design.has_second_order && names.size() > 1)
    group.coordinate(arrays::parameter_pair, pair_names(design));
  group.hashed_attribute("method", std::string(name(design.method)));
  write_rows(content, group, design_effect_rows(design.method),
             [](const DesignEffects& effects) { return std::span(&effects, 1); });
  write_rows(
      content, group, parameter_effect_rows(design.method),
      [](const DesignEffects& effects) -> auto& { return effects.parameters; });
  write_rows(
      content, group, second_order_rows(),
      [](const DesignEffects& effects) -> auto& { return effects.second_order; });
}

}  // namespace firesweep
