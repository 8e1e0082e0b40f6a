#include "view/summary_table.hpp"

#include <span>
#include <vector>

#include "firesweep/ensemble/comparison_arrays.hpp"

#include "view/tidy_rows.hpp"

namespace firesweep {
namespace {

void append(std::vector<std::string>& cells, const std::vector<std::string>& more) {
  cells.insert(cells.end(), more.begin(), more.end());
}

// A tidy table whose first columns say what a row is of.
class TidyTable {
 public:
  explicit TidyTable(std::vector<std::string> key_headings) {
    append(key_headings, tidy_headings());
    headings_ = csv_line(key_headings);
  }

  void add(const std::vector<std::string>& key, const std::vector<TidyRow>& rows) {
    for (const TidyRow& row : rows) {
      std::vector<std::string> cells = key;
      append(cells, tidy_cells(row));
      lines_ += csv_line(cells);
    }
  }

  std::string text() const { return lines_.empty() ? std::string() : headings_ + lines_; }

 private:
  std::string headings_;
  std::string lines_;
};

}  // namespace

std::string summary_table(const ResultsView& view) {
  std::vector<std::string> axes;
  for (const StoredAxis& axis : view.results->axes()) axes.push_back(axis.name);
  TidyTable table(axes);
  for (const ScenarioView& scenario : view.scenarios) table.add(scenario.labels, tidy_rows(view, scenario));
  return table.text();
}

std::string differences_table(const ResultsView& view, const ComparisonView& along) {
  std::vector<std::string> headings = along.other_axes;
  append(headings, {first_of_pair(along.axis), second_of_pair(along.axis)});
  TidyTable table(headings);
  for (const DifferenceView& difference : along.differences) {
    std::vector<std::string> key = difference.labels;
    append(key, {difference.first, difference.second});
    table.add(key, tidy_rows(difference.difference, view.results->choices()));
    for (std::size_t set = 0; set < difference.losses.size(); ++set)
      table.add(key, tidy_rows(difference.losses[set], view.asset_sets[set], view.results->choices()));
  }
  return table.text();
}

std::string sensitivity_table(const ResultsView& view) {
  TidyTable table({"axis"});
  if (!view.sensitivity) return {};
  for (const std::size_t a : view.sensitivity->axes) {
    const StoredAxis& axis = view.results->axes()[a];
    table.add({axis.name}, tidy_rows(*view.sensitivity, a, axis.labels, view.results->choices()));
  }
  return table.text();
}

}  // namespace firesweep
