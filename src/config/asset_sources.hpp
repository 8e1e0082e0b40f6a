#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/experiment/experiment.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// Decodes where the set `what` (e.g. "assets.houses") comes from, or notes what is wrong and returns nothing.
std::optional<AssetSource> decode_asset_source(const SourceNode& node, const std::string& what,
                                               const Experiment& experiment, ValueDecoder& decode);

/// What lies in each cell, read from the source's file if it has one; its path becomes one that starts in `folder`.
/// Throws InputError.
std::vector<CellValue> read_assets(AssetSource& source, const std::filesystem::path& folder,
                                   const Experiment& experiment);

/// The keys of a source as YAML, without braces: "raster: houses.tif, per: cell".
std::string source_text(const AssetSource& source);

}  // namespace firesweep
