#include "firesweep/ensemble/estimate_rows.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "firesweep/statistics/nan.hpp"

#include "making_rows.hpp"

namespace firesweep {
namespace {

namespace of_summary {

using Row = EstimateRow<Summary>;
constexpr auto alone = Row::Along::nothing;
constexpr auto by_quantile = Row::Along::quantiles;
constexpr auto by_threshold = Row::Along::thresholds;
constexpr auto same = Row::GivenStart::same;

// clang-format off
constexpr std::array rows = {
    row<Summary>("started", "share of runs in which a fire started", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.started; }, same),
    row<Summary>("started_ci", "Wilson interval of the share that started", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.started_ci; }, same),
    row<Summary>("burn_fraction_mean", "mean burn fraction", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.mean.mean; }),
    row<Summary>("burn_fraction_sd", "sample standard deviation of the burn fraction", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.mean.standard_deviation; }),
    row<Summary>("burn_fraction_se", "standard error of the mean burn fraction", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.mean.standard_error; }),
    row<Summary>("burn_fraction_mean_ci", "t interval of the mean burn fraction", alone, any_number,
                 [](Summary& s) -> auto& { return s.mean_ci; }),
    row<Summary>("burn_fraction_mean_bootstrap_ci", "bootstrap interval of the mean burn fraction", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.mean_bootstrap_ci; }),
    row<Summary>("burn_fraction_mean_bounds", "mean burn fraction if all failed or missing runs went either way",
                 alone, from_0_to_1, [](Summary& s) -> auto& { return s.mean_bounds; }),
    row<Summary>("burn_fraction_quantile", "quantile of the burn fraction, type 7", by_quantile, from_0_to_1,
                 [](Summary& s) -> auto& { return s.quantile; }),
    row<Summary>("burn_fraction_quantile_ci", "order-statistic interval of the quantile", by_quantile, from_0_to_1,
                 [](Summary& s) -> auto& { return s.quantile_ci; }),
    row<Summary>("burn_fraction_quantile_bounds", "quantile if all failed or missing runs went either way",
                 by_quantile, from_0_to_1, [](Summary& s) -> auto& { return s.quantile_bounds; }),
    row<Summary>("burn_fraction_cvar", "mean burn fraction of the worst (1 - quantile) of runs", by_quantile, from_0_to_1,
                 [](Summary& s) -> auto& { return s.cvar; }),
    row<Summary>("burn_fraction_cvar_bounds",
                 "mean of the worst runs if all failed or missing runs went either way", by_quantile, from_0_to_1,
                 [](Summary& s) -> auto& { return s.cvar_bounds; }),
    row<Summary>("exceedance", "share of runs that burn more than the threshold", by_threshold, from_0_to_1,
                 [](Summary& s) -> auto& { return s.exceedance; }),
    row<Summary>("exceedance_ci", "Wilson interval of the exceedance", by_threshold, from_0_to_1,
                 [](Summary& s) -> auto& { return s.exceedance_ci; }),
    row<Summary>("exceedance_band", "DKW band of the exceedance, for all thresholds at once", by_threshold, from_0_to_1,
                 [](Summary& s) -> auto& { return s.exceedance_band; }),
    row<Summary>("exceedance_bounds", "exceedance if all failed or missing runs went either way", by_threshold, from_0_to_1,
                 [](Summary& s) -> auto& { return s.exceedance_bounds; }),
    row<Summary>("exceedance_size_mean", "mean burn fraction of the fires over the threshold", by_threshold, from_0_to_1,
                 [](Summary& s) -> auto& { return s.exceedance_size; }, same),
    row<Summary>("exceedance_size_ci", "t interval of the mean of the fires over the threshold", by_threshold, any_number,
                 [](Summary& s) -> auto& { return s.exceedance_size_ci; }, same),
    row<Summary>("exceedance_size_bounds",
                 "mean over the threshold if all failed or missing runs went either way", by_threshold, from_0_to_1,
                 [](Summary& s) -> auto& { return s.exceedance_size_bounds; }, same),
    row<Summary>("escape_border", "burn fraction between the two modes", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.kinds.modes.border; }),
    row<Summary>("escape_probability", "share of fires over the border", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.kinds.modes.upper_share; }),
    row<Summary>("escape_probability_bounds",
                 "share over the border if all failed or missing runs went either way", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.kinds.upper_share_bounds; }),
    row<Summary>("escape_size_mean", "mean burn fraction of the fires over the border", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.kinds.modes.upper_mean; }),
    row<Summary>("escape_size_bounds", "mean over the border if all failed or missing runs went either way",
                 alone, from_0_to_1, [](Summary& s) -> auto& { return s.kinds.upper_mean_bounds; }),
    row<Summary>("contained_size_mean", "mean burn fraction of the fires that stay small", alone, from_0_to_1,
                 [](Summary& s) -> auto& { return s.kinds.modes.lower_mean; }),
};
// clang-format on

}  // namespace of_summary

namespace of_difference {

using Row = EstimateRow<PairDifference>;
constexpr auto alone = Row::Along::nothing;
constexpr auto by_threshold = Row::Along::thresholds;
constexpr auto differs = Row::GivenStart::differs;

constexpr std::array rows = {
    row<PairDifference>(
        "difference_mean", "mean difference of the burn fraction, seed by seed", alone, from_minus_1_to_1,
        [](PairDifference& d) -> auto& { return d.mean.difference.mean; }),
    row<PairDifference>(
        "difference_ci", "t interval of the mean difference", alone, any_number,
        [](PairDifference& d) -> auto& { return d.mean.interval; }),
    row<PairDifference>(
        "difference_bounds", "mean difference if all failed or missing runs went either way", alone,
        from_minus_1_to_1, [](PairDifference& d) -> auto& { return d.mean_bounds; }),
    row<PairDifference>(
        "variance_reduction", "independent runs that each pair of runs with one seed is worth", alone,
        any_number, [](PairDifference& d) -> auto& { return d.mean.variance_reduction; }),
    row<PairDifference>(
        "correlation", "correlation of the burn fractions over seeds", alone, from_minus_1_to_1,
        [](PairDifference& d) -> auto& { return d.mean.correlation; }),
    Row{"exceedance_difference", "difference of the exceedance", by_threshold, Row::Form::number,
        from_minus_1_to_1, differs,
        [](PairDifference& d, const NumberVisitor& visit) {
          for (PairedExceedance& point : d.exceedance) visit_numbers(point.difference, visit);
        }},
    Row{"exceedance_difference_ci", "interval of it, by common seeds", by_threshold, Row::Form::interval,
        any_number, differs,
        [](PairDifference& d, const NumberVisitor& visit) {
          for (PairedExceedance& point : d.exceedance) visit_numbers(point.interval, visit);
        }},
    row<PairDifference>(
        "exceedance_difference_bounds", "the same if all failed or missing runs went either way",
        by_threshold, from_minus_1_to_1, [](PairDifference& d) -> auto& { return d.exceedance_bounds; }),
};

}  // namespace of_difference

namespace of_year_difference {

constexpr auto alone = EstimateRow<PairedDifference>::Along::nothing;

constexpr EstimateRow<PairedDifference> a_year(EstimateRow<PairedDifference> row) {
  row.unit = "year-1";
  return row;
}

constexpr std::array rows = {
    a_year(row<PairedDifference>(
        "year_difference", "mean difference of what burns in a year, seed by seed", alone, any_number,
        [](PairedDifference& d) -> auto& { return d.difference.mean; }, GivenStart::same)),
    a_year(row<PairedDifference>(
        "year_difference_ci", "t interval of it", alone, any_number,
        [](PairedDifference& d) -> auto& { return d.interval; }, GivenStart::same)),
};

}  // namespace of_year_difference

namespace of_effect {

constexpr auto alone = EstimateRow<AxisEffect>::Along::nothing;
constexpr auto by_threshold = EstimateRow<AxisEffect>::Along::thresholds;

constexpr std::array mean_rows = {
    row<AxisEffect>(
        "mean_effect", "highest less lowest mean burn fraction along the axis", alone, from_0_to_1,
        [](AxisEffect& e) -> auto& { return e.effect; }),
    row<AxisEffect>(
        "mean_effect_ci", "t interval of the effect, for whichever levels it is of", alone, any_number,
        [](AxisEffect& e) -> auto& { return e.interval; }),
    row<AxisEffect>(
        "mean_effect_normalised", "effect in standard deviations of all burn fractions", alone, any_number,
        [](AxisEffect& e) -> auto& { return e.normalised; }),
    row<AxisEffect>(
        "mean_lowest", "lowest mean burn fraction along the axis", alone, from_0_to_1,
        [](AxisEffect& e) -> auto& { return e.lowest; }),
    row<AxisEffect>(
        "mean_highest", "highest mean burn fraction along the axis", alone, from_0_to_1,
        [](AxisEffect& e) -> auto& { return e.highest; }),
    row<AxisEffect>(
        "mean_share", "share of the variance of burn fractions that the axis explains", alone, at_most_1,
        [](AxisEffect& e) -> auto& { return e.share; }),
    row<AxisEffect>(
        "mean_share_ci", "bootstrap interval of the share", alone, at_most_1,
        [](AxisEffect& e) -> auto& { return e.share_interval; }),
};

constexpr std::array exceedance_rows = {
    row<AxisEffect>(
        "exceedance_effect", "highest less lowest exceedance along the axis", by_threshold, from_0_to_1,
        [](AxisEffect& e) -> auto& { return e.effect; }),
    row<AxisEffect>(
        "exceedance_effect_ci", "interval of the effect, as for the mean", by_threshold, any_number,
        [](AxisEffect& e) -> auto& { return e.interval; }),
    row<AxisEffect>(
        "exceedance_effect_normalised", "effect in standard deviations", by_threshold, any_number,
        [](AxisEffect& e) -> auto& { return e.normalised; }),
    row<AxisEffect>(
        "exceedance_share", "share of the variance that the axis explains", by_threshold, at_most_1,
        [](AxisEffect& e) -> auto& { return e.share; }),
    row<AxisEffect>(
        "exceedance_share_ci", "bootstrap interval of the share", by_threshold, at_most_1,
        [](AxisEffect& e) -> auto& { return e.share_interval; }),
};

}  // namespace of_effect

namespace of_season {

using Row = EstimateRow<SeasonEstimate>;
constexpr auto alone = Row::Along::nothing;
constexpr auto by_threshold = Row::Along::thresholds;
constexpr auto by_period = Row::Along::return_periods;
constexpr PossibleNumbers not_negative{.least = 0.0};

constexpr Row with_unit(Row row, std::string_view unit) {
  row.unit = unit;
  return row;
}

/// The row of a member of the estimate.
template <class Get>
constexpr Row of_year(std::string_view name, std::string_view unit, std::string_view meaning,
                      PossibleNumbers possible, Get get) {
  return with_unit(row<SeasonEstimate>(name, meaning, alone, possible, get, GivenStart::same), unit);
}

/// The row of a member of each element of a list of the estimate.
template <auto list, auto member>
constexpr Row of_each(std::string_view name, std::string_view unit, std::string_view meaning,
                      Row::Along along, PossibleNumbers possible) {
  using Element = typename std::remove_cvref_t<decltype(std::declval<SeasonEstimate>().*list)>::value_type;
  using Member = std::remove_cvref_t<decltype(std::declval<Element>().*member)>;
  constexpr auto form = std::is_same_v<Member, Interval> ? Row::Form::interval : Row::Form::number;
  return {name,
          meaning,
          along,
          form,
          possible,
          GivenStart::same,
          [](SeasonEstimate& year, const NumberVisitor& visit) {
            for (Element& element : year.*list) visit_numbers(element.*member, visit);
          },
          unit};
}

constexpr auto exceedance = &SeasonEstimate::exceedance;
constexpr auto size = &SeasonEstimate::size;

// clang-format off
constexpr std::array rows = {
    of_year("seeds", "1", "seeds whose runs are ok in all that the year has fires of", not_negative,
            [](SeasonEstimate& y) -> auto& { return y.seeds; }),
    of_year("expected_fires", "year-1", "fires to be expected in a year", not_negative,
            [](SeasonEstimate& y) -> auto& { return y.fires; }),
    of_year("expected_burn_fraction", "year-1", "burn fraction to be expected in a year, over all of its fires",
            not_negative, [](SeasonEstimate& y) -> auto& { return y.expected; }),
    of_year("expected_burn_fraction_ci", "year-1", "t interval of it, over seeds", any_number,
            [](SeasonEstimate& y) -> auto& { return y.expected_ci; }),
    of_year("expected_burn_fraction_bootstrap_ci", "year-1", "bootstrap interval of it, over seeds", not_negative,
            [](SeasonEstimate& y) -> auto& { return y.expected_bootstrap_ci; }),
    of_each<exceedance, &SeasonExceedance::rate>("exceedance_rate", "year-1", "fires in a year that burn more than the threshold",
                                                 by_threshold, not_negative),
    of_each<exceedance, &SeasonExceedance::rate_ci>("exceedance_rate_ci", "year-1", "interval of the rate, from Wilson's of each part",
                                                    by_threshold, not_negative),
    of_each<exceedance, &SeasonExceedance::chance>("exceedance_chance", "1", "chance of one such fire or more in a year",
                                                   by_threshold, from_0_to_1),
    of_each<exceedance, &SeasonExceedance::chance_ci>("exceedance_chance_ci", "1", "interval of the chance", by_threshold,
                                                      from_0_to_1),
    of_each<exceedance, &SeasonExceedance::return_period>("exceedance_return_period", "year", "1 / rate; infinite where no run exceeds the threshold",
                                                          by_threshold, not_negative),
    of_each<exceedance, &SeasonExceedance::return_period_ci>("exceedance_return_period_ci", "year", "interval of the return period",
                                                             by_threshold, not_negative),
    of_each<size, &SeasonSize::size>("size", "1", "burn fraction exceeded once in the return period", by_period, from_0_to_1),
    of_each<size, &SeasonSize::size_ci>("size_ci", "1", "interval of the size; NaN: beyond all runs", by_period, from_0_to_1),
    of_each<size, &SeasonSize::runs_beyond>("size_runs_beyond", "1", "runs beyond the size, which is not estimated from fewer than fewest_runs_beyond",
                                            by_period, not_negative),
};
// clang-format on

}  // namespace of_season

}  // namespace

std::span<const EstimateRow<Summary>> summary_rows() {
  return of_summary::rows;
}

std::span<const EstimateRow<PairDifference>> difference_rows() {
  return of_difference::rows;
}

std::span<const EstimateRow<PairedDifference>> year_difference_rows() {
  return of_year_difference::rows;
}

std::span<const EstimateRow<AxisEffect>> mean_effect_rows() {
  return of_effect::mean_rows;
}

std::span<const EstimateRow<AxisEffect>> exceedance_effect_rows() {
  return of_effect::exceedance_rows;
}

std::span<const EstimateRow<SeasonEstimate>> season_rows() {
  return of_season::rows;
}

Array<double> array_of(const EstimateRow<Summary>& row) {
  return array_over(row, "", {.over = Over::scenarios, .source = Source::summaries});
}

Array<double> array_of(const EstimateRow<PairDifference>& row) {
  return array_over(row, arrays::pair.group,
                    {.over = Over::comparisons, .then = {&arrays::pair}, .source = Source::differences});
}

Array<double> array_of(const EstimateRow<PairedDifference>& row) {
  return array_over(row, arrays::pair.group,
                    {.over = Over::compared_years,
                     .then = {&arrays::pair},
                     .source = Source::differences,
                     .about = About::season});
}

Array<double> array_of(const EstimateRow<AxisEffect>& row) {
  return array_over(row, arrays::axis.group, {.then = {&arrays::axis}, .source = Source::axes});
}

Array<double> array_of(const EstimateRow<SeasonEstimate>& row) {
  return array_over(row, arrays::return_period.group,
                    {.over = Over::years, .source = Source::years, .about = About::season});
}

SeasonEstimate unknown_year(std::size_t thresholds, std::size_t return_periods) {
  SeasonEstimate year;
  year.exceedance.resize(thresholds);
  year.size.resize(return_periods);
  for (const EstimateRow<SeasonEstimate>& row : season_rows())
    row.visit(year, [](double& number) { number = nan; });
  return year;
}

Summary unknown_summary(std::size_t quantiles, std::size_t thresholds) {
  Summary summary;
  for (auto* const list : {&summary.quantile, &summary.cvar}) list->resize(quantiles);
  for (auto* const list : {&summary.quantile_ci, &summary.quantile_bounds, &summary.cvar_bounds})
    list->resize(quantiles);
  for (auto* const list : {&summary.exceedance, &summary.exceedance_size}) list->resize(thresholds);
  for (auto* const list : {&summary.exceedance_ci, &summary.exceedance_band, &summary.exceedance_bounds,
                           &summary.exceedance_size_ci, &summary.exceedance_size_bounds})
    list->resize(thresholds);
  for (const EstimateRow<Summary>& row : summary_rows())
    row.visit(summary, [](double& number) { number = nan; });
  return summary;
}

}  // namespace firesweep
