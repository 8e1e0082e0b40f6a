#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/statistics/quantile.hpp"

#include "terminal/terminal.hpp"
#include "view/estimate_text.hpp"
#include "view/show_text.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

constexpr std::size_t share_width = 21;

/// An estimate of every parameter that a method tells: a column of the table.
struct EffectColumn {
  std::string_view heading;
  Estimated ParameterEffect::*estimate;
  bool is_share;  // shown in percent
};

std::vector<EffectColumn> columns_of(DesignMethod method) {
  if (method == DesignMethod::sobol)
    return {{"alone", &ParameterEffect::first_order, true}, {"in all", &ParameterEffect::total, true}};
  if (method == DesignMethod::morris)
    return {{"mu*", &ParameterEffect::mean_absolute_effect, false},
            {"if inert", &ParameterEffect::inert_effect, false},
            {"mu", &ParameterEffect::mean_effect, false},
            {"sigma", &ParameterEffect::effect_sd, false}};
  return {{"regression", &ParameterEffect::regression, false},
          {"of ranks", &ParameterEffect::rank_regression, false},
          {"partial rank", &ParameterEffect::partial_rank_correlation, false}};
}

/// What parameters are sorted and drawn by.
Estimated ParameterEffect::*strongest_of(DesignMethod method) {
  if (method == DesignMethod::sobol) return &ParameterEffect::total;
  return method == DesignMethod::morris ? &ParameterEffect::mean_absolute_effect
                                        : &ParameterEffect::rank_regression;
}

std::string legend_of(DesignMethod method) {
  if (method == DesignMethod::sobol)
    return "Shares of the variance of what is to be expected, in %. alone: explained by the parameter by "
           "itself; in all:\n"
           "left to it when all others are known. What \"in all\" is more, it does together with others.";
  if (method == DesignMethod::morris)
    return "Effects over the whole range of a parameter. mu*: mean size; if inert: what it would be by "
           "chance\n"
           "without any effect; mu: mean; sigma: how much they differ (interactions, bends).";
  return "Standardised coefficients: change in standard deviations for one of the parameter, of values and "
         "of ranks; and the\n"
         "correlation of ranks with the others' part taken out.";
}

/// Parameters by how much they do, most first; of unknown effect last.
std::vector<std::size_t> sorted_parameters(const DesignEffects& effects, DesignMethod method) {
  std::vector<std::size_t> order(effects.parameters.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t k) {
    const double size = std::abs((effects.parameters[k].*strongest_of(method)).value);
    return std::isnan(size) ? -1.0 : size;
  });
  return order;
}

std::string quantity_words(const std::string& quantity) {
  constexpr std::string_view over = "exceedance_";
  if (quantity == "burn_fraction") return "mean burnt";
  if (quantity.starts_with(over))
    return fmt::format("fires > {:.6g} %", 100.0 * std::stod(quantity.substr(over.size())));
  return "mean " + quantity;
}

void print_effects_on(const ResultsView& view, const std::string& quantity, const DesignEffects& effects,
                      const TextFormat& format) {
  const Design& design = view.samples->design;
  const std::vector<EffectColumn> columns = columns_of(design.method);
  const auto strongest = strongest_of(design.method);
  double least = 0.0;
  double most = 0.0;
  for (const ParameterEffect& effect : effects.parameters) {
    const double value = (effect.*strongest).value;
    if (std::isnan(value)) continue;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  Table table;
  table.add_column("", Table::Align::left);
  table.add_column("", Table::Align::left);
  for (const EffectColumn& column : columns)
    table.add_column(format.paint(Style::heading, std::string(column.heading)), Table::Align::right);
  for (const std::size_t k : sorted_parameters(effects, design.method)) {
    const ParameterEffect& effect = effects.parameters[k];
    const double value = (effect.*strongest).value;
    std::vector<std::string> row = {
        std::string(design.columns[k].parameter->name),
        std::isnan(value) || !(most > least)
            ? ""
            : format.bar(std::min(0.0, value), std::max(0.0, value), least, most, share_width)};
    for (const EffectColumn& column : columns) {
      const Estimated& estimate = effect.*(column.estimate);
      row.push_back(with_interval(estimate.value, estimate.interval, column.is_share ? 100.0 : 1.0, format));
    }
    table.add_row(std::move(row));
  }
  const bool is_share = !quantity.ends_with("_lost");
  const double factor = is_share ? 100.0 : 1.0;
  fmt::print(
      "\n{}: {}{} on average, {} from sample to sample; chance makes {:.3g} % of what single fires "
      "differ\n\n{}",
      format.paint(Style::heading, printable(quantity_words(quantity))), number(factor * effects.mean),
      is_share ? " %" : "",
      fmt::format("{} {}", format.plus_minus(), number(factor * effects.standard_deviation)),
      100.0 * effects.chance, table.text());
  if (!std::isnan(effects.r_squared))
    fmt::print("explained: {:.3g} % of the variance of what is to be expected, {:.3g} % of that of ranks\n",
               100.0 * effects.r_squared, 100.0 * effects.rank_r_squared);
  if (effects.rows_dropped > 0.0)
    fmt::print("{} of {} left out, of which runs are not ok.\n",
               counted(static_cast<std::uint64_t>(effects.rows_dropped), "row"),
               grouped(static_cast<std::uint64_t>(effects.rows_dropped + effects.rows)));
}

/// The quantities that are told: what burns, large fires, and what is lost.
bool is_told(const ResultsView& view, const std::string& quantity) {
  if (!quantity.starts_with("exceedance_")) return true;
  return view.large && quantity == fmt::format("exceedance_{}", view.choices.thresholds[*view.large]);
}

}  // namespace

void print_design(const ResultsView& view, const TextFormat& format) {
  if (!view.samples || view.design.empty()) return;
  const Design& design = view.samples->design;
  const std::vector<std::string> quantities = view.results->design_quantities();
  std::vector<double> means;
  for (const ScenarioView& scenario : view.scenarios)
    if (!std::isnan(scenario.summary.mean.mean))
      means.push_back(view.metric.factor * scenario.summary.mean.mean);
  std::ranges::sort(means);
  if (!means.empty())
    fmt::print(
        "\nMeans of samples: half of them from {} to {}, from {} to {} at most; --scenario sample=0 shows "
        "one, --csv all.\n",
        number(quantile(means, 0.25)), number(quantile(means, 0.75)), number(means.front()),
        number(means.back()));
  for (std::size_t i = 0; i < view.design.size(); ++i) {
    const std::size_t combination = i / quantities.size();
    if (i % quantities.size() == 0 && view.design.size() > quantities.size()) {
      std::vector<std::string> labels = view.results->labels(combination * view.samples->samples());
      labels.pop_back();  // of the sample
      fmt::print("\n{}\n",
                 format.paint(Style::heading, printable(fmt::format("{}", fmt::join(labels, ", ")))));
    }
    if (is_told(view, quantities[i % quantities.size()]))
      print_effects_on(view, quantities[i % quantities.size()], view.design[i], format);
  }
  fmt::print("\n{}\n", format.paint(Style::faint,
                                    fmt::format("{}\nIntervals hold with {:.12g} % confidence.",
                                                legend_of(design.method), 100.0 * view.choices.confidence)));
}

}  // namespace firesweep
