#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "firesweep/experiment/experiment.hpp"

namespace firesweep {

struct ArrayRow;

/// What an array of a results file is made from, and with that, who holds it until it is written.
enum class Source : std::uint8_t {
  plan,         ///< the experiment alone; made while it is written
  records,      ///< one value per run
  summaries,    ///< estimates of a scenario
  differences,  ///< estimates of two scenarios; written in one piece
  axes,         ///< estimates of an axis; written in one piece
  years,        ///< estimates of a year; written in one piece
  burn_counts,
  paired_maps,           ///< burn counts of pairs of scenarios
  paired_map_estimates,  ///< what is made of those while it is written, pair by pair
  arrivals,
  curves,
  run_curves,
};

/// What an array has a part for each of, before the dimensions that it lists.
enum class Over : std::uint8_t {
  nothing,
  scenarios,      ///< all axes of the matrix
  landscapes,     ///< the axis of landscapes, if there is one
  ignition_sets,  ///< the axis of ignition sets
  designs,        ///< all axes but the samples of the design
  comparisons,    ///< all axes but the one whose values are compared, as the group says: comparison_group()
  years,          ///< the axes of the matrix that the season keeps
  compared_years,  ///< those but the one whose values are compared; nothing where the season does not keep that one
};

/// Whether an integer may be unknown. Floating-point numbers may, and are NaN then.
enum class Missing : std::uint8_t {
  never,
  minus_one,  ///< where it is not known
};

/// What an array is over the runs in which a fire started.
enum class GivenStart : std::uint8_t {
  same,     ///< it is over fires that have started, or not an estimate that would differ
  differs,  ///< another such array, which stands beside it
};

/// What an array is about: without it there is no such array.
enum class About : std::uint8_t {
  anything,
  place,
  fuel,
  elevation,
  time,
  residence,  ///< cells that burn for more than a step
  embers,
  changes,           ///< weather that changes while a fire burns
  weather_end,       ///< weather that is known for a time only
  ignition_density,  ///< a raster that an ignition set is drawn by
  design,            ///< samples of a design
  until,             ///< seeds that grow until targets are met
  second_order,      ///< of which pairs of parameters are told
  random_ignition,   ///< an ignition set that is drawn anew for every seed
  season,            ///< a year of fires
  season_area,       ///< the same, of cells with a size
};

/// What arrays of one kind have in common.
struct ArrayKind {
  Over over = Over::nothing;
  /// The dimensions after those, outermost first, up to the first null. Each is known by its coordinate, an array
  /// without dimensions.
  std::array<const ArrayRow*, 4> then = {};
  bool (*is_chosen)(const OutputChoices&) = [](const OutputChoices&) { return true; };
  Source source = Source::plan;
  GivenStart given_start = GivenStart::same;
  Missing missing = Missing::never;
  std::uint64_t fixed_length = 0;  ///< of a coordinate that is as long in every file
  About about = About::anything;

  constexpr std::span<const ArrayRow* const> dimensions() const {
    return {then.begin(), std::ranges::find(then, nullptr)};
  }
  constexpr bool is_coordinate() const { return over == Over::nothing && dimensions().empty(); }
};

/// One array of a results file, a dataset in HDF5's words. Whatever writes, reads, sizes or exports it goes through
/// its row.
struct ArrayRow : ArrayKind {
  std::string_view group;  ///< of the file; empty for the root
  std::string_view name;
  std::string_view unit;     ///< "1" for none
  std::string_view meaning;  ///< half a sentence
  std::uint64_t element_bytes = 0;

  /// `path` is the name with its group, e.g. "sums/arrival_step_sum".
  constexpr ArrayRow(std::string_view path, std::string_view a_unit, std::string_view a_meaning,
                     std::uint64_t bytes_of_element, const ArrayKind& kind)
      : ArrayKind(kind),
        group(path.substr(0, path.find('/') == path.npos ? 0 : path.find('/'))),
        name(path.substr(path.find('/') + 1)),
        unit(a_unit),
        meaning(a_meaning),
        element_bytes(bytes_of_element) {}
};

/// An array whose elements are stored as T.
template <class T>
struct Array : ArrayRow {
  constexpr Array(std::string_view path, std::string_view a_unit, std::string_view a_meaning,
                  const ArrayKind& kind = {})
      : ArrayRow(path, a_unit, a_meaning, std::is_same_v<T, std::string> ? place_of_text : sizeof(T), kind) {}
  explicit constexpr Array(const ArrayRow& row) : ArrayRow(row) {}  ///< one of such elements

  static constexpr std::uint64_t place_of_text = 16;  ///< bytes; the text lies elsewhere in the file
};

/// All arrays but those that have rows of another kind: the axes of the matrix, the weather (parameters()), what is
/// kept of every run (run_quantities()), estimates of burn fractions (summary_rows(), ...), and what lies in
/// /provenance and /performance. `all` lists them but those of comparisons, of which every compared axis has its own.
namespace arrays {

inline constexpr auto always = ArrayKind{}.is_chosen;
inline constexpr auto with_maps = [](const OutputChoices& outputs) { return outputs.maps; };
inline constexpr auto with_paired_maps = [](const OutputChoices& outputs) { return outputs.paired_maps; };
inline constexpr auto with_arrival = [](const OutputChoices& outputs) { return outputs.arrival; };
inline constexpr auto with_cells = [](const OutputChoices& outputs) {
  return outputs.maps || outputs.arrival;
};
inline constexpr auto with_cell_counts = [](const OutputChoices& outputs) { return outputs.cell_counts; };
inline constexpr auto with_curves = [](const OutputChoices& outputs) { return outputs.curves; };
inline constexpr auto with_run_curves = [](const OutputChoices& outputs) { return outputs.run_curves; };
inline constexpr auto with_steps = [](const OutputChoices& outputs) {
  return outputs.curves || outputs.run_curves;
};

// clang-format off
// Coordinates.
inline constexpr Array<std::uint64_t> seed("seed", "1", "seed of the run");
inline constexpr Array<std::int32_t> y("y", "1", "row of cells, downwards", {.is_chosen = with_cells});
inline constexpr Array<std::int32_t> x("x", "1", "column of cells", {.is_chosen = with_cells});
inline constexpr Array<std::int32_t> step("step", "step", "steps since ignition", {.is_chosen = with_steps});
inline constexpr Array<double> threshold("threshold", "1", "burn fraction to exceed");
inline constexpr Array<double> quantile("quantile", "1", "share of runs at or below");
inline constexpr Array<std::string> bound("bound", "1", "bound of an interval", {.fixed_length = 2});
inline constexpr Array<std::int32_t> burning_neighbours("burning_neighbours", "1",
    "burning cells among the eight neighbours", {.fixed_length = 9});
inline constexpr Array<std::string> word("sums/word", "1",
    "64-bit word of a 128-bit integer: value = low + 2^64 high", {.is_chosen = with_curves, .fixed_length = 2});
inline constexpr Array<std::int32_t> failure("failures/failure", "1", "failed run, by scenario and seed");
inline constexpr Array<std::string> pair("paired/pair", "1", "two fire danger levels, the second less the first");
inline constexpr Array<std::string> quantity("sensitivity/quantity", "1", "what the parameters of the design act on",
    {.about = About::design});
inline constexpr Array<std::string> parameter("sensitivity/parameter", "1", "parameter of the design",
    {.about = About::design});
inline constexpr Array<std::string> parameter_pair("sensitivity/parameter_pair", "1", "two parameters of the design",
    {.about = About::second_order});
inline constexpr Array<std::string> axis("sensitivity/axis", "1", "axis of the matrix with more than one value");

// Of the samples of a design whose samples belong together; written beside the axis.
inline constexpr Array<std::int32_t> sample_row("sample_row", "1", "row or trajectory of the design");
inline constexpr Array<std::string> sample_part("sample_part", "1", "what the sample is in its row");

inline constexpr Array<double> minutes("minutes", "min", "time since ignition",
    {.then = {&step}, .is_chosen = with_steps, .about = About::time});

// The ground.
inline constexpr Array<std::int32_t> column("column", "1", "column of cells, from the left",
    {.then = {&x}, .is_chosen = with_cells, .about = About::place});
inline constexpr Array<std::int32_t> row("row", "1", "row of cells, downwards",
    {.then = {&y}, .is_chosen = with_cells, .about = About::place});
inline constexpr Array<std::int32_t> crs("crs", "1", "coordinate system of x and y",
    {.is_chosen = with_cells, .fixed_length = 1, .about = About::place});
inline constexpr Array<std::int32_t> fuel_code("fuel_code", "1", "class of fuel",
    {.over = Over::landscapes, .then = {&y, &x}, .missing = Missing::minus_one, .about = About::fuel});
inline constexpr Array<float> elevation("elevation", "m", "elevation of the ground",
    {.over = Over::landscapes, .then = {&y, &x}, .about = About::elevation});
inline constexpr Array<float> ignition_density("ignition_density", "1",
    "relative density of ignitions, where the set is drawn by one",
    {.over = Over::ignition_sets, .then = {&y, &x}, .about = About::ignition_density});

// Of every scenario and its runs.
inline constexpr Array<double> ignition_probability("ignition_probability", "1",
    "probability that a vegetated cell ignites within a step", {Over::scenarios, {&burning_neighbours}});
inline constexpr Array<std::uint8_t> status("status", "1", "what became of the run",
    {Over::scenarios, {&seed}, always, Source::records});
inline constexpr Array<std::int64_t> targets_met("targets_met", "1",
    "targets of matrix.seed.until that the runs meet", {.over = Over::scenarios, .about = About::until});
inline constexpr Array<std::int64_t> runs_planned("runs_planned", "1", "runs asked for, 0 where excluded",
    {Over::scenarios});
inline constexpr Array<std::int64_t> runs_ok("runs_ok", "1", "runs behind every statistic", {Over::scenarios});
inline constexpr Array<std::int64_t> runs_started("runs_started", "1",
    "runs of these in which a fire started: one ignition or more", {Over::scenarios});
inline constexpr Array<std::int64_t> runs_cut_off("runs_cut_off", "1",
    "runs of these that max_steps ended while cells were burning", {Over::scenarios});
inline constexpr Array<std::int64_t> runs_failed("runs_failed", "1", "runs that failed", {Over::scenarios});

// Weather that changes: what holds from which step on.
inline constexpr Array<std::int32_t> period("period", "1", "time of constant weather, from 0 on",
    {.about = About::changes});
inline constexpr ArrayKind of_period{.over = Over::scenarios, .then = {&period}, .about = About::changes};
inline constexpr Array<std::int32_t> period_step("period_step", "step", "first step of the period; -1 where there is none",
    {.over = Over::scenarios, .then = {&period}, .missing = Missing::minus_one, .about = About::changes});
inline constexpr Array<double> period_wind_speed("period_wind_speed", "km h-1", "wind speed of the period", of_period);
inline constexpr Array<double> period_humidity("period_humidity", "percent", "relative humidity of the period", of_period);
inline constexpr Array<double> period_temperature("period_temperature", "degC", "air temperature of the period", of_period);
inline constexpr Array<double> period_wind_direction("period_wind_direction", "degree",
    "where the wind comes from in the period, clockwise from true north", of_period);
inline constexpr Array<std::int64_t> runs_beyond_weather("runs_beyond_weather", "1",
    "runs of these that burnt on when the weather was known no longer, and the last held",
    {.over = Over::scenarios, .about = About::weather_end});

// Maps.
inline constexpr Array<std::int32_t> burn_count("burn_count", "1", "runs in which the cell caught fire",
    {Over::scenarios, {&y, &x}, with_cells, Source::burn_counts});
inline constexpr Array<std::int64_t> arrival_step_sum("sums/arrival_step_sum", "step",
    "sum over runs of the step at which the cell caught fire",
    {Over::scenarios, {&y, &x}, with_arrival, Source::arrivals});
inline constexpr Array<float> burn_probability("burn_probability", "1",
    "share of runs in which the cell caught fire", {Over::scenarios, {&y, &x}, with_maps});
inline constexpr Array<float> burn_probability_ci("burn_probability_ci", "1",
    "Wilson interval of the burn probability", {Over::scenarios, {&y, &x, &bound}, with_maps});
inline constexpr Array<float> arrival_step_mean("arrival_step_mean", "step",
    "mean step at which the cell caught fire, where it did", {Over::scenarios, {&y, &x}, with_arrival});

// Curves: exact sums, what is estimated from them, and the curves of the runs.
inline constexpr ArrayKind curve_sum{Over::scenarios, {&step}, with_curves, Source::curves};
inline constexpr ArrayKind curve_sum_of_residence{
    .over = Over::scenarios, .then = {&step}, .is_chosen = with_curves, .source = Source::curves, .about = About::residence};
inline constexpr ArrayKind square_sum{Over::scenarios, {&step, &word}, with_curves, Source::curves};
inline constexpr ArrayKind curve{Over::scenarios, {&step}, with_curves, Source::plan, GivenStart::differs};
inline constexpr ArrayKind band{Over::scenarios, {&quantile, &step}, with_run_curves, Source::summaries};
inline constexpr Array<std::int64_t> burning_cells_sum("sums/burning_cells_sum", "1",
    "sum over runs of the cells burning", curve_sum);
inline constexpr Array<std::int64_t> burnt_cells_sum("sums/burnt_cells_sum", "1",
    "sum over runs of the cells burnt so far", curve_sum_of_residence);
inline constexpr Array<std::uint64_t> burning_cells_square_sum("sums/burning_cells_square_sum", "1",
    "sum over runs of the squared number of cells burning", square_sum);
inline constexpr Array<std::uint64_t> burnt_cells_square_sum("sums/burnt_cells_square_sum", "1",
    "sum over runs of the squared number of cells burnt", square_sum);
inline constexpr Array<double> burning_cells_mean("burning_cells_mean", "1", "mean number of cells burning", curve);
inline constexpr Array<double> burning_cells_sd("burning_cells_sd", "1",
    "sample standard deviation of the cells burning", curve);
inline constexpr Array<double> burnt_fraction_mean("burnt_fraction_mean", "1",
    "mean share of all cells burnt so far", curve);
inline constexpr Array<double> burnt_fraction_sd("burnt_fraction_sd", "1",
    "sample standard deviation of the share burnt so far", curve);
inline constexpr Array<std::int32_t> run_burning_cells("run_burning_cells", "1",
    "cells burning; 0 once the run has ended",
    {Over::scenarios, {&seed, &step}, with_run_curves, Source::run_curves, GivenStart::same, Missing::minus_one});
inline constexpr Array<std::int64_t> run_burnt_cells("run_burnt_cells", "1",
    "cells burnt so far",
    {.over = Over::scenarios, .then = {&seed, &step}, .is_chosen = with_run_curves, .source = Source::run_curves,
     .missing = Missing::minus_one, .about = About::residence});
inline constexpr Array<double> burning_cells_quantile("burning_cells_quantile", "1",
    "quantile of the cells burning, step by step", band);
inline constexpr Array<double> burnt_fraction_quantile("burnt_fraction_quantile", "1",
    "quantile of the share burnt so far, step by step", band);

// A year of fires.
inline constexpr Array<double> return_period("season/return_period", "year", "time in which a size is exceeded once",
    {.about = About::season});
inline constexpr Array<double> fires_per_year("season/fires_per_year", "year-1", "fires of the scenario in a year",
    {.over = Over::scenarios, .about = About::season});
inline constexpr ArrayKind of_year{.over = Over::years, .source = Source::years, .about = About::season_area};
inline constexpr Array<double> expected_area("season/expected_area", "ha year-1", "area to be expected to burn in a year",
    of_year);
inline constexpr Array<double> expected_area_ci("season/expected_area_ci", "ha year-1", "t interval of it",
    {.over = Over::years, .then = {&bound}, .source = Source::years, .about = About::season_area});
inline constexpr Array<double> size_area("season/size_area", "ha", "burnt area exceeded once in the return period",
    {.over = Over::years, .then = {&return_period}, .source = Source::years, .about = About::season_area});
inline constexpr Array<double> size_area_ci("season/size_area_ci", "ha", "interval of it",
    {.over = Over::years, .then = {&return_period, &bound}, .source = Source::years, .about = About::season_area});
inline constexpr Array<float> annual_burn_probability("season/annual_burn_probability", "1",
    "chance that the cell catches fire in a year",
    {.over = Over::years, .then = {&y, &x}, .is_chosen = with_maps, .about = About::season});

// The runs that failed, pairs of values of an axis (as ComparisonArrays names them), and axes.
inline constexpr ArrayKind of_failure{Over::nothing, {&failure}};
inline constexpr ArrayKind of_axis{Over::nothing, {&axis}, always, Source::axes, GivenStart::differs};
inline constexpr Array<std::string> failed_scenario("failures/scenario", "1", "the run's place in the matrix",
    of_failure);
inline constexpr Array<std::uint64_t> failed_seed("failures/run_seed", "1", "seed of the run", of_failure);
inline constexpr Array<std::string> failure_message("failures/message", "1", "why it failed", of_failure);
inline constexpr Array<std::string> first_of_pair("paired/first", "1", "the value that is subtracted",
    {Over::nothing, {&pair}});
inline constexpr Array<std::string> second_of_pair("paired/second", "1", "the value that it is subtracted from",
    {Over::nothing, {&pair}});
inline constexpr Array<std::int64_t> difference_seeds("paired/difference_seeds", "1",
    "seeds whose runs are ok at both values",
    {Over::comparisons, {&pair}, always, Source::differences, GivenStart::differs});
inline constexpr ArrayKind paired_map_estimate{Over::comparisons, {&pair, &y, &x}, with_paired_maps,
    Source::paired_map_estimates};
inline constexpr Array<std::int64_t> map_seeds("paired/map_seeds", "1",
    "seeds whose fires are compared cell by cell", {Over::comparisons, {&pair}, with_paired_maps});
inline constexpr Array<std::int32_t> only_first_count("paired/only_first_count", "1",
    "pairs of fires of which the cell burnt in the first alone",
    {Over::comparisons, {&pair, &y, &x}, with_paired_maps, Source::paired_maps});
inline constexpr Array<std::int32_t> only_second_count("paired/only_second_count", "1",
    "pairs of fires of which the cell burnt in the second alone",
    {Over::comparisons, {&pair, &y, &x}, with_paired_maps, Source::paired_maps});
inline constexpr Array<float> burn_probability_difference("paired/burn_probability_difference", "1",
    "difference of the shares of runs in which the cell caught fire, by common seeds", paired_map_estimate);
inline constexpr Array<float> burn_probability_difference_ci("paired/burn_probability_difference_ci", "1",
    "interval of it, by common seeds",
    {Over::comparisons, {&pair, &y, &x, &bound}, with_paired_maps, Source::paired_map_estimates});
inline constexpr Array<std::int32_t> effect_scenarios("sensitivity/effect_scenarios", "1",
    "scenarios that the effects of the axis compare", of_axis);
inline constexpr Array<std::string> mean_lowest_at("sensitivity/mean_lowest_at", "1", "where the mean is lowest",
    of_axis);
inline constexpr Array<std::string> mean_highest_at("sensitivity/mean_highest_at", "1", "where the mean is highest",
    of_axis);

inline constexpr auto all = std::to_array<const ArrayRow*>({&seed, &y, &x, &step, &threshold, &quantile, &bound,
    &burning_neighbours, &word, &failure, &axis, &quantity, &parameter, &parameter_pair, &minutes, &column, &row, &crs, &fuel_code, &elevation,
    &ignition_density,
    &period, &period_step, &period_wind_speed, &period_humidity, &period_temperature, &period_wind_direction,
    &runs_beyond_weather, &ignition_probability, &status, &targets_met, &runs_planned, &runs_ok,
    &runs_started, &runs_cut_off, &runs_failed, &burn_count, &arrival_step_sum, &burn_probability,
    &burn_probability_ci, &arrival_step_mean, &burning_cells_sum, &burnt_cells_sum, &burning_cells_square_sum,
    &burnt_cells_square_sum,
    &burning_cells_mean, &burning_cells_sd, &burnt_fraction_mean, &burnt_fraction_sd, &run_burning_cells,
    &run_burnt_cells,
    &burning_cells_quantile, &burnt_fraction_quantile, &return_period, &fires_per_year,
    &expected_area, &expected_area_ci, &size_area, &size_area_ci, &annual_burn_probability,
    &failed_scenario, &failed_seed, &failure_message,
    &effect_scenarios, &mean_lowest_at,
    &mean_highest_at});
// clang-format on

}  // namespace arrays

/// Whether the results file of an experiment has the array, as far as the user's choices and the ground say.
bool is_in_file(const ArrayRow& array, const Experiment& experiment);

/// The array that says a parameter of every scenario.
constexpr Array<double> array_of(const Parameter& parameter) {
  const About about = parameter.section == Parameter::Section::spotting ? About::embers
                      : parameter.name == "change_step"                 ? About::changes
                                                                        : About::anything;
  return {parameter.name, parameter.unit, parameter.meaning, {.over = Over::scenarios, .about = about}};
}

}  // namespace firesweep
