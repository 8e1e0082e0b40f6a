#include "station_columns.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"

namespace firesweep {
namespace {

struct NameRow {
  Measure measure;
  std::string_view name;  // as plain_name() has it
};

constexpr NameRow own_names[] = {
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
    {Measure::wind_from, "wind_from"},
    {Measure::wind_from, "wind_direction_from"},
    {Measure::wind_from, "wind_from_direction"},
    {Measure::wind_towards, "wind_towards"},
    {Measure::wind_towards, "wind_direction_towards"},
    {Measure::wind_towards, "wind_towards_direction"},
    {Measure::wind_towards, "wind_to_direction"},
    {Measure::drought_factor, "drought_factor"},
};

constexpr NameRow synoptic_names[] = {
    {Measure::time, "date_time"},
    {Measure::temperature, "air_temp_set_1"},
    {Measure::humidity, "relative_humidity_set_1"},
    {Measure::wind_speed, "wind_speed_set_1"},
    {Measure::wind_from, "wind_direction_set_1"},
    {Measure::drought_factor, "drought_factor"},
};

constexpr NameRow bom_9am_names[] = {
    {Measure::date, "date"},
    {Measure::temperature, "9am_temperature"},
    {Measure::humidity, "9am_relative_humidity"},
    {Measure::wind_speed, "9am_wind_speed"},
    {Measure::wind_from, "9am_wind_direction"},
    {Measure::drought_factor, "drought_factor"},
};

constexpr NameRow bom_3pm_names[] = {
    {Measure::date, "date"},
    {Measure::temperature, "3pm_temperature"},
    {Measure::humidity, "3pm_relative_humidity"},
    {Measure::wind_speed, "3pm_wind_speed"},
    {Measure::wind_from, "3pm_wind_direction"},
    {Measure::drought_factor, "drought_factor"},
};

/// Directions that may be from or towards.
constexpr std::array<std::string_view, 6> sideless_names = {"wind_direction", "wind_dir", "winddirection",
                                                            "winddir",        "wd",       "direction"};

constexpr std::array<Measure, 8> all_measures = {
    Measure::time,       Measure::date,      Measure::temperature,  Measure::humidity,
    Measure::wind_speed, Measure::wind_from, Measure::wind_towards, Measure::drought_factor};

/// A unit behind a name as in "wind_speed_km/h"; nothing if the heading is not that name.
std::optional<std::string> unit_behind(const std::string& heading, std::string_view name, Measure measure) {
  if (heading == name) return "";
  if (!heading.starts_with(std::string(name) + '_')) return std::nullopt;
  const std::string rest = heading.substr(name.size() + 1);
  return unit_scale(measure, rest) ? std::optional(rest) : std::nullopt;
}

class ColumnFinder {
 public:
  ColumnFinder(const StationTable& station, const StationOptions& options)
      : table_(station.table), has_units_row_(station.first_row > 0), options_(options) {}

  StationColumns find(StationFormat format) {
    refuse_unknown_choices();
    StationColumns columns;
    if (format == StationFormat::bom_daily) {
      refuse_choices();
      columns.readings = {reading(bom_9am_names), reading(bom_3pm_names)};
      columns.readings[0].after = std::chrono::hours(9);
      columns.readings[1].after = std::chrono::hours(15);
      columns.time = times(bom_9am_names);
    } else {
      const std::span<const NameRow> names =
          format == StationFormat::own ? own_names : std::span<const NameRow>(synoptic_names);
      columns.readings = {reading(names)};
      columns.time = times(names);
    }
    if (!problems_.empty()) throw InputError(std::move(problems_));
    return columns;
  }

 private:
  void complain(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }

  void refuse_unknown_choices() {
    std::vector<std::string_view> names;
    for (const Measure measure : all_measures) names.push_back(name(measure));
    for (const auto& [key, heading] : options_.columns)
      if (std::ranges::find(names, key) == names.end())
        complain({}, fmt::format("columns: nothing is called '{}'{}", key, suggestion(key, names)));
  }

  void refuse_choices() {
    if (!options_.columns.empty())
      complain({table_.path()},
               "columns cannot be chosen in the Bureau of Meteorology's daily observations, whose names are "
               "known");
  }

  std::vector<std::size_t> times(std::span<const NameRow> names) {
    const auto date = column(Measure::date, names);
    const auto time = column(Measure::time, names);
    std::vector<std::size_t> found;
    if (date) found.push_back(date->index);
    if (time) found.push_back(time->index);
    if (found.empty() && problems_.empty())
      complain(heading_row(),
               "has no column for the time; name it time, or choose one (columns or --column: time=NAME)");
    return found;
  }

  ReadingColumns reading(std::span<const NameRow> names) {
    ReadingColumns found;
    found.temperature = needed(Measure::temperature, names);
    found.humidity = needed(Measure::humidity, names);
    found.wind_speed = needed(Measure::wind_speed, names);
    found.wind_direction = direction(names);
    found.drought_factor = column(Measure::drought_factor, names);
    return found;
  }

  std::optional<StationColumn> needed(Measure measure, std::span<const NameRow> names) {
    const std::size_t before = problems_.size();
    const auto found = column(measure, names);
    if (!found && problems_.size() == before) {
      const auto first = std::ranges::find(names, measure, &NameRow::measure);
      complain(heading_row(),
               fmt::format("has no column for the {0}; name it '{1} (UNIT)' with a unit of {2}, or choose "
                           "one (columns or --column: {3}=NAME [UNIT])",
                           words(measure), first->name, units_text(measure), name(measure)));
    }
    return found;
  }

  std::optional<StationColumn> direction(std::span<const NameRow> names) {
    const std::size_t before = problems_.size();
    const auto from = column(Measure::wind_from, names);
    const auto towards = column(Measure::wind_towards, names);
    if (from && towards)
      complain(table_.columns()[towards->index].where,
               fmt::format("the wind has a direction from (column {}) and one towards (here); keep one",
                           from->index + 1));
    if (from || towards || problems_.size() > before) return from ? from : towards;
    return direction_by_unit();
  }

  /// One that says in its unit what its name leaves open, as in "wind direction (degrees from)".
  std::optional<StationColumn> direction_by_unit() {
    for (std::size_t i = 0; i < table_.columns().size(); ++i) {
      const CsvTable::Column& column = table_.columns()[i];
      const std::string heading = plain_name(column.name);
      const bool is_one = std::ranges::any_of(sideless_names, [&](std::string_view name) {
        return unit_behind(heading, name, Measure::wind_from).has_value();
      });
      if (!is_one) continue;
      const std::string unit = plain_name(column.unit);
      if (unit.ends_with("from")) return StationColumn{Measure::wind_from, i, {}};
      if (unit.ends_with("towards")) return StationColumn{Measure::wind_towards, i, {}};
      complain(
          column.where,
          fmt::format("column '{}' does not say whether the wind comes from there or blows towards it; name "
                      "it wind_from or wind_towards (or choose it, columns or --column: wind_from={})",
                      column.name, column.name));
    }
    return std::nullopt;
  }

  /// The column that is chosen for a measure, or the one that has one of its names.
  std::optional<StationColumn> column(Measure measure, std::span<const NameRow> names) {
    const auto chosen = options_.columns.find(std::string(name(measure)));
    if (chosen != options_.columns.end()) return chosen_column(measure, chosen->second);
    std::vector<StationColumn> found;
    for (std::size_t i = 0; i < table_.columns().size(); ++i)
      for (const NameRow& row : names) {
        if (row.measure != measure) continue;
        const auto unit = unit_behind(plain_name(table_.columns()[i].name), row.name, measure);
        if (!unit) continue;
        if (const auto one = with_unit(measure, i, *unit)) found.push_back(*one);
      }
    if (found.size() > 1) refuse_second(measure, found);
    return found.empty() ? std::nullopt : std::optional(found.front());
  }

  std::optional<StationColumn> chosen_column(Measure measure, const std::string& heading) {
    const CsvTable::Column wanted = csv_column({heading, {}});
    std::vector<std::string> headings;
    for (std::size_t i = 0; i < table_.columns().size(); ++i) {
      if (plain_name(table_.columns()[i].name) == plain_name(wanted.name))
        return with_unit(measure, i, wanted.unit.empty() ? unit_of_name(i, measure) : wanted.unit);
      headings.push_back(table_.columns()[i].name);
    }
    complain(heading_row(), fmt::format("has no column '{}', which is to be the {}{}", wanted.name,
                                        words(measure), suggestion(wanted.name, headings)));
    return std::nullopt;
  }

  /// The unit behind a known name; empty if there is none.
  std::string unit_of_name(std::size_t index, Measure measure) const {
    for (const NameRow& row : own_names)
      if (const auto unit = unit_behind(plain_name(table_.columns()[index].name), row.name, measure);
          row.measure == measure && unit)
        return *unit;
    return "";
  }

  /// `unit` is said by the name or the choice; else that in brackets or in the row of units holds.
  std::optional<StationColumn> with_unit(Measure measure, std::size_t index, std::string unit) {
    const CsvTable::Column& column = table_.columns()[index];
    if (measure == Measure::time || measure == Measure::date) return StationColumn{measure, index, {}};
    if (unit.empty()) unit = column.unit;
    if (unit.empty() && has_units_row_) unit = table_.cell(0, index).text;
    if (const auto scale = unit_scale(measure, unit)) return StationColumn{measure, index, *scale};
    if (unit.empty()) {
      complain(column.where,
               fmt::format("column '{}' does not say its unit; name it '{} (UNIT)' with a unit of {}",
                           column.name, column.name, units_text(measure)));
    } else {
      complain(column.where, fmt::format("column '{}' is in '{}', which is no unit of {} that is known{}",
                                         column.name, unit, words(measure), known_units(measure)));
    }
    return std::nullopt;
  }

  static std::string known_units(Measure measure) {
    return units_text(measure).empty() ? "" : fmt::format("; known are {}", units_text(measure));
  }

  void refuse_second(Measure measure, const std::vector<StationColumn>& found) {
    const CsvTable::Column& first = table_.columns()[found[0].index];
    const CsvTable::Column& second = table_.columns()[found[1].index];
    complain(second.where,
             fmt::format("columns '{}' and '{}' both give the {}; choose one (columns or --column: {}={})",
                         first.name, second.name, words(measure), name(measure), first.name));
  }

  static std::string words(Measure measure) {
    std::string text(name(measure));
    std::ranges::replace(text, '_', ' ');
    return text;
  }

  Location heading_row() const { return {table_.path(), table_.columns().front().where.line, 0}; }

  const CsvTable& table_;
  bool has_units_row_;
  const StationOptions& options_;
  std::vector<Problem> problems_;
};

}  // namespace

StationColumns find_station_columns(const StationTable& station, const StationOptions& options) {
  return ColumnFinder(station, options).find(station.format);
}

}  // namespace firesweep
