#include "firesweep/weather/station_days.hpp"

#include <algorithm>

#include "firesweep/model/spread.hpp"

namespace firesweep {

double spread_of(const StationReading& reading) {
  return spread_factor(reading.weather, SpreadParameters{});
}

std::vector<StationDay> days_of(const StationReadings& station) {
  std::vector<StationDay> days;
  for (const StationReading& reading : station.readings) {
    const auto date = std::chrono::floor<std::chrono::days>(reading.time);
    if (days.empty() || days.back().date != date) days.push_back({date, 0, reading});
    StationDay& day = days.back();
    ++day.readings;
    if (spread_of(reading) > spread_of(day.worst)) day.worst = reading;
  }
  return days;
}

std::vector<RatedDays> rated_days(std::span<const StationDay> days) {
  std::vector<RatedDays> rated;
  for (const Rating rating : all_ratings) {
    std::vector<StationReading> worst;
    for (const StationDay& day : days)
      if (rate(day.worst.weather) == rating) worst.push_back(day.worst);
    if (worst.empty()) continue;
    std::ranges::stable_sort(worst, {}, spread_of);
    rated.push_back({rating, worst.size(),
                     static_cast<double>(worst.size()) / static_cast<double>(days.size()),
                     worst[(worst.size() - 1) / 2]});
  }
  return rated;
}

}  // namespace firesweep
