#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/experiment/season.hpp"
#include "firesweep/statistics/nan.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Adds to the fires that each cell sees in a year those of a scenario, which has runs.
void add_fires(const ResultsContent& content, const SeasonScenario& part, std::vector<double>& fires) {
  const auto counts = content.results().burn_count(part.scenario);
  const auto runs = static_cast<double>(content.summary(part.scenario).runs_ok);
  for (std::size_t cell = 0; cell < fires.size(); ++cell) fires[cell] += part.rate * (counts[cell] / runs);
}

/// The chance that each cell catches fire in a year; NaN where it is no land in any scenario, and where one has no runs.
std::vector<float> annual_map(const ResultsContent& content, const std::vector<SeasonScenario>& parts) {
  std::vector<double> fires(content.experiment().base.extent.cells(), 0.0);
  std::vector<bool> is_land(fires.size(), false);
  for (const SeasonScenario& part : parts) {
    if (part.rate > 0.0 && content.summary(part.scenario).runs_ok == 0)
      return std::vector<float>(fires.size(), static_cast<float>(nan));
    const auto land = content.land(part.scenario);
    for (std::size_t cell = 0; cell < fires.size(); ++cell)
      if (land.empty() || land[cell] != 0) is_land[cell] = true;
    if (part.rate > 0.0) add_fires(content, part, fires);
  }
  std::vector<float> map(fires.size());
  for (std::size_t cell = 0; cell < map.size(); ++cell)
    map[cell] = is_land[cell] ? static_cast<float>(-std::expm1(-fires[cell])) : static_cast<float>(nan);
  return map;
}

void write_annual_maps(const ResultsContent& content, GroupWriter& group) {
  const Array<float>& array = arrays::annual_burn_probability;
  if (!content.has(group, array)) return;
  DatasetStream stream = group.stream<float>(array, content.dimensions(array));
  for (const auto& parts : seasons_of(*content.experiment().season, content.plan().shape()))
    stream.append(std::span<const float>(annual_map(content, parts)));
  stream.finish();
  content.place_map(group, array);
}

/// Writes what numbers_of(year) are, one after the other, times the area that can burn.
template <class Numbers>
void write_area(const ResultsContent& content, GroupWriter& group, const Array<double>& array,
                const Numbers& numbers_of) {
  const Experiment& experiment = content.experiment();
  if (!experiment.ground.placement) return;
  const double hectares =
      static_cast<double>(experiment.burnable_cells()) * cell_hectares(*experiment.ground.placement);
  std::vector<double> values;
  const auto add = [&](double fraction) { values.push_back(canonical(fraction * hectares)); };
  for (const SeasonEstimate& year : content.estimates().years) numbers_of(year, add);
  content.write_whole(group, array, values);
}

void write_areas(const ResultsContent& content, GroupWriter& group) {
  write_area(content, group, arrays::expected_area,
             [](const auto& year, const auto& add) { add(year.expected); });
  write_area(content, group, arrays::expected_area_ci, [](const auto& year, const auto& add) {
    add(year.expected_ci.lower);
    add(year.expected_ci.upper);
  });
  write_area(content, group, arrays::size_area, [](const auto& year, const auto& add) {
    for (const SeasonSize& size : year.size) add(size.size);
  });
  write_area(content, group, arrays::size_area_ci, [](const auto& year, const auto& add) {
    for (const SeasonSize& size : year.size) {
      add(size.size_ci.lower);
      add(size.size_ci.upper);
    }
  });
}

template <class Owner, class Of>
void write_rows(const ResultsContent& content, GroupWriter& group, const AssetArrays& own,
                std::span<const EstimateRow<Owner>> rows, const Of& of) {
  const std::size_t sets = content.experiment().assets.size();
  for (const EstimateRow<Owner>& row : rows) {
    std::vector<double> values;
    for (std::size_t year = 0; year < content.estimates().asset_years.size() / sets; ++year)
      std::ranges::transform(row.numbers(of(year)), std::back_inserter(values), canonical);
    content.write_whole(group, own.array_of(row), values);
  }
}

/// What a year takes of each set of assets.
void write_asset_years(const ResultsContent& content, GroupWriter& group) {
  const std::vector<Assets>& sets = content.experiment().assets;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const AssetArrays& own = arrays_of(sets[set]);
    const auto of = [&](std::size_t year) -> const AssetYear& {
      return content.estimates().asset_years[year * sets.size() + set];
    };
    write_rows(content, group, own, own.year_loss_rows(),
               [&](std::size_t year) -> const SeasonEstimate& { return of(year).loss; });
    write_rows(content, group, own, own.year_hit_rows(),
               [&](std::size_t year) -> const SeasonExceedance& { return of(year).hit; });
  }
}

}  // namespace

void write_season(const ResultsContent& content) {
  const std::optional<Season>& season = content.experiment().season;
  if (!season) return;
  GroupWriter group = content.root().create_group(arrays::return_period.group);
  if (!season->return_periods.empty())
    group.coordinate(arrays::return_period, std::span<const double>(season->return_periods));
  group.hashed_attribute("fewest_runs_beyond", static_cast<std::int64_t>(SeasonSize::fewest_runs_beyond));
  std::vector<double> rates(content.scenarios());
  for (const auto& parts : seasons_of(*season, content.plan().shape()))
    for (const auto& [scenario, rate] : parts) rates[scenario] = rate;
  content.write_whole(group, arrays::fires_per_year, rates);
  for (const EstimateRow<SeasonEstimate>& row : season_rows()) {
    std::vector<double> values;
    for (const SeasonEstimate& year : content.estimates().years)
      std::ranges::transform(row.numbers(year), std::back_inserter(values), canonical);
    content.write_whole(group, array_of(row), values);
  }
  write_asset_years(content, group);
  write_areas(content, group);
  write_annual_maps(content, group);
}

}  // namespace firesweep
