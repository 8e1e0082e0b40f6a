#include "firesweep/weather/station_rows.hpp"

#include <algorithm>
#include <numeric>

#include "firesweep/model/forest_fire_danger.hpp"
#include "firesweep/model/rating.hpp"
#include "firesweep/model/spread.hpp"

namespace firesweep {
namespace {

std::optional<double> danger_index(const StationReading& reading, const StationChoices& choices) {
  const auto drought = reading.drought_factor ? reading.drought_factor : choices.drought_factor;
  return drought ? std::optional(forest_fire_danger_index(reading.weather, *drought)) : std::nullopt;
}

}  // namespace

std::string_view key(StationFormat format) {
  constexpr std::array<std::string_view, 4> keys = {"own", "bom_daily", "synoptic", "wxs"};
  return keys[static_cast<std::size_t>(format)];
}

double first_probability(const Weather& weather) {
  return spread_probability(weather, SpreadParameters{})[1];
}

double fahrenheit(double celsius) {
  return 1.8 * celsius + 32.0;
}

double age(const StationView& view, const StationReading& reading) {
  return static_cast<double>((view.station.readings.back().time - reading.time).count());
}

StationRow row_of(const StationReading& reading, const StationChoices& choices) {
  return {reading, 1, danger_index(reading, choices)};
}

StationView view_of(StationReadings station, const StationChoices& choices) {
  StationView view{std::move(station), choices, {}, {}};
  std::vector<StationReading>& readings = view.station.readings;
  if (choices.last) {
    const ClockTime since = readings.back().time - *choices.last;
    std::erase_if(readings, [&](const StationReading& reading) { return reading.time <= since; });
    std::erase_if(view.station.gaps, [&](const StationGap& gap) { return gap.from <= since; });
  }
  view.days = days_of(view.station);
  if (choices.is_per_day) {
    for (const StationDay& day : view.days)
      view.rows.push_back({day.worst, day.readings, danger_index(day.worst, choices)});
  } else {
    for (const StationReading& reading : readings) view.rows.push_back(row_of(reading, choices));
  }
  return view;
}

StationRange range_of(const StationReadings& station, const StationQuantity& quantity) {
  std::vector<double> values;
  for (const StationReading& reading : station.readings) values.push_back(reading.weather.*quantity.of);
  const auto [least, greatest] = std::ranges::minmax(values);
  return {least, std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()),
          greatest};
}

std::vector<std::pair<std::string_view, StationField>> fields_of(const StationView& view,
                                                                 const StationRow& row) {
  const Weather& weather = row.reading.weather;
  std::vector<std::pair<std::string_view, StationField>> fields = {{"time", time_text(row.reading.time, 'T')},
                                                                   {"line", std::int64_t{row.reading.line}}};
  const auto add = [&](std::string_view name, StationField value) {
    fields.emplace_back(name, std::move(value));
  };
  const auto add_if_any = [&](std::string_view name, const std::optional<double>& value) {
    add(name, value ? StationField(*value) : StationField());
  };
  if (view.choices.is_per_day) add("readings", static_cast<std::int64_t>(row.of_readings));
  if (view.choices.last) add("age_s", age(view, row.reading));
  add("temperature_degC", weather.temperature);
  add("temperature_degF", fahrenheit(weather.temperature));
  add("humidity_percent", weather.humidity);
  add("wind_speed_km_h", weather.wind_speed);
  add_if_any("wind_from", row.reading.has_direction ? std::optional(weather.wind_direction) : std::nullopt);
  add("rating", std::string(name(rate(weather))));
  add("dangerous", is_dangerous(weather));
  add("p1", first_probability(weather));
  add_if_any("ffdi", row.danger_index);
  return fields;
}

}  // namespace firesweep
