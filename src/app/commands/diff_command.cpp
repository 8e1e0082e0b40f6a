#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/config/experiment_difference.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/experiment/correspondence.hpp"
#include "firesweep/store/estimate_difference.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/comparison.hpp"
#include "terminal/problem.hpp"
#include "view/results_view.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

struct DiffOptions {
  std::string one;
  std::string other;
  double large_fire = default_large_fire;  ///< burn fraction above which a fire is large
};

// A scenario of both files whose runs are not the same in both.
struct DifferingScenario {
  std::size_t scenario;  // of the first file
  std::vector<RunRecord> one;
  std::vector<RunRecord> other;
};

// The runs of two files, put side by side by their places in the matrix.
struct Comparison {
  std::uint64_t equal = 0;
  std::uint64_t different = 0;
  std::uint64_t only_in_one = 0;
  std::uint64_t only_in_other = 0;
  bool is_reordered = false;                 // what both have has other places in the second file
  std::vector<std::string> examples;         // of runs that differ, the first few
  std::vector<DifferingScenario> scenarios;  // the first few
  std::uint64_t differing_scenarios = 0;
};

constexpr std::size_t most_examples = 10;
constexpr std::size_t most_scenarios = 20;

std::uint64_t count_runs(const StoredEnsemble& stored) {
  std::uint64_t runs = 0;
  for (const RunCounts& counts : stored.counts()) runs += counts.ok + counts.failed;
  return runs;
}

// Compares a scenario that both have.
void compare_scenario(const StoredEnsemble& one, const Correspondence& places, DifferingScenario both,
                      Comparison& comparison) {
  const std::uint64_t before = comparison.different + comparison.only_in_one;
  std::uint64_t of_other = 0;
  std::uint64_t shared = 0;
  for (const RunRecord& record : both.other) of_other += record.status == RunStatus::missing ? 0U : 1U;
  for (std::size_t i = 0; i < both.one.size(); ++i) {
    if (both.one[i].status == RunStatus::missing) continue;
    const auto place = places.seed(i);
    if (place != i) comparison.is_reordered = true;
    if (!place || both.other[*place].status == RunStatus::missing) {
      ++comparison.only_in_one;
      continue;
    }
    ++shared;
    if (agree(both.one[i], both.other[*place], one.experiment().burnable_cells())) {
      ++comparison.equal;
    } else if (comparison.different++ < most_examples) {
      comparison.examples.push_back(
          fmt::format("{}: {}", run_text(one.plan(), both.scenario, i),
                      differing_fields(both.one[i], both.other[*place], one.experiment().burnable_cells())));
    }
  }
  const bool is_same = before == comparison.different + comparison.only_in_one && shared == of_other;
  if (!is_same && comparison.differing_scenarios++ < most_scenarios)
    comparison.scenarios.push_back(std::move(both));
}

Comparison compare(const StoredEnsemble& one, const StoredEnsemble& other) {
  const Correspondence places(one.plan(), other.plan());
  Comparison comparison;
  for (std::size_t s = 0; s < one.plan().scenarios(); ++s) {
    const auto place = places.scenario(s);
    if (place != s) comparison.is_reordered = true;
    const RunCounts& counts = one.counts()[s];
    if (place) {
      compare_scenario(one, places, {s, one.records(s), other.records(*place)}, comparison);
    } else {
      comparison.only_in_one += counts.ok + counts.failed;
    }
  }
  comparison.only_in_other = count_runs(other) - comparison.equal - comparison.different;
  return comparison;
}

void print_experiments(const DiffOptions& options, const StoredEnsemble& one, const StoredEnsemble& other) {
  std::vector<Difference> found = differences_both_ways(one.experiment(), other.experiment());
  const std::vector<Difference> judgements = differing_judgements(one.experiment(), other.experiment());
  found.insert(found.end(), judgements.begin(), judgements.end());
  if (found.empty()) {
    fmt::print("experiment: the same\n");
    return;
  }
  Table table;
  for (const std::string& heading : {std::string("  key"), options.one, options.other})
    table.add_column(heading, Table::Align::left);
  for (const auto& [key, of_one, of_other] : found) table.add_row({"  " + key, of_one, of_other});
  fmt::print("experiment: {} key{} differ{}\n{}", found.size(), found.size() == 1 ? "" : "s",
             found.size() == 1 ? "s" : "", table.text());
}

void print_runs(const DiffOptions& options, const Comparison& comparison) {
  fmt::print("runs: {} in both, {} of them different; {} only in {}, {} only in {}\n",
             grouped(comparison.equal + comparison.different), grouped(comparison.different),
             grouped(comparison.only_in_one), options.one, grouped(comparison.only_in_other), options.other);
  for (const std::string& example : comparison.examples) fmt::print("  {}\n", example);
  if (comparison.different > comparison.examples.size())
    fmt::print("  ... and {} more\n", grouped(comparison.different - comparison.examples.size()));
}

void print_scenarios(const DiffOptions& options, const StoredEnsemble& one, const StoredEnsemble& other,
                     const Comparison& comparison) {
  if (comparison.scenarios.empty()) return;
  const Plan& plan = one.plan();
  OutputChoices choices;
  choices.thresholds = {options.large_fire};
  choices.quantiles = {};
  Table table;
  for (const Axis& axis : plan.experiment().axes)
    table.add_column(std::string(name(axis)), Table::Align::left);
  table.add_column("file", Table::Align::left);
  for (const std::string& heading : {std::string("runs"), std::string("mean burnt"),
                                     fmt::format("fires > {:g} %", 100.0 * options.large_fire)})
    table.add_column(heading, Table::Align::right);
  for (const DifferingScenario& differing : comparison.scenarios) {
    const auto add = [&](std::vector<std::string> row, const std::string& file, const StoredEnsemble& stored,
                         const std::vector<RunRecord>& records) {
      const std::uint64_t cells = stored.experiment().burnable_cells();  // each file has its own landscape
      const Summary summary = summarise(burn_fractions(RunColumns(records), cells), choices);
      row.insert(row.end(), {file, grouped(summary.runs_ok), percentage(summary.mean.mean),
                             percentage(summary.exceedance[0])});
      table.add_row(std::move(row));
    };
    add(plan.labels(differing.scenario), options.one, one, differing.one);
    add(std::vector<std::string>(plan.shape().axes()), options.other, other, differing.other);
  }
  fmt::print("\n{}", table.text());
  if (comparison.differing_scenarios > comparison.scenarios.size()) {
    fmt::print("... and {} scenarios more\n",
               grouped(comparison.differing_scenarios - comparison.scenarios.size()));
  }
}

// What is estimated from the same runs may differ by what was asked for, and in its last bits.
ExitCode compare_estimates(const DiffOptions& options, const StoredEnsemble& one,
                           const StoredEnsemble& other) {
  if (one.estimates_sha256() == other.estimates_sha256()) return ExitCode::done;
  if (!differing_judgements(one.experiment(), other.experiment()).empty()) {
    print_experiments(options, one, other);
    return ExitCode::different;
  }
  constexpr double last_bits = 1e-12;
  double largest = 0.0;
  for (const auto& [name, by] : differing_estimates(options.one, options.other)) {
    if (by > last_bits) fmt::print("estimates: {} differs by {:.2g}\n", name, by);
    largest = std::max(largest, by);
  }
  if (largest > last_bits) return ExitCode::different;
  fmt::print("estimates: the same up to last bits ({:.1g}), which mathematical libraries round differently\n",
             largest);
  return ExitCode::done;
}

ExitCode diff_command(const DiffOptions& options) {
  if (!(options.large_fire >= 0.0 && options.large_fire < 1.0))
    throw InputError(
        fmt::format("--threshold {} is not a burn fraction (it must lie in [0, 1))", options.large_fire));
  const StoredEnsemble one(options.one);
  const StoredEnsemble other(options.other);
  warn_of_lost_seal(options.one);
  warn_of_lost_seal(options.other);
  if (one.content_sha256() == other.content_sha256()) {
    fmt::print("the same content ({})\n", one.content_sha256());
    return compare_estimates(options, one, other);
  }
  print_experiments(options, one, other);
  const Comparison comparison = compare(one, other);
  print_runs(options, comparison);
  const bool has_same_runs =
      comparison.different == 0 && comparison.only_in_one == 0 && comparison.only_in_other == 0;
  if (has_same_runs)
    fmt::print("{}\n", comparison.is_reordered
                           ? "order: the matrix is in another order"
                           : "kept: the same runs, in another format or beside other sums; "
                             "'firesweep verify' tells whether sums follow from them");
  print_scenarios(options, one, other, comparison);
  return ExitCode::different;
}

}  // namespace

Action add_diff(CLI::App& diff) {
  const auto read = std::make_shared<DiffOptions>();
  DiffOptions& options = *read;
  diff.add_option("A", options.one, "a results file")->required();
  diff.add_option("B", options.other, "another")->required();
  diff.add_option("--threshold", options.large_fire, "burn fraction above which a fire counts as large")
      ->check(number_or_share())
      ->capture_default_str();
  diff.footer(
      "Example:\n  firesweep diff before.h5 after.h5\n\n"
      "Compares experiments, runs by their place in the matrix, and statistics of the scenarios that differ. "
      "Exit code\n"
      "0 if the content is the same, 1 if it differs, another if that could not be found out.");
  return [read](const Invocation&) { return diff_command(*read); };
}

}  // namespace firesweep
