#pragma once

#include "firesweep/experiment/experiment.hpp"

#include "ground_reading.hpp"
#include "key_rows.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// The key of what is at stake, which decode_assets() decodes, and that of the losses to exceed.
ExperimentKey assets_key();
ExperimentKey asset_thresholds_key();

/// Decodes `assets`: each set from its raster, cells, box, polygons or points, which are read by `reading`. Without it
/// nothing is read, as the node is of a results file, which says what was found. The ground is known. What is wrong is
/// noted as a problem, and what will never be lost as a warning.
void decode_assets(const SourceNode& node, GroundReading* reading, Experiment& experiment,
                   ValueDecoder& decode);

}  // namespace firesweep
