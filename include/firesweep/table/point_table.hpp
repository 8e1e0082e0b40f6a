#pragma once

#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"

namespace firesweep {

/// A row of a table of points.
struct TablePoint {
  double x = 0.0;  ///< column of the cell, or easting
  double y = 0.0;  ///< row of the cell, or northing
  Location where;  ///< of the row's first number
};

/// Points of a table, in its order.
struct PointTable {
  bool is_on_map = false;  ///< eastings and northings, else cells
  std::vector<TablePoint> points;
};

/// Reads a comma-separated file with the columns x and y, the cell, or easting and northing, in the coordinate system of
/// the landscape. Other columns are passed over. Throws InputError with every problem at once, each with its place: the
/// file cannot be read or has no row, the columns are not there, or those of both kinds are, or a cell is no number.
PointTable read_points(const std::string& path);

}  // namespace firesweep
