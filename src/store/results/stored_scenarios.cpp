#include "results/stored_scenarios.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/compared_axes.hpp"
#include "firesweep/statistics/nan.hpp"

#include "results/stored_pairs.hpp"

namespace firesweep {
namespace {

using hdf5::Element;

/// What HDF5's own messages continue: "could not ...".
void make_sense(bool does, std::string_view of_what) {
  if (!does) throw hdf5::Error(fmt::format("make sense of {}, which contradict each other", of_what));
}

std::vector<UInt128> read_wide(StoredColumn& column, std::size_t scenario, std::size_t length) {
  std::vector<std::uint64_t> words(2 * length);
  column.read(2 * length * scenario, std::span(words));
  std::vector<UInt128> values(length);
  for (std::size_t i = 0; i < length; ++i) values[i] = UInt128{words[2 * i + 1]} << 64 | words[2 * i];
  return values;
}

/// Where every cell burns for one step, a step burns out what burnt before it.
std::vector<std::uint64_t> burnt_growth_of_one_step(const std::vector<std::uint64_t>& burning) {
  std::vector<std::uint64_t> growth(burning.size(), 0);
  if (!burning.empty()) std::copy(burning.begin(), burning.end() - 1, growth.begin() + 1);
  return growth;
}

template <class T>
std::vector<T> read_values(StoredColumn& column, hsize_t first, std::size_t count) {
  std::vector<T> values(count);
  column.read(first, std::span(values));
  return values;
}

}  // namespace

StoredScenarios::StoredScenarios(const hdf5::Handle& file, const StoredMatrix& matrix, RunTable& runs,
                                 const Plan& plan)
    : file_(file), matrix_(matrix), runs_(runs), plan_(plan) {
  for (std::size_t s = 0; s < plan.scenarios(); ++s)
    make_sense(runs.counts()[s].planned == plan.planned(s), "its run counts");
  const OutputChoices& outputs = plan.experiment().outputs;
  const bool has_residence = plan.experiment().has_residence();
  if (outputs.curves)
    curves_ = Curves{open_column(file, arrays::burning_cells_sum, matrix),
                     open_column(file, arrays::burning_cells_square_sum, matrix),
                     open_column(file, arrays::burnt_cells_square_sum, matrix),
                     {}};
  if (outputs.curves && has_residence) curves_->burnt = open_column(file, arrays::burnt_cells_sum, matrix);
  if (outputs.run_curves) run_curves_ = open_column(file, arrays::run_burning_cells, matrix);
  if (outputs.run_curves && has_residence) run_burnt_ = open_column(file, arrays::run_burnt_cells, matrix);
  read_failure_messages();
}

// Failures are listed by scenario, then seed.
void StoredScenarios::read_failure_messages() {
  first_failure_ = {0};
  for (const RunCounts& counts : runs_.counts())
    first_failure_.push_back(first_failure_.back() + counts.failed);
  if (first_failure_.back() > 0) {
    const std::string table(arrays::failure.group);
    const bool is_format_1 = !hdf5::has_link(file_.id(), table);
    const hdf5::Handle group = hdf5::open_group(file_.id(), is_format_1 ? "provenance/" + table : table);
    const hdf5::Count one_each = hdf5::exactly(first_failure_.back());
    failed_seeds_ =
        hdf5::read_all<std::uint64_t>(group.id(), std::string(arrays::failed_seed.name), one_each);
    messages_ =
        hdf5::read_text(hdf5::open_dataset(group.id(), std::string(arrays::failure_message.name)), one_each);
  }
}

std::vector<RunRecord> StoredScenarios::records(std::size_t scenario) {
  const std::vector<RunStatus> statuses = runs_.statuses(scenario);
  std::vector<RunRecord> records(statuses.size());
  for (std::size_t i = 0; i < records.size(); ++i) records[i].status = statuses[i];
  const std::uint64_t cells = matrix_.burnable_cells;
  for (const RunQuantity& quantity : run_quantities()) {
    if (quantity.restore == nullptr || !is_in_file(array_of(quantity), plan_.experiment())) continue;
    if (!runs_.has(quantity) && quantity.is_from_the_first())
      throw hdf5::Error(
          fmt::format("find '{}', without which it does not say what its runs came to", quantity.name));
    if (runs_ok(scenario) == 0) continue;
    const std::vector<double> values = runs_.has(quantity) ? runs_.values(quantity, scenario, statuses)
                                                           : std::vector<double>(records.size(), nan);
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (statuses[i] != RunStatus::ok) continue;
      if (!std::isnan(values[i]))
        quantity.restore(records[i], static_cast<std::uint64_t>(values[i]), cells);
      else if (!quantity.is_of_some || !runs_.has(quantity))
        records[i].revision = std::min(records[i].revision, static_cast<std::uint8_t>(quantity.since - 1));
    }
  }
  for (const RunRecord& record : records) make_sense(record.vegetated_cells <= cells, "its cell counts");
  const std::uint32_t most_steps = plan_.experiment().base.max_steps;
  for (const RunRecord& record : records)
    make_sense(record.burnt_cells <= cells && record.burning_cells <= cells - record.burnt_cells &&
                   record.steps <= most_steps && record.peak_step <= record.steps &&
                   record.peak_burning_cells <= cells,
               "its records");
  return records;
}

std::vector<AssetLoss> StoredScenarios::losses(std::size_t scenario, const std::vector<RunRecord>& records) {
  const std::vector<Assets>& sets = plan_.experiment().assets;
  std::vector<AssetLoss> losses(records.size() * sets.size());
  const std::vector<RunStatus> statuses = sets.empty() ? std::vector<RunStatus>() : runs_.statuses(scenario);
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const AssetArrays& own = arrays_of(sets[set]);
    for (const RunQuantity& quantity : own.quantities())
      if (!runs_.has(quantity))
        throw hdf5::Error(
            fmt::format("find '{}', without which it does not say what was lost", quantity.name));
    const std::vector<double> lost = runs_.values(own.lost(), scenario, statuses);
    const std::vector<double> arrival = runs_.values(own.arrival_step(), scenario, statuses);
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (records[i].status != RunStatus::ok) continue;
      const double amount = lost[i] / sets[set].resolution;
      make_sense(amount >= 0.0 && lost[i] <= sets[set].total && amount == std::floor(amount) &&
                     (amount > 0.0) == !std::isnan(arrival[i]) && !(arrival[i] > records[i].steps),
                 "its losses");
      AssetLoss& loss = losses[i * sets.size() + set];
      loss.lost = static_cast<std::uint64_t>(amount);
      if (amount > 0.0) loss.arrival_step = static_cast<std::uint32_t>(arrival[i]);
    }
  }
  return losses;
}

ScenarioResults StoredScenarios::scenario(std::size_t scenario) {
  ScenarioResults known;
  known.records = records(scenario);
  known.losses = losses(scenario, known.records);
  known.failures = failures(scenario, known.records);
  if (curves_) known.curves = curves(scenario, known.records);
  if (run_curves_) known.run_curves = run_curves(scenario, known.records);
  read_maps(scenario, known);
  return known;
}

std::vector<Failure> StoredScenarios::failures(std::size_t scenario,
                                               const std::vector<RunRecord>& records) const {
  std::vector<Failure> failures;
  for (std::size_t seed = 0; seed < records.size(); ++seed) {
    if (records[seed].status != RunStatus::failed) continue;
    const std::size_t i = first_failure_[scenario] + failures.size();
    make_sense(Seed{failed_seeds_[i]} == plan_.seed(seed), "its failed runs");
    failures.push_back({scenario, seed, messages_[i]});
  }
  return failures;
}

RunCurves StoredScenarios::run_curves(std::size_t scenario, const std::vector<RunRecord>& records) {
  RunCurves known(plan_.seeds());
  if (runs_ok(scenario) == 0) return known;
  std::vector<std::int32_t> curve(matrix_.steps);
  std::vector<std::uint32_t> burning;
  std::vector<std::uint64_t> burnt;
  for (std::size_t seed = 0; seed < records.size(); ++seed) {
    const hsize_t at = (scenario * plan_.seeds() + seed) * matrix_.steps;
    run_curves_->read(at, std::span(curve));
    if (records[seed].status != RunStatus::ok) continue;
    const hsize_t length = hsize_t{records[seed].steps} + 1;
    make_sense(length <= matrix_.steps &&
                   std::ranges::count(std::span(curve).subspan(length), 0) ==
                       static_cast<std::ptrdiff_t>(matrix_.steps - length) &&
                   std::ranges::min(std::span(curve).first(length)) >= 0,
               "its records and the curves of its runs");
    burning.assign(curve.begin(), curve.begin() + static_cast<std::ptrdiff_t>(length));
    if (run_burnt_) {
      const auto cells = read_values<std::int64_t>(*run_burnt_, at, matrix_.steps);
      make_sense(cells.front() >= 0 && std::ranges::is_sorted(cells) &&
                     std::ranges::count(std::span(cells).subspan(length - 1), cells.back()) ==
                         static_cast<std::ptrdiff_t>(matrix_.steps - length + 1),
                 "its records and the curves of its runs");
      burnt.assign(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(length));
    }
    known.set(seed, burning, burnt);
  }
  return known;
}

// In the file every curve has the length of the longest one.
CurveTally StoredScenarios::curves(std::size_t scenario, const std::vector<RunRecord>& records) {
  std::size_t length = 0;
  for (const RunRecord& record : records)
    if (record.status == RunStatus::ok) length = std::max<std::size_t>(length, std::size_t{record.steps} + 1);
  make_sense(length <= matrix_.steps, "its curves and records");

  CurveTally tally;
  const auto burning = read_values<std::int64_t>(curves_->burning, matrix_.steps * scenario, matrix_.steps);
  make_sense(std::ranges::min(burning) >= 0, "its curves");
  tally.burning.assign(burning.begin(), burning.end());
  if (curves_->burnt) {
    const auto burnt = read_values<std::int64_t>(*curves_->burnt, matrix_.steps * scenario, matrix_.steps);
    make_sense(burnt.front() >= 0 && std::ranges::is_sorted(burnt), "its curves");
    tally.burnt_growth.assign(burnt.begin(), burnt.end());
    std::adjacent_difference(tally.burnt_growth.begin(), tally.burnt_growth.end(),
                             tally.burnt_growth.begin());
  } else {
    tally.burnt_growth = burnt_growth_of_one_step(tally.burning);
  }
  tally.burning_squares = read_wide(curves_->burning_squares, scenario, matrix_.steps);
  tally.burnt_square_growth = read_wide(curves_->burnt_squares, scenario, matrix_.steps);
  make_sense(std::ranges::is_sorted(tally.burnt_square_growth), "its curves");
  std::adjacent_difference(tally.burnt_square_growth.begin(), tally.burnt_square_growth.end(),
                           tally.burnt_square_growth.begin());

  const auto end_at_length = [&](auto& curve) {
    const auto end = curve.begin() + static_cast<std::ptrdiff_t>(length);
    make_sense(std::all_of(end, curve.end(), [](const auto& value) { return value == 0; }),
               "its curves and records");
    curve.erase(end, curve.end());
  };
  end_at_length(tally.burning);
  end_at_length(tally.burning_squares);
  end_at_length(tally.burnt_growth);
  end_at_length(tally.burnt_square_growth);
  return tally;
}

void StoredScenarios::read_maps(std::size_t scenario, ScenarioResults& known) const {
  const OutputChoices& outputs = plan_.experiment().outputs;
  if (!outputs.maps && !outputs.arrival) return;
  auto counts = read_map(file_, arrays::burn_count, matrix_, scenario);
  if (plan_.experiment().has_rasters()) std::ranges::replace(counts, -1, 0);  // no land
  make_sense(std::ranges::min(counts) >= 0, "its burn counts");
  known.burn_count.assign(counts.begin(), counts.end());
  make_sense(std::ranges::max(known.burn_count) <= runs_ok(scenario), "its burn counts and records");
  const std::vector<std::size_t> compared = compared_axes(plan_.experiment());
  for (const ScenarioPair& pair : paired_map_pairs(plan_, scenario))
    known.pairs.push_back(read_pair_maps(file_, matrix_, compared[pair.axis], pair.pair, scenario));
  for (const PairMaps& pair : known.pairs)
    make_sense(pair.seeds <= runs_ok(scenario), "its pairs of fires and records");
  if (!outputs.arrival) return;
  const auto arrivals = read_map(file_, arrays::arrival_step_sum, matrix_, scenario);
  make_sense(std::ranges::min(arrivals) >= 0, "its arrivals");
  known.arrival_sum.assign(arrivals.begin(), arrivals.end());
  for (std::size_t cell = 0; cell < known.burn_count.size(); ++cell)
    make_sense(known.burn_count[cell] > 0 || known.arrival_sum[cell] == 0, "its burn counts and arrivals");
}

}  // namespace firesweep
