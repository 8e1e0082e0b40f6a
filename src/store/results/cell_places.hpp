#pragma once

#include "firesweep/experiment/experiment.hpp"

#include "content/group_writer.hpp"

namespace firesweep {

/// Writes y and x: of cells by their numbers or, where they have a place, by their centres in its coordinate system.
void write_sides(GroupWriter& root, const Experiment& experiment);

/// Writes column, row and crs, along y and x that are made, of cells that have a place.
void write_places(GroupWriter& root, const Experiment& experiment);

}  // namespace firesweep
