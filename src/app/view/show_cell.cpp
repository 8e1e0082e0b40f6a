#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "view/estimate_text.hpp"
#include "view/scenario_table.hpp"
#include "view/show_text.hpp"

namespace firesweep {

namespace {

/// " (easting 374012.5, northing 5843012.5)", of the cell's centre; empty where nobody knows.
std::string place_text(const ResultsView& view) {
  const std::optional<MapPoint> place = view.place_of_cell();
  return place ? fmt::format(" (easting {}, northing {})", place->east, place->north) : "";
}

}  // namespace

void print_cell(const ResultsView& view, const TextFormat& format) {
  ScenarioTable table(view, format);
  const bool tells_starts = view.runs_not_started > 0;
  table.add_columns({"fires", "burn it", "probability"});
  if (tells_starts) table.add_columns({"if a fire starts"});
  for (const ScenarioView& scenario : view.scenarios) {
    const CellView& cell = *scenario.cell;
    const auto text = [&](const ShareView& share) {
      // That of the cut off ones which would have burnt it is not known.
      return scenario.counts.cut_off > 0 ? bound_text(Bound::at_least, share.share, 100.0, format)
                                         : with_interval(share.share, share.interval, 100.0, format);
    };
    std::vector<std::string> cells = {grouped(scenario.counts.ok), grouped(cell.burnt), text(cell.of_all)};
    if (tells_starts) cells.push_back(text(cell.of_started));
    table.add_row(scenario, cells);
  }
  fmt::print("{}: how likely the cell at x {}, y {}{} burns [%]\n",
             format.paint(Style::heading, view.results->name()), view.cell->x, view.cell->y,
             place_text(view));
  if (!table.common().empty()) fmt::print("all with {}\n", table.common());
  fmt::print("{}\n{}\n{}\n", cut_off_text(view, format), table.text(),
             format.paint(Style::faint, fmt::format("Intervals, in brackets, hold with {:.12g} % confidence.",
                                                    100.0 * view.choices.confidence)));
}

}  // namespace firesweep
