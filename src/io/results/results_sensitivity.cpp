#include <cmath>
#include <string>
#include <vector>

#include "results/estimate_column.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Writes datasets over the axes, one estimate of every effect in each.
class EffectWriter {
 public:
  EffectWriter(GroupWriter& group, const AxisSensitivities& sensitivity)
      : group_(group), sensitivity_(sensitivity) {}

  /// Writes estimate(effect) of each axis on the mean, a number or an interval.
  template <class Estimate>
  void write_of_mean(const Variable& variable, const GroupWriter::Dimensions& more,
                     const Estimate& estimate) {
    EstimateColumn column;
    for (const std::size_t axis : sensitivity_.axes) column.add(estimate(sensitivity_.mean.axes[axis]));
    group_.write(variable, dimensions({"axis"}, more), column.values());
  }

  /// The same of each axis on the exceedance of each threshold.
  template <class Estimate>
  void write_of_exceedance(const Variable& variable, const GroupWriter::Dimensions& more,
                           const Estimate& estimate) {
    EstimateColumn column;
    for (const std::size_t axis : sensitivity_.axes)
      for (const Sensitivity& of_threshold : sensitivity_.exceedance)
        column.add(estimate(of_threshold.axes[axis]));
    group_.write(variable, dimensions({"axis", "threshold"}, more), column.values());
  }

 private:
  static GroupWriter::Dimensions dimensions(GroupWriter::Dimensions first,
                                            const GroupWriter::Dimensions& more) {
    first.insert(first.end(), more.begin(), more.end());
    return first;
  }

  GroupWriter& group_;
  const AxisSensitivities& sensitivity_;
};

/// Writes where along each axis a mean is found; nowhere if there is no effect to be known.
void write_places(GroupWriter& group, const Variable& variable, const std::vector<Axis>& axes,
                  const AxisSensitivities& sensitivity, std::size_t AxisEffect::*level) {
  std::vector<std::string> labels;
  for (const std::size_t axis : sensitivity.axes) {
    const AxisEffect& effect = sensitivity.mean.axes[axis];
    labels.push_back(std::isnan(effect.effect) ? "" : label(axes[axis], effect.*level));
  }
  group.write(variable, {"axis"}, labels);
}

void write_mean(EffectWriter& writer) {
  writer.write_of_mean({"mean_effect", "1", "highest less lowest mean burn fraction along the axis"}, {},
                       [](const AxisEffect& effect) { return effect.effect; });
  writer.write_of_mean({"mean_effect_ci", "1", "t interval of the effect, for whichever levels it is of"},
                       {"bound"}, [](const AxisEffect& effect) { return effect.interval; });
  writer.write_of_mean({"mean_effect_normalised", "1", "effect in standard deviations of all burn fractions"},
                       {}, [](const AxisEffect& effect) { return effect.normalised; });
  writer.write_of_mean({"mean_lowest", "1", "lowest mean burn fraction along the axis"}, {},
                       [](const AxisEffect& effect) { return effect.lowest; });
  writer.write_of_mean({"mean_highest", "1", "highest mean burn fraction along the axis"}, {},
                       [](const AxisEffect& effect) { return effect.highest; });
  writer.write_of_mean({"mean_share", "1", "share of the variance of burn fractions that the axis explains"},
                       {}, [](const AxisEffect& effect) { return effect.share; });
  writer.write_of_mean({"mean_share_ci", "1", "bootstrap interval of the share"}, {"bound"},
                       [](const AxisEffect& effect) { return effect.share_interval; });
}

void write_exceedance(EffectWriter& writer) {
  writer.write_of_exceedance({"exceedance_effect", "1", "highest less lowest exceedance along the axis"}, {},
                             [](const AxisEffect& effect) { return effect.effect; });
  writer.write_of_exceedance({"exceedance_effect_ci", "1", "interval of the effect, as for the mean"},
                             {"bound"}, [](const AxisEffect& effect) { return effect.interval; });
  writer.write_of_exceedance({"exceedance_effect_normalised", "1", "effect in standard deviations"}, {},
                             [](const AxisEffect& effect) { return effect.normalised; });
  writer.write_of_exceedance({"exceedance_share", "1", "share of the variance that the axis explains"}, {},
                             [](const AxisEffect& effect) { return effect.share; });
  writer.write_of_exceedance({"exceedance_share_ci", "1", "bootstrap interval of the share"}, {"bound"},
                             [](const AxisEffect& effect) { return effect.share_interval; });
}

}  // namespace

void write_sensitivity(const ResultsContent& content) {
  const auto& sensitivity = content.estimates().sensitivity;
  if (!sensitivity) return;
  const std::vector<Axis>& axes = content.experiment().axes;
  GroupWriter group = content.root().create_group("sensitivity");
  group.attribute("seeds", static_cast<std::int64_t>(sensitivity->mean.seeds));
  group.attribute("scenarios", static_cast<std::int64_t>(sensitivity->mean.scenarios));
  group.attribute("chance_of_mean", canonical(sensitivity->mean.chance));
  std::vector<std::string> names;
  for (const std::size_t axis : sensitivity->axes) names.emplace_back(name(axes[axis]));
  group.coordinate({"axis", "1", "axis of the matrix with more than one value"}, names);

  EffectWriter writer(group, *sensitivity);
  write_mean(writer);
  write_places(group, {"mean_lowest_at", "1", "where the mean is lowest"}, axes, *sensitivity,
               &AxisEffect::lowest_level);
  write_places(group, {"mean_highest_at", "1", "where the mean is highest"}, axes, *sensitivity,
               &AxisEffect::highest_level);
  if (content.root().has_dimension("threshold")) write_exceedance(writer);
}

}  // namespace firesweep
