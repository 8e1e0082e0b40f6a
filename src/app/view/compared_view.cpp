#include "view/compared_view.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/statistics/mean.hpp"

#include "view/scenario_filter.hpp"

namespace firesweep {
namespace {

using Labels = std::vector<std::string>;

/// Seeds that both files have, by their places.
struct CommonSeeds {
  std::vector<std::size_t> first;
  std::vector<std::size_t> second;
};

CommonSeeds common_seeds(const StoredResults& first, const StoredResults& second) {
  std::unordered_map<std::uint64_t, std::size_t> places;
  for (std::size_t i = 0; i < second.seeds().size(); ++i) places.emplace(second.seeds()[i], i);
  CommonSeeds common;
  for (std::size_t i = 0; i < first.seeds().size(); ++i) {
    const auto found = places.find(first.seeds()[i]);
    if (found == places.end()) continue;
    common.first.push_back(i);
    common.second.push_back(found->second);
  }
  return common;
}

/// Those that both scenarios were given: with `until` each has as many of the first as it took.
CommonSeeds given_to_both(const CommonSeeds& seeds, std::uint64_t first_planned,
                          std::uint64_t second_planned) {
  CommonSeeds given;
  for (std::size_t i = 0; i < seeds.first.size(); ++i) {
    if (seeds.first[i] >= first_planned || seeds.second[i] >= second_planned) continue;
    given.first.push_back(seeds.first[i]);
    given.second.push_back(seeds.second[i]);
  }
  return given;
}

/// The values of some of the seeds.
std::vector<double> values_at(const StoredResults& results, std::size_t scenario,
                              const std::vector<std::size_t>& places) {
  const std::vector<double> all = results.run_values("burn_fraction", scenario);
  std::vector<double> values;
  values.reserve(places.size());
  for (const std::size_t place : places) values.push_back(all[place]);
  return values;
}

/// The means of both over the seeds that are ok in both.
std::pair<double, double> means_of(std::vector<double> first, std::vector<double> second) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (std::isnan(first[i]) || std::isnan(second[i])) continue;
    first[kept] = first[i];
    second[kept++] = second[i];
  }
  first.resize(kept);
  second.resize(kept);
  return {mean_of(first).mean, mean_of(second).mean};
}

/// Places of the named axes among a file's own; absent ones are left out.
std::vector<std::size_t> places_of(const StoredResults& results, const std::vector<std::string>& axes) {
  std::vector<std::size_t> places;
  for (const std::string& axis : axes)
    places.push_back(static_cast<std::size_t>(std::ranges::find(results.axes(), axis, &StoredAxis::name) -
                                              results.axes().begin()));
  return places;
}

Labels labels_at(const StoredResults& results, std::size_t scenario, const std::vector<std::size_t>& places) {
  const Labels all = results.labels(scenario);
  Labels labels;
  for (const std::size_t place : places) labels.push_back(all[place]);
  return labels;
}

/// Scenarios by their labels along some axes. Throws InputError where other axes tell scenarios apart.
std::map<Labels, std::size_t> by_labels(const StoredResults& results, const std::vector<std::size_t>& chosen,
                                        const std::vector<std::string>& axes, const StoredResults& other) {
  std::map<Labels, std::size_t> scenarios;
  const std::vector<std::size_t> places = places_of(results, axes);
  for (const std::size_t s : chosen) {
    if (scenarios.emplace(labels_at(results, s, places), s).second) continue;
    Labels unknown;
    for (const StoredAxis& axis : results.axes())
      if (std::ranges::find(axes, axis.name) == axes.end() && axis.labels.size() > 1)
        unknown.push_back(axis.name);
    throw InputError(
        fmt::format("{}: has the axis {}, which {} has not, with several values; name the file first, and "
                    "choose one of them with --scenario",
                    results.path(), fmt::join(unknown, ", "), other.path()));
  }
  return scenarios;
}

void expect_same_draws(const StoredResults& first, const StoredResults& second) {
  if (first.rng_version() == second.rng_version()) return;
  throw InputError(
      fmt::format("{}: its runs have random numbers of version {}, those of {} are of version {}: their "
                  "seeds are not the same luck; run one of them again with the firesweep of the other",
                  second.path(), second.rng_version(), first.path(), first.rng_version()));
}

/// What may mislead who compares the two.
void add_notes(ComparedView& view) {
  const StoredResults& first = *view.first;
  const StoredResults& second = *view.second;
  if (first.burnable_cells() != second.burnable_cells())
    view.notes.push_back(
        fmt::format("Burn fractions are of {} cells in the first and {} in the second; alternatives of one "
                    "matrix.landscape have "
                    "one denominator.",
                    grouped(first.burnable_cells()), grouped(second.burnable_cells())));
  std::uint64_t failed = 0;
  for (const ComparedPair& pair : view.pairs) failed += pair.seeds - pair.difference.mean.difference.count;
  if (failed > 0)
    view.notes.push_back(fmt::format("{} of a scenario and seed are left out, as one of the runs is not ok.",
                                     counted(failed, "pair")));
}

void add_pair(ComparedView& view, const CommonSeeds& all_seeds, Labels labels, std::size_t first,
              std::size_t second) {
  const CommonSeeds seeds =
      given_to_both(all_seeds, view.first->counts()[first].planned, view.second->counts()[second].planned);
  const std::vector<double> before = values_at(*view.first, first, seeds.first);
  const std::vector<double> after = values_at(*view.second, second, seeds.second);
  const auto [first_mean, second_mean] = means_of(before, after);
  view.pairs.push_back({std::move(labels), first, second, first_mean, second_mean, seeds.first.size(),
                        compare_values(before, after, view.choices)});
}

/// Each scenario with the one of the other file that has its values on the axes of both.
void match_files(ComparedView& view, const CommonSeeds& seeds, const CompareChoices& choices) {
  const StoredResults& first = *view.first;
  const StoredResults& second = *view.second;
  for (const StoredAxis& axis : first.axes())
    if (std::ranges::find(second.axes(), axis.name, &StoredAxis::name) != second.axes().end())
      view.axes.push_back(axis.name);
  const std::vector<std::size_t> chosen = chosen_scenarios(first, choices.scenarios);
  const auto of_second = by_labels(second, chosen_scenarios(second, {}), view.axes, first);
  by_labels(first, chosen, view.axes, second);
  const std::vector<std::size_t> places = places_of(first, view.axes);
  for (const std::size_t s : chosen) {
    Labels labels = labels_at(first, s, places);
    if (const auto found = of_second.find(labels); found != of_second.end())
      add_pair(view, seeds, std::move(labels), s, found->second);
  }
  view.only_first_scenarios = chosen.size() - view.pairs.size();
  if (choices.scenarios.empty()) view.only_second_scenarios = of_second.size() - view.pairs.size();
}

/// "landscape=today,treated".
struct Between {
  std::size_t axis;
  std::size_t first;
  std::size_t second;
};

Between between_of(const StoredResults& results, const std::string& given) {
  const std::string_view text = given;
  const std::size_t equals = text.find('=');
  const std::string axis_name(text.substr(0, equals));
  std::vector<std::string> names;
  for (const StoredAxis& axis : results.axes()) names.push_back(axis.name);
  const auto axis = std::ranges::find(results.axes(), axis_name, &StoredAxis::name);
  if (equals == text.npos || axis == results.axes().end())
    throw InputError(fmt::format("--between {}: is not AXIS=FIRST,SECOND with an axis of {} ({}){}", given,
                                 results.path(), fmt::join(names, ", "), suggestion(axis_name, names)));
  const std::string_view values = text.substr(equals + 1);
  // A comma may be a part of a value.
  for (std::size_t comma = values.find(','); comma != values.npos; comma = values.find(',', comma + 1)) {
    const auto first = std::ranges::find(axis->labels, values.substr(0, comma));
    const auto second = std::ranges::find(axis->labels, values.substr(comma + 1));
    if (first != axis->labels.end() && second != axis->labels.end() && first != second)
      return {static_cast<std::size_t>(axis - results.axes().begin()),
              static_cast<std::size_t>(first - axis->labels.begin()),
              static_cast<std::size_t>(second - axis->labels.begin())};
  }
  throw InputError(fmt::format("--between {}: names no two values of {} with a comma between them; it has {}",
                               given, axis->name, fmt::join(axis->labels, ", ")));
}

/// Scenarios of one file that differ in one value.
void match_values(ComparedView& view, const CommonSeeds& seeds, const CompareChoices& choices) {
  const StoredResults& results = *view.first;
  const auto [axis, first, second] = between_of(results, *choices.between);
  view.first_name = results.axes()[axis].labels[first];
  view.second_name = results.axes()[axis].labels[second];
  for (const StoredAxis& other : results.axes())
    if (other.name != results.axes()[axis].name) view.axes.push_back(other.name);
  const std::vector<std::size_t> places = places_of(results, view.axes);
  const std::vector<std::size_t> chosen = chosen_scenarios(results, choices.scenarios);
  std::set<std::size_t> rests;
  for (const std::size_t s : chosen) {
    const std::size_t stride = results.shape().stride(axis);
    const std::size_t length = results.shape().length(axis);
    rests.insert(s / (stride * length) * stride + s % stride);
  }
  for (const std::size_t rest : rests) {
    const std::size_t one = results.shape().element_at(axis, first, rest);
    const std::size_t other = results.shape().element_at(axis, second, rest);
    if (results.counts()[one].planned > 0 && results.counts()[other].planned > 0)
      add_pair(view, seeds, labels_at(results, one, places), one, other);
  }
}

}  // namespace

ComparedView compare(const StoredResults& first, const StoredResults& second, const CompareChoices& choices) {
  expect_same_draws(first, second);
  ComparedView view;
  view.first = &first;
  view.second = &second;
  view.first_name = first.path();
  view.second_name = second.path();
  view.choices = first.choices();
  if (!choices.thresholds.empty()) view.choices.thresholds = choices.thresholds;
  const CommonSeeds seeds = common_seeds(first, second);
  view.seeds = seeds.first.size();
  view.only_first_seeds = first.seeds().size() - view.seeds;
  view.only_second_seeds = second.seeds().size() - view.seeds;
  if (view.seeds == 0)
    throw InputError(
        fmt::format("{} and {} have no seed in common, so there are no pairs of fires; give them the same "
                    "matrix.seed",
                    first.path(), second.path()));
  if (choices.between)
    match_values(view, seeds, choices);
  else
    match_files(view, seeds, choices);
  if (view.pairs.empty())
    throw InputError(
        fmt::format("{} and {} have no scenario in common: none has the same values on {}; 'firesweep diff' "
                    "says in what their "
                    "experiments differ",
                    first.path(), second.path(),
                    view.axes.empty() ? "any axis" : fmt::format("{}", fmt::join(view.axes, ", "))));
  add_notes(view);
  return view;
}

}  // namespace firesweep
