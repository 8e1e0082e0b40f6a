#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/experiment/ground.hpp"

#include "key_values.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// Kinds of values of the ground, as those of key_values.hpp. Where they are not set they are not written.

/// A raster: its path, or {file, band, sha256}.
struct LayerValue {
  Json schema() const;
  bool is_set(const LayerFile& layer) const { return layer.is_given(); }
  /// Without the path: which bytes it holds and which band of them says everything of a run.
  std::string identity(const LayerFile& layer) const;
  std::string text(const LayerFile& layer) const;
  std::optional<LayerFile> decode(const SourceNode& node, std::string_view what, ValueDecoder& decode) const;
};

/// Classes of fuel: the name of a table or the path of one, or {code: {name, spread, density, burnable, burn_steps}}.
/// Of a table only the name is decoded.
struct FuelClassesValue {
  struct Classes {
    std::string table;
    std::vector<FuelClass> classes;
  };

  Json schema() const;
  std::string text(const std::vector<FuelClass>& classes) const;
  std::optional<Classes> decode(const SourceNode& node, std::string_view what, ValueDecoder& decode) const;
};

/// That a file is not the one whose hash is given.
std::string another_file_text(const std::string& path, const std::string& found, const std::string& asked);

/// A length of a cell: "25 m", or a number in the unit of the CRS.
struct CellSizeValue {
  Json schema() const;
  bool is_set(const std::optional<double>& value) const { return value.has_value(); }
  std::string text(const std::optional<double>& value) const { return fmt::format("{}", *value); }
  std::optional<double> decode(const SourceNode& node, std::string_view what, ValueDecoder& decode) const;
};

/// [easting, northing] of the lower left corner.
struct CornerValue {
  Json schema() const;
  bool is_set(const std::optional<Ground::Corner>& value) const { return value.has_value(); }
  std::string text(const std::optional<Ground::Corner>& value) const;
  std::optional<Ground::Corner> decode(const SourceNode& node, std::string_view what,
                                       ValueDecoder& decode) const;
};

/// A text that may be anything.
struct TextValue {
  Json schema() const { return {{"type", "string"}}; }
  bool is_set(const std::string& value) const { return !value.empty(); }
  std::string text(const std::string& value) const;
  std::optional<std::string> decode(const SourceNode& node, std::string_view what,
                                    ValueDecoder& decode) const;
};

/// How long a step takes: "5 min", "30 s", "1 h". In minutes.
struct StepLengthValue {
  Json schema() const;
  bool is_set(const std::optional<double>& minutes) const { return minutes.has_value(); }
  std::string text(const std::optional<double>& minutes) const { return fmt::format("{} min", *minutes); }
  std::optional<double> decode(const SourceNode& node, std::string_view what, ValueDecoder& decode) const;
};

/// What reading rasters has found: where they lie and how much burns. Experiments of results files are complete with
/// it; in a file of a user it is compared with what is read.
struct ReadGround {
  Placement placement;
  std::uint64_t land_cells = 0;
  std::uint64_t burnable_cells = 0;

  friend bool operator==(const ReadGround&, const ReadGround&) = default;
};

std::string read_ground_text(const Ground& ground);
std::optional<ReadGround> decode_read_ground(const SourceNode& node, std::string_view what,
                                             ValueDecoder& decode);

}  // namespace firesweep
