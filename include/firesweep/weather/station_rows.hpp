#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "firesweep/weather/station.hpp"
#include "firesweep/weather/station_days.hpp"

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

/// The row of one reading.
StationRow row_of(const StationReading& reading, const StationChoices& choices);

/// For programs, e.g. "bom_daily".
std::string_view key(StationFormat format);

/// How much earlier than the latest a reading is [s].
double age(const StationView& view, const StationReading& reading);

/// p(1) of the model, with its published constants.
double first_probability(const Weather& weather);

/// Degrees Fahrenheit.
double fahrenheit(double celsius);

/// A number of every reading.
struct StationQuantity {
  std::string_view key;      ///< for programs
  std::string_view heading;  ///< for people
  double Weather::*of;
};

inline constexpr std::array<StationQuantity, 3> station_quantities = {
    {{"temperature_degC", "temperature degC", &Weather::temperature},
     {"humidity_percent", "humidity %", &Weather::humidity},
     {"wind_speed_km_h", "wind km/h", &Weather::wind_speed}}};

/// The least, mean and greatest of what is shown.
struct StationRange {
  double least;
  double mean;
  double greatest;
};
StationRange range_of(const StationReadings& station, const StationQuantity& quantity);

/// What programs are told of a row: names and values, nothing where there is none, in a fixed order.
using StationField = std::variant<std::monostate, bool, std::int64_t, double, std::string>;
std::vector<std::pair<std::string_view, StationField>> fields_of(const StationView& view,
                                                                 const StationRow& row);

}  // namespace firesweep
