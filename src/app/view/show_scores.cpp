#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "view/estimate_text.hpp"
#include "view/scenario_table.hpp"
#include "view/score_view.hpp"
#include "view/show_text.hpp"

namespace firesweep {
namespace {

std::string threshold_text(const MapScore& score) {
  return score.best ? fmt::format("{:.3g}", static_cast<double>(score.best->threshold)) : "-";
}

void print_score_rows(const ScoreView& view, const TextFormat& format) {
  ScenarioTable table(*view.results, format);
  table.add_columns({"Brier", "skill", "ROC area", "area ratio", "Sorensen", "Jaccard", "at threshold"});
  for (std::size_t s = 0; s < view.scores.size(); ++s) {
    const MapScore& score = view.scores[s];
    const auto of_best = [&](Score ThresholdScore::*index) {
      return score.best ? number(((*score.best).*index).value) : "-";
    };
    table.add_row(view.results->scenarios[s],
                  {number(score.brier.value), number(score.brier_skill.value), number(score.roc_area.value),
                   number(score.area_ratio.value), of_best(&ThresholdScore::sorensen),
                   of_best(&ThresholdScore::jaccard), threshold_text(score)});
  }
  fmt::print("{}\n{}\n", table.text(),
             format.paint(Style::faint,
                          "Choose one with --scenario for intervals, reliability and thresholds; "
                          "--json has all."));
}

void print_overall(const MapScore& score, double confidence, const TextFormat& format) {
  Table table;
  table.add_column(format.paint(Style::heading, "score"), Table::Align::left);
  table.add_column(format.paint(Style::heading, "value"), Table::Align::right);
  table.add_column(format.paint(Style::heading, fmt::format("{:.12g} % interval", 100.0 * confidence)),
                   Table::Align::right);
  table.add_column(format.paint(Style::heading, "meaning"), Table::Align::left);
  const auto add = [&](const std::string& name, const Score& of, const std::string& meaning) {
    table.add_row({name, number(of.value),
                   std::isnan(of.interval.lower) ? "-" : range(of.interval, 1.0, format), meaning});
  };
  add("Brier score", score.brier, "mean squared error; 0 is perfect");
  add("skill", score.brier_skill, "against the map's mean everywhere; 1 is perfect, 0 no better");
  add("ROC area", score.roc_area, "a burnt cell has the higher probability; 0.5 is chance");
  add("area ratio", score.area_ratio, "burnt as expected / as observed; 1 is without bias");
  if (score.best) {
    add("Sorensen index", score.best->sorensen, "the highest, at a threshold of " + threshold_text(score));
    add("Jaccard index", score.best->jaccard, "at the same threshold");
  }
  const BrierParts& parts = score.parts;
  fmt::print(
      "{}\nA map whose probabilities mean what they say has a Brier score of {} on average over many fires.\n"
      "Brier score = reliability {} - resolution {} + uncertainty {} + within bins {}\n\n",
      table.text(), number(score.brier_if_reliable), number(parts.reliability), number(parts.resolution),
      number(parts.uncertainty), number(parts.within_bins));
}

std::string bin_text(const ReliabilityBin& bin, const TextFormat& format) {
  return bin.upper == 0.0 ? "0" : fmt::format("{:.1f}{}{:.1f}", bin.lower, format.dash(), bin.upper);
}

void print_reliability(const MapScore& score, const TextFormat& format) {
  Table table;
  for (const char* heading : {"probability", "cells", "mean", "share that burnt"})
    table.add_column(format.paint(Style::heading, heading), Table::Align::right);
  for (const auto& [bin, share] : score.diagram) {
    if (bin.cells == 0) continue;
    table.add_row({bin_text(bin, format), grouped(bin.cells), number(bin.mean_probability),
                   with_interval(share.value, share.interval, 1.0, format)});
  }
  fmt::print("{}\n", table.text());
}

void print_thresholds(const MapScore& score, const TextFormat& format) {
  Table table;
  for (const char* heading :
       {"threshold", "hits", "misses", "false alarms", "hit rate", "false alarm rate", "Sorensen", "Jaccard"})
    table.add_column(format.paint(Style::heading, heading), Table::Align::right);
  for (const auto& [threshold, agreement, sorensen, jaccard] : score.thresholds) {
    table.add_row({fmt::format("{}", threshold), grouped(agreement.hits), grouped(agreement.misses),
                   grouped(agreement.false_alarms), number(agreement.hit_rate()),
                   number(agreement.false_alarm_rate()),
                   with_interval(sorensen.value, sorensen.interval, 1.0, format), number(jaccard.value)});
  }
  fmt::print("{}\n", table.text());
}

std::string intervals_text(const MapScore& score) {
  const std::string blocks = fmt::format("{} of about {} x {} cells", counted(score.blocks, "block"),
                                         score.block_side, score.block_side);
  if (score.blocks < 2) return fmt::format("No intervals: {} is no sample to resample.", blocks);
  return fmt::format(
      "Intervals are of a bootstrap of {}{}: what other patches of such land would score.\n"
      "Scores of other fires on this land vary far more: one fire is one observation.",
      blocks, score.blocks < fair_blocks ? ", which are few" : "");
}

}  // namespace

void print_scores(const ScoreView& view, const TextFormat& format) {
  const ScenarioTable common(*view.results, format);
  const BurntArea& area = view.scores.front().area;
  fmt::print("{}: burn probability against {}\n", format.paint(Style::heading, view.results->results->name()),
             view.observed);
  if (!common.common().empty()) fmt::print("all with {}\n", common.common());
  fmt::print("{}{} cells are known, {} of them burnt ({})", cut_off_text(*view.results, format),
             grouped(area.cells), grouped(area.burnt),
             percentage(static_cast<double>(area.burnt) / static_cast<double>(area.cells)));
  if (view.scores.size() > 1) {
    fmt::print("\n\n");
    print_score_rows(view, format);
    return;
  }
  const MapScore& score = view.scores.front();
  fmt::print("; {} are expected to\n\n", number(score.area.expected));
  print_overall(score, view.results->choices.confidence, format);
  print_reliability(score, format);
  print_thresholds(score, format);
  fmt::print("{}\n", format.paint(Style::faint, intervals_text(score)));
}

}  // namespace firesweep
