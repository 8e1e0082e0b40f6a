#include "tile_weather.hpp"

#include <algorithm>

#include "firesweep/engine/rule_of.hpp"

namespace firesweep {

TileSpread::TileSpread(const TileOperations& operations, const Scenario& scenario, const Weather& weather)
    : embers_(embers_of(scenario, weather)) {
  const SpreadRule rule = rule_of(scenario, weather);
  if (rule.by_count()) {
    operations.prepare(operations.thresholds(*rule.by_count()), thresholds_);
    advance_ = operations.advance[thresholds_.specials];
    return;
  }
  store_.emplace(rule, scenario.landscape.get());
  by_set_ = store_->view();
  advance_ = operations.advance_by_set[static_cast<std::size_t>(store_->rule())];
}

TileWeather::TileWeather(const TileOperations& operations, const Scenario& scenario)
    : operations_(operations) {
  for (const WeatherPeriod& weather : weather_periods(scenario)) periods_.push_back({weather, nullptr});
}

void TileWeather::go_on_at(const Scenario& scenario, std::uint32_t step) {
  const auto next = std::ranges::find_if(
      periods_, [step](const Period& period) { return period.weather.first_step > step; });
  enter(scenario, static_cast<std::size_t>(next - periods_.begin()) - 1);
}

void TileWeather::enter(const Scenario& scenario, std::size_t number) {
  Period& period = periods_[number];
  if (!period.spread)
    period.spread = std::make_unique<TileSpread>(operations_, scenario, period.weather.weather);
  now_ = number;
  spread_ = period.spread.get();
  next_change_ = now_ + 1 < periods_.size() ? periods_[now_ + 1].weather.first_step : 0;
}

}  // namespace firesweep
