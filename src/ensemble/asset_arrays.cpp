#include "firesweep/ensemble/asset_arrays.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include <fmt/format.h>

namespace firesweep {
namespace {

constexpr std::string_view of_burn_fraction = "burn_fraction";
constexpr std::string_view of_exceedance = "exceedance";

std::string with(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// Whether an estimate of the burn fraction is one in the unit of what is estimated, and no share.
bool is_amount(std::string_view name) {
  return name.starts_with(of_burn_fraction) || name.starts_with("exceedance_size");
}

EstimateRow<AssetHits> hits_row(std::string_view name, std::string_view unit, std::string_view meaning,
                                EstimateRow<AssetHits>::Along along, EstimateRow<AssetHits>::Form form,
                                PossibleNumbers possible, void (*visit)(AssetHits&, const NumberVisitor&)) {
  return {name, meaning, along, form, possible, GivenStart::same, visit, unit};
}

RunQuantity quantity(std::string_view name, std::string_view unit, std::string_view counted,
                     std::string_view meaning, RunQuantity::Storage storage) {
  return {name, unit, counted, meaning, storage, arrays::always, 3, nullptr, nullptr};
}

}  // namespace

AssetArrays::AssetArrays(std::string_view name, std::string_view unit)
    : name_(keep(std::string(name))),
      unit_(keep(std::string(unit))),
      value_(keep(fmt::format("{}_value", name_)), unit_, keep(fmt::format("{} in the cell", name_)),
             {.then = {&arrays::y, &arrays::x}}),
      threshold_(keep(fmt::format("{}_threshold", name_)), unit_,
                 keep(fmt::format("loss of {} to exceed", name_))) {
  const auto called = [&](std::string_view end) { return keep(fmt::format("{}_{}", name_, end)); };
  const auto said = [&](std::string_view text) { return keep(with(std::string(text), "{}", name_)); };
  quantities_ = {
      quantity(called("lost"), unit_, "", said("{} in cells that caught fire"), RunQuantity::Storage::amount),
      quantity(called("arrival_step"), "step", "steps",
               said("first step at which any of {} burnt; -1 where none did"),
               RunQuantity::Storage::count_4)};
  for (const EstimateRow<Summary>& like : summary_rows()) {
    if (!like.name.starts_with(of_burn_fraction) && !like.name.starts_with(of_exceedance)) continue;
    EstimateRow<Summary> row = like;
    row.name = called(with(std::string(like.name), of_burn_fraction, "lost"));
    row.meaning =
        keep(with(with(std::string(like.meaning), "burn fraction", fmt::format("loss of {}", name_)),
                  "burn more", "lose more"));
    row.given_start = GivenStart::same;
    if (is_amount(like.name)) {
      row.unit = unit_;
      row.possible = {};
    }
    loss_rows_.push_back(row);
  }
  using Row = EstimateRow<AssetHits>;
  constexpr PossibleNumbers share{.least = 0.0, .most = 1.0};
  hit_rows_ = {
      hits_row(called("hit"), "1", said("share of runs that reach {}"), Row::Along::nothing,
               Row::Form::number, share,
               [](AssetHits& hits, const NumberVisitor& visit) { visit(hits.share); }),
      hits_row(called("hit_ci"), "1", said("Wilson interval of the share that reach {}"), Row::Along::nothing,
               Row::Form::interval, share,
               [](AssetHits& hits, const NumberVisitor& visit) {
                 visit(hits.share_ci.lower);
                 visit(hits.share_ci.upper);
               }),
      hits_row(called("hit_bounds"), "1",
               said("share that reach {} if all failed or missing runs went either way"), Row::Along::nothing,
               Row::Form::interval, share,
               [](AssetHits& hits, const NumberVisitor& visit) {
                 visit(hits.share_bounds.lower);
                 visit(hits.share_bounds.upper);
               }),
      hits_row(
          called("arrival_step_quantile"), "step",
          said("quantile of the first step at which any of {} burnt, of the runs that reach it"),
          Row::Along::quantiles, Row::Form::number, {.least = 0.0},
          [](AssetHits& hits, const NumberVisitor& visit) { std::ranges::for_each(hits.arrival, visit); }),
  };
}

const AssetArrays& asset_arrays(std::string_view name, std::string_view unit) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::unique_ptr<AssetArrays>> made;
  const std::lock_guard lock(mutex);
  std::unique_ptr<AssetArrays>& arrays = made[{std::string(name), std::string(unit)}];
  if (!arrays) arrays = std::make_unique<AssetArrays>(name, unit);
  return *arrays;
}

}  // namespace firesweep
