#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "terminal/terminal.hpp"
#include "view/compared_view.hpp"
#include "view/estimate_text.hpp"
#include "view/show_json.hpp"
#include "view/table.hpp"
#include "view/tidy_rows.hpp"

namespace firesweep {
namespace {

/// The place of the threshold that the table has: that of large fires, else the middle one.
std::optional<std::size_t> shown_threshold(const ComparedView& view) {
  const std::vector<double>& thresholds = view.choices.thresholds;
  if (thresholds.empty()) return std::nullopt;
  const auto large = std::ranges::find(thresholds, default_large_fire);
  return large == thresholds.end() ? thresholds.size() / 2
                                   : static_cast<std::size_t>(large - thresholds.begin());
}

Table table_of(const ComparedView& view, const TextFormat& format) {
  const std::optional<std::size_t> threshold = shown_threshold(view);
  Table table;
  const auto add_column = [&](const std::string& heading, Table::Align align) {
    table.add_column(format.paint(Style::heading, heading), align);
  };
  for (const std::string& axis : view.axes) add_column(axis, Table::Align::left);
  for (const char* heading : {"seeds", "first", "second", "difference"})
    add_column(heading, Table::Align::right);
  if (threshold)
    add_column(fmt::format("fires > {:.6g} %", 100.0 * view.choices.thresholds[*threshold]),
               Table::Align::right);
  for (const ComparedPair& pair : view.pairs) {
    const PairedDifference& mean = pair.difference.mean;
    std::vector<std::string> row = pair.labels;
    row.push_back(grouped(mean.difference.count));
    row.push_back(number(100.0 * pair.first_mean));
    row.push_back(number(100.0 * pair.second_mean));
    row.push_back(with_error(mean.difference.mean, mean.interval, 100.0, format));
    if (threshold) {
      const PairedExceedance& point = pair.difference.exceedance[*threshold];
      row.push_back(with_interval(point.difference, point.interval, 100.0, format));
    }
    table.add_row(std::move(row));
  }
  return table;
}

/// What is compared with what, and what is not.
void print_matched(const ComparedView& view) {
  fmt::print("first   {}\nsecond  {}\n", printable(view.first_name), printable(view.second_name));
  fmt::print("{} and {} that both have\n", counted(view.pairs.size(), "scenario"),
             counted(view.seeds, "seed"));
  const auto say = [](std::uint64_t count, std::string_view what, std::string_view where) {
    if (count > 0) fmt::print("left out: {} that only the {} has\n", counted(count, what), where);
  };
  say(view.only_first_scenarios, "scenario", "first");
  say(view.only_second_scenarios, "scenario", "second");
  say(view.only_first_seeds, "seed", "first");
  say(view.only_second_seeds, "seed", "second");
  for (const std::string& note : view.notes) fmt::print("{}\n", note);
}

void print_sentences(const ComparedView& view, const TextFormat& format) {
  constexpr std::size_t most = 24;
  fmt::print("\nIn words, with intervals of {:.12g} % confidence:\n", 100.0 * view.choices.confidence);
  for (std::size_t i = 0; i < std::min(most, view.pairs.size()); ++i) {
    const ComparedPair& pair = view.pairs[i];
    const std::string place = pair.labels.empty() ? "" : fmt::format("{}: ", fmt::join(pair.labels, " "));
    fmt::print("  {}{}\n", printable(place), difference_sentence(pair.difference.mean, format));
  }
  if (view.pairs.size() > most)
    fmt::print("  ... and {} more, which --json has\n", grouped(view.pairs.size() - most));
}

void print_map(const ComparedMap& compared, double confidence) {
  const MapDifference& map = compared.map;
  fmt::print(
      "\nOf {} cells {} burnt in a run or more, and {} are marked: {} burn less often, {} more often.\n"
      "There {} excludes 0 ({:.12g} % confidence).\n"
      "If no cell differed, {} or fewer would be marked by chance{}.\n",
      grouped(map.cells), grouped(map.could_differ), grouped(map.less + map.more), grouped(map.less),
      grouped(map.more),
      compared.is_paired ? "Bonett and Price's interval of fires paired by their seeds"
                         : "Newcombe's interval of two independent shares",
      100.0 * confidence, grouped(static_cast<std::uint64_t>(std::ceil(map.by_chance))),
      compared.is_paired ? "" : ": far fewer where seeds are common");
}

Json json_of(const StoredResults& results, const std::string& name) {
  return {{"file", results.path()},
          {"name", results.name()},
          {"content_sha256", results.content_sha256()},
          {"compared", name}};
}

Json json_of(const ComparedMap& map) {
  return {{"files", map.files},
          {"paired", map.is_paired},
          {"cells", map.map.cells},
          {"could_differ", map.map.could_differ},
          {"marked_less", map.map.less},
          {"marked_more", map.map.more},
          {"marked_by_chance_at_most", map.map.by_chance}};
}

}  // namespace

void print_compared(const ComparedView& view, const std::optional<ComparedMap>& map,
                    const TextFormat& format) {
  print_matched(view);
  fmt::print("\n{}, the second less the first, seed by seed [percentage points]\n\n{}",
             format.paint(Style::heading, "Burnt share"), table_of(view, format).text());
  print_sentences(view, format);
  if (!map) return;
  print_map(*map, view.choices.confidence);
  for (const std::string& file : map->files) fmt::print("{}\n", file);
}

std::string compared_table(const ComparedView& view) {
  std::vector<std::string> headings = view.axes;
  for (std::string& heading : tidy_headings()) headings.push_back(std::move(heading));
  std::string text = csv_line(headings);
  for (const ComparedPair& pair : view.pairs) {
    std::vector<TidyRow> rows = {
        {.estimate = "first_mean", .at = {}, .value = pair.first_mean, .method = {}},
        {.estimate = "second_mean", .at = {}, .value = pair.second_mean, .method = {}}};
    for (TidyRow& row : tidy_rows(pair.difference, view.choices)) rows.push_back(std::move(row));
    for (const TidyRow& row : rows) {
      std::vector<std::string> cells = pair.labels;
      for (std::string& cell : tidy_cells(row)) cells.push_back(std::move(cell));
      text += csv_line(cells);
    }
  }
  return text;
}

Json json_of(const ComparedView& view, const std::optional<ComparedMap>& map) {
  Json scenarios = Json::array();
  for (const ComparedPair& pair : view.pairs) {
    Json labels = Json::object();
    for (std::size_t a = 0; a < pair.labels.size(); ++a) labels[view.axes[a]] = pair.labels[a];
    Json json = {
        {"scenario", std::move(labels)}, {"first_mean", pair.first_mean}, {"second_mean", pair.second_mean}};
    json.update(json_of(pair.difference, view.choices.thresholds));
    scenarios.push_back(std::move(json));
  }
  return {{"first", json_of(*view.first, view.first_name)},
          {"second", json_of(*view.second, view.second_name)},
          {"confidence", view.choices.confidence},
          {"seeds", view.seeds},
          {"left_out",
           {{"first_scenarios", view.only_first_scenarios},
            {"second_scenarios", view.only_second_scenarios},
            {"first_seeds", view.only_first_seeds},
            {"second_seeds", view.only_second_seeds}}},
          {"notes", view.notes},
          {"scenarios", std::move(scenarios)},
          {"map", map ? json_of(*map) : Json(nullptr)}};
}

}  // namespace firesweep
