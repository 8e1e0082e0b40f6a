#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/ensemble/asset_arrays.hpp"

#include "content/results_marker.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// What every cell holds.
void write_values(const ResultsContent& content, const Assets& assets) {
  std::vector<double> values(content.experiment().base.extent.cells());
  for (const auto& [cell, amount] : assets.set->places) values[cell] = assets.set->value(amount);
  const Array<double>& array = arrays_of(assets).value();
  content.write_whole(content.root(), array, values);
  content.place_map(content.root(), array);
}

void write_losses(const ResultsContent& content, std::size_t set) {
  const std::vector<Assets>& sets = content.experiment().assets;
  const AssetArrays& own = arrays_of(sets[set]);
  content.write(Array<double>(array_of(own.lost())), [&](std::size_t s, std::span<double> column) {
    std::ranges::transform(lost_values(content.results().records(s), content.results().losses(s), set, sets),
                           column.begin(), canonical);
  });
  content.write(Array<std::int32_t>(array_of(own.arrival_step())), [&](std::size_t s, auto column) {
    const auto steps =
        arrival_values(content.results().records(s), content.results().losses(s), set, sets.size());
    std::ranges::transform(steps, column.begin(), [](double step) {
      return std::isnan(step) ? -1 : static_cast<std::int32_t>(step);
    });
  });
}

/// Writes an estimate of a set that numbers(scenario) are of.
template <class Owner, class Of>
void write_rows(const ResultsContent& content, const AssetArrays& own,
                std::span<const EstimateRow<Owner>> rows, const Of& of) {
  for (const EstimateRow<Owner>& row : rows)
    content.write(own.array_of(row), [&](std::size_t s, std::span<double> out) {
      const std::vector<double> numbers = row.numbers(of(s));
      expects(numbers.size() == out.size(), "there is an estimate for every coordinate");
      std::ranges::transform(numbers, out.begin(), canonical);
    });
}

}  // namespace

void write_assets(const ResultsContent& content) {
  const std::vector<Assets>& sets = content.experiment().assets;
  if (sets.empty()) return;
  std::vector<std::string_view> names;
  for (const Assets& assets : sets) names.push_back(assets.name);
  content.root().hashed_attribute(assets_attribute, fmt::format("{}", fmt::join(names, " ")));
  for (std::size_t set = 0; set < sets.size(); ++set) {
    write_values(content, sets[set]);
    write_losses(content, set);
  }
}

void write_asset_estimates(const ResultsContent& content) {
  const std::vector<Assets>& sets = content.experiment().assets;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const AssetArrays& own = arrays_of(sets[set]);
    if (!sets[set].thresholds.empty())
      content.root().coordinate(own.threshold(), std::span<const double>(sets[set].thresholds));
    const auto of = [&](std::size_t scenario) -> const AssetEstimate& {
      return content.estimates().assets[scenario * sets.size() + set];
    };
    write_rows(content, own, own.loss_rows(), [&](std::size_t s) -> const Summary& { return of(s).loss; });
    write_rows(content, own, own.hit_rows(), [&](std::size_t s) -> const AssetHits& { return of(s).hits; });
  }
}

}  // namespace firesweep
