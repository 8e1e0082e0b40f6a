#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firesweep/experiment/axis.hpp"
#include "firesweep/experiment/experiment.hpp"

#include "key_rows.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// Adds the keys of `weather:` that say how the weather goes on; those of its numbers are parameters.
void add_weather_keys(ExperimentKeys& keys);

/// What matrix.weather may be, as JSON Schema says it.
Json weathers_form();

/// Returns what `node`, the value of matrix.weather, says, or notes every problem in it and returns nothing.
/// `step_minutes` is what a step takes, if anybody has said it.
std::optional<WeatherAxis> decode_weathers(const SourceNode& node, const std::optional<double>& step_minutes,
                                           ValueDecoder& decode);

/// One of its weathers as YAML.
std::string weather_text(const NamedWeather& weather);

/// Notes what does not go together: weathers that lack a number or are said twice, axes and changes of the same
/// number, and a first change that no weather has.
void check_weather(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode);

}  // namespace firesweep
