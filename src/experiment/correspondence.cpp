#include "firesweep/experiment/correspondence.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace firesweep {
namespace {

// The same samples have the same place and set the same parameters to the same values.
std::vector<std::optional<std::size_t>> places_on(const SampleAxis& to, const SampleAxis& from) {
  std::vector<std::optional<std::size_t>> places(from.samples());
  const auto parameters = [](const SampleAxis& axis) {
    std::vector<const Parameter*> all;
    for (const Design::Column& column : axis.design.columns) all.push_back(column.parameter);
    return all;
  };
  if (parameters(to) != parameters(from)) return places;
  const auto width = static_cast<std::ptrdiff_t>(from.design.parameters());
  for (std::size_t i = 0; i < std::min(to.samples(), from.samples()); ++i) {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(i) * width;
    if (std::equal(from.values.begin() + at, from.values.begin() + at + width, to.values.begin() + at))
      places[i] = i;
  }
  return places;
}

std::vector<std::optional<std::size_t>> places_on(const Axis& to, const Axis& from) {
  const auto* samples = std::get_if<SampleAxis>(&from);
  const auto* other_samples = std::get_if<SampleAxis>(&to);
  if (samples && other_samples) return places_on(*other_samples, *samples);
  std::unordered_map<std::string, std::size_t> by_label;
  for (std::size_t i = 0; i < size(to); ++i) by_label.emplace(label(to, i), i);
  std::vector<std::optional<std::size_t>> places(size(from));
  for (std::size_t i = 0; i < size(from); ++i) {
    if (const auto found = by_label.find(label(from, i)); found != by_label.end()) places[i] = found->second;
  }
  return places;
}

// So many seeds from the first on are the same in both.
std::size_t seeds_alike(const Seeds& from, const Seeds& to) {
  const std::size_t most = std::min(from.size(), to.size());
  if (from.is_range() && to.is_range()) return from.front() == to.front() ? most : 0;
  std::size_t alike = 0;
  while (alike < most && from[alike] == to[alike]) ++alike;
  return alike;
}

// Where the seeds from the `first` on are found.
std::vector<std::optional<std::size_t>> seed_places(const Seeds& from, std::size_t first, const Seeds& to) {
  std::vector<std::optional<std::size_t>> places(from.size() - first);
  if (places.empty()) return places;
  std::unordered_map<Seed, std::size_t> by_seed;  // of a list; a range knows its own
  for (std::size_t i = 0; !to.is_range() && i < to.size(); ++i) by_seed.emplace(to[i], i);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Seed seed = from[first + i];
    if (to.is_range()) {
      places[i] = to.find(seed);
    } else if (const auto found = by_seed.find(seed); found != by_seed.end()) {
      places[i] = found->second;
    }
  }
  return places;
}

bool have_same_names(const std::vector<Axis>& one, const std::vector<Axis>& other) {
  return std::ranges::equal(
      one, other, {}, [](const Axis& axis) { return name(axis); },
      [](const Axis& axis) { return name(axis); });
}

}  // namespace

Correspondence::Correspondence(const Plan& from, const Plan& to)
    : has_same_axes_(have_same_names(from.experiment().axes, to.experiment().axes)),
      from_(from.shape()),
      to_(to.shape()) {
  if (!has_same_axes_) return;
  for (std::size_t a = 0; a < from_.axes(); ++a)
    axes_.push_back(places_on(to.experiment().axes[a], from.experiment().axes[a]));
  seeds_alike_ = seeds_alike(from.experiment().seeds, to.experiment().seeds);
  other_seeds_ = seed_places(from.experiment().seeds, seeds_alike_, to.experiment().seeds);
}

std::optional<std::size_t> Correspondence::scenario(std::size_t i) const {
  if (!has_same_axes_) return std::nullopt;
  std::vector<std::size_t> places = from_.places(i);
  for (std::size_t a = 0; a < places.size(); ++a) {
    const std::optional<std::size_t> place = axes_[a][places[a]];
    if (!place) return std::nullopt;
    places[a] = *place;
  }
  return to_.element(places);
}

std::optional<std::size_t> Correspondence::seed(std::size_t i) const {
  if (!has_same_axes_) return std::nullopt;
  return i < seeds_alike_ ? i : other_seeds_[i - seeds_alike_];
}

}  // namespace firesweep
