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

#include "station_names.hpp"

namespace firesweep {
namespace {

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
      : station_(station), table_(station.table), options_(options) {}

  StationColumns find() {
    refuse_unknown_choices();
    StationColumns columns;
    const std::vector<ReadingNames> all = reading_names(station_.format, options_.wind);
    for (const auto& [names, after] : all) {
      columns.readings.push_back(reading(names));
      columns.readings.back().after = after;
    }
    columns.time = times(all.front().names);
    if (!problems_.empty()) throw InputError(std::move(problems_));
    return columns;
  }

 private:
  void complain(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }

  void refuse_unknown_choices() {
    if (station_.format != StationFormat::own && station_.format != StationFormat::synoptic &&
        !options_.columns.empty())
      complain({table_.path()},
               fmt::format("columns cannot be chosen in {}, whose names are known", name(station_.format)));
    std::vector<std::string_view> names;
    for (const Measure measure : choosable_measures) names.push_back(name(measure));
    for (const auto& [key, heading] : options_.columns)
      if (std::ranges::find(names, key) == names.end())
        complain({}, fmt::format("columns: nothing is called '{}'{}", key, suggestion(key, names)));
  }

  bool is_chosen(Measure measure) const { return options_.columns.contains(std::string(name(measure))); }

  std::vector<std::size_t> times(std::span<const StationName> names) {
    std::vector<std::size_t> found;
    const auto time = column(Measure::time, names);
    // A date beside it makes a whole time of what is called "time" only.
    const bool is_whole =
        time && (is_chosen(Measure::time) || plain_name(table_.columns()[time->index].name) != "time");
    for (const Measure part : {Measure::year, Measure::month, Measure::day, Measure::date}) {
      const auto date = column(part, names);
      if (date && (!is_whole || is_chosen(part))) found.push_back(date->index);
    }
    if (time) found.push_back(time->index);
    if (found.empty() && problems_.empty())
      complain(heading_row(),
               "has no column for the time; name it time, or choose one (columns or --column: time=NAME)");
    return found;
  }

  ReadingColumns reading(std::span<const StationName> names) {
    ReadingColumns found;
    found.temperature = needed(Measure::temperature, names);
    found.humidity = needed(Measure::humidity, names);
    found.wind_speed =
        needed(options_.wind == StationOptions::Wind::gust ? Measure::wind_gust : Measure::wind_speed, names);
    found.wind_direction = direction(names);
    found.drought_factor = column(Measure::drought_factor, names);
    return found;
  }

  std::optional<StationColumn> needed(Measure measure, std::span<const StationName> names) {
    const std::size_t before = problems_.size();
    const auto found = column(measure, names);
    if (!found && problems_.size() == before) {
      const auto known = std::ranges::find(names, measure, &StationName::measure);
      complain(heading_row(),
               fmt::format("has no column for the {0}; name it '{1} (UNIT)' with a unit of {2}, or choose "
                           "one (columns or --column: {3}=NAME [UNIT])",
                           words(measure), known == names.end() ? name(measure) : known->name,
                           units_text(measure), name(measure)));
    }
    return found;
  }

  std::optional<StationColumn> direction(std::span<const StationName> names) {
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
      const bool is_one = std::ranges::any_of(sideless_names(), [&](std::string_view name) {
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
  std::optional<StationColumn> column(Measure measure, std::span<const StationName> names) {
    const auto chosen = options_.columns.find(std::string(name(measure)));
    if (chosen != options_.columns.end()) return chosen_column(measure, chosen->second);
    std::vector<StationColumn> found;
    for (std::size_t i = 0; i < table_.columns().size(); ++i)
      for (const StationName& row : names) {
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
    const std::vector<ReadingNames> all = reading_names(station_.format, options_.wind);
    for (const StationName& row : all.front().names)
      if (const auto unit = unit_behind(plain_name(table_.columns()[index].name), row.name, measure);
          row.measure == measure && unit)
        return *unit;
    return "";
  }

  /// `unit` is said by the name or the choice; else that in brackets or in the row of units holds.
  std::optional<StationColumn> with_unit(Measure measure, std::size_t index, std::string unit) {
    const CsvTable::Column& column = table_.columns()[index];
    if (is_of_time(measure)) return StationColumn{measure, index, {}};
    if (unit.empty()) unit = station_.unit(index);
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

  const StationTable& station_;
  const CsvTable& table_;
  const StationOptions& options_;
  std::vector<Problem> problems_;
};

}  // namespace

StationColumns find_station_columns(const StationTable& station, const StationOptions& options) {
  return ColumnFinder(station, options).find();
}

}  // namespace firesweep
