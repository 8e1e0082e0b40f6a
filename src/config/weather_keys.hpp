#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firesweep/experiment/axis.hpp"
#include "firesweep/experiment/experiment.hpp"

#include "key_rows.hpp"
#include "value_decoder.hpp"
#include "weather_series.hpp"

namespace firesweep {

/// Adds the keys of `weather:` that say how the weather goes on; those of its numbers are parameters.
void add_weather_keys(ExperimentKeys& keys);

/// What matrix.weather may be, as JSON Schema says it.
Json weathers_form();

/// Returns what `node`, the value of matrix.weather, says, or notes every problem in it and returns nothing.
/// `step_minutes` is what a step takes, if anybody has said it. Without `files`, stations' files are not read.
std::optional<WeatherAxis> decode_weathers(const SourceNode& node, const std::optional<double>& step_minutes,
                                           std::optional<StationFiles> files, ValueDecoder& decode);

/// Reads the series that `node`, the value of `weather`, names, if it does: then that is the weather of the experiment.
void complete_weather(const SourceNode& node, std::optional<StationFiles> files, Experiment& experiment,
                      ValueDecoder& decode);

/// One of its weathers as YAML.
std::string weather_text(const NamedWeather& weather);

}  // namespace firesweep
