#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/landscape/fuel_class.hpp"
#include "firesweep/landscape/landscape.hpp"
#include "firesweep/landscape/layers.hpp"
#include "firesweep/landscape/placement.hpp"

namespace firesweep {

/// A raster that an experiment names.
struct LayerFile {
  std::string path;    ///< empty: there is none, or nobody knows any more where it was
  std::string band;    ///< by description or number; empty: the only one of the file
  std::string sha256;  ///< of the file that was read, in hexadecimal; empty: there is none

  bool is_given() const { return !path.empty() || !sha256.empty(); }

  friend bool operator==(const LayerFile&, const LayerFile&) = default;
};

/// The rasters of a landscape, and what they hold once they are read.
struct LandscapeInput {
  LayerFile fuel;
  LayerFile elevation;
  std::string fuel_table;                         ///< as Ground's, of this alternative alone
  std::vector<FuelClass> fuel_classes;            ///< likewise; empty: the ground's
  std::optional<double> vegetation_density;       ///< of classes that give none; absent: the experiment's
  std::shared_ptr<const LandscapeLayers> layers;  ///< as read; null for an experiment of a results file
  std::shared_ptr<const Landscape> landscape;     ///< made of them; null likewise

  bool has_rasters() const { return fuel.is_given() || elevation.is_given(); }

  /// Whether it says anything of its own.
  bool says_anything() const {
    return has_rasters() || !fuel_table.empty() || !fuel_classes.empty() || vegetation_density.has_value();
  }

  /// What was read follows from the files.
  friend bool operator==(const LandscapeInput& one, const LandscapeInput& other) {
    return one.fuel == other.fuel && one.elevation == other.elevation && one.fuel_table == other.fuel_table &&
           one.fuel_classes == other.fuel_classes && one.vegetation_density == other.vegetation_density;
  }
};

/// What the elevation of a raster is in.
enum class ElevationUnit : std::uint8_t {
  file,  ///< as the file says, else metres
  metres,
  feet,
};

inline constexpr std::array all_elevation_units = {ElevationUnit::file, ElevationUnit::metres,
                                                   ElevationUnit::feet};

/// As in experiment files: "file", "metres", "feet".
std::string_view name(ElevationUnit unit);

/// What a fuel code is that the table of fuel classes does not have.
enum class OtherCodes : std::uint8_t { error, nonburnable };

inline constexpr std::array all_other_codes = {OtherCodes::error, OtherCodes::nonburnable};

/// As in experiment files: "error", "nonburnable".
std::string_view name(OtherCodes choice);

/// What burns, where it lies on the ground, and how much of it there is.
struct Ground {
  /// Lower left, in the unit of the CRS.
  struct Corner {
    double west = 0.0;
    double south = 0.0;

    friend bool operator==(const Corner&, const Corner&) = default;
  };

  LandscapeInput input;  ///< of every scenario, but for what matrix.landscape names
  ElevationUnit elevation_unit = ElevationUnit::file;
  std::string fuel_table;  ///< its name or file, until fuel_classes are read from it
  std::vector<FuelClass> fuel_classes;
  OtherCodes other_codes = OtherCodes::error;
  std::optional<double>
      cell_size;  ///< [unit of the CRS]; this and the next two are given without rasters only
  std::optional<Corner> corner;
  std::string crs;
  MaybePlacement placement;            ///< of the rasters, or from the three above
  std::uint64_t land_cells = 0;        ///< that are not missing; of no meaning without rasters
  std::uint64_t burnable_cells = 0;    ///< that burn in at least one landscape; of no meaning without rasters
  std::optional<double> step_minutes;  ///< that a step takes, if anybody has said it

  /// The classes of an input's codes.
  const std::vector<FuelClass>& classes_of(const LandscapeInput& alternative) const {
    return alternative.fuel_classes.empty() ? fuel_classes : alternative.fuel_classes;
  }

  friend bool operator==(const Ground&, const Ground&) = default;
};

/// The area of a cell [ha].
double cell_hectares(const Placement& placement);

/// Makes the landscape of an input whose layers are known, and whose codes all have a class.
void make_landscape(const Ground& ground, LandscapeInput& input);

}  // namespace firesweep
