#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/landscape/landscape.hpp"
#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/model/ignition.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// Where fires can start.
struct IgnitionGround {
  Extent extent;
  MaybePlacement placement;
  std::vector<std::shared_ptr<const Landscape>> landscapes;  ///< of the matrix; none without rasters
  std::uint64_t burnable_cells = 0;                          ///< that burn in at least one of them

  /// Whether there is land in every landscape.
  bool is_land(Cell cell) const;
};

/// Turns the places of an ignition set into cells: what is written in cells, or under `at:` in the coordinates of the
/// map. Each function notes every problem and then returns nothing; if the ground is not known, because it is a
/// problem itself, no place is said to lie outside.
class IgnitionPlaces {
 public:
  /// `set` is the name of the set.
  IgnitionPlaces(const std::optional<IgnitionGround>& ground, std::string set, ValueDecoder& decode)
      : ground_(ground), set_(std::move(set)), decode_(decode) {}

  /// Distinct points of a list [[x, y], ...], or under `at:` [[easting, northing], ...]. `what` names it in messages.
  std::optional<IgnitionPoints> points(const SourceNode& node, const std::string& what);

  /// The same of the rows of a CSV file; rows of one cell count once, and `warnings` say so.
  std::optional<IgnitionPoints> points_of_file(const SourceNode& node, const std::filesystem::path& folder,
                                               std::vector<Problem>& warnings);

  /// Where the points of a file stand in it; empty if no file was read.
  const std::vector<Location>& rows() const { return rows_; }

  /// A list of at least two vertices, written as points are.
  std::optional<IgnitionLine> line(const SourceNode& node, const std::string& what);

  /// [x0, y0, x1, y1], or under `at:` [west, south, east, north], of which all cells are meant that it overlaps.
  std::optional<IgnitionBox> box(const SourceNode& node, const std::string& what);

 private:
  /// What is written, and in what.
  struct Given {
    const SourceNode* node = nullptr;
    bool is_on_map = false;
  };

  std::optional<Given> given(const SourceNode& node, const std::string& what);
  bool is_list(const Given& given, const std::string& what);
  std::optional<Cell> point(const SourceNode& node, bool is_on_map);
  std::optional<Cell> cell(const SourceNode& node);
  std::optional<Cell> place(const SourceNode& node);
  std::optional<Cell> cell_of(std::int64_t x, std::int64_t y, const Location& where, const std::string& what);
  std::optional<Cell> cell_at(double east, double north, const Location& where, const std::string& what);
  std::optional<IgnitionBox> box_of_cells(const SourceNode& node, const std::string& what);
  std::optional<IgnitionBox> box_on_map(const SourceNode& node, const std::string& what);
  bool is_pair(const SourceNode& node, std::string_view wanted);

  const std::optional<IgnitionGround>& ground_;
  std::string set_;
  std::vector<Location> rows_;
  ValueDecoder& decode_;
};

}  // namespace firesweep
