#include "ground_reading.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/process_memory.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/landscape/fuel_tables.hpp"
#include "firesweep/raster/grid_crs.hpp"
#include "firesweep/table/fuel_table.hpp"

#include "ground_values.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

/// Where a key of the landscape stands, or else the landscape, or the whole file.
const Location& where_is(const SourceNode& root, std::string_view key) {
  if (const SourceEntry* entry = root.find("landscape", key)) return entry->where;
  if (const SourceEntry* entry = root.find("landscape")) return entry->where;
  return root.where;
}

/// "101 (2 000 cells), 102 (12 cells) and 3 more".
std::string code_listing(const std::vector<CodeCount>& codes) {
  constexpr std::size_t most = 6;
  std::vector<std::string> texts;
  for (const CodeCount& code : std::span(codes).first(std::min(most, codes.size())))
    texts.push_back(fmt::format("{} ({})", code.code, counted(code.cells, "cell")));
  const std::string more = codes.size() > most ? fmt::format(" and {} more", codes.size() - most) : "";
  return fmt::format("{}{}", fmt::join(texts, ", "), more);
}

class GroundReader {
 public:
  GroundReader(const SourceNode& root, GroundReading& reading, Experiment& experiment, ValueDecoder& decode)
      : root_(root),
        reading_(reading),
        experiment_(experiment),
        ground_(experiment.ground),
        decode_(decode),
        before_(decode.problems()) {}

  void read(LandscapeAxis* alternatives) {
    refuse_what_rasters_say();
    for (LandscapeInput* input : inputs_of(alternatives)) {
      read_layers(*input, alternatives ? "landscape of matrix" : "landscape");
      if (!is_well()) return;
      inputs_.push_back(input);
    }
    read_classes();
    if (!is_well()) return;
    check_codes();
    if (!is_well()) return;
    make_landscapes();
    expect_as_before();
  }

 private:
  bool is_well() const { return decode_.problems() == before_; }

  /// What comes from the rasters cannot be given beside them.
  void refuse_what_rasters_say() {
    for (const char* const key : {"cell_size", "corner", "crs"})
      if (const SourceEntry* entry = root_.find("landscape", key))
        decode_.problem(entry->where, fmt::format("landscape.{} comes from the rasters; remove it", key));
  }

  /// The landscapes to read, each complete with what all share.
  std::vector<LandscapeInput*> inputs_of(LandscapeAxis* alternatives) {
    if (!alternatives) return {&ground_.input};
    const LandscapeInput shared = std::exchange(ground_.input, LandscapeInput{});
    std::vector<LandscapeInput*> inputs;
    for (NamedLandscape& named : alternatives->landscapes) {
      if (!named.input.fuel.is_given()) named.input.fuel = shared.fuel;
      if (!named.input.elevation.is_given()) named.input.elevation = shared.elevation;
      inputs.push_back(&named.input);
    }
    return inputs;
  }

  std::optional<RasterFile> file_of(const LayerFile& layer) const {
    if (layer.path.empty()) return std::nullopt;
    if (layer.path.find("://") != std::string::npos)
      return RasterFile{layer.path, layer.band};  // to be refused as it is
    return RasterFile{(reading_.folder / layer.path).lexically_normal().string(), layer.band};
  }

  void read_layers(LandscapeInput& input, std::string_view) {
    const LandscapeFiles files{file_of(input.fuel), file_of(input.elevation),
                               unit_of(ground_.elevation_unit)};
    const Location& where = where_is(root_, files.fuel ? "fuel" : "elevation");
    if (!files.fuel && !files.elevation) {
      const bool is_known = input.fuel.is_given() || input.elevation.is_given();
      decode_.problem(
          where, is_known
                     ? "the path of the raster is missing (only its sha256 is known here)"
                     : "the alternatives of matrix.landscape need a raster; give landscape.fuel, or sweep "
                       "matrix.vegetation_density without rasters");
      return;
    }
    try {
      ReadLandscape read = read_landscape(files, available_memory());
      keep_hashes(read, files, input);
      keep_grid(read, where);
      input.layers = std::make_shared<const LandscapeLayers>(std::move(read.layers));
      reading_.facts.push_back(std::move(read.facts));
      reading_.warnings.insert(reading_.warnings.end(), read.warnings.begin(), read.warnings.end());
    } catch (const InputError& error) {
      decode_.note(error, where);
    }
  }

  static std::optional<LengthUnit> unit_of(ElevationUnit unit) {
    if (unit == ElevationUnit::file) return std::nullopt;
    return unit == ElevationUnit::feet ? LengthUnit::foot : LengthUnit::metre;
  }

  /// A raster may be asked for by its hash as well, as in the resolved experiment of a results file.
  void keep_hashes(const ReadLandscape& read, const LandscapeFiles& files, LandscapeInput& input) {
    const auto keep = [&](const std::optional<RasterFile>& file, LayerFile& layer, std::string_view key) {
      if (!file) return;
      const auto found = std::ranges::find(read.inputs, file->path, &InputFile::path);
      if (!layer.sha256.empty() && layer.sha256 != found->sha256)
        decode_.problem(where_is(root_, key), another_file_text(file->path, found->sha256, layer.sha256));
      layer.path = file->path;
      layer.sha256 = found->sha256;
    };
    keep(files.fuel, input.fuel, "fuel");
    keep(files.elevation, input.elevation, "elevation");
  }

  /// The first landscape says where the grid lies and how large it is; the others must agree.
  void keep_grid(const ReadLandscape& read, const Location& where) {
    if (inputs_.empty()) {
      given_ = {ground_.placement.value_or(Placement{}), ground_.land_cells, ground_.burnable_cells};
      was_given_ = ground_.placement.has_value();
      expect_size(read.layers.extent);
      experiment_.base.extent = read.layers.extent;
      ground_.placement = read.placement;
      return;
    }
    if (read.layers.extent != experiment_.base.extent || read.placement != *ground_.placement)
      decode_.problem(
          where,
          "the landscapes of matrix.landscape are not on one grid; bring them onto that of the first "
          "with gdalwarp -te and -tr");
  }

  void expect_size(Extent found) {
    for (const auto& [key, given, read] :
         {std::tuple("width", experiment_.base.extent.width, found.width),
          std::tuple("height", experiment_.base.extent.height, found.height)}) {
      const SourceEntry* entry = root_.find("landscape", key);
      if (entry && given != read)
        decode_.problem(entry->where, fmt::format("landscape.{} is {}, but the rasters have {}; remove it",
                                                  key, given, read));
    }
  }

  void read_classes() {
    const bool has_fuel =
        std::ranges::any_of(inputs_, [](const auto* input) { return input->fuel.is_given(); });
    read_table(ground_.fuel_table, ground_.fuel_classes);
    for (LandscapeInput* input : inputs_) {
      if (!input->fuel.is_given() && (!input->fuel_classes.empty() || !input->fuel_table.empty()))
        decode_.problem(
            where_is(root_, "fuel"),
            "fuel_classes of an alternative without a fuel raster say nothing; give it or landscape fuel");
      if (input != &ground_.input) read_table(input->fuel_table, input->fuel_classes);
    }
    if (!is_well()) return;
    for (std::size_t i = 0; i < inputs_.size(); ++i)
      if (inputs_[i]->fuel.is_given() && ground_.classes_of(*inputs_[i]).empty()) {
        decode_.problem(
            where_is(root_, "fuel"),
            fmt::format("landscape.fuel_classes is missing (what are the codes {}?); give a CSV file, "
                        "scott_burgan_40 or anderson_13",
                        code_listing(reading_.facts[i].codes)));
        return;
      }
    if (!has_fuel && !ground_.fuel_classes.empty())
      decode_.problem(where_is(root_, "fuel_classes"),
                      "landscape.fuel_classes without a fuel raster say nothing; give landscape.fuel");
  }

  /// The classes of a table, if one is named.
  void read_table(std::string& named, std::vector<FuelClass>& classes) {
    if (named.empty()) return;
    const std::string table = std::exchange(named, "");
    try {
      if (table == "scott_burgan_40" || table == "anderson_13")
        reading_.warnings.push_back({where_is(root_, "fuel_classes"),
                                     fmt::format("{} says what its codes are called and which burn, and no "
                                                 "more (every class spreads alike, which "
                                                 "is not calibrated); a CSV file may give each its spread",
                                                 table)});
      classes = table == "scott_burgan_40" ? scott_burgan_40()
                : table == "anderson_13"
                    ? anderson_13()
                    : read_fuel_classes((reading_.folder / table).lexically_normal().string());
    } catch (const InputError& error) {
      decode_.note(error, where_is(root_, "fuel_classes"));
    }
  }

  /// A class for every code, or a problem.
  void check_codes() {
    std::set<std::int32_t> occurring;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      std::vector<FuelClass>& own = inputs_[i]->fuel_classes;
      std::set<std::int32_t> of_own;
      check_codes(inputs_[i]->fuel.path, reading_.facts[i].codes, own.empty() ? ground_.fuel_classes : own,
                  own.empty() ? occurring : of_own);
      occurring.merge(of_own);
    }
    if (occurring.size() > Landscape::max_classes)
      decode_.problem(
          where_is(root_, "fuel"),
          fmt::format("{}: has {} codes{}; {} is the most there can be; give classes that burn "
                      "alike one code",
                      inputs_.front()->fuel.path, occurring.size(),
                      inputs_.size() == 1 ? "" : " with its alternatives", Landscape::max_classes));
  }

  /// Those of a raster that no raster before it has, with the same classes.
  void check_codes(const std::string& path, const std::vector<CodeCount>& codes,
                   std::vector<FuelClass>& classes, std::set<std::int32_t>& occurring) {
    std::vector<CodeCount> unknown;
    std::vector<CodeCount> negative;  // files mark missing cells by one
    for (const CodeCount& code : codes) {
      if (!occurring.insert(code.code).second) continue;
      if (code.code < 0)
        negative.push_back(code);
      else if (std::ranges::find(classes, code.code, &FuelClass::code) == classes.end())
        unknown.push_back(code);
    }
    if (!negative.empty())
      decode_.problem(where_is(root_, "fuel"),
                      fmt::format("{}: has codes below 0: {}; declare them as nodata (gdal_translate "
                                  "-a_nodata {}) or recode them",
                                  path, code_listing(negative), negative.front().code));
    if (!unknown.empty() && ground_.other_codes == OtherCodes::error)
      decode_.problem(
          where_is(root_, "fuel"),
          fmt::format("{}: has codes without a class: {}; add them to landscape.fuel_classes, or set "
                      "landscape.other_codes: nonburnable",
                      path, code_listing(unknown)));
    for (const CodeCount& code : unknown)
      classes.push_back(
          {.code = code.code, .name = fmt::format("code {}", code.code), .density = {}, .burnable = false});
  }

  void make_landscapes() {
    for (LandscapeInput* input : inputs_) make_landscape(ground_, *input);
    count_cells();
    if (ground_.burnable_cells == 0)
      decode_.problem(where_is(root_, "fuel"),
                      "nothing of the landscape can burn (no cell has a burnable class)");
  }

  void count_cells() {
    const Extent extent = experiment_.base.extent;
    ground_.land_cells = inputs_.front()->landscape->land_cells();
    ground_.burnable_cells = inputs_.front()->landscape->burnable_cells();
    if (inputs_.size() == 1) return;
    ground_.land_cells = ground_.burnable_cells = 0;
    for (std::uint64_t i = 0; i < extent.cells(); ++i) {
      const Cell cell = extent.cell(i);
      const auto in_any = [&](bool (Landscape::*is)(Cell) const) {
        return std::ranges::any_of(inputs_, [&](const auto* input) { return (*input->landscape.*is)(cell); });
      };
      ground_.land_cells += in_any(&Landscape::is_land) ? 1U : 0U;
      ground_.burnable_cells += in_any(&Landscape::is_burnable) ? 1U : 0U;
    }
  }

  void expect_as_before() {
    if (was_given_ && given_ != ReadGround{*ground_.placement, ground_.land_cells, ground_.burnable_cells})
      decode_.problem(
          where_is(root_, "read"),
          "landscape.read is not what is in the rasters (have they changed?); remove it to take them as "
          "they are now");
  }

  const SourceNode& root_;
  GroundReading& reading_;
  Experiment& experiment_;
  Ground& ground_;
  ValueDecoder& decode_;
  std::size_t before_;
  std::vector<LandscapeInput*> inputs_;  // that are read
  ReadGround given_;                     // by landscape.read
  bool was_given_ = false;
};

/// Without rasters: where cells of a given size lie.
void place(const SourceNode& root, Experiment& experiment, ValueDecoder& decode) {
  Ground& ground = experiment.ground;
  for (const char* const key : {"fuel_classes", "elevation_unit", "other_codes", "missing", "read"})
    if (const SourceEntry* entry = root.find("landscape", key))
      decode.problem(entry->where,
                     fmt::format("landscape.{} without rasters says nothing; give landscape.fuel", key));
  if (!ground.cell_size) {
    for (const char* const key : {"corner", "crs"})
      if (const SourceEntry* entry = root.find("landscape", key))
        decode.problem(entry->where, fmt::format("landscape.{} needs landscape.cell_size, e.g. 25 m", key));
    return;
  }
  const Ground::Corner corner = ground.corner.value_or(Ground::Corner{});
  ground.placement = placement_of(experiment.base.extent, *ground.cell_size, corner.west, corner.south);
  if (ground.crs.empty()) return;
  try {
    set_crs(*ground.placement, experiment.base.extent, ground.crs);
  } catch (const InputError& error) {
    decode.problem(where_is(root, "crs"), fmt::format("landscape.crs: {}", error.what()));
  }
}

}  // namespace

void complete_ground(const SourceNode& root, GroundReading* reading, Experiment& experiment,
                     LandscapeAxis* alternatives, ValueDecoder& decode) {
  if (!alternatives && !experiment.ground.input.has_rasters())
    place(root, experiment, decode);
  else if (reading)
    GroundReader(root, *reading, experiment, decode).read(alternatives);
  else if (!experiment.ground.placement)
    decode.problem(where_is(root, "read"), "landscape.read is missing (what was found in the rasters)");
}

}  // namespace firesweep
