#pragma once

#include <array>
#include <utility>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/model/weather.hpp"

namespace firesweep {

/// The numbers of a period of weather, and the arrays that hold them.
inline constexpr std::array<std::pair<const Array<double>*, double Weather::*>, 4> weather_numbers = {
    {{&arrays::period_wind_speed, &Weather::wind_speed},
     {&arrays::period_humidity, &Weather::humidity},
     {&arrays::period_temperature, &Weather::temperature},
     {&arrays::period_wind_direction, &Weather::wind_direction}}};

}  // namespace firesweep
