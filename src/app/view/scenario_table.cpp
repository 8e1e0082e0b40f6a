#include "view/scenario_table.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace firesweep {

ScenarioTable::ScenarioTable(const ResultsView& view, const TextFormat& format) : look_(format) {
  const std::vector<StoredAxis>& axes = view.results->axes();
  for (std::size_t a = 0; a < axes.size(); ++a) {
    std::set<std::string> labels;
    for (const ScenarioView& scenario : view.scenarios) labels.insert(scenario.labels[a]);
    if (labels.size() > 1) {
      axes_.push_back(a);
      table_.add_column(painted(axes[a].name), Table::Align::left);
    } else if (labels.size() == 1) {
      common_.push_back(fmt::format("{} {}", axes[a].name, *labels.begin()));
    }
  }
}

void ScenarioTable::add_columns(const std::vector<std::string>& headings) {
  for (const std::string& heading : headings) table_.add_column(painted(heading), Table::Align::right);
}

void ScenarioTable::add_row(const ScenarioView& scenario, const std::vector<std::string>& cells) {
  std::vector<std::string> row;
  for (const std::size_t a : axes_) row.push_back(scenario.labels[a]);
  row.insert(row.end(), cells.begin(), cells.end());
  table_.add_row(std::move(row));
}

void ScenarioTable::fit(std::vector<std::string> headings) {
  for (; !headings.empty() && table_.width() > look_.width(); headings.pop_back()) {
    if (!has(headings.back())) continue;
    table_.remove_column(painted(headings.back()));
    left_out_.push_back(headings.back());
  }
}

std::string ScenarioTable::text() const {
  if (left_out_.empty()) return table_.text();
  return table_.text() +
         look_.paint(Style::faint,
                     fmt::format("No room for: {}. --csv and --json have all.", fmt::join(left_out_, ", "))) +
         '\n';
}

std::string ScenarioTable::common() const {
  return fmt::format("{}", fmt::join(common_, ", "));
}

}  // namespace firesweep
