#include "commands/export_runs.hpp"

#include <initializer_list>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "firesweep/ensemble/array_rows.hpp"

#include "commands/comparison.hpp"
#include "view/tidy_rows.hpp"

namespace firesweep {

void write_run_rows(ExportFile& file, const StoredResults& results, const std::vector<std::size_t>& chosen) {
  std::vector<std::string> headings;
  for (const StoredAxis& axis : results.axes()) headings.push_back(axis.name);
  for (const ArrayRow* array : std::initializer_list<const ArrayRow*>{&arrays::seed, &arrays::status})
    headings.emplace_back(array->name);
  headings.insert(headings.end(), results.run_columns().begin(), results.run_columns().end());
  file.write(csv_line(headings));

  fmt::memory_buffer line;
  for (const std::size_t s : chosen) {
    std::string labels = csv_line(results.labels(s));
    labels.back() = ',';
    const std::vector<RunStatus> statuses = results.statuses(s);
    std::vector<std::vector<double>> columns;
    for (const std::string& column : results.run_columns()) columns.push_back(results.run_values(column, s));
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      line.clear();
      fmt::format_to(std::back_inserter(line), "{}{},{}", labels, results.seeds()[i], name(statuses[i]));
      for (const std::vector<double>& column : columns) {
        line.push_back(',');
        if (statuses[i] == RunStatus::ok) fmt::format_to(std::back_inserter(line), "{}", column[i]);
      }
      line.push_back('\n');
      file.write({line.data(), line.size()});
    }
  }
}

}  // namespace firesweep
