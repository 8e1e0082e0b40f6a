#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "terminal/terminal.hpp"
#include "view/estimate_text.hpp"
#include "view/show_text.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

void add_headings(const std::vector<std::string>& left, const std::vector<std::string>& right,
                  const TextFormat& format, Table& table) {
  for (const std::string& heading : left)
    table.add_column(format.paint(Style::heading, heading), Table::Align::left);
  for (const std::string& heading : right)
    table.add_column(format.paint(Style::heading, heading), Table::Align::right);
}

std::string pair_text(const std::string& first, const std::string& second, const TextFormat& format) {
  return printable(fmt::format("{} {} {}", first, format.arrow(), second));
}

void print_losses_of(const ResultsView& view, const ComparisonView& along, std::size_t set,
                     const TextFormat& format) {
  const Assets& assets = view.asset_sets[set];
  std::vector<std::string> left = along.other_axes;
  left.push_back(along.axis);
  Table table;
  add_headings(left, {"mean lost", "reached [points]"}, format, table);
  for (const DifferenceView& step : along.differences) {
    if (!step.is_step) continue;
    const LossDifference& difference = step.losses[set];
    std::vector<std::string> row = step.labels;
    row.push_back(pair_text(step.first, step.second, format));
    row.push_back(
        with_error(difference.loss.mean.difference.mean, difference.loss.mean.interval, 1.0, format));
    row.push_back(with_interval(difference.hit.difference, difference.hit.interval, 100.0, format));
    table.add_row(std::move(row));
  }
  fmt::print("\n{}, seed by seed{}\n\n{}",
             format.paint(Style::heading,
                          printable(fmt::format("What another {} does to {}", along.axis, assets.name))),
             assets.unit == "1" ? "" : printable(fmt::format(" [{}]", assets.unit)), table.text());
}

}  // namespace

void print_loss_differences(const ResultsView& view, const ComparisonView& along, const TextFormat& format) {
  for (std::size_t set = 0; set < view.asset_sets.size(); ++set) print_losses_of(view, along, set, format);
}

void print_year_differences(const ResultsView& view, const ComparisonView& along, const TextFormat& format) {
  if (along.years.empty()) {
    fmt::print("\nThe season mixes {}, or there is none: no years to compare along it.\n", along.axis);
    return;
  }
  std::vector<std::string> headings = {"burnt [points]"};
  for (const Assets& assets : view.asset_sets)
    headings.push_back(
        printable(assets.unit == "1" ? assets.name : fmt::format("{} [{}]", assets.name, assets.unit)));
  Table table;
  add_headings({"", along.axis}, headings, format, table);
  for (const YearDifferenceView& year : along.years) {
    std::vector<std::string> row = {
        printable(fmt::format("{}", fmt::join(year.labels, " "))), pair_text(year.first, year.second, format),
        with_error(year.burnt.difference.mean, year.burnt.interval, 100.0, format)};
    for (const PairedDifference& lost : year.lost)
      row.push_back(with_error(lost.difference.mean, lost.interval, 1.0, format));
    table.add_row(std::move(row));
  }
  fmt::print("\n{}, seed by seed: negative is saved\n\n{}",
             format.paint(Style::heading, printable("What another " + along.axis + " adds to a year")),
             table.text());
}

}  // namespace firesweep
