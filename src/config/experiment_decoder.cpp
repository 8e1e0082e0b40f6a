#include "experiment_decoder.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/suggestion.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/experiment/plan.hpp"

#include "asset_keys.hpp"
#include "axis_decoder.hpp"
#include "design_keys.hpp"
#include "experiment_keys.hpp"
#include "ground_reading.hpp"
#include "ignition_decoder.hpp"
#include "key_values.hpp"
#include "season_keys.hpp"
#include "spotting_keys.hpp"
#include "value_decoder.hpp"
#include "weather_check.hpp"
#include "weather_keys.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;
class ExperimentDecoder {
 public:
  ExperimentDecoder(const SourceNode& root, GroundReading* reading, std::vector<Problem>& problems)
      : root_(root), reading_(reading), decode_(problems) {}

  Experiment decode(const std::string& default_name) {
    experiment_ = default_experiment();
    experiment_.name = default_name;
    decode_.section(root_, "", keys_of(""));
    decode_keys("");
    decode_ground();
    decode_stakes();
    for (const char* const section : {"model", "weather", "outputs"})
      decode_keys(section);  // a step has a length
    if (const SourceNode* weather = map("weather"))
      complete_weather(*weather, station_files(), experiment_, decode_);
    adopt_constants_of_form();
    decode_matrix();
    if (const SourceEntry* design = root_.find("design"))
      add(decode_design(design->value, reading_, decode_), *design);
    check_axes_against_sections();
    check_design(root_, experiment_, decode_);
    check_densities();
    check_spotting(root_, experiment_, decode_);
    check_weather(root_, experiment_, decode_);
    check_weather_is_complete();
    check_compared_axes();
    check_paired_maps();
    decode_exclude();
    decode_year();
    if (decode_.problems() == 0) check_size();
    decode_seed();
    return std::move(experiment_);
  }

 private:
  /// The map of that name, or null if it is absent or not a map, which section() has noted.
  const SourceNode* map(std::string_view name) const {
    const SourceEntry* entry = root_.find(name);
    return entry && entry->value.kind == Kind::map ? &entry->value : nullptr;
  }

  /// None for an experiment of a results file, which has all numbers.
  std::optional<StationFiles> station_files() const {
    if (!reading_) return std::nullopt;
    return StationFiles{reading_->folder, reading_->warnings};
  }

  const SourceEntry* find(std::string_view section, std::string_view key) const {
    const SourceNode* node = map(section);
    return node ? node->find(key) : nullptr;
  }

  void check_keys(std::string_view section) {
    if (const SourceEntry* entry = root_.find(section))
      decode_.section(entry->value, section, keys_of(section));
  }

  /// Decodes the keys of a section but those that are decoded together.
  void decode_keys(std::string_view section) {
    if (!section.empty()) check_keys(section);
    for (const ExperimentKey& key : experiment_keys()) {
      if (key.section != section || !key.decode) continue;
      if (const SourceEntry* entry = section.empty() ? root_.find(key.name) : find(section, key.name))
        key.decode(entry->value, decode_, experiment_);
    }
  }

  /// The landscape, and with it where fires can start, unless that is a problem.
  void decode_ground() {
    const std::size_t before = decode_.problems();
    decode_keys("landscape");
    if (const SourceEntry* entry = find("matrix", "landscape"))
      landscapes_ = decode_landscapes(entry->value, decode_);
    if (decode_.problems() == before)
      complete_ground(root_, reading_, experiment_, landscapes_ ? &*landscapes_ : nullptr, decode_);
    if (decode_.problems() > before) {
      experiment_.base.extent = Extent{};
      return;
    }
    ground_ = {experiment_.base.extent, experiment_.ground.placement, {}, experiment_.base.extent.cells()};
    const auto add_landscape = [&](const LandscapeInput& input) {
      if (input.landscape) ground_->landscapes.push_back(input.landscape);
    };
    add_landscape(experiment_.ground.input);
    for (const NamedLandscape& named : landscapes_ ? landscapes_->landscapes : std::vector<NamedLandscape>())
      add_landscape(named.input);
    if (!ground_->landscapes.empty()) ground_->burnable_cells = experiment_.ground.burnable_cells;
  }

  // Of a ground that is known.
  void decode_stakes() {
    const SourceEntry* entry = root_.find("assets");
    if (entry && ground_) decode_assets(entry->value, reading_, experiment_, decode_);
  }

  /// Another form has other constants, unless they are given.
  void adopt_constants_of_form() {
    SpreadParameters& spread = experiment_.base.spread;
    if (spread.form != Form::alexandridis) return;
    const auto is_given = [&](std::string_view key) { return find("model", key) || find("matrix", key); };
    if (!is_given("wind_directionality")) spread.wind_directionality = Alexandridis::wind_directionality;
    if (!is_given("slope_coefficient")) spread.slope_coefficient = Alexandridis::slope_coefficient;
  }

  void decode_matrix() {
    check_keys("matrix");
    static const SourceNode no_matrix;
    const SourceNode* matrix = map("matrix");
    bool has_ignition = false;
    for (const SourceEntry& entry : (matrix ? *matrix : no_matrix).entries) {
      const Parameter* parameter = find_parameter(entry.key);
      if (entry.key == "danger_level") {
        add(decode_danger_levels(entry.value, decode_), entry);
      } else if (entry.key == "weather") {
        add(decode_weathers(entry.value, experiment_.ground.step_minutes, station_files(), decode_), entry);
      } else if (entry.key == "landscape") {
        add(std::exchange(landscapes_, std::nullopt), entry);
      } else if (entry.key == "ignition_set") {
        has_ignition = true;
        add(decode_ignition_sets(entry.value, ground_, reading_, decode_), entry);
      } else if (parameter) {
        add(decode_parameter_axis(entry.value, *parameter, decode_), entry);
      }
    }
    if (has_ignition) return;
    const Cell centre{experiment_.base.extent.width / 2, experiment_.base.extent.height / 2};
    experiment_.axes.emplace_back(IgnitionSetAxis{{{"centre", IgnitionPoints{centre}}}});
    if (ground_ && !ground_->is_land(centre))
      decode_.problem(
          matrix ? matrix->where : root_.where,
          "fires cannot start in the centre, where the rasters have no data; give matrix.ignition_set");
  }

  template <typename SomeAxis>
  void add(std::optional<SomeAxis> axis, const SourceEntry& entry) {
    if (axis)
      experiment_.axes.emplace_back(std::move(*axis));
    else
      broken_axes_.push_back(entry.key);
  }

  void check_axes_against_sections() {
    for (const ExperimentKey& key : experiment_keys()) {
      const SourceEntry* entry = key.section == "matrix" ? nullptr : find(key.section, key.name);
      if (entry && find("matrix", key.name))
        decode_.problem(
            entry->where,
            fmt::format("{0} is set in {1} and swept in matrix (the axis would override it); remove "
                        "one of the two",
                        key.name, key.section));
    }
  }

  // Of two axes that set one number, one would be without effect.
  void check_densities() {
    const SourceEntry* swept = find_varied(root_, experiment_, "vegetation_density");
    const SourceEntry* landscapes = find("matrix", "landscape");
    if (!swept || !landscapes) return;
    for (const SourceEntry& entry : landscapes->value.entries)
      if (const SourceEntry* own = entry.value.find("vegetation_density"))
        decode_.problem(
            own->where,
            fmt::format(
                "matrix.landscape.{}.vegetation_density is swept in matrix as well (one would override "
                "the other); remove one of the two",
                entry.key));
  }

  // Nothing is said if a key of the matrix or the weather is unknown: it may be the one that is missing here.
  void check_weather_is_complete() {
    if (std::ranges::count(broken_axes_, "design") > 0) return;
    if (find("matrix", "danger_level") || find("matrix", "weather") || find("weather", "series")) return;
    for (const std::string_view section : {"matrix", "weather"}) {
      const SourceEntry* entry = root_.find(section);
      if (!entry || entry->value.kind == Kind::null) continue;
      if (entry->value.kind != Kind::map) return;
      for (const SourceEntry& inner : entry->value.entries) {
        const auto& keys = keys_of(section);
        if (std::find(keys.begin(), keys.end(), inner.key) == keys.end()) return;
      }
    }
    std::vector<std::string_view> missing;
    for (const std::string_view part : {"wind_speed", "humidity", "temperature"})
      if (!find_varied(root_, experiment_, part) && !find("weather", part)) missing.push_back(part);
    if (missing.empty()) return;
    const SourceEntry* matrix = root_.find("matrix");
    decode_.problem(
        matrix ? matrix->where : root_.where,
        fmt::format(
            "the weather is incomplete (without matrix.danger_level, weather or matrix must give {}); "
            "add for example danger_level: [extreme] to matrix",
            listing(missing)));
  }

  // Nothing is said of axes that are problems themselves.
  void check_compared_axes() {
    const SourceEntry* entry = find("outputs", "compare");
    if (!entry || !broken_axes_.empty()) return;
    std::vector<std::string_view> names;
    for (const Axis& axis : experiment_.axes)
      if (!std::holds_alternative<SampleAxis>(axis)) names.push_back(name(axis));
    for (const SourceNode& item : entry->value.items) {
      const auto axis = std::ranges::find(names, item.text);  // samples, if there are any, are the last axis
      if (axis == names.end())
        decode_.problem(item.where,
                        fmt::format("outputs.compare: {} is no axis of this matrix, which has {}{}",
                                    description(item), listing(names), suggestion(item.text, names)));
      else if (size(experiment_.axes[static_cast<std::size_t>(axis - names.begin())]) < 2)
        decode_.problem(item.where,
                        fmt::format("outputs.compare: {} has one value, which there is nothing to "
                                    "compare with; leave it out, or give it another",
                                    *axis));
    }
  }

  void check_paired_maps() {
    const SourceEntry* entry = find("outputs", "paired_maps");
    if (!entry || !experiment_.outputs.paired_maps) return;
    if (!experiment_.outputs.maps)
      decode_.problem(
          entry->value.where,
          "outputs.paired_maps needs outputs.maps, whose differences it makes more certain; leave "
          "one of the two out");
    if (experiment_.outputs.compare.empty())
      decode_.problem(
          entry->value.where,
          "outputs.paired_maps burns fires again for every pair, so the axes have to be named; add "
          "for example compare: [landscape] to outputs");
  }

  void decode_exclude() {
    const SourceEntry* entry = root_.find("exclude");
    if (!entry) return;
    experiment_.exclude = decode_exclusions(entry->value, experiment_.axes, broken_axes_, decode_);
  }

  // Nothing is said of axes that are problems themselves.
  void decode_year() {
    const SourceEntry* entry = root_.find("season");
    if (entry && broken_axes_.empty()) experiment_.season = decode_season(entry->value, experiment_, decode_);
  }

  // Before the seeds are known.
  void check_size() {
    std::size_t scenarios = 1;
    std::string factors;
    for (const Axis& axis : experiment_.axes) {
      factors += fmt::format("{}{} {}", factors.empty() ? "" : " x ", size(axis), name(axis));
      // Neither factor is above the limit, so the product fits.
      scenarios = std::min(scenarios * size(axis), max_scenarios + 1);
    }
    const SourceEntry* matrix = root_.find("matrix");
    const Location& where = matrix ? matrix->where : root_.where;
    if (scenarios > max_scenarios) {
      decode_.problem(where, fmt::format("the matrix has more than {} scenarios ({}); shorten an axis",
                                         max_scenarios, factors));
      return;
    }
    if (experiment_.exclude.empty()) return;
    Experiment one_seed = experiment_;
    one_seed.seeds = {Seed{1}};
    if (Plan(std::move(one_seed)).runs() == 0)
      decode_.problem(root_.find("exclude")->where, "exclude leaves out every scenario (nothing would run)");
  }

  void decode_seed() {
    const SourceEntry* entry = find("matrix", "seed");
    const SourceNode defaults{Kind::map, {}, {}, false, {}, {}};
    SeedChoice choice =
        decode_seeds(entry ? entry->value : defaults, experiment_.assets, decode_).value_or(SeedChoice{});
    experiment_.seeds = std::move(choice.seeds);
    experiment_.until = std::move(choice.until);
  }

  const SourceNode& root_;
  GroundReading* reading_;  // null for an experiment of a results file
  ValueDecoder decode_;
  Experiment experiment_;
  std::optional<LandscapeAxis> landscapes_;  // until they are an axis
  std::optional<IgnitionGround> ground_;     // unless it is a problem
  std::vector<std::string_view> broken_axes_;
};

}  // namespace

Experiment decode_experiment(const SourceNode& root, const std::string& default_name, GroundReading* reading,
                             std::vector<Problem>& problems) {
  return ExperimentDecoder(root, reading, problems).decode(default_name);
}

}  // namespace firesweep
