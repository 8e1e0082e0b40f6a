#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/ensemble/fire_recorder.hpp"
#include "firesweep/landscape/landscape.hpp"
#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/model/weather.hpp"

#include "canvas.hpp"
#include "look.hpp"
#include "marginalia.hpp"

namespace firesweep {

/// What a picture of a fire knows of the ground under it.
class FireGround {
 public:
  explicit FireGround(const ReplayedFire& fire);

  /// Whether the experiment says where its cells lie. If not, nothing else is known, and pictures are plain.
  bool is_known() const { return placement_.has_value(); }
  const MaybePlacement& placement() const { return placement_; }

  std::span<const Colour> colours() const;
  std::uint8_t paper() const;
  std::span<const std::uint8_t> inks() const;  ///< from the faintest
  std::uint8_t colour(GroundKind kind) const;  ///< on level ground

  /// The number of the colour of a cell in that state; `index` is the cell's in the landscape.
  std::uint8_t colour(Cell cell, std::uint64_t index, CellState state) const;

  /// For a map of a step that shows so many cells in a pixel, from west to east; where the ground is known.
  Marginalia marginalia(double cells_per_pixel, std::uint32_t step) const;

  /// Where the wind drives the fire at a step [degrees clockwise of true north]; absent: it turns none.
  std::optional<double> wind_to(std::uint32_t step) const;

  /// The area of so many cells [ha]; where the ground is known.
  double hectares(std::uint64_t cells) const;
  /// What steps take [min]; absent: nobody knows.
  const std::optional<double>& step_minutes() const { return step_minutes_; }

 private:
  MaybePlacement placement_;
  std::shared_ptr<const Landscape> landscape_;  // null: the same fuel everywhere
  std::vector<std::uint8_t> relief_;            // levels of light; empty: level
  std::vector<WeatherPeriod> weather_;          // empty: it turns no fire
  std::optional<double> step_minutes_;
};

}  // namespace firesweep
