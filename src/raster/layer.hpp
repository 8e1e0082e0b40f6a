#pragma once

#include <cstdint>
#include <vector>

#include "firesweep/landscape/assets.hpp"

#include "ground.hpp"
#include "raster_source.hpp"

namespace firesweep {

inline constexpr std::uint8_t unknown_burnt = 255;

/// Codes of fuel from north to south, missing_fuel where there is no data. Throws InputError for one that is not whole
/// or has no place in 32 bits.
std::vector<std::int32_t> read_fuel(RasterSource& source, bool is_south_up);

/// 0 not burnt, 1 burnt, 255 not known, from north to south. Throws InputError for anything else.
std::vector<std::uint8_t> read_burnt(RasterSource& source, bool is_south_up);

/// What is in the cells where it is more than 0, by cell from north to south. Throws InputError for a value below 0.
std::vector<CellValue> read_amounts(RasterSource& source, bool is_south_up);

/// Elevations [m] from north to south, NaN where there is no data. Throws InputError for one that is none of this
/// planet's.
std::vector<float> read_elevation(RasterSource& source, bool is_south_up, double metres_per_unit);

/// Densities of ignitions from north to south, NaN where there is no data. Throws InputError for one that is below 0 or not
/// finite.
std::vector<float> read_densities(RasterSource& source, bool is_south_up);

}  // namespace firesweep
