#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiment_keys.hpp"
#include "key_values.hpp"

namespace firesweep {

using ExperimentKeys = std::vector<ExperimentKey>;

/// Whether a parameter varies from scenario to scenario: by an axis of its own, or by the samples of a design.
inline bool is_swept(const Experiment& experiment, std::string_view parameter) {
  return std::ranges::any_of(experiment.axes, [&](const Axis& axis) { return varies(axis, parameter); });
}

/// The row of a value of a kind of key_values.hpp, its form; in(experiment) refers to it.
template <class In>
ExperimentKey value_key(std::string_view section, std::string_view name, const auto& form, In in,
                        std::string meaning, ExperimentKey::Role role = ExperimentKey::Role::run) {
  ExperimentKey key{section, name, std::move(meaning), role, form.schema(), {}, {}};
  Experiment defaults = default_experiment();
  key.form["default"] = form.json(in(defaults));
  key.decode = [form, in, what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                                  Experiment& experiment) {
    if (auto value = form.decode(node, what, decode)) in(experiment) = std::move(*value);
  };
  // Nothing is written through the reference.
  key.text = [form, in](const Experiment& experiment) {
    return std::optional(form.text(in(const_cast<Experiment&>(experiment))));
  };
  return key;
}

/// The same of a key that is written only where it is set, as its form says.
template <class In>
ExperimentKey optional_key(std::string_view section, std::string_view name, const auto& form, In in,
                           std::string meaning, ExperimentKey::Role role = ExperimentKey::Role::run) {
  ExperimentKey key{section, name, std::move(meaning), role, form.schema(), {}, {}};
  key.decode = [form, in, what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                                  Experiment& experiment) {
    if (auto value = form.decode(node, what, decode)) in(experiment) = std::move(*value);
  };
  key.text = [form, in](const Experiment& experiment) -> std::optional<std::string> {
    const auto& value = in(const_cast<Experiment&>(experiment));
    return form.is_set(value) ? std::optional(form.text(value)) : std::nullopt;
  };
  return key;
}

/// A key that has a default, and is written only where it is something else.
inline ExperimentKey unless_default(ExperimentKey key) {
  static const Experiment defaults;
  key.text = [text = key.text](const Experiment& experiment) -> std::optional<std::string> {
    const std::optional<std::string> value = text(experiment);
    return value == text(defaults) ? std::nullopt : value;
  };
  return key;
}

}  // namespace firesweep
