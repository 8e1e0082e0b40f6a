#pragma once

#include <memory>
#include <optional>

#include "coordinate_system.hpp"

namespace firesweep {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

/// How a map lies on the ground around one of its points.
struct LocalGround {
  double convergence = 0.0;        ///< true north [degrees clockwise of grid north]
  double least_point_scale = 1.0;  ///< of all directions [map metre / metre on the ground]
  double most_point_scale = 1.0;   ///< the same
  double longitude = 0.0;          ///< [degrees]
  double latitude = 0.0;           ///< [degrees]
  bool is_mirrored = false;        ///< east is not clockwise of north
};

/// Finds the ground under the points of a projected system, through the geographic one of the same datum: so nothing is
/// shifted, and no grid of shifts looked up.
class GroundFinder {
 public:
  explicit GroundFinder(const CoordinateSystem& system);

  /// Nothing where the system does not reach, or says nothing of the Earth.
  std::optional<LocalGround> at(Point point) const;

 private:
  struct SystemRelease {
    void operator()(void* system) const;
  };
  struct TransformationRelease {
    void operator()(void* transformation) const;
  };
  using Transformation = std::unique_ptr<void, TransformationRelease>;

  static std::optional<Point> transformed(const Transformation& transformation, Point point);
  std::optional<Point> steps_per_metre(Point from, Point to, double metres) const;

  std::unique_ptr<void, SystemRelease> geographic_;
  Transformation to_map_;
  Transformation from_map_;
  double metres_per_unit_ = 1.0;
  double units_per_radian_ = 1.0;  // of the geographic system
};

}  // namespace firesweep
