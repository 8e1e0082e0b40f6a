#include "firesweep/experiment/correspondence.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>

namespace firesweep {
namespace {

std::vector<std::optional<std::size_t>> places_on(const Axis& to, const Axis& from) {
  std::unordered_map<std::string, std::size_t> by_label;
  for (std::size_t i = 0; i < size(to); ++i) by_label.emplace(label(to, i), i);
  std::vector<std::optional<std::size_t>> places(size(from));
  for (std::size_t i = 0; i < size(from); ++i) {
    if (const auto found = by_label.find(label(from, i)); found != by_label.end()) places[i] = found->second;
  }
  return places;
}

std::vector<std::optional<std::size_t>> seed_places(std::span<const Seed> from, const std::vector<Seed>& to) {
  std::vector<std::optional<std::size_t>> places(from.size());
  if (from.empty()) return places;
  std::unordered_map<Seed, std::size_t> by_seed;
  for (std::size_t i = 0; i < to.size(); ++i) by_seed.emplace(to[i], i);
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (const auto found = by_seed.find(from[i]); found != by_seed.end()) places[i] = found->second;
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
    : has_same_axes_(have_same_names(from.experiment().axes, to.experiment().axes)) {
  if (!has_same_axes_) return;
  for (std::size_t a = 0; a < from.shape().size(); ++a) {
    axes_.push_back({places_on(to.experiment().axes[a], from.experiment().axes[a]), to.shape()[a]});
  }
  const std::vector<Seed>& seeds = from.experiment().seeds;
  seeds_alike_ =
      static_cast<std::size_t>(std::ranges::mismatch(seeds, to.experiment().seeds).in1 - seeds.begin());
  other_seeds_ = seed_places(std::span(seeds).subspan(seeds_alike_), to.experiment().seeds);
}

std::optional<std::size_t> Correspondence::scenario(std::size_t i) const {
  if (!has_same_axes_) return std::nullopt;
  std::size_t number = 0;
  std::size_t stride = 1;
  for (std::size_t a = axes_.size(); a-- > 0;) {
    const std::size_t length = axes_[a].of_value.size();
    const std::optional<std::size_t> place = axes_[a].of_value[i % length];
    if (!place) return std::nullopt;
    number += *place * stride;
    stride *= axes_[a].other_length;
    i /= length;
  }
  return number;
}

std::optional<std::size_t> Correspondence::seed(std::size_t i) const {
  if (!has_same_axes_) return std::nullopt;
  return i < seeds_alike_ ? i : other_seeds_[i - seeds_alike_];
}

}  // namespace firesweep
