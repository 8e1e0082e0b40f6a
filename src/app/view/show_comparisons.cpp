#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "terminal/terminal.hpp"
#include "view/estimate_text.hpp"
#include "view/show_text.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

constexpr std::size_t effect_width = 41;

// The threshold of a large fire among those of the file, or none if the file has not got it.
std::optional<std::size_t> stored_threshold(const ResultsView& view) {
  if (!view.large) return std::nullopt;
  const std::vector<double>& stored = view.results->choices().thresholds;
  const auto place = std::ranges::find(stored, view.choices.thresholds[*view.large]);
  if (place == stored.end()) return std::nullopt;
  return static_cast<std::size_t>(place - stored.begin());
}

// Axes by what they do to the mean, most first; those of unknown effect last.
std::vector<std::size_t> sorted_axes(const AxisSensitivities& sensitivity) {
  std::vector<std::size_t> axes = sensitivity.axes;
  std::ranges::stable_sort(axes, std::ranges::greater{}, [&](std::size_t axis) {
    const double effect = sensitivity.mean.axes[axis].effect;
    return std::isnan(effect) ? -1.0 : effect;
  });
  return axes;
}

// What each axis does to the mean burnt, as bars around what it is overall.
void print_tornado(const ResultsView& view, const TextFormat& format) {
  const AxisSensitivities& sensitivity = *view.sensitivity;
  const double mean = view.overall_mean;
  double lowest = 0.0;
  double highest = 0.0;
  for (const std::size_t axis : sensitivity.axes) {
    lowest = std::min(lowest, sensitivity.mean.axes[axis].lowest - mean);
    highest = std::max(highest, sensitivity.mean.axes[axis].highest - mean);
  }
  if (!(highest > lowest)) return;
  Table table;
  for (const auto& [heading, align] : {std::pair("", Table::Align::left),
                                       {"lowest mean", Table::Align::right},
                                       {"", Table::Align::right},
                                       {"", Table::Align::left},
                                       {"", Table::Align::left},
                                       {"highest mean", Table::Align::left}})
    table.add_column(format.paint(Style::heading, heading), align);
  for (const std::size_t axis : sorted_axes(sensitivity)) {
    const AxisEffect& effect = sensitivity.mean.axes[axis];
    const StoredAxis& stored = view.results->axes()[axis];
    if (std::isnan(effect.effect)) continue;
    table.add_row({stored.name, stored.labels[effect.lowest_level], number(100.0 * effect.lowest),
                   format.bar(effect.lowest - mean, effect.highest - mean, lowest, highest, effect_width),
                   number(100.0 * effect.highest), stored.labels[effect.highest_level]});
  }
  fmt::print("\n{}, which is {} % overall\n\n{}",
             format.paint(Style::heading, "What each axis does to the mean"), number(100.0 * mean),
             table.text());
}

// 1 less what is explained, where rounding is nothing.
double rest_of(double explained) {
  constexpr double rounding = 1e-12;
  return 1.0 - explained < rounding ? 0.0 : 1.0 - explained;
}

// Over how many scenarios effects and shares are.
std::string basis_text(const ResultsView& view, const AxisSensitivities& shown) {
  const Sensitivity& sensitivity = shown.mean;
  const std::size_t all = view.results->counts().size();
  std::string text = fmt::format("over {}{} scenarios of {} seeds.", grouped(sensitivity.scenarios),
                                 sensitivity.scenarios < all ? fmt::format(" of {}", grouped(all)) : "",
                                 grouped(sensitivity.seeds));
  std::vector<std::string> fewer;
  for (const std::size_t axis : shown.axes) {
    const std::size_t compared = sensitivity.axes[axis].scenarios;
    if (compared > 0 && compared < sensitivity.scenarios)
      fewer.push_back(fmt::format("{} in {}", view.results->axes()[axis].name, grouped(compared)));
  }
  if (!fewer.empty())
    text += fmt::format("\nEffects compare where an axis has all its values: {}.", fmt::join(fewer, ", "));
  return text;
}

// In standard deviations, too, if there is room for them.
void print_effects(const ResultsView& view, const AxisSensitivities& sensitivity, bool in_sd,
                   const TextFormat& format) {
  const std::optional<std::size_t> large = stored_threshold(view);
  Table table;
  table.add_column("", Table::Align::left);
  std::vector<std::string> headings = {"on the mean", "of variance"};
  if (in_sd) headings.insert(headings.begin() + 1, "in sd");
  if (large) {
    const double threshold = 100.0 * view.choices.thresholds[*view.large];
    headings.insert(headings.end(), {fmt::format("on fires > {:.6g} %", threshold), "of variance"});
  }
  for (const std::string& heading : headings)
    table.add_column(format.paint(Style::heading, heading), Table::Align::right);

  double explained = sensitivity.mean.chance;
  for (const std::size_t axis : sorted_axes(sensitivity)) {
    const AxisEffect& of_mean = sensitivity.mean.axes[axis];
    std::vector<std::string> row = {view.results->axes()[axis].name,
                                    with_interval(of_mean.effect, of_mean.interval, 100.0, format),
                                    with_interval(of_mean.share, of_mean.share_interval, 100.0, format)};
    if (in_sd) row.insert(row.begin() + 2, number(of_mean.normalised));
    if (large) {
      const AxisEffect& of_large = sensitivity.exceedance[*large].axes[axis];
      row.push_back(with_interval(of_large.effect, of_large.interval, 100.0, format));
      row.push_back(with_interval(of_large.share, of_large.share_interval, 100.0, format));
    }
    table.add_row(std::move(row));
    explained += of_mean.share;
  }
  const auto add_rest = [&](const std::string& what, double share) {
    std::vector<std::string> row = {what, "", number(100.0 * share)};
    if (in_sd) row.insert(row.begin() + 1, "");
    row.resize(headings.size() + 1);
    table.add_row(std::move(row));
  };
  add_rest("axes together", rest_of(explained));
  add_rest("chance", sensitivity.mean.chance);
  fmt::print(
      "\n{}\n{}\n", table.text(),
      format.paint(
          Style::faint,
          fmt::format("Effects: highest less lowest, in percentage points, {}\n{}of variance: share in %.",
                      basis_text(view, sensitivity),
                      in_sd ? "in sd: in standard deviations of all fires; " : "")));
}

std::string gain_text(double variance_reduction, const TextFormat& format) {
  return std::isnan(variance_reduction) ? "-"
                                        : fmt::format("{} {}", format.times(), number(variance_reduction));
}

// The steps from one value of an axis to the next, of all seeds or of those whose fires started.
Table table_of_steps(const ResultsView& view, const ComparisonView& along, bool are_given_start,
                     const TextFormat& format) {
  const std::optional<std::size_t> large = stored_threshold(view);
  Table table;
  const auto add_column = [&](const std::string& heading, Table::Align align) {
    table.add_column(format.paint(Style::heading, heading), align);
  };
  for (const std::string& axis : along.other_axes) add_column(axis, Table::Align::left);
  add_column(along.axis, Table::Align::left);
  for (const char* heading : {"seeds", "mean", "gain"}) add_column(heading, Table::Align::right);
  if (large)
    add_column(fmt::format("fires > {:.6g} %", 100.0 * view.choices.thresholds[*view.large]),
               Table::Align::right);

  for (const DifferenceView& step : along.differences) {
    if (!step.is_step || (are_given_start && !step.given_start)) continue;
    const PairDifference& difference = are_given_start ? *step.given_start : step.difference;
    std::vector<std::string> row = step.labels;
    row.push_back(fmt::format("{} {} {}", step.first, format.arrow(), step.second));
    row.push_back(grouped(difference.mean.difference.count));
    row.push_back(with_error(difference.mean.difference.mean, difference.mean.interval, 100.0, format));
    row.push_back(gain_text(difference.mean.variance_reduction, format));
    if (large) {
      const PairedExceedance& point = difference.exceedance[*large];
      row.push_back(with_interval(point.difference, point.interval, 100.0, format));
    }
    table.add_row(std::move(row));
  }
  return table;
}

// "centre 30, low -> high: 3.2 points more (1.9-4.5), which excludes 0."
std::string sentence_of(const DifferenceView& step, const TextFormat& format) {
  const std::string place = step.labels.empty() ? "" : fmt::format("{}, ", fmt::join(step.labels, " "));
  return fmt::format("{}{} {} {}: {}", place, step.first, format.arrow(), step.second,
                     difference_sentence(step.difference.mean, format));
}

// What is known of each step, in words.
void print_sentences(const ResultsView& view, const ComparisonView& along, const TextFormat& format) {
  constexpr std::size_t most = 24;
  std::size_t shown = 0;
  fmt::print("\nIn words, with intervals of {:.12g} % confidence:\n", 100.0 * view.choices.confidence);
  for (const DifferenceView& step : along.differences)
    if (step.is_step && shown++ < most) fmt::print("  {}\n", printable(sentence_of(step, format)));
  if (shown > most) fmt::print("  ... and {} more, which --json has\n", grouped(shown - most));
}

bool is_worth_showing(const std::optional<AxisSensitivities>& sensitivity) {
  return sensitivity && sensitivity->mean.seeds > 0 && sensitivity->mean.scenarios >= 2;
}

}  // namespace

void print_sensitivity(const ResultsView& view, const TextFormat& format) {
  if (!is_worth_showing(view.sensitivity) || view.metric.column != "burn_fraction") return;
  print_tornado(view, format);
  print_effects(view, *view.sensitivity, true, format);
  if (view.runs_not_started == 0 || !is_worth_showing(view.sensitivity_given_start)) return;
  fmt::print("\n{}, over the seeds whose fires all started\n",
             format.paint(Style::heading, "The same given that a fire starts"));
  print_effects(view, *view.sensitivity_given_start, false, format);
}

void print_differences(const ResultsView& view, const ComparisonView& along, const TextFormat& format) {
  const bool is_of_levels = along.axis == DangerLevelAxis::name;
  const Table all = table_of_steps(view, along, false, format);
  if (all.empty()) {
    fmt::print("\nThese scenarios have no two {} to compare.\n",
               is_of_levels ? "neighbouring danger levels" : "values of " + along.axis);
    return;
  }
  const std::string heading = is_of_levels ? "What the next danger level adds to the burnt share"
                                           : "What another " + along.axis + " adds to the burnt share";
  fmt::print("\n{}, seed by seed [percentage points]\n\n{}\n{}\n", format.paint(Style::heading, heading),
             all.text(),
             format.paint(Style::faint,
                          "Gain: how many independent runs each pair of runs with the same seed is worth."));
  print_sentences(view, along, format);
  const Table of_started = table_of_steps(view, along, true, format);
  if (view.runs_not_started > 0 && !of_started.empty())
    fmt::print("\n{}, over the seeds whose fires started at both [percentage points]\n\n{}",
               format.paint(Style::heading, "The same given that a fire starts"), of_started.text());
}

}  // namespace firesweep
