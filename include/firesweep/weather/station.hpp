#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/model/weather.hpp"
#include "firesweep/weather/clock_time.hpp"

namespace firesweep {

/// Whose layout a station's file has.
enum class StationFormat : std::uint8_t {
  own,        ///< columns with the names below
  bom_daily,  ///< daily observations of the Australian Bureau of Meteorology: 9 am and 3 pm of a day in a row
  synoptic,   ///< Synoptic Data (MesoWest), as of RAWS: comment lines, names, and a row of units
  wxs,        ///< RAWS as FARSITE and FlamMap read them: columns parted by blanks, units by RAWS_UNITS
};

/// In words, e.g. "daily observations of the Bureau of Meteorology (9 am and 3 pm)".
std::string_view name(StationFormat format);

/// How to read a station's file.
struct StationOptions {
  /// Which column something is in, where its name is none of those that are known: by "time", "date", "temperature",
  /// "humidity", "wind_speed", "wind_gust", "wind_from", "wind_towards" or "drought_factor" the name as the file has it. A unit in brackets
  /// stands for that of the file, as in {"wind_speed", "WS [knots]"}.
  std::map<std::string, std::string> columns;
  /// As of strptime, see TimeFormat; empty: ISO 8601.
  std::string time_format;
  /// From reading to reading, where the file repeats one time in all rows: it is the first one's.
  std::optional<std::chrono::seconds> interval;

  enum class Wind : std::uint8_t {
    mean,
    gust,  ///< the strongest gust in its stead; of daily observations that of the day, with the rest of 3 pm
  };
  Wind wind = Wind::mean;

  /// What is wanted begins with the reading that holds at `from`, the last at or before it, and has none after `to`.
  std::optional<ClockTime> from;
  std::optional<ClockTime> to;

  enum class Gaps : std::uint8_t {
    refused,  ///< each is an error that names its row
    counted,  ///< they are told of
  };
  Gaps gaps = Gaps::refused;
};

/// What a station read at one time.
struct StationReading {
  int line = 0;  ///< of the file, from 1
  ClockTime time;
  Weather weather;                       ///< its direction is 0 where there is none
  bool has_direction = false;            ///< none in a calm, or where the file has none
  std::optional<double> drought_factor;  ///< [1], 0 to 10
};

/// A time without readings.
struct StationGap {
  ClockTime from;
  ClockTime to;
};

/// What a station read.
struct StationReadings {
  std::string path;
  StationFormat format = StationFormat::own;
  std::vector<StationReading> readings;  ///< in order of time, at least one
  std::size_t skipped = 0;               ///< of the whole file: without temperature, humidity or wind speed
  std::optional<std::chrono::minutes> offset;  ///< of the clock from UTC, if the file says
  std::vector<StationGap> gaps;                ///< longer by half than the usual step from reading to reading
};

/// Reads what a station recorded from a CSV file. Columns are found by name and unit, in any order; others are passed over:
///
///     time (also date_time, timestamp; or date, with or without a time beside it)      ISO 8601, or as time_format says
///     temperature (temp, air_temperature, air_temp)                                    degC, degF
///     humidity (relative_humidity, rh)                                                 %
///     wind_speed (wind)                                                                km/h, m/s, mph, knots; "Calm" is 0
///     wind_from (wind_direction_from, wind_from_direction) or wind_towards             degrees from true north, or NNE
///     wind_gust (gust), for Wind::gust                                                 as wind_speed
///     drought_factor                                                                   0 to 10
///
/// A unit follows its name in brackets or behind a blank or '_', as in "temperature (degC)" or "wind_speed_km/h". A direction
/// must say whether the wind comes from there or blows towards it, but in a format that does: in all except `own` it is where the
/// wind comes from. Directions and drought factors may be absent.
///
/// A row of the Bureau's daily observations is a reading at 09:00 and one at 15:00 on the station's clock, of the columns "9am"
/// and "3pm"; minima, maxima and the gust belong to no hour and are passed over. Text that is not UTF-8 is read as Latin-1.
///
/// A reading without temperature, humidity or wind speed is skipped and counted; an empty cell is "", "NA", "NaN", "null", "M"
/// or "-".
///
/// Throws InputError with each problem's line and column: a column that is missing, there twice, without its unit or the side of
/// its direction; a value that is no number or out of range; a time that cannot be read or could be read in two ways (01/02/2019),
/// repeats or goes back; a change of offset from UTC; a gap in what is wanted, unless gaps are counted; no reading there.
StationReadings read_station(const std::filesystem::path& path, const StationOptions& options = {});

}  // namespace firesweep
