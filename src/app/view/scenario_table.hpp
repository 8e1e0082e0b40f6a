#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "view/results_view.hpp"
#include "view/table.hpp"
#include "view/text_format.hpp"

namespace firesweep {

/// A table of scenarios as rows, whose first columns say which: those axes along which they differ.
class ScenarioTable {
 public:
  /// `look` must outlive it.
  ScenarioTable(const ResultsView& view, const TextFormat& format);

  void add_columns(const std::vector<std::string>& headings);
  void add_row(const ScenarioView& scenario, const std::vector<std::string>& cells);

  /// Takes columns out, the last of `headings` first, until the table fits the terminal.
  void fit(std::vector<std::string> headings);

  bool has(const std::string& heading) const { return table_.has_column(painted(heading)); }
  bool empty() const { return table_.empty(); }

  /// The table, and which of its columns the terminal has no room for.
  std::string text() const;

  /// What all scenarios have in common, e.g. "ignition_set centre"; empty if nothing.
  std::string common() const;

 private:
  std::string painted(const std::string& heading) const { return look_.paint(Style::heading, heading); }

  const TextFormat& look_;
  Table table_;
  std::vector<std::size_t> axes_;
  std::vector<std::string> common_;
  std::vector<std::string> left_out_;
};

}  // namespace firesweep
