#include "station_names.hpp"

#include <algorithm>

namespace firesweep {
namespace {

constexpr StationName own[] = {
    {Measure::time, "time"},
    {Measure::time, "date_time"},
    {Measure::time, "datetime"},
    {Measure::time, "timestamp"},
    {Measure::date, "date"},
    {Measure::temperature, "temperature"},
    {Measure::temperature, "temp"},
    {Measure::temperature, "air_temperature"},
    {Measure::temperature, "air_temp"},
    {Measure::humidity, "humidity"},
    {Measure::humidity, "relative_humidity"},
    {Measure::humidity, "rh"},
    {Measure::wind_speed, "wind_speed"},
    {Measure::wind_speed, "wind"},
    {Measure::wind_gust, "wind_gust"},
    {Measure::wind_gust, "gust"},
    {Measure::wind_from, "wind_from"},
    {Measure::wind_from, "wind_direction_from"},
    {Measure::wind_from, "wind_from_direction"},
    {Measure::wind_towards, "wind_towards"},
    {Measure::wind_towards, "wind_direction_towards"},
    {Measure::wind_towards, "wind_towards_direction"},
    {Measure::wind_towards, "wind_to_direction"},
    {Measure::drought_factor, "drought_factor"},
};

constexpr StationName synoptic[] = {
    {Measure::time, "date_time"},
    {Measure::temperature, "air_temp_set_1"},
    {Measure::humidity, "relative_humidity_set_1"},
    {Measure::wind_speed, "wind_speed_set_1"},
    {Measure::wind_gust, "wind_gust_set_1"},
    {Measure::wind_from, "wind_direction_set_1"},
};

constexpr StationName wxs[] = {
    {Measure::year, "year"},          {Measure::month, "mth"},         {Measure::day, "day"},
    {Measure::time, "time"},          {Measure::temperature, "temp"},  {Measure::humidity, "rh"},
    {Measure::wind_speed, "windspd"}, {Measure::wind_from, "winddir"},
};

constexpr StationName bom_9am[] = {
    {Measure::date, "date"},
    {Measure::temperature, "9am_temperature"},
    {Measure::humidity, "9am_relative_humidity"},
    {Measure::wind_speed, "9am_wind_speed"},
    {Measure::wind_from, "9am_wind_direction"},
};

constexpr StationName bom_3pm[] = {
    {Measure::date, "date"},
    {Measure::temperature, "3pm_temperature"},
    {Measure::humidity, "3pm_relative_humidity"},
    {Measure::wind_speed, "3pm_wind_speed"},
    {Measure::wind_from, "3pm_wind_direction"},
};

constexpr StationName bom_gust[] = {
    {Measure::date, "date"},
    {Measure::temperature, "3pm_temperature"},
    {Measure::humidity, "3pm_relative_humidity"},
    {Measure::wind_gust, "speed_of_maximum_wind_gust"},
    {Measure::wind_from, "direction_of_maximum_wind_gust"},
};

constexpr std::string_view sideless[] = {"wind_direction", "wind_dir", "winddirection",
                                         "winddir",        "wd",       "direction"};

}  // namespace

std::vector<ReadingNames> reading_names(StationFormat format, StationOptions::Wind wind) {
  constexpr std::chrono::hours morning(9), afternoon(15);
  switch (format) {
    case StationFormat::bom_daily:
      if (wind == StationOptions::Wind::gust) return {{bom_gust, afternoon}};
      return {{bom_9am, morning}, {bom_3pm, afternoon}};
    case StationFormat::synoptic:
      return {{synoptic}};
    case StationFormat::wxs:
      return {{wxs}};
    default:
      return {{own}};
  }
}

std::span<const std::string_view> sideless_names() {
  return sideless;
}

}  // namespace firesweep
