#pragma once

#include <array>
#include <string>

namespace firesweep {

/// The root attribute by which our files are recognised, and its value.
inline const std::string marker_attribute = "file_type";
inline const std::string marker = "firesweep results";
inline const std::string format_version_attribute = "format_version";

/// That with the cells that burn fractions are of; without it all are.
inline const std::string burnable_cells_attribute = "burnable_cells";

/// Those with the area of a cell [ha] and what a step takes [min], where they are known.
inline const std::string cell_area_attribute = "cell_area";
inline const std::string step_minutes_attribute = "step_minutes";

/// The root attribute with the names of the sets of assets, parted by blanks.
inline const std::string assets_attribute = "assets";

/// The root attributes with the two hashes. A dataset's attribute `covered_by` names the one that covers it.
inline const std::string content_hash_attribute = "content_sha256";
inline const std::string estimates_hash_attribute = "estimates_sha256";
inline const std::string covered_by_attribute = "covered_by";

/// Attributes of the variable `crs`, after GDAL and CF, and what they have no word for.
inline const std::string geo_transform_attribute = "GeoTransform";
inline const std::string wkt_attribute = "crs_wkt";
inline const std::string unit_attribute = "metres_per_unit";
inline const std::string convergence_attribute = "convergence";

/// Attributes, by their full names, that a hash covers as well, where they are.
inline const std::array<std::string, 16> content_attributes = {
    "assets",  "axes",       "burnable_cells", "cell_area",   "land_cells",  "experiment",
    "height",  "max_steps",  "name",           "rng_version", "runs_failed", "runs_missing",
    "runs_ok", "runs_total", "title",          "width"};
inline const std::array<std::string, 10> estimates_attributes = {"confidence",
                                                                 "sensitivity/scenarios_in_matrix",
                                                                 "season/fewest_runs_beyond",
                                                                 "sensitivity/method",
                                                                 "sensitivity/chance_of_mean",
                                                                 "sensitivity/scenarios",
                                                                 "sensitivity/seeds",
                                                                 "sensitivity/chance_of_mean_given_start",
                                                                 "sensitivity/scenarios_given_start",
                                                                 "sensitivity/seeds_given_start"};

/// The root's groups that depend on the occasion, which no hash covers.
inline const std::array<std::string, 2> volatile_groups = {"provenance", "performance"};

}  // namespace firesweep
