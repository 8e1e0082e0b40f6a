#include "view/station_view.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <variant>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/model/rating.hpp"

#include "terminal/terminal.hpp"
#include "view/table.hpp"
#include "view/tidy_rows.hpp"

namespace firesweep {
namespace {

std::string direction_text(const StationReading& reading) {
  return reading.has_direction ? fmt::format("{:.0f}", reading.weather.wind_direction) : "-";
}

std::string age_text(double seconds) {
  const auto minutes = static_cast<long long>(seconds / 60.0);
  return minutes < 60 ? fmt::format("{} min", minutes)
                      : fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

bool has_danger_index(const StationView& view) {
  return std::ranges::any_of(view.rows, [](const StationRow& row) { return row.danger_index.has_value(); });
}

std::string readings_text(const StationView& view) {
  const StationReadings& station = view.station;
  std::string text = fmt::format("{} from {} to {}, on {}", counted(station.readings.size(), "reading"),
                                 time_text(station.readings.front().time),
                                 time_text(station.readings.back().time), counted(view.days.size(), "day"));
  if (station.offset) {
    const auto minutes = station.offset->count();
    text += fmt::format(" (clock: UTC{}{:02}:{:02})", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                        std::abs(minutes) % 60);
  }
  if (station.skipped > 0)
    text += fmt::format("\n{} of the file without temperature, humidity or wind {} skipped",
                        counted(station.skipped, "reading"), station.skipped == 1 ? "was" : "were");
  if (!station.gaps.empty()) {
    const auto longest =
        std::ranges::max(station.gaps, {}, [](const StationGap& gap) { return gap.to - gap.from; });
    text += fmt::format("\n{}, the longest of {} from {}", counted(station.gaps.size(), "gap"),
                        duration(static_cast<double>((longest.to - longest.from).count())),
                        time_text(longest.from));
  }
  return text;
}

std::string latest_text(const StationView& view) {
  const StationReading& latest = view.station.readings.back();
  const Weather& weather = latest.weather;
  const auto danger = row_of(latest, view.choices).danger_index;
  return fmt::format(
      "latest, {}: {:.1f} degC ({:.1f} degF), {:.0f} %, wind {:.1f} km/h{}; rated {}{}; p(1) {:.4f}{}",
      time_text(latest.time), weather.temperature, fahrenheit(weather.temperature), weather.humidity,
      weather.wind_speed, latest.has_direction ? " from " + direction_text(latest) : "", name(rate(weather)),
      is_dangerous(weather) ? ", dangerous (hot and dry)" : "", first_probability(weather),
      danger ? fmt::format("; FFDI {:.1f}", *danger) : "");
}

Table extremes_table(const StationView& view) {
  Table table;
  table.add_column("", Table::Align::left);
  for (const char* const heading : {"least", "mean", "greatest"})
    table.add_column(heading, Table::Align::right);
  for (const StationQuantity& quantity : station_quantities) {
    const auto [least, mean, greatest] = range_of(view.station, quantity);
    table.add_row({std::string(quantity.heading), fmt::format("{:.1f}", least), fmt::format("{:.1f}", mean),
                   fmt::format("{:.1f}", greatest)});
  }
  return table;
}

Table rows_table(const StationView& view) {
  Table table;
  table.add_column(view.choices.is_per_day ? "worst of the day" : "time", Table::Align::left);
  if (view.choices.last) table.add_column("age", Table::Align::right);
  for (const char* const heading : {"degC", "degF", "humidity %", "wind km/h", "from", "p(1)"})
    table.add_column(heading, Table::Align::right);
  const bool has_index = has_danger_index(view);
  if (has_index) table.add_column("FFDI", Table::Align::right);
  table.add_column("rated", Table::Align::left);
  table.add_column("", Table::Align::left);
  for (const StationRow& row : view.rows) {
    const Weather& weather = row.reading.weather;
    std::vector<std::string> cells = {time_text(row.reading.time)};
    if (view.choices.last) cells.push_back(age_text(age(view, row.reading)));
    for (std::string cell :
         {fmt::format("{:.1f}", weather.temperature), fmt::format("{:.1f}", fahrenheit(weather.temperature)),
          fmt::format("{:.0f}", weather.humidity), fmt::format("{:.1f}", weather.wind_speed),
          direction_text(row.reading), fmt::format("{:.4f}", first_probability(weather))})
      cells.push_back(std::move(cell));
    if (has_index) cells.push_back(row.danger_index ? fmt::format("{:.1f}", *row.danger_index) : "-");
    cells.emplace_back(name(rate(weather)));
    cells.emplace_back(is_dangerous(weather) ? "dangerous" : "");
    table.add_row(std::move(cells));
  }
  return table;
}

std::size_t days_rated(const StationView& view, Rating rating) {
  return static_cast<std::size_t>(std::ranges::count_if(
      view.days, [&](const StationDay& day) { return rate(day.worst.weather) == rating; }));
}

Json json_of(const StationField& field) {
  return std::visit(
      [](const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
          return Json(nullptr);
        else
          return Json(value);
      },
      field);
}

Json json_of(const StationView& view, const StationRow& row) {
  Json json;
  for (const auto& [name, value] : fields_of(view, row)) json[std::string(name)] = json_of(value);
  return json;
}

}  // namespace

void print_station(const StationView& view) {
  fmt::print("{}: {}\n{}\n{}\n\n", printable(view.station.path), name(view.station.format),
             readings_text(view), latest_text(view));
  fmt::print("{}\n{}\n", extremes_table(view).text(), rows_table(view).text());
  std::string counts;
  for (const Rating rating : all_ratings)
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", name(rating), days_rated(view, rating));
  fmt::print("days by the rating of their worst reading: {}\n", counts);
  fmt::print(
      "The worst reading is that of greatest spread in the model. Ratings are by thresholds, and no official "
      "ones: see "
      "'firesweep levels'.\n");
}

Json json_of(const StationView& view) {
  const StationReadings& station = view.station;
  Json json = {{"file", station.path},
               {"format", key(station.format)},
               {"readings", station.readings.size()},
               {"skipped", station.skipped},
               {"days", view.days.size()},
               {"first", time_text(station.readings.front().time, 'T')},
               {"last", time_text(station.readings.back().time, 'T')}};
  json["utc_offset_minutes"] = station.offset ? Json(station.offset->count()) : Json(nullptr);
  json["gaps"] = Json::array();
  for (const StationGap& gap : station.gaps)
    json["gaps"].push_back({{"from", time_text(gap.from, 'T')}, {"to", time_text(gap.to, 'T')}});
  for (const StationQuantity& quantity : station_quantities) {
    const auto [least, mean, greatest] = range_of(station, quantity);
    json[std::string(quantity.key)] = {{"least", least}, {"mean", mean}, {"greatest", greatest}};
  }
  const StationReading& latest = station.readings.back();
  json["latest"] = json_of(view, row_of(latest, view.choices));
  for (const Rating rating : all_ratings)
    json["days_rated"][std::string(name(rating))] = days_rated(view, rating);
  json["per"] = view.choices.is_per_day ? "day" : "reading";
  json["rows"] = Json::array();
  for (const StationRow& row : view.rows) json["rows"].push_back(json_of(view, row));
  return json;
}

std::string station_csv(const StationView& view) {
  std::string text =
      "time,temperature_degC,degF,humidity_%,wind_speed_km/h,wind_from,rating,dangerous,p1,ffdi,readings\n";
  for (const StationRow& row : view.rows) {
    const Weather& weather = row.reading.weather;
    const std::array<std::string, 11> cells = {
        time_text(row.reading.time, 'T'),
        csv_number(weather.temperature),
        csv_number(fahrenheit(weather.temperature)),
        csv_number(weather.humidity),
        csv_number(weather.wind_speed),
        row.reading.has_direction ? csv_number(weather.wind_direction) : "",
        std::string(name(rate(weather))),
        is_dangerous(weather) ? "yes" : "no",
        csv_number(first_probability(weather)),
        row.danger_index ? csv_number(*row.danger_index) : "",
        fmt::format("{}", row.of_readings)};
    text += csv_line(cells);
  }
  return text;
}

}  // namespace firesweep
