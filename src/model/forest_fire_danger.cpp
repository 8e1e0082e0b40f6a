#include "firesweep/model/forest_fire_danger.hpp"

#include "firesweep/check/contract.hpp"
#include "firesweep/model/portable_math.hpp"

namespace firesweep {

double forest_fire_danger_index(const Weather& weather, double drought_factor) {
  expects(drought_factor >= 0.0 && drought_factor <= 10.0, "a drought factor is from 0 to 10");
  if (drought_factor == 0.0) return 0.0;
  return 2.0 * portable::exp(-0.45 + 0.987 * portable::log(drought_factor) - 0.0345 * weather.humidity +
                             0.0338 * weather.temperature + 0.0234 * weather.wind_speed);
}

}  // namespace firesweep
