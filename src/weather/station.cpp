#include "firesweep/weather/station.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/wording.hpp"

#include "station_columns.hpp"
#include "station_table.hpp"

namespace firesweep {
namespace {

using std::chrono::seconds;

std::string span_text(seconds span) {
  return duration(static_cast<double>(span.count()));
}

/// Problems of a file's rows: a year of them would hide the first.
class RowProblems {
 public:
  void add(const Location& where, std::string what) {
    constexpr std::size_t most = 20;
    if (problems_.size() < most) {
      problems_.push_back({where, std::move(what)});
    } else {
      ++more_;
    }
  }

  void throw_if_any() {
    if (problems_.empty()) return;
    if (more_ > 0)
      problems_.push_back(Problem{Location{problems_.front().where.source, 0, 0},
                                  fmt::format("has {} more", counted(more_, "problem"))});
    throw InputError(std::move(problems_));
  }

 private:
  std::vector<Problem> problems_;
  std::size_t more_ = 0;
};

/// A time as a row has it.
struct RowTime {
  std::string text;
  Location where;
  ClockTime time{};
};

/// Reads the times of all rows.
class TimeReader {
 public:
  TimeReader(const StationTable& station, const StationColumns& columns, const StationOptions& options)
      : options_(options) {
    const CsvTable& table = station.table;
    const bool is_wxs = station.format == StationFormat::wxs;
    for (std::size_t row = station.first_row; row < table.rows(); ++row) {
      RowTime time{"", table.cell(row, columns.time.front()).where};
      for (const std::size_t column : columns.time) {
        const std::string& part = table.cell(row, column).text;
        time.text += time.text.empty() ? "" : " ";
        time.text += is_wxs && column == columns.time.back() ? fmt::format("{:0>4}", part)
                                                             : part;  // 5 past midnight is 5
      }
      times_.push_back(std::move(time));
    }
    if (!options.time_format.empty()) {
      format_.emplace(options.time_format);
    } else if (is_wxs) {
      format_.emplace("%Y %m %d %H%M");
    }
  }

  std::vector<RowTime> read(std::optional<std::chrono::minutes>& offset) {
    for (RowTime& row : times_) read_time(row, offset);
    problems_.throw_if_any();
    if (options_.interval) {
      replace_times();
    } else {
      check_order();
    }
    problems_.throw_if_any();
    return std::move(times_);
  }

 private:
  void read_time(RowTime& row, std::optional<std::chrono::minutes>& offset) {
    const auto written = format_ ? format_->parse(row.text) : parse_iso_time(row.text);
    if (!written) {
      refuse_time(row);
      return;
    }
    row.time = written->time;
    if (&row == &times_.front()) offset = written->offset;
    if (written->offset != offset)
      problems_.add(
          row.where,
          fmt::format("time '{}' is of another zone than the first, '{}'; write all times on one clock",
                      row.text, times_.front().text));
  }

  void refuse_time(const RowTime& row) {
    if (row.text.empty()) {
      problems_.add(row.where, "a row has no time");
    } else if (format_) {
      problems_.add(row.where, fmt::format("time '{}' is not written as time_format '{}' says, or is none",
                                           row.text, format_->text()));
    } else if (&row == &times_.front()) {
      problems_.add(row.where,
                    fmt::format("time '{}' is not of ISO 8601 (2019-12-30T15:00){}", row.text, advice()));
    } else if (parse_iso_time(times_.front().text)) {
      problems_.add(
          row.where,
          fmt::format("time '{}' is not of ISO 8601, as the first is, '{}'; write all times in one way",
                      row.text, times_.front().text));
    }
  }

  /// Which time_format would do.
  std::string advice() const {
    std::vector<std::string_view> texts;
    for (const RowTime& row : times_) texts.push_back(row.text);
    const auto& [formats, most_texts] = fitting_time_formats(texts);
    if (formats.size() == 1)
      return fmt::format("; say so with time_format (--time-format) '{}'", formats.front().text());
    if (formats.size() > 1)
      return fmt::format(
          " and can be read in more than one way; say which with time_format (--time-format) '{}' or '{}'",
          formats[0].text(), formats[1].text());
    if (most_texts == 0)
      return "; say how it is written with time_format (--time-format), as in '%d/%m/%Y %H:%M'";
    const RowTime& other = times_[most_texts];
    return fmt::format(", and line {} ('{}') is not written as those before it; write all times in one way",
                       other.where.line, other.text);
  }

  void check_order() {
    for (std::size_t i = 1; i < times_.size(); ++i) {
      const RowTime &before = times_[i - 1], &row = times_[i];
      if (row.time > before.time) continue;
      if (row.time == before.time) {
        problems_.add(
            row.where,
            fmt::format(
                "time '{}' is that of line {} again; keep one of them or, where a file repeats one time, say "
                "how far apart its readings are (interval or --interval: 10 min)",
                row.text, before.where.line));
      } else {
        problems_.add(row.where,
                      fmt::format("time '{}' is before that of line {}, '{}'; sort the rows by time",
                                  row.text, before.where.line, before.text));
      }
    }
  }

  /// An interval contradicts times that go on by anything else.
  void replace_times() {
    if (times_.empty()) return;
    const ClockTime first = times_.front().time;
    ClockTime next = first;
    for (RowTime& row : times_) {
      if (row.time != first && row.time != next)
        problems_.add(row.where, fmt::format("time '{}' is neither the first, '{}', nor {} after the row "
                                             "before; leave out interval, or mend "
                                             "the times",
                                             row.text, times_.front().text, span_text(*options_.interval)));
      row.time = next;
      next += *options_.interval;
    }
  }

  const StationOptions& options_;
  std::optional<TimeFormat> format_;
  std::vector<RowTime> times_;
  RowProblems problems_;
};

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

bool is_missing(std::string_view text) {
  constexpr std::array<std::string_view, 7> marks = {"", "NA", "NaN", "nan", "null", "M", "-"};
  return std::ranges::find(marks, text) != marks.end();
}

/// Reads the rows of a table.
class ReadingReader {
 public:
  explicit ReadingReader(const CsvTable& table) : table_(table) {}

  /// Nothing if it has no temperature, humidity or wind.
  std::optional<StationReading> read(std::size_t row, const ReadingColumns& columns, ClockTime time) {
    row_ = row;
    const auto temperature = value(columns.temperature);
    const auto humidity = value(columns.humidity);
    const auto wind = value(columns.wind_speed);
    const auto direction = value(columns.wind_direction);
    const auto drought = value(columns.drought_factor);
    if (!temperature || !humidity || !wind) return std::nullopt;
    StationReading reading;
    reading.line = table_.cell(row, 0).where.line;
    reading.time = time + columns.after;
    reading.weather = {.wind_speed = *wind, .humidity = *humidity, .temperature = *temperature};
    reading.drought_factor = drought;
    reading.has_direction = direction && *wind > 0.0;
    if (reading.has_direction) reading.weather.wind_direction = *direction;
    return reading;
  }

  void throw_problems() { problems_.throw_if_any(); }

 private:
  /// In our unit; nothing if the cell is empty, or there is no such column.
  std::optional<double> value(const std::optional<StationColumn>& column) {
    if (!column) return std::nullopt;
    const CsvCell& cell = table_.cell(row_, column->index);
    const std::string_view text = without_blanks(cell.text);
    if (is_missing(text)) return std::nullopt;
    const Measure measure = column->measure;
    if (is_direction(measure)) return direction(measure, text, cell.where);
    if (is_speed(measure) && plain_name(text) == "calm") return 0.0;
    const auto number = parse_finite(text);
    if (!number) {
      problems_.add(
          cell.where,
          fmt::format("{} '{}' is no number{}", name(measure), text,
                      text.find(',') != std::string_view::npos ? "; write decimals with a point" : ""));
      return std::nullopt;
    }
    const double value = column->unit.scale * *number + column->unit.shift;
    if (!is_in_range(measure, value)) refuse(measure, text, cell.where);
    return value;
  }

  std::optional<double> direction(Measure measure, std::string_view text, const Location& where) {
    if (plain_name(text) == "calm") return std::nullopt;
    std::optional<double> degrees = compass_degrees(text);
    if (!degrees) degrees = parse_finite(text);
    if (!degrees) {
      problems_.add(where, fmt::format("{} '{}' is neither degrees nor a point of the compass such as NNE",
                                       name(measure), text));
      return std::nullopt;
    }
    if (!is_in_range(measure, *degrees)) refuse(measure, text, where);
    return std::fmod(measure == Measure::wind_from ? *degrees : *degrees + 180.0, 360.0);
  }

  static bool is_in_range(Measure measure, double value) {
    return value >= range_of(measure).least && value <= range_of(measure).greatest;
  }

  void refuse(Measure measure, std::string_view text, const Location& where) {
    const auto [least, greatest, unit] = range_of(measure);
    problems_.add(
        where,
        fmt::format(
            "{} {} is out of range; allowed is {} to {}{}, and a value that is missing is an empty cell",
            name(measure), text, least, greatest, unit));
  }

  const CsvTable& table_;
  std::size_t row_ = 0;
  RowProblems problems_;
};

/// The usual step from reading to reading: the middle one, and of daily rows at least the night.
seconds usual_step(const StationReadings& station) {
  std::vector<seconds> steps;
  for (std::size_t i = 1; i < station.readings.size(); ++i)
    steps.push_back(station.readings[i].time - station.readings[i - 1].time);
  if (steps.empty()) return seconds(0);
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::ranges::nth_element(steps, middle);
  constexpr std::chrono::hours night(18);
  return station.format == StationFormat::bom_daily ? std::max<seconds>(*middle, night) : *middle;
}

/// Keeps what is wanted. Throws InputError if the station has no reading there.
void cut(StationReadings& station, const StationOptions& options) {
  std::vector<StationReading>& readings = station.readings;
  const auto is_after = [](ClockTime time, const StationReading& reading) { return time < reading.time; };
  if (options.from && *options.from > readings.back().time)
    throw InputError(fmt::format("{}: has no reading at {} or later; its last is of {}", station.path,
                                 time_text(*options.from), time_text(readings.back().time)));
  if (options.from && *options.from < readings.front().time)
    throw InputError(fmt::format("{}: has no reading yet at {}; its first is of {}", station.path,
                                 time_text(*options.from), time_text(readings.front().time)));
  if (options.to && *options.to < options.from.value_or(readings.front().time))
    throw InputError(fmt::format("{}: {} is before {}, where it is to begin", station.path,
                                 time_text(*options.to),
                                 time_text(options.from.value_or(readings.front().time))));
  if (options.to)
    readings.erase(std::upper_bound(readings.begin(), readings.end(), *options.to, is_after), readings.end());
  if (options.from)
    readings.erase(readings.begin(),
                   std::prev(std::upper_bound(readings.begin(), readings.end(), *options.from, is_after)));
}

void find_gaps(StationReadings& station, seconds usual, StationOptions::Gaps gaps) {
  RowProblems problems;
  for (std::size_t i = 1; i < station.readings.size(); ++i) {
    const StationReading &before = station.readings[i - 1], &reading = station.readings[i];
    const seconds step = reading.time - before.time;
    if (2 * step <= 3 * usual) continue;
    station.gaps.push_back({before.time, reading.time});
    if (gaps == StationOptions::Gaps::refused)
      problems.add({station.path, reading.line, 0},
                   fmt::format("{} is {} after the reading before it (line {}), where {} is usual; fill the "
                               "gap, or take a part "
                               "without one (from, to)",
                               time_text(reading.time), span_text(step), before.line, span_text(usual)));
  }
  problems.throw_if_any();
}

}  // namespace

std::string_view name(StationFormat format) {
  switch (format) {
    case StationFormat::bom_daily:
      return "daily observations of the Bureau of Meteorology, at 9 am and 3 pm";
    case StationFormat::wxs:
      return "observations of RAWS as FARSITE reads them";
    case StationFormat::synoptic:
      return "observations as of Synoptic Data (MesoWest)";
    default:
      return "observations by the names of their columns";
  }
}

StationReadings read_station(const std::filesystem::path& path, const StationOptions& options) {
  const StationTable file = read_station_table(path.string());
  const StationColumns columns = find_station_columns(file, options);
  StationReadings station;
  station.path = path.string();
  station.format = file.format;
  const std::vector<RowTime> times = TimeReader(file, columns, options).read(station.offset);
  ReadingReader reader(file.table);
  for (std::size_t i = 0; i < times.size(); ++i)
    for (const ReadingColumns& part : columns.readings) {
      auto reading = reader.read(file.first_row + i, part, times[i].time);
      if (reading) station.readings.push_back(std::move(*reading));
      if (!reading) ++station.skipped;
    }
  reader.throw_problems();
  if (station.readings.empty())
    throw InputError(fmt::format("{}: has no reading with temperature, humidity and wind", station.path));
  const seconds usual = usual_step(station);
  cut(station, options);
  find_gaps(station, usual, options.gaps);
  return station;
}

}  // namespace firesweep
