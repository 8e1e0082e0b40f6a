#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/experiment/axis.hpp"
#include "firesweep/model/weather.hpp"

#include "key_values.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// Where the files lie that experiments name, and what is valid in them, but may mislead.
struct StationFiles {
  std::filesystem::path folder;  ///< where relative paths start
  std::vector<Problem>& warnings;
};

/// What a station recorded, as the weather of a fire: that of step 0, and how it goes on.
struct StationWeather {
  WeatherParts parts;
  WeatherCourse course;
};

/// The keys beside `series` that say how to read it.
constexpr std::array<std::string_view, 5> series_keys = {"series", "from", "to", "time_format", "interval"};

/// What these keys may be, as JSON Schema says it.
Json series_forms();

/// Reads the series that the map `node` names, from its time `from` on; a reading holds from the first step that begins at
/// its time or later, and the last beyond the end. Returns nothing if that is a problem, which is noted.
std::optional<StationWeather> read_series(const SourceNode& node, const std::string& what,
                                          const std::optional<double>& step_minutes, StationFiles files,
                                          ValueDecoder& decode);

/// Reads a weather for each day of a station's file, named by its date: that of the reading by which fire spreads most.
std::optional<WeatherAxis> read_days(const SourceNode& node, const std::string& what, StationFiles files,
                                     ValueDecoder& decode);

}  // namespace firesweep
