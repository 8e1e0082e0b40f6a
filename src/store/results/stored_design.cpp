#include "firesweep/ensemble/design_arrays.hpp"
#include "firesweep/experiment/compared_axes.hpp"

#include "results/estimate_reader.hpp"
#include "results/results_reader.hpp"
#include "results/stored_estimates.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {

std::vector<DesignEffects> read_design_effects(const hdf5::Handle& file, const Plan& plan) {
  const SampleAxis* samples = samples_of(plan.experiment());
  if (samples == nullptr || !has_array(file, arrays::quantity)) return {};
  const Design& design = samples->design;
  const hdf5::Handle group = group_of(file, arrays::quantity);
  const std::size_t parameters = design.parameters();
  const std::size_t pairs = design.has_second_order ? count_pairs(parameters) : 0;
  const std::size_t count =
      plan.scenarios() / samples->samples() * design_quantities(plan.experiment()).size();
  std::vector<DesignEffects> effects(count);
  for (DesignEffects& one : effects) {
    one.parameters.resize(parameters);
    one.second_order.resize(pairs);
  }
  for (const auto& row : design_effect_rows(design.method))
    read_estimate(group, std::string(row.name), row, count,
                  [&](std::size_t i) -> DesignEffects& { return effects[i]; });
  for (const auto& row : parameter_effect_rows(design.method))
    read_estimate(group, std::string(row.name), row, count * parameters,
                  [&](std::size_t i) -> ParameterEffect& {
                    return effects[i / parameters].parameters[i % parameters];
                  });
  for (const auto& row : second_order_rows())
    if (pairs > 0)
      read_estimate(group, std::string(row.name), row, count * pairs,
                    [&](std::size_t i) -> Estimated& { return effects[i / pairs].second_order[i % pairs]; });
  return effects;
}

}  // namespace firesweep
