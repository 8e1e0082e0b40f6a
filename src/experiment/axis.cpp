#include "firesweep/experiment/axis.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

struct NameOf {
  std::string_view operator()(const DangerLevelAxis&) const { return DangerLevelAxis::name; }
  std::string_view operator()(const WeatherAxis&) const { return WeatherAxis::name; }
  std::string_view operator()(const LandscapeAxis&) const { return LandscapeAxis::name; }
  std::string_view operator()(const IgnitionSetAxis&) const { return IgnitionSetAxis::name; }
  std::string_view operator()(const ParameterAxis& axis) const { return axis.parameter->name; }
  std::string_view operator()(const SampleAxis&) const { return SampleAxis::name; }
};

struct SizeOf {
  std::size_t operator()(const DangerLevelAxis& axis) const { return axis.levels.size(); }
  std::size_t operator()(const WeatherAxis& axis) const { return axis.weathers.size(); }
  std::size_t operator()(const LandscapeAxis& axis) const { return axis.landscapes.size(); }
  std::size_t operator()(const IgnitionSetAxis& axis) const { return axis.sets.size(); }
  std::size_t operator()(const ParameterAxis& axis) const { return axis.values.size(); }
  std::size_t operator()(const SampleAxis& axis) const { return axis.samples(); }
};

struct LabelOf {
  std::size_t i;
  std::string operator()(const DangerLevelAxis& axis) const { return std::string(name(axis.levels[i])); }
  std::string operator()(const WeatherAxis& axis) const { return axis.weathers[i].name; }
  std::string operator()(const LandscapeAxis& axis) const { return axis.landscapes[i].name; }
  std::string operator()(const IgnitionSetAxis& axis) const { return axis.sets[i].name; }
  std::string operator()(const ParameterAxis& axis) const { return fmt::format("{}", axis.values[i]); }
  std::string operator()(const SampleAxis&) const { return fmt::format("{}", i); }
};

}  // namespace

std::string_view name(const Axis& axis) {
  return std::visit(NameOf{}, axis);
}

std::size_t size(const Axis& axis) {
  return std::visit(SizeOf{}, axis);
}

bool varies(const Axis& axis, std::string_view parameter) {
  const auto* samples = std::get_if<SampleAxis>(&axis);
  if (samples == nullptr) return name(axis) == parameter;
  return std::ranges::any_of(samples->design.columns, [&](const Design::Column& column) {
    return column.parameter->name == parameter;
  });
}

std::string label(const Axis& axis, std::size_t i) {
  expects(i < size(axis), "the label is one of the axis");
  return std::visit(LabelOf{i}, axis);
}

}  // namespace firesweep
