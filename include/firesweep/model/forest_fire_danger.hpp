#pragma once

#include "firesweep/model/weather.hpp"

namespace firesweep {

/// The Forest Fire Danger Index [1] of McArthur's Mark 5 meter:
///
///     F = 2 exp(-0.45 + 0.987 ln D - 0.0345 H + 0.0338 T + 0.0234 V)
///
/// with the drought factor D [1], 0 to 10, where 0 makes it 0, and of the weather H [percent], T [degC] and V [km h-1], the mean
/// wind at 10 m in the open. Source: I. R. Noble, G. A. V. Bary and A. M. Gill, "McArthur's fire-danger meters expressed as
/// equations", Australian Journal of Ecology 5 (1980) 201-203, doi:10.1111/j.1442-9993.1980.tb01243.x.
double forest_fire_danger_index(const Weather& weather, double drought_factor);

}  // namespace firesweep
