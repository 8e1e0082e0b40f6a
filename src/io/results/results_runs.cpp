#include <algorithm>
#include <limits>

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Writes value(record) of every run.
template <class T, class Value>
void write_column(const ResultsContent& content, const Variable& variable, const Value& value) {
  content.write<T>(content.root(), variable, {"seed"}, [&](std::size_t s, std::span<T> column) {
    std::ranges::transform(content.results().records(s), column.begin(), value);
  });
}

void write_status(const ResultsContent& content) {
  constexpr std::array<std::uint8_t, 3> values = {0, 1, 2};
  write_column<std::uint8_t>(content, {"status", "1", "what became of the run"}, [](const RunRecord& record) {
    return static_cast<std::uint8_t>(record.status);
  });
  content.root().attribute_of("status", "flag_values", std::span<const std::uint8_t>(values));
  content.root().attribute_of("status", "flag_meanings", std::string("missing ok failed"));
}

void write_cell_counts(const ResultsContent& content) {
  const std::uint64_t cells = content.experiment().base.extent.cells();
  write_column<double>(
      content, {"burn_fraction_vegetated", "1", "burnt cells as a share of those vegetated at step 0"},
      [](const RunRecord& record) {
        return record.vegetated_cells == 0
                   ? std::numeric_limits<double>::quiet_NaN()
                   : static_cast<double>(record.burnt_cells) / static_cast<double>(record.vegetated_cells);
      });
  write_column<std::uint64_t>(content, {"empty_cells", "1", "cells without vegetation at the end"},
                              [cells](const RunRecord& record) {
                                return record.status == RunStatus::ok ? cells - record.vegetated_cells : 0;
                              });
  write_column<std::uint64_t>(content, {"vegetation_cells", "1", "cells with unburnt vegetation at the end"},
                              [](const RunRecord& record) {
                                return record.vegetated_cells - record.burnt_cells - record.burning_cells;
                              });
}

}  // namespace

void write_runs(const ResultsContent& content) {
  write_status(content);
  const std::uint64_t cells = content.experiment().base.extent.cells();
  content.write<double>(content.root(), {"burn_fraction", "1", "burnt cells as a share of all cells"},
                        {"seed"}, [&](std::size_t s, std::span<double> values) {
                          std::ranges::copy(burn_fractions(content.results().records(s), cells),
                                            values.begin());
                        });
  write_column<std::uint64_t>(content, {"burnt_cells", "1", "cells burnt out at the end"},
                              [](const RunRecord& record) { return record.burnt_cells; });
  const auto counts = [&](const Variable& variable, std::uint32_t RunRecord::*count) {
    write_column<std::uint32_t>(content, variable,
                                [count](const RunRecord& record) { return record.*count; });
  };
  counts({"burning_cells", "1", "cells still burning when max_steps ended the run"},
         &RunRecord::burning_cells);
  counts({"steps", "step", "steps until nothing burnt, or max_steps"}, &RunRecord::steps);
  counts({"peak_burning_cells", "1", "largest number of cells burning at once"},
         &RunRecord::peak_burning_cells);
  counts({"peak_step", "step", "first step with the most cells burning"}, &RunRecord::peak_step);
  counts({"ignitions", "1", "ignition points that started a fire"}, &RunRecord::ignitions);
  counts({"ignitions_failed", "1", "ignition points that started nothing"}, &RunRecord::ignitions_failed);
  if (content.experiment().outputs.cell_counts) write_cell_counts(content);

  const Plan& plan = content.plan();
  content.write_each<std::uint64_t>(
      {"runs_planned", "1", "runs asked for, 0 where excluded"},
      [&](std::size_t s) { return plan.is_excluded(s) ? std::uint64_t{0} : std::uint64_t{plan.seeds()}; });
  content.write_each<std::uint64_t>({"runs_ok", "1", "runs behind every statistic"},
                                    [&](std::size_t s) { return content.summary(s).runs_ok; });
  content.write_each<std::uint64_t>({"runs_failed", "1", "runs that failed"},
                                    [&](std::size_t s) { return content.results().runs_failed(s); });
}

}  // namespace firesweep
