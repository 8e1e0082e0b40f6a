#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/statistics/interval.hpp"

#include "terminal/terminal.hpp"
#include "view/estimate_text.hpp"
#include "view/ground_view.hpp"
#include "view/scenario_table.hpp"
#include "view/show_text.hpp"

namespace firesweep {
namespace {

/// The sets that are asked for, by their names parted by commas; all for none.
std::vector<std::size_t> chosen_sets(const ResultsView& view, const std::string& names) {
  std::vector<std::size_t> chosen;
  std::vector<std::string_view> known;
  for (const Assets& assets : view.asset_sets) known.push_back(assets.name);
  for (std::size_t i = 0; names.empty() && i < known.size(); ++i) chosen.push_back(i);
  for (std::size_t begin = 0; begin < names.size();) {
    const std::size_t end = std::min(names.find(',', begin), names.size());
    const std::string name = names.substr(begin, end - begin);
    const auto found = std::ranges::find(known, name);
    if (found == known.end())
      throw InputError(fmt::format("--assets {}: {} has no such set (it has {}){}", name,
                                   view.results->path(), fmt::join(known, ", "), suggestion(name, known)));
    chosen.push_back(static_cast<std::size_t>(found - known.begin()));
    begin = end + 1;
  }
  return chosen;
}

const AssetEstimate& estimate_of(const ResultsView& view, const ScenarioView& scenario, std::size_t set) {
  return view.assets[scenario.scenario * view.asset_sets.size() + set];
}

void print_set(const ResultsView& view, std::size_t set, const TextFormat& format) {
  const Assets& assets = view.asset_sets[set];
  const std::size_t median = view.place_of_quantile(0.5);
  const std::size_t high = view.place_of_quantile(view.high_quantile);
  const std::string worst = fmt::format("worst {:.6g} %", 100.0 * (1.0 - view.high_quantile));
  ScenarioTable table(view, format);
  table.add_columns({"reached [%]", "mean lost", worst});
  std::vector<std::string> over;
  for (const double threshold : assets.thresholds) over.push_back(fmt::format("> {:.6g} [%]", threshold));
  table.add_columns(over);
  table.add_columns({"first at step"});
  for (const ScenarioView& scenario : view.scenarios) {
    const auto& [hits, loss] = estimate_of(view, scenario, set);
    const bool is_bound = scenario.counts.cut_off > 0;
    const auto share = [&](double value, const Interval& interval) {
      return is_bound ? bound_text(Bound::at_least, value, 100.0, format)
                      : with_interval(value, interval, 100.0, format);
    };
    std::vector<std::string> cells = {
        share(hits.share, hits.share_ci),
        is_bound ? bound_text(Bound::at_least, loss.mean.mean, 1.0, format)
                 : with_error(loss.mean.mean, loss.mean_ci, 1.0, format),
        bound_text(is_bound ? Bound::at_least : Bound::none, loss.cvar[high], 1.0, format)};
    for (std::size_t t = 0; t < over.size(); ++t)
      cells.push_back(share(loss.exceedance[t], loss.exceedance_ci[t]));
    cells.push_back(number(hits.arrival[median]));
    table.add_row(scenario, cells);
  }
  table.fit({"first at step", worst});
  fmt::print("\n{}: {} in {}{}\n\n{}", format.paint(Style::heading, printable(assets.name)),
             printable(amount_text(assets.total, assets.unit)), counted(assets.cells, "cell"),
             table.common().empty() ? "" : ", all with " + printable(table.common()), table.text());
}

/// How often a fire reaches two sets, of the runs that are ok.
struct Joint {
  std::uint64_t runs = 0;
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::uint64_t both = 0;
};

Joint joint_of(const ResultsView& view, std::size_t scenario, std::size_t first, std::size_t second) {
  const auto lost = [&](std::size_t set) {
    return view.results->run_values(std::string(arrays_of(view.asset_sets[set]).lost().name), scenario);
  };
  const std::vector<double> one = lost(first);
  const std::vector<double> other = lost(second);
  Joint joint;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (std::isnan(one[i])) continue;
    ++joint.runs;
    joint.first += one[i] > 0.0 ? 1U : 0U;
    joint.second += other[i] > 0.0 ? 1U : 0U;
    joint.both += one[i] > 0.0 && other[i] > 0.0 ? 1U : 0U;
  }
  return joint;
}

void print_joint(const ResultsView& view, std::size_t first, std::size_t second, const TextFormat& format) {
  const std::string& one = view.asset_sets[first].name;
  const std::string& other = view.asset_sets[second].name;
  ScenarioTable table(view, format);
  table.add_columns(
      {"both", "either", fmt::format("{} if {}", one, other), fmt::format("{} if {}", other, one)});
  for (const ScenarioView& scenario : view.scenarios) {
    const Joint joint = joint_of(view, scenario.scenario, first, second);
    const auto share = [&](std::uint64_t part, std::uint64_t whole) {
      if (whole == 0) return std::string("-");
      return with_interval(static_cast<double>(part) / static_cast<double>(whole),
                           wilson_interval(part, whole, view.choices.confidence), 100.0, format);
    };
    table.add_row(scenario,
                  {share(joint.both, joint.runs), share(joint.first + joint.second - joint.both, joint.runs),
                   share(joint.both, joint.second), share(joint.both, joint.first)});
  }
  fmt::print("\n{} and {}: how likely one fire reaches them [%]\n\n{}",
             format.paint(Style::heading, printable(one)), format.paint(Style::heading, printable(other)),
             table.text());
}

}  // namespace

void print_assets(const ResultsView& view, const std::string& names, const TextFormat& format) {
  if (view.asset_sets.empty())
    throw InputError(view.results->path() +
                     ": it knows nothing that is at stake; give the experiment assets: and run it again");
  const std::vector<std::size_t> sets = chosen_sets(view, names);
  fmt::print("{}: what is at stake\n{}", format.paint(Style::heading, printable(view.results->name())),
             cut_off_text(view, format));
  for (const std::size_t set : sets) print_set(view, set, format);
  if (!names.empty())
    for (std::size_t i = 0; i < sets.size(); ++i)
      for (std::size_t j = i + 1; j < sets.size(); ++j) print_joint(view, sets[i], sets[j], format);
  fmt::print("\n{}\n",
             format.paint(Style::faint, fmt::format("Intervals ({} and in brackets) hold with {:.12g} % "
                                                    "confidence.",
                                                    format.plus_minus(), 100.0 * view.choices.confidence)));
}

}  // namespace firesweep
