#include "firesweep/store/fire_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/files/output_file.hpp"
#include "firesweep/store/provenance.hpp"

#include "content/grid_mapping.hpp"
#include "content/group_writer.hpp"
#include "content/results_marker.hpp"
#include "hdf5/new_file.hpp"
#include "hdf5/writing_hdf5.hpp"
#include "results/cell_places.hpp"
#include "results/results_reader.hpp"
#include "results/weather_numbers.hpp"

namespace firesweep {
namespace {

constexpr std::int64_t fire_format_version = 2;
const std::string fire_marker = "firesweep fire";

/// Only an earlier fire may be replaced, not results, nor what is not ours.
void expect_replaceable_fire(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(expected_destination(path), ignored)) return;
  const auto is_fire = [&] {
    try {
      return hdf5::read_text_attribute(open_intact(path).id(), marker_attribute) == fire_marker;
    } catch (const std::runtime_error&) {  // no HDF5 file, or damaged
      return false;
    }
  };
  if (!is_fire())
    throw CannotWrite(path + ": is there already and is no replayed fire; choose another output with -o");
}

/// How states are cut into chunks of 32 KiB. Few cells change from one step to the next. Deflate sees that if
/// a chunk is many states of few cells, from `thorough_deflate` on: all states of a fire then take what two
/// take alone. More states in a chunk would save little and make it slow to read a single one.
hdf5::Shape chunk_of(hsize_t states, Extent extent) {
  constexpr hsize_t side = 32;
  constexpr hsize_t most_waiting = 1 << 27;  // bytes
  const hsize_t deep = std::clamp<hsize_t>(most_waiting / extent.cells(), 1, side);
  const hsize_t wide = side * side / deep;
  return {std::min(deep, states), std::min<hsize_t>(side, extent.height),
          std::min<hsize_t>(wide, extent.width)};
}

constexpr unsigned thorough_deflate = 6;

std::vector<std::uint32_t> wanted_steps(std::uint32_t every, std::uint32_t last) {
  std::vector<std::uint32_t> steps;
  for (std::uint64_t step = 0; step < last; step += every) steps.push_back(static_cast<std::uint32_t>(step));
  steps.push_back(last);
  return steps;
}

void write_fire_title(GroupWriter& root, const ReplayedFire& fire) {
  const Plan& plan = fire.plan;
  const Experiment& experiment = plan.experiment();
  Scenario scenario = plan.scenario(fire.scenario);
  root.attribute("title", fmt::format("{}: {}", experiment.name, plan.run_name(fire.scenario, fire.seed)));
  root.attribute(marker_attribute, fire_marker);
  root.attribute(format_version_attribute, fire_format_version);
  const std::vector<std::string> labels = plan.labels(fire.scenario);
  for (std::size_t i = 0; i < labels.size(); ++i)  // parameters follow, as numbers
    if (!std::holds_alternative<ParameterAxis>(experiment.axes[i]))
      root.attribute(std::string(name(experiment.axes[i])), labels[i]);
  root.attribute(std::string(arrays::seed.name), static_cast<std::uint64_t>(plan.seed(fire.seed)));
  for (const Parameter& parameter : parameters())
    if (is_in_file(array_of(parameter), experiment))
      root.attribute(std::string(parameter.name), parameter.in(scenario));
  root.attribute("form", std::string(name(scenario.spread.form)));
  root.attribute("combination", std::string(name(scenario.spread.combination)));
  root.attribute("on_bare_ground", std::string(name(scenario.on_bare_ground)));
  root.attribute("max_steps", std::int64_t{scenario.max_steps});
  if (experiment.ground.step_minutes) root.attribute(step_minutes_attribute, *experiment.ground.step_minutes);
}

void write_fire_record(GroupWriter& root, const ReplayedFire& fire) {
  const Experiment& experiment = fire.plan.experiment();
  const Land land = land_of(experiment);
  for (const RunQuantity& quantity : run_quantities()) {
    if (!is_in_file(array_of(quantity), experiment)) continue;
    const std::string name = "record_" + std::string(quantity.name);
    const double value = quantity.known(fire.record, land);
    if (quantity.storage == RunQuantity::Storage::share || quantity.storage == RunQuantity::Storage::amount)
      root.attribute(name, value);
    else
      root.attribute(name, std::isnan(value) ? std::int64_t{-1} : static_cast<std::int64_t>(value));
  }
}

void write_minutes(GroupWriter& root, const Experiment& experiment, const std::vector<std::uint32_t>& steps) {
  if (!experiment.ground.step_minutes) return;
  std::vector<double> minutes;
  for (const std::uint32_t step : steps) minutes.push_back(step * *experiment.ground.step_minutes);
  root.write(arrays::minutes, {std::string(arrays::step.name)}, minutes);
}

void write_fire_periods(GroupWriter& root, const std::vector<WeatherPeriod>& periods) {
  if (periods.size() == 1) return;
  const GroupWriter::Dimensions dimension = {std::string(arrays::period.name)};
  root.index(arrays::period, periods.size());
  std::vector<std::int32_t> steps;
  for (const WeatherPeriod& period : periods) steps.push_back(static_cast<std::int32_t>(period.first_step));
  root.write(arrays::period_step, dimension, steps);
  for (const auto& [array, number] : weather_numbers) {
    std::vector<double> values;
    for (const WeatherPeriod& period : periods) values.push_back(period.weather.*number);
    root.write(*array, dimension, values);
  }
}

void write_fire_origin(const GroupWriter& root, const ReplayedFire& fire) {
  GroupWriter group = root.create_group("provenance");
  for (const auto& [name, value] : build_facts()) group.attribute(name, value);
  group.attribute("command_line", fire.command_line);
  group.attribute("created", utc_now());
  group.attribute("results_path", fire.results_path);
  group.attribute("results_content_sha256", fire.content_sha256);
  group.attribute("comparison_with_results", fire.comparison);
}

class FireFile final : public FireRecorder {
 public:
  FireFile(const std::string& path, const ReplayedFire& fire, std::uint32_t every)
      : path_(path),
        extent_(fire.plan.experiment().base.extent),
        steps_(wanted_steps(every, fire.record.steps)),
        chunk_(chunk_of(steps_.size(), extent_)),
        output_(path),
        file_(output_.temporary().string()),
        chunks_(1) {
    waiting_.reserve(chunk_[0] * extent_.cells());
    root_.emplace(hdf5::open_group(file_.id(), "/"), nullptr, chunks_);
    write_fire_title(*root_, fire);
    write_fire_record(*root_, fire);
    const std::vector<std::int32_t> signed_steps(steps_.begin(), steps_.end());
    root_->coordinate(arrays::step, std::span<const std::int32_t>(signed_steps));
    write_sides(*root_, fire.plan.experiment());
    write_places(*root_, fire.plan.experiment());
    write_minutes(*root_, fire.plan.experiment(), steps_);
    root_->index(arrays::burning_neighbours, arrays::burning_neighbours.fixed_length);
    const Scenario scenario = fire.plan.scenario(fire.scenario);
    write_fire_periods(*root_, weather_periods(scenario));
    const SpreadProbability probability = spread_probability(scenario.weather, scenario.spread);
    root_->write(arrays::ignition_probability, {std::string(arrays::burning_neighbours.name)},
                 std::vector<double>(probability.begin(), probability.end()));
    states_ = create_states(fire.plan.experiment());
    write_fire_origin(*root_, fire);
  }

  bool wants(std::uint32_t step) const override { return std::ranges::binary_search(steps_, step); }

  void add(std::uint32_t step, std::span<const CellState> states) override {
    expects(next() < steps_.size() && steps_[next()] == step, "states come in order");
    expects(states.size() == extent_.cells(), "a state has every cell");
    burning_.push_back(cells_in(CellState::burning, states));
    burnt_.push_back(cells_in(CellState::burnt, states));
    waiting_.insert(waiting_.end(), states.begin(), states.end());
    if (next() % chunk_[0] == 0 || next() == steps_.size()) writing_hdf5(path_, [&] { write_waiting(); });
  }

  void publish() override {
    expects(next() == steps_.size(), "all states have been added");
    writing_hdf5(path_, [&] {
      root_->write({"burning_cells", "1", "cells that burn"}, {std::string(arrays::step.name)}, burning_);
      root_->write({"burnt_cells", "1", "cells that have burnt out"}, {std::string(arrays::step.name)},
                   burnt_);
      states_->close("write 'state'");
      chunks_.finish();
      root_.reset();
      file_.close();
      output_.publish();
    });
  }

 private:
  std::size_t next() const { return burning_.size(); }

  static std::int64_t cells_in(CellState state, std::span<const CellState> states) {
    return std::ranges::count(states, state);
  }

  hdf5::Handle create_states(const Experiment& experiment) {
    const hdf5::Shape shape = {steps_.size(), extent_.height, extent_.width};
    hdf5::Handle dataset = hdf5::create_dataset(hdf5::open_group(file_.id(), "/").id(), "state",
                                                hdf5::Element::u1, shape, chunk_, thorough_deflate);
    constexpr std::array<std::uint8_t, 4> values = {0, 1, 2, 3};
    hdf5::write_attribute(dataset.id(), "units", std::string("1"));
    hdf5::write_attribute(dataset.id(), "long_name", std::string("what the cell holds"));
    hdf5::write_attribute(dataset.id(), "flag_values", std::span<const std::uint8_t>(values));
    hdf5::write_attribute(dataset.id(), "flag_meanings", std::string("empty vegetation burning burnt"));
    if (experiment.ground.placement)
      hdf5::write_attribute(dataset.id(), grid_mapping_attribute, std::string(arrays::crs.name));
    unsigned dimension = 0;
    for (const ArrayRow* const scale : {&arrays::step, &arrays::y, &arrays::x})
      hdf5::attach_scale(dataset, hdf5::open_dataset(file_.id(), std::string(scale->name)), dimension++);
    return dataset;
  }

  void write_waiting() {
    const hsize_t states = waiting_.size() / extent_.cells();
    const hdf5::Piece piece{{next() - states, 0, 0}, {states, extent_.height, extent_.width}};
    hdf5::write_piece(*states_, hdf5::Element::u1, piece, waiting_.data());
    file_.expect_written();
    waiting_.clear();
  }

  std::string path_;
  Extent extent_;
  std::vector<std::uint32_t> steps_;
  hdf5::Shape chunk_;
  OutputFile output_;
  hdf5::NewFile file_;
  ChunkWriter chunks_;
  std::optional<GroupWriter> root_;
  std::optional<hdf5::Handle> states_;
  std::vector<CellState> waiting_;  // for the rest of their chunks, shape (up to chunk_[0], height, width)
  std::vector<std::int64_t> burning_;
  std::vector<std::int64_t> burnt_;
};

}  // namespace

std::unique_ptr<FireRecorder> make_fire_file(const std::string& path, const ReplayedFire& fire,
                                             std::uint32_t every) {
  expects(every >= 1, "at least every step is kept");
  expect_replaceable_fire(path);
  return writing_hdf5(path, [&] { return std::make_unique<FireFile>(path, fire, every); });
}

}  // namespace firesweep
