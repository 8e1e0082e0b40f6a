#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/weather/station.hpp"
#include "firesweep/weather/station_days.hpp"

#include "view/json.hpp"

namespace firesweep {

/// What to show of a station.
struct StationChoices {
  std::optional<std::chrono::seconds> last;  ///< readings so close to the latest only
  bool is_per_day = true;                    ///< else a row per reading
  std::optional<double> drought_factor;      ///< of readings that have none [1]
};

/// A row of what is shown: a reading, or the worst of a day.
struct StationRow {
  StationReading reading;
  std::size_t of_readings = 1;  ///< on its day, of which it is the worst
  std::optional<double> danger_index;
};

/// A station's readings as they are shown.
struct StationView {
  StationReadings station;
  StationChoices choices;
  std::vector<StationDay> days;
  std::vector<StationRow> rows;
};

StationView view_of(StationReadings station, const StationChoices& choices);

/// p(1) of the model, with its published constants.
double first_probability(const Weather& weather);

/// Degrees Fahrenheit.
double fahrenheit(double celsius);

/// For people.
void print_station(const StationView& view);

Json json_of(const StationView& view);

/// A row of the view a line; 'firesweep weather' reads it again.
std::string station_csv(const StationView& view);

/// A `matrix.weather` of an experiment with an entry for each rating that days have, and its `season.days_per_year`, in YAML.
std::string station_axis(const StationView& view);

}  // namespace firesweep
