#pragma once

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <vector>

#include "firesweep/ensemble/estimate_rows.hpp"

/// What rows of estimates are made with.
namespace firesweep {

inline void visit_numbers(double& number, const NumberVisitor& visit) {
  visit(number);
}

inline void visit_numbers(Interval& interval, const NumberVisitor& visit) {
  visit(interval.lower);
  visit(interval.upper);
}

template <class Estimate>
void visit_numbers(std::vector<Estimate>& estimates, const NumberVisitor& visit) {
  for (Estimate& estimate : estimates) visit_numbers(estimate, visit);
}

inline constexpr PossibleNumbers any_number;
inline constexpr PossibleNumbers from_0_to_1{.least = 0.0, .most = 1.0};
inline constexpr PossibleNumbers from_minus_1_to_1{.least = -1.0, .most = 1.0};
inline constexpr PossibleNumbers at_most_1{.most = 1.0};  // a share less that of chance, which may be more

template <class Estimate>
struct ElementOf {
  using Type = Estimate;
};
template <class Estimate>
struct ElementOf<std::vector<Estimate>> {
  using Type = Estimate;
};

/// The row of what get(owner), a function without state, refers to.
template <class Owner, class Get>
constexpr EstimateRow<Owner> row(
    std::string_view name, std::string_view meaning, typename EstimateRow<Owner>::Along along,
    PossibleNumbers possible, Get,
    typename EstimateRow<Owner>::GivenStart given_start = EstimateRow<Owner>::GivenStart::differs) {
  using Row = EstimateRow<Owner>;
  using Element = typename ElementOf<std::remove_cvref_t<std::invoke_result_t<Get, Owner&>>>::Type;
  constexpr auto form = std::is_same_v<Element, Interval> ? Row::Form::interval : Row::Form::number;
  return {name, meaning, along, form, possible, given_start, [](Owner& owner, const NumberVisitor& visit) {
            visit_numbers(Get{}(owner), visit);
          }};
}

/// The array of an estimate that is over these; its own dimensions follow.
template <class Owner>
Array<double> array_over(const EstimateRow<Owner>& row, std::string_view group, ArrayKind kind) {
  using Row = EstimateRow<Owner>;
  auto end = std::ranges::find(kind.then, nullptr);
  if (row.along == Row::Along::quantiles) *end++ = &arrays::quantile;
  if (row.along == Row::Along::thresholds) *end++ = &arrays::threshold;
  if (row.along == Row::Along::return_periods) *end++ = &arrays::return_period;
  if (row.form == Row::Form::interval) *end++ = &arrays::bound;
  kind.given_start = row.given_start;
  Array<double> array(row.name, row.unit, row.meaning, kind);
  array.group = group;
  return array;
}

}  // namespace firesweep
