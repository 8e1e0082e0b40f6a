#pragma once

#include <filesystem>
#include <vector>

#include "firesweep/experiment/experiment.hpp"
#include "firesweep/raster/landscape_files.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// Reads the rasters of an experiment.
struct GroundReading {
  std::filesystem::path folder;       ///< where relative paths start
  std::vector<Problem> warnings;      ///< what is valid in them, but may mislead
  std::vector<LandscapeFacts> facts;  ///< of every landscape of the matrix, or the only one
};

/// Completes the ground of an experiment whose keys of the landscape are decoded: reads its rasters, those of
/// `alternatives` (null: matrix.landscape is not given) in which it fills in what they share, and so finds the size,
/// the place, the classes of fuel and what burns. Without `reading` nothing is read, as a results file has said it.
/// What is wrong is noted as a problem at its key.
void complete_ground(const SourceNode& root, GroundReading* reading, Experiment& experiment,
                     LandscapeAxis* alternatives, ValueDecoder& decode);

}  // namespace firesweep
