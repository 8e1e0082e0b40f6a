#include "layer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"

namespace firesweep {
namespace {

/// Calls keep(value, row, column, index) for every cell: row and column as the file has them, index in the layer.
void for_each_cell(RasterSource& source, bool is_south_up, const auto& keep) {
  const Extent extent = source.header().extent;
  const std::uint32_t most_rows = std::clamp<std::uint32_t>(source.rows_at_once(), 1, extent.height);
  std::vector<double> values(std::size_t{most_rows} * extent.width);
  for (std::uint32_t first = 0; first < extent.height; first += most_rows) {
    const std::uint32_t rows = std::min(most_rows, extent.height - first);
    const std::span<double> piece = std::span(values).first(std::size_t{rows} * extent.width);
    source.read(rows, piece);
    for (std::uint32_t y = 0; y < rows; ++y) {
      const std::uint32_t row = first + y;
      const std::uint64_t start = extent.index({0, is_south_up ? extent.height - 1 - row : row});
      for (std::uint32_t column = 0; column < extent.width; ++column)
        keep(piece[std::size_t{y} * extent.width + column], row, column, start + column);
    }
  }
}

[[noreturn]] void refuse_cell(const RasterSource& source, std::uint32_t row, std::uint32_t column,
                              const std::string& what) {
  throw InputError(fmt::format("{}: row {}, column {}: {}", source.header().path, row + 1, column + 1, what));
}

}  // namespace

std::vector<std::int32_t> read_fuel(RasterSource& source, bool is_south_up) {
  std::vector<std::int32_t> codes(source.header().extent.cells());
  for_each_cell(
      source, is_south_up, [&](double value, std::uint32_t row, std::uint32_t column, std::uint64_t index) {
        constexpr double most = std::numeric_limits<std::int32_t>::max();
        if (std::isnan(value)) {
          codes[index] = missing_fuel;
        } else if (std::abs(value) > most) {
          refuse_cell(source, row, column,
                      fmt::format("fuel code {} is out of range; if it means no data, say so: {}", value,
                                  source.way_to_forget(value)));
        } else if (value != std::floor(value)) {
          refuse_cell(
              source, row, column,
              fmt::format("fuel code {} is not whole (classes must be resampled with -r near)", value));
        } else {
          codes[index] = static_cast<std::int32_t>(value);
        }
      });
  return codes;
}

std::vector<std::uint8_t> read_burnt(RasterSource& source, bool is_south_up) {
  std::vector<std::uint8_t> burnt(source.header().extent.cells());
  for_each_cell(
      source, is_south_up, [&](double value, std::uint32_t row, std::uint32_t column, std::uint64_t index) {
        if (!std::isnan(value) && value != 0.0 && value != 1.0)
          refuse_cell(source, row, column,
                      fmt::format("{} is neither 0 (not burnt) nor 1 (burnt); where nothing is known there "
                                  "must be the nodata value",
                                  value));
        burnt[index] = std::isnan(value) ? unknown_burnt : static_cast<std::uint8_t>(value);
      });
  return burnt;
}

std::vector<CellValue> read_amounts(RasterSource& source, bool is_south_up) {
  std::vector<CellValue> amounts;
  for_each_cell(source, is_south_up,
                [&](double value, std::uint32_t row, std::uint32_t column, std::uint64_t index) {
                  if (value < 0.0 || std::isinf(value))
                    refuse_cell(source, row, column,
                                fmt::format("{} is no amount (0 or more); if it means no data, say so: {}",
                                            value, source.way_to_forget(value)));
                  if (value > 0.0) amounts.push_back({index, value});
                });
  if (is_south_up) std::ranges::sort(amounts, {}, &CellValue::cell);
  return amounts;
}

std::vector<float> read_elevation(RasterSource& source, bool is_south_up, double metres_per_unit) {
  constexpr double lowest = -12'000.0;  // [m], below the deepest sea
  constexpr double highest = 9'000.0;   // [m], above the highest mountain
  std::vector<float> elevation(source.header().extent.cells());
  for_each_cell(
      source, is_south_up, [&](double value, std::uint32_t row, std::uint32_t column, std::uint64_t index) {
        const double metres = value * metres_per_unit;
        if (metres < lowest || metres > highest) {
          refuse_cell(
              source, row, column,
              fmt::format("elevation {:.6g} m is none of this planet; if {} means no data, say so: {}",
                          metres, value, source.way_to_forget(value)));
        }
        elevation[index] = static_cast<float>(metres);
      });
  return elevation;
}

std::vector<float> read_densities(RasterSource& source, bool is_south_up) {
  std::vector<float> densities(source.header().extent.cells());
  for_each_cell(
      source, is_south_up, [&](double value, std::uint32_t row, std::uint32_t column, std::uint64_t index) {
        const auto density = static_cast<float>(value);
        if (value < 0.0 || std::isinf(density)) {
          refuse_cell(
              source, row, column,
              fmt::format("density {} of ignitions must be a number from 0 on; if it means no data, say "
                          "so: {}",
                          value, source.way_to_forget(value)));
        }
        densities[index] = density;
      });
  return densities;
}

}  // namespace firesweep
