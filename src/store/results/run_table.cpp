#include "results/run_table.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <span>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/experiment/names.hpp"
#include "firesweep/statistics/nan.hpp"

#include "content/results_marker.hpp"
#include "results/results_reader.hpp"
#include "results/stored_experiment.hpp"

namespace firesweep {
namespace {

using hdf5::Element;

/// Without it there is nothing to look at. Others may be absent.
constexpr std::string_view required_quantity = "burn_fraction";

Element element_of(const RunQuantity& quantity) {
  switch (quantity.storage) {
    case RunQuantity::Storage::share:
    case RunQuantity::Storage::amount:
      return Element::f8;
    case RunQuantity::Storage::count_4:
      return Element::i4;
    case RunQuantity::Storage::count_8:
      return Element::i8;
  }
  break_contract("a quantity is stored in one of these ways", __FILE__, __LINE__);
}

/// The sets of assets of a file.
std::vector<std::string> asset_names(const hdf5::Handle& file) {
  std::istringstream names(hdf5::read_text_attribute(file.id(), assets_attribute).value_or(""));
  return {std::istream_iterator<std::string>(names), {}};
}

/// One of the counts by scenario.
std::vector<std::uint64_t> read_count(const hdf5::Handle& file, const Array<std::int64_t>& array,
                                      const StoredMatrix& matrix) {
  StoredColumn column = open_column(file, array, matrix);
  std::vector<std::int64_t> counts(matrix.scenarios.size());
  column.read(0, std::span(counts));
  if (std::ranges::min(counts) < 0)
    throw hdf5::Error(fmt::format("make sense of a negative '{}'", array.name));
  return {counts.begin(), counts.end()};
}

[[noreturn]] void contradict() {
  throw hdf5::Error("make sense of its run counts, which contradict each other");
}

std::vector<RunCounts> read_counts(const hdf5::Handle& file, const StoredMatrix& matrix) {
  const auto planned = read_count(file, arrays::runs_planned, matrix);
  const auto ok = read_count(file, arrays::runs_ok, matrix);
  const auto failed = read_count(file, arrays::runs_failed, matrix);
  std::vector<RunCounts> counts(planned.size());
  for (std::size_t s = 0; s < counts.size(); ++s) {
    counts[s] = {planned[s], ok[s], failed[s]};
    if (planned[s] > matrix.seeds.size() || ok[s] > planned[s] || failed[s] > planned[s] - ok[s])
      contradict();
  }
  expect_totals(file, counts);
  return counts;
}

}  // namespace

RunTable::RunTable(const hdf5::Handle& file, const StoredMatrix& matrix)
    : matrix_(matrix),
      status_(open_column(file, arrays::status, matrix)),
      counts_(read_counts(file, matrix)) {
  for (const RunQuantity& quantity : run_quantities()) {
    const std::string name(quantity.name);
    // What the experiment did not ask for, and what is kept only since a later version.
    if (name != required_quantity && !hdf5::has_link(file.id(), name)) continue;
    add(file, quantity);
  }
  for (const std::string& name : asset_names(file)) {
    const std::string lost = fmt::format("{}_lost", name);
    const auto unit = hdf5::read_text_attribute(hdf5::open_dataset(file.id(), lost).id(), "units");
    for (const RunQuantity& quantity : asset_arrays(name, required(unit, "units")).quantities())
      add(file, quantity);
  }
  count_starts(file);
}

void RunTable::add(const hdf5::Handle& file, const RunQuantity& quantity) {
  quantities_.push_back(&quantity);
  columns_.emplace_back(file.id(), std::string(quantity.name), element_of(quantity),
                        matrix_.shape(array_of(quantity)));
}

const RunQuantity* RunTable::find(std::string_view name) const {
  const auto found =
      std::ranges::find_if(quantities_, [&](const RunQuantity* quantity) { return quantity->name == name; });
  return found == quantities_.end() ? nullptr : *found;
}

bool RunTable::has(const RunQuantity& quantity) const {
  return std::ranges::find(quantities_, &quantity) != quantities_.end();
}

std::vector<RunStatus> RunTable::statuses(std::size_t scenario) {
  std::vector<std::uint8_t> values(matrix_.seeds.size());
  status_.read(scenario * values.size(), std::span(values));
  std::vector<RunStatus> statuses;
  statuses.reserve(values.size());
  for (const std::uint8_t value : values) {
    if (value > static_cast<std::uint8_t>(RunStatus::failed))
      throw hdf5::Error("make sense of what became of its runs");
    statuses.push_back(RunStatus{value});
  }
  const auto number = [&](RunStatus status) {
    return static_cast<std::uint64_t>(std::ranges::count(statuses, status));
  };
  if (number(RunStatus::ok) != counts_[scenario].ok || number(RunStatus::failed) != counts_[scenario].failed)
    throw hdf5::Error("make sense of its runs and their counts, which contradict each other");
  return statuses;
}

std::vector<double> RunTable::values(const RunQuantity& quantity, std::size_t scenario,
                                     const std::vector<RunStatus>& statuses) {
  const auto found = std::ranges::find(quantities_, &quantity);
  expects(found != quantities_.end(), "the file has the quantity");
  StoredColumn& column = columns_[static_cast<std::size_t>(found - quantities_.begin())];
  const Element element = element_of(quantity);
  std::vector<double> values = element == Element::f8   ? read<double>(column, scenario)
                               : element == Element::i8 ? read<std::int64_t>(column, scenario)
                                                        : read<std::int32_t>(column, scenario);
  // What is 0 of 0, what runs are older than, and what some do not have.
  const bool may_be_unknown =
      (quantity.name != required_quantity && element == Element::f8) || quantity.may_be_unknown();
  const double greatest = most(quantity);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_unknown = element == Element::f8 ? std::isnan(values[i]) : values[i] == -1.0;
    if (statuses[i] != RunStatus::ok || (is_unknown && may_be_unknown)) {
      values[i] = nan;
    } else if (!(values[i] >= 0.0 && values[i] <= greatest)) {
      throw hdf5::Error(fmt::format("make sense of '{}', which is {} at {}", quantity.name, values[i],
                                    run_name(matrix_.labels(scenario), Seed{matrix_.seeds[i]})));
    }
  }
  return values;
}

template <class T>
std::vector<double> RunTable::read(StoredColumn& column, std::size_t scenario) const {
  std::vector<T> values(matrix_.seeds.size());
  column.read(scenario * values.size(), std::span(values));
  return {values.begin(), values.end()};
}

/// The largest number that may be kept of a run.
double RunTable::most(const RunQuantity& quantity) const {
  if (quantity.storage == RunQuantity::Storage::share) return 1.0;
  if (quantity.storage == RunQuantity::Storage::amount) return std::numeric_limits<double>::max();
  if (quantity.counted == "cells") return static_cast<double>(matrix_.burnable_cells);
  if (quantity.counted == "columns") return matrix_.extent.width - 1.0;
  if (quantity.counted == "rows") return matrix_.extent.height - 1.0;
  if (quantity.counted == "embers") return std::ldexp(1.0, 53);
  return quantity.counted == "steps" ? double{max_steps_limit} : std::numeric_limits<std::uint32_t>::max();
}

void RunTable::count_starts(const hdf5::Handle& file) {
  if (has_array(file, arrays::targets_met)) {
    const auto met = read_count(file, arrays::targets_met, matrix_);
    for (std::size_t s = 0; s < counts_.size(); ++s) counts_[s].targets_met = met[s];
  }
  if (has_array(file, arrays::runs_beyond_weather)) {
    const auto beyond = read_count(file, arrays::runs_beyond_weather, matrix_);
    for (std::size_t s = 0; s < counts_.size(); ++s) {
      if (beyond[s] > counts_[s].ok) contradict();
      counts_[s].beyond_weather = beyond[s];
    }
  }
  if (has_array(file, arrays::runs_started)) {
    const auto started = read_count(file, arrays::runs_started, matrix_);
    const auto cut_off = read_count(file, arrays::runs_cut_off, matrix_);
    for (std::size_t s = 0; s < counts_.size(); ++s) {
      if (started[s] > counts_[s].ok || cut_off[s] > counts_[s].ok) contradict();
      counts_[s].started = started[s];
      counts_[s].cut_off = cut_off[s];
    }
    return;
  }
  // In format 1 the runs themselves say it.
  const auto count_positive = [&](std::string_view name, std::size_t scenario) {
    const RunQuantity* quantity = run_quantity(name);
    if (quantity == nullptr || !has(*quantity)) return std::uint64_t{0};
    const std::vector<double> known = values(*quantity, scenario, statuses(scenario));
    return static_cast<std::uint64_t>(std::ranges::count_if(known, [](double value) { return value > 0.0; }));
  };
  for (std::size_t s = 0; s < counts_.size(); ++s) {
    counts_[s].started = count_positive("ignitions", s);
    counts_[s].cut_off = count_positive("burning_cells", s);
  }
}

}  // namespace firesweep
