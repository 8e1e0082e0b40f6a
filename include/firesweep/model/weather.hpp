#pragma once

namespace firesweep {

/// The weather of a fire, constant in space and time.
struct Weather {
  double wind_speed = 0.0;      ///< [km h-1], >= 0
  double humidity = 0.0;        ///< relative humidity [percent], 0..100
  double temperature = 0.0;     ///< [degC]
  double wind_direction = 0.0;  ///< where the wind comes from [degrees clockwise from true north], 0..360

  friend bool operator==(const Weather&, const Weather&) = default;
};

}  // namespace firesweep
