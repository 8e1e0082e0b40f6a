#include "firesweep/ensemble/asset_arrays.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

namespace firesweep {
namespace {

constexpr std::string_view of_burn_fraction = "burn_fraction";

std::string with(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// The row of a number or an interval that get(owner), a function without state, refers to.
template <class Owner, class Get>
EstimateRow<Owner> row_of(std::string_view name, std::string_view unit, std::string_view meaning, Get) {
  using Row = EstimateRow<Owner>;
  constexpr bool is_interval =
      std::is_same_v<std::remove_cvref_t<std::invoke_result_t<Get, Owner&>>, Interval>;
  return {name,
          meaning,
          Row::Along::nothing,
          is_interval ? Row::Form::interval : Row::Form::number,
          {.least = 0.0},
          GivenStart::same,
          [](Owner& owner, const NumberVisitor& visit) {
            if constexpr (is_interval) {
              visit(Get{}(owner).lower);
              visit(Get{}(owner).upper);
            } else {
              visit(Get{}(owner));
            }
          },
          unit};
}

RunQuantity quantity(std::string_view name, std::string_view unit, std::string_view counted,
                     std::string_view meaning, RunQuantity::Storage storage) {
  return {name, unit, counted, meaning, storage, arrays::always, 3, nullptr, nullptr};
}

}  // namespace

AssetArrays::AssetArrays(std::string_view name, std::string_view unit)
    : name_(keep(std::string(name))),
      unit_(keep(std::string(unit))),
      value_(called("value"), unit_, said("{} in the cell"), {.then = {&arrays::y, &arrays::x}}),
      threshold_(called("threshold"), unit_, said("loss of {} to exceed")) {
  quantities_ = {
      quantity(called("lost"), unit_, "", said("{} in cells that caught fire"), RunQuantity::Storage::amount),
      quantity(called("arrival_step"), "step", "steps",
               said("first step at which any of {} burnt; -1 where none did"),
               RunQuantity::Storage::count_4)};
  make_loss_rows();
  make_hit_rows();
  make_year_rows();
  make_difference_rows();
}

std::string_view AssetArrays::said(std::string_view text) {
  return keep(with(std::string(text), "{}", name_));
}

// Like those of the burn fraction; the kinds of fire that it tells apart are the same fires.
void AssetArrays::make_loss_rows() {
  for (EstimateRow<Summary> row : summary_rows()) {
    const bool is_amount = row.name.starts_with(of_burn_fraction) || row.name.starts_with("exceedance_size");
    if (!is_amount && !row.name.starts_with("exceedance")) continue;
    row.name = called(with(std::string(row.name), of_burn_fraction, "lost"));
    row.meaning =
        said(with(with(std::string(row.meaning), "burn fraction", "loss of {}"), "burn more", "lose more"));
    row.given_start = GivenStart::same;
    if (is_amount) row.unit = unit_;
    if (is_amount) row.possible = {};
    loss_rows_.push_back(row);
  }
}

void AssetArrays::make_hit_rows() {
  const auto add = [&](std::string_view end, std::string_view meaning, auto get) {
    hit_rows_.push_back(row_of<AssetHits>(called(end), "1", said(meaning), get));
  };
  add(
      "hit", "share of runs that reach {}", [](AssetHits & hits) -> auto& { return hits.share; });
  add(
      "hit_ci", "Wilson interval of the share that reach {}",
      [](AssetHits & hits) -> auto& { return hits.share_ci; });
  add(
      "hit_bounds", "share that reach {} if all failed or missing runs went either way",
      [](AssetHits & hits) -> auto& { return hits.share_bounds; });
  using Row = EstimateRow<AssetHits>;
  hit_rows_.push_back(
      {called("arrival_step_quantile"),
       said("quantile of the first step at which any of {} burnt, of the runs that reach it"),
       Row::Along::quantiles,
       Row::Form::number,
       {.least = 0.0},
       GivenStart::same,
       [](AssetHits& hits, const NumberVisitor& visit) { std::ranges::for_each(hits.arrival, visit); },
       "step"});
}

// Like those of the burn fraction, of which the year has all fires alike.
void AssetArrays::make_year_rows() {
  for (EstimateRow<SeasonEstimate> row : season_rows()) {
    if (row.name == "seeds" || row.name == "expected_fires") continue;
    const bool is_expected = row.name.starts_with("expected");
    const bool is_size = row.name == "size" || row.name == "size_ci";
    row.name = called(with(std::string(row.name), "_burn_fraction", ""));
    row.meaning =
        said(with(with(std::string(row.meaning), "burn fraction", "loss of {}"), "burn more", "lose more"));
    if (is_expected) row.unit = per_year();
    if (is_size) row.unit = unit_;
    if (is_expected || is_size) row.possible = {};
    year_loss_rows_.push_back(row);
  }
  const auto add = [&](std::string_view end, std::string_view unit, std::string_view meaning, auto get) {
    year_hit_rows_.push_back(row_of<SeasonExceedance>(called(end), unit, said(meaning), get));
  };
  using Year = SeasonExceedance;
  add(
      "hit_rate", "year-1", "fires in a year that reach {}", [](Year & y) -> auto& { return y.rate; });
  add(
      "hit_rate_ci", "year-1", "interval of the rate", [](Year & y) -> auto& { return y.rate_ci; });
  add(
      "hit_chance", "1", "chance that a fire reaches {} in a year",
      [](Year & y) -> auto& { return y.chance; });
  add(
      "hit_chance_ci", "1", "interval of the chance", [](Year & y) -> auto& { return y.chance_ci; });
  add(
      "hit_return_period", "year", "1 / rate; infinite where no run reaches {}",
      [](Year & y) -> auto& { return y.return_period; });
  add(
      "hit_return_period_ci", "year", "interval of the return period",
      [](Year & y) -> auto& { return y.return_period_ci; });
}

void AssetArrays::make_difference_rows() {
  const auto about_losses = [&](std::string_view meaning) {
    return said(
        with(with(std::string(meaning), "burn fraction", "loss of {}"), "what burns", "what is lost of {}"));
  };
  for (EstimateRow<PairDifference> row : firesweep::difference_rows()) {
    const bool is_amount = row.name.starts_with("difference");
    row.name = called(row.name);
    row.meaning = about_losses(row.meaning);
    row.given_start = GivenStart::same;
    if (is_amount) row.unit = unit_;
    if (is_amount) row.possible = {};
    difference_rows_.push_back(row);
  }
  const auto add = [&](std::string_view end, std::string_view meaning, auto get) {
    EstimateRow<PairedExceedance> row = row_of<PairedExceedance>(called(end), "1", said(meaning), get);
    row.possible = {.least = -1.0, .most = 1.0};
    hit_difference_rows_.push_back(row);
  };
  add(
      "hit_difference", "difference of the share of runs that reach {}",
      [](PairedExceedance & d) -> auto& { return d.difference; });
  add(
      "hit_difference_ci", "interval of it, by common seeds",
      [](PairedExceedance & d) -> auto& { return d.interval; });
  for (EstimateRow<PairedDifference> row : firesweep::year_difference_rows()) {
    row.name = called(row.name);
    row.meaning = about_losses(row.meaning);
    row.unit = per_year();
    year_difference_rows_.push_back(row);
  }
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
