#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"

#include "terminal/terminal.hpp"
#include "view/estimate_text.hpp"
#include "view/ground_view.hpp"
#include "view/show_text.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

/// Where each year is on the axes that the season keeps, e.g. "ignition_set ridge"; empty if it keeps none.
std::string name_of_year(const StoredResults& results, const Season& season, std::size_t year) {
  std::vector<std::string> parts;
  for (const auto& [axis, label] : labels_of_year(results, season, year)) parts.push_back(axis + " " + label);
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// A share of the landscape as a percentage, with its area where cells have a size.
std::string amount_text(const StoredResults& results, double share, const Interval& interval,
                        const TextFormat& format) {
  // Beyond all runs nothing is known.
  std::string text = std::isnan(interval.upper) ? fmt::format("{} (from {}) %", number(100.0 * share),
                                                              number(100.0 * interval.lower))
                                                : with_interval(share, interval, 100.0, format) + " %";
  if (const auto cell = results.cell_hectares())
    text += fmt::format(", {}", area_text(share * *cell * static_cast<double>(results.burnable_cells())));
  return text;
}

void print_rates(const ResultsView& view, const SeasonEstimate& year, const TextFormat& format) {
  Table table;
  for (const char* const heading : {"fires over", "a year", "chance in a year [%]", "one in .. years"})
    table.add_column(format.paint(Style::heading, heading), Table::Align::right);
  const std::vector<double>& thresholds = view.results->choices().thresholds;
  for (std::size_t t = 0; t < year.exceedance.size(); ++t) {
    const SeasonExceedance& of = year.exceedance[t];
    table.add_row({fmt::format("{:.6g} %", 100.0 * thresholds[t]),
                   with_interval(of.rate, of.rate_ci, 1.0, format),
                   with_interval(of.chance, of.chance_ci, 100.0, format),
                   std::isfinite(of.return_period)
                       ? with_interval(of.return_period, of.return_period_ci, 1.0, format)
                       : fmt::format("{} {}", format.at_least(), number(of.return_period_ci.lower))});
  }
  if (!year.exceedance.empty()) fmt::print("\n{}", table.text());
}

void print_sizes(const ResultsView& view, const Season& season, const SeasonEstimate& year,
                 const TextFormat& format) {
  if (year.size.empty()) return;
  fmt::print("\nExceeded once in\n");
  for (std::size_t i = 0; i < year.size.size(); ++i) {
    const SeasonSize& size = year.size[i];
    const std::string years = fmt::format("{:>8.6g} years", season.return_periods[i]);
    if (std::isnan(size.size))
      fmt::print(
          "{}  not known: {} beyond it, and {} are needed (more seeds)\n", years,
          counted(static_cast<std::uint64_t>(std::isnan(size.runs_beyond) ? 0.0 : size.runs_beyond), "run"),
          SeasonSize::fewest_runs_beyond);
    else
      fmt::print("{}  {}\n", years, amount_text(*view.results, size.size, size.size_ci, format));
  }
}

/// What a year takes of what is at stake.
void print_losses(const ResultsView& view, const Season& season, std::size_t year, const TextFormat& format) {
  const std::size_t sets = view.asset_sets.size();
  if (sets == 0) return;
  Table table;
  table.add_column(format.paint(Style::heading, "assets"), Table::Align::left);
  std::vector<std::string> headings = {"lost a year", "chance to be reached [%]", "one in .. years"};
  for (const double years : season.return_periods)
    headings.push_back(fmt::format("once in {:.6g} years", years));
  for (const std::string& heading : headings)
    table.add_column(format.paint(Style::heading, heading), Table::Align::right);
  for (std::size_t set = 0; set < sets; ++set) {
    const auto& [hit, loss] = view.asset_years[year * sets + set];
    const std::string& unit = view.asset_sets[set].unit;
    std::vector<std::string> cells = {
        printable(view.asset_sets[set].name + (unit == "1" ? "" : fmt::format(" [{}]", unit))),
        with_interval(loss.expected, loss.expected_ci, 1.0, format),
        with_interval(hit.chance, hit.chance_ci, 100.0, format),
        std::isfinite(hit.return_period)
            ? with_interval(hit.return_period, hit.return_period_ci, 1.0, format)
            : fmt::format("{} {}", format.at_least(), number(hit.return_period_ci.lower))};
    for (const SeasonSize& size : loss.size) cells.push_back(number(size.size));
    table.add_row(cells);
  }
  fmt::print("\nLosses\n{}", table.text());
}

}  // namespace

void print_season(const ResultsView& view, const TextFormat& format) {
  const StoredResults& results = *view.results;
  const std::optional<Season> season = results.season();
  if (!season || view.years.empty())
    throw InputError(
        results.path() +
        ": it knows no year of fires; give the experiment a season: (days_per_year and fires_per_day) "
        "and run it again, which burns no fire anew");
  fmt::print("{}: a year of fires\n", format.paint(Style::heading, printable(results.name())));
  for (std::size_t i = 0; i < view.years.size(); ++i) {
    const SeasonEstimate& year = view.years[i];
    const std::string name = name_of_year(results, *season, i);
    if (!name.empty()) fmt::print("\n{}\n", format.paint(Style::heading, printable(name)));
    fmt::print("{} fires a year; to be expected to burn in a year: {}\n", number(year.fires),
               amount_text(results, year.expected, year.expected_ci, format));
    print_rates(view, year, format);
    print_sizes(view, *season, year, format);
    print_losses(view, *season, i, format);
  }
  fmt::print(
      "\nIf fires are independent and Poisson, as often as season: says, and start as those of the "
      "experiment "
      "do\n(those that never start among them). Intervals hold with {:.12g} % confidence.\n",
      100.0 * view.choices.confidence);
}

}  // namespace firesweep
