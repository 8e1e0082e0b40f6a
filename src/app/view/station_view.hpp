#pragma once

#include <string>

#include "firesweep/weather/station_rows.hpp"

#include "view/json.hpp"

namespace firesweep {

/// For people.
void print_station(const StationView& view);

Json json_of(const StationView& view);

/// A row of the view a line; 'firesweep weather' reads it again.
std::string station_csv(const StationView& view);

/// A `matrix.weather` of an experiment with an entry for each rating that days have, and its `season.days_per_year`, in YAML.
std::string station_axis(const StationView& view);

}  // namespace firesweep
