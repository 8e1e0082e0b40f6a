#pragma once

// What help() says of weather.
namespace firesweep::python::text {

inline constexpr auto danger_levels = R"(danger_levels() -> dict

The weather of each of the seven danger levels, mildest first: wind_speed [km/h], humidity [%], temperature [degC] and
wind_direction [degrees].)";

inline constexpr auto danger_level =
    R"(danger_level(name, *, wind_speed=None, humidity=None, temperature=None, wind_direction=None) -> dict

The weather of a danger level, with other parts in the place of its own. Units as for danger_levels().

Raises ValueError for an unknown level, listing the seven, and for a value that is not allowed.)";

inline constexpr auto rate = R"(rate(temperature, humidity, wind_speed) -> str

What observed weather [degC, %, km/h] is rated: moderate, high, severe, extreme or catastrophic, as 'firesweep levels' says; no
official rating. Raises ValueError for a value that is not allowed.)";

inline constexpr auto dangerous = R"(is_dangerous(temperature, humidity, wind_speed) -> bool

Whether the air is above 35 degC and below 30 %. Raises ValueError for a value that is not allowed.)";

inline constexpr auto spread_probability =
    R"(spread_probability(danger_level="severe", **overrides) -> numpy.ndarray

p(n), the probability that a vegetation cell of which n neighbours burn catches fire in a step: float64, shape (9,), n from 0 to
8. In the weather of a danger level, on flat ground and without a direction of the wind. The overrides are those of Fire: parts of
the weather, constants of the model, form and combination.

Raises ValueError for an unknown level or a value that is not allowed, and TypeError for an unknown parameter.)";

inline constexpr auto station =
    R"(What a weather station has read, from its CSV file, as 'firesweep weather' reads it.

len() is the number of readings, and iterating gives each as a dict, in order of time: time (datetime, on the station's clock),
line of the file, temperature_degC, temperature_degF, humidity_percent, wind_speed_km_h, wind_from [degrees, None in a calm],
rating, dangerous, p1 (the model's p(1)) and ffdi (None without a drought factor).)";

inline constexpr auto station_init =
    R"(Station(file, *, columns={}, time_format="", interval=None, gust=False, drought_factor=None)

columns         which column something is in, where its name is not known, e.g. {"temperature": "TMP [degC]"}
time_format     as of strptime; ISO 8601 without
interval        from reading to reading where the file repeats one time, e.g. "10 min"
gust            the strongest gust in the wind's stead
drought_factor  0 to 10, of readings without one

Raises FileNotFoundError, and ValueError that names line and column of what cannot be read.)";

inline constexpr auto latest = "The latest reading, as a dict.";

inline constexpr auto readings = R"(readings(last=None) -> list of dicts

The readings in order of time; with last, such as "24 h", only those so close to the latest, with age_s [s], how much earlier than
the latest they are. Raises ValueError if last is no length of time.)";

inline constexpr auto days = R"(days(last=None) -> list of dicts

The worst reading of every day, that of greatest spread, with `readings`, how many the day has.)";

inline constexpr auto average = R"(average(last=None) -> dict

The mean temperature_degC, humidity_percent and wind_speed_km_h of the readings, or of those of the last hours.)";

inline constexpr auto format = "Whose layout the file has: own, bom_daily, synoptic or wxs.";
inline constexpr auto skipped =
    "Readings of the file without temperature, humidity or wind speed, which are left out.";

}  // namespace firesweep::python::text
