#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/asset_estimates.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/assets.hpp"

namespace firesweep {

/// The arrays of one set of assets in a results file, whose names begin with that of the set: houses_lost.
class AssetArrays {
 public:
  /// `unit` is of what is lost.
  AssetArrays(std::string_view name, std::string_view unit);
  AssetArrays(const AssetArrays&) = delete;  // dimensions and names are pointed at
  AssetArrays& operator=(const AssetArrays&) = delete;

  const Array<double>& value() const { return value_; }          ///< what a cell holds [unit], shape (y, x)
  const Array<double>& threshold() const { return threshold_; }  ///< losses to exceed [unit], a coordinate

  /// What is kept of every run: what it took [unit], and the first step at which it took any.
  const RunQuantity& lost() const { return quantities_[0]; }
  const RunQuantity& arrival_step() const { return quantities_[1]; }
  std::span<const RunQuantity> quantities() const { return quantities_; }

  /// Estimates of a scenario: of the losses, in rows like those of the burn fraction, and of the hits.
  std::span<const EstimateRow<Summary>> loss_rows() const { return loss_rows_; }
  std::span<const EstimateRow<AssetHits>> hit_rows() const { return hit_rows_; }
  /// Estimates of a year.
  std::span<const EstimateRow<SeasonEstimate>> year_loss_rows() const { return year_loss_rows_; }
  std::span<const EstimateRow<SeasonExceedance>> year_hit_rows() const { return year_hit_rows_; }

  /// Estimates of what another value of an axis does, in the group of its comparisons.
  std::span<const EstimateRow<PairDifference>> difference_rows() const { return difference_rows_; }
  std::span<const EstimateRow<PairedExceedance>> hit_difference_rows() const { return hit_difference_rows_; }
  std::span<const EstimateRow<PairedDifference>> year_difference_rows() const {
    return year_difference_rows_;
  }
  template <class Owner>
  Array<double> array_of(const EstimateRow<Owner>& row, std::string_view group) const {
    constexpr Over over = std::is_same_v<Owner, PairedDifference> ? Over::compared_years : Over::comparisons;
    Array<double> array(row.name, row.unit, row.meaning,
                        {.over = over,
                         .then = {&arrays::pair},
                         .source = Source::differences,
                         .about = over == Over::compared_years ? About::season : About::anything});
    array.group = group;
    auto* end = array.then.data() + 1;
    if (row.along == EstimateRow<Owner>::Along::thresholds) *end++ = &threshold_;
    if (row.form == EstimateRow<Owner>::Form::interval) *end++ = &arrays::bound;
    return array;
  }

  template <class Owner>
  Array<double> array_of(const EstimateRow<Owner>& row) const {
    constexpr bool is_of_year =
        std::is_same_v<Owner, SeasonEstimate> || std::is_same_v<Owner, SeasonExceedance>;
    Array<double> array(row.name, row.unit, row.meaning,
                        is_of_year
                            ? ArrayKind{.over = Over::years, .source = Source::years, .about = About::season}
                            : ArrayKind{.over = Over::scenarios, .source = Source::summaries});
    if (is_of_year) array.group = arrays::return_period.group;
    auto* end = array.then.data();
    using Along = typename EstimateRow<Owner>::Along;
    if (row.along == Along::quantiles) *end++ = &arrays::quantile;
    if (row.along == Along::thresholds) *end++ = &threshold_;
    if (row.along == Along::return_periods) *end++ = &arrays::return_period;
    if (row.form == EstimateRow<Owner>::Form::interval) *end++ = &arrays::bound;
    return array;
  }

 private:
  void make_loss_rows();
  void make_hit_rows();
  void make_year_rows();
  void make_difference_rows();
  std::string_view called(std::string_view end) { return keep(std::string(name_) + "_" + std::string(end)); }
  std::string_view said(std::string_view text);  ///< with the name in place of {}
  std::string_view per_year() { return keep(unit_ == "1" ? "year-1" : std::string(unit_) + " year-1"); }
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::deque<std::string> texts_;  // what the views below are of
  std::string_view name_;
  std::string_view unit_;
  Array<double> value_;
  Array<double> threshold_;
  std::vector<RunQuantity> quantities_;
  std::vector<EstimateRow<Summary>> loss_rows_;
  std::vector<EstimateRow<AssetHits>> hit_rows_;
  std::vector<EstimateRow<SeasonEstimate>> year_loss_rows_;
  std::vector<EstimateRow<SeasonExceedance>> year_hit_rows_;
  std::vector<EstimateRow<PairDifference>> difference_rows_;
  std::vector<EstimateRow<PairedExceedance>> hit_difference_rows_;
  std::vector<EstimateRow<PairedDifference>> year_difference_rows_;
};

/// Those of a set of that name and unit. Made once, and there as long as the program.
const AssetArrays& asset_arrays(std::string_view name, std::string_view unit);
inline const AssetArrays& arrays_of(const Assets& assets) {
  return asset_arrays(assets.name, assets.unit);
}

}  // namespace firesweep
