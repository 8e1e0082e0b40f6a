#include "firesweep/ensemble/design_arrays.hpp"

#include <array>
#include <vector>

#include "making_rows.hpp"

namespace firesweep {
namespace {

using EffectRow = EstimateRow<ParameterEffect>;
using DesignRow = EstimateRow<DesignEffects>;

constexpr PossibleNumbers at_least_0{.least = 0.0};

constexpr auto alone(auto get, std::string_view name, std::string_view meaning,
                     PossibleNumbers possible = any_number) {
  using Owner = ParameterEffect;
  return row<Owner>(name, meaning, EstimateRow<Owner>::Along::nothing, possible, get, GivenStart::same);
}

constexpr auto of_design(auto get, std::string_view name, std::string_view meaning,
                         PossibleNumbers possible = any_number) {
  using Owner = DesignEffects;
  return row<Owner>(name, meaning, EstimateRow<Owner>::Along::nothing, possible, get, GivenStart::same);
}

// clang-format off
constexpr std::array sobol_rows = {
    alone([](ParameterEffect& e) -> auto& { return e.first_order.value; }, "first_order",
          "share of the variance of the expected value that the parameter explains by itself"),
    alone([](ParameterEffect& e) -> auto& { return e.first_order.interval; }, "first_order_ci", "bootstrap interval of it, over rows and seeds"),
    alone([](ParameterEffect& e) -> auto& { return e.first_order_uncorrected; }, "first_order_uncorrected",
          "the same with the noise of the means in it"),
    alone([](ParameterEffect& e) -> auto& { return e.total.value; }, "total",
          "share that is left to it when all others are known"),
    alone([](ParameterEffect& e) -> auto& { return e.total.interval; }, "total_ci", "bootstrap interval of it, over rows and seeds"),
    alone([](ParameterEffect& e) -> auto& { return e.total_uncorrected; }, "total_uncorrected",
          "the same with the noise of the means in it"),
};

constexpr std::array morris_rows = {
    alone([](ParameterEffect& e) -> auto& { return e.mean_effect.value; }, "mu",
          "mean elementary effect, per range of the parameter's distribution"),
    alone([](ParameterEffect& e) -> auto& { return e.mean_effect.interval; }, "mu_ci", "bootstrap interval of it, over trajectories and seeds"),
    alone([](ParameterEffect& e) -> auto& { return e.mean_absolute_effect.value; }, "mu_star", "mean of the effects' sizes", at_least_0),
    alone([](ParameterEffect& e) -> auto& { return e.mean_absolute_effect.interval; }, "mu_star_ci", "bootstrap interval of it, over trajectories and seeds"),
    alone([](ParameterEffect& e) -> auto& { return e.inert_effect.value; }, "mu_star_inert",
          "mean size that effects of a parameter without any would have, by the noise of few seeds", at_least_0),
    alone([](ParameterEffect& e) -> auto& { return e.effect_sd.value; }, "sigma",
          "standard deviation of the effects, less what noise adds to it", at_least_0),
    alone([](ParameterEffect& e) -> auto& { return e.effect_sd.interval; }, "sigma_ci", "bootstrap interval of it, over trajectories and seeds"),
};

constexpr std::array regression_rows = {
    alone([](ParameterEffect& e) -> auto& { return e.regression.value; }, "regression",
          "standardised regression coefficient: standard deviations of the expected value for one of the parameter"),
    alone([](ParameterEffect& e) -> auto& { return e.regression.interval; }, "regression_ci", "bootstrap interval of it, over samples and seeds"),
    alone([](ParameterEffect& e) -> auto& { return e.rank_regression.value; }, "rank_regression", "the same of ranks"),
    alone([](ParameterEffect& e) -> auto& { return e.rank_regression.interval; }, "rank_regression_ci", "bootstrap interval of it, over samples and seeds"),
    alone([](ParameterEffect& e) -> auto& { return e.partial_rank_correlation.value; }, "partial_rank_correlation",
          "correlation of ranks, the other parameters' part taken out", from_minus_1_to_1),
    alone([](ParameterEffect& e) -> auto& { return e.partial_rank_correlation.interval; }, "partial_rank_correlation_ci",
          "bootstrap interval of it, over samples and seeds"),
};

constexpr std::array design_rows = {
    of_design([](DesignEffects& e) -> auto& { return e.rows; }, "rows_used", "rows of the design that are used", at_least_0),
    of_design([](DesignEffects& e) -> auto& { return e.rows_dropped; }, "rows_dropped", "rows of which a run is not ok", at_least_0),
    of_design([](DesignEffects& e) -> auto& { return e.mean; }, "design_mean", "mean over samples and seeds"),
    of_design([](DesignEffects& e) -> auto& { return e.standard_deviation; }, "design_sd",
              "standard deviation of the expected value over samples", at_least_0),
    of_design([](DesignEffects& e) -> auto& { return e.chance; }, "chance",
              "share of the variance of single fires that lies between the seeds of a sample", from_0_to_1),
    of_design([](DesignEffects& e) -> auto& { return e.r_squared; }, "r_squared",
              "share of the variance of the expected value that the regression explains"),
    of_design([](DesignEffects& e) -> auto& { return e.rank_r_squared; }, "rank_r_squared", "the same of ranks"),
};

constexpr std::array pair_rows = {
    row<Estimated>("second_order", "share of the variance that two parameters explain together only",
                   EstimateRow<Estimated>::Along::nothing, any_number, [](Estimated& e) -> auto& { return e.value; }, GivenStart::same),
    row<Estimated>("second_order_ci", "bootstrap interval of it, over rows and seeds", EstimateRow<Estimated>::Along::nothing,
                   any_number, [](Estimated& e) -> auto& { return e.interval; }, GivenStart::same),
};
// clang-format on

/// The last two are of regressions.
constexpr std::size_t of_regressions = 2;

bool is_regressed(DesignMethod method) {
  return method != DesignMethod::sobol && method != DesignMethod::morris;
}

}  // namespace

std::span<const DesignRow> design_effect_rows(DesignMethod method) {
  const std::span<const DesignRow> all = design_rows;
  return is_regressed(method) ? all : all.first(all.size() - of_regressions);
}

std::span<const EffectRow> parameter_effect_rows(DesignMethod method) {
  if (method == DesignMethod::sobol) return sobol_rows;
  if (method == DesignMethod::morris) return morris_rows;
  return regression_rows;
}

std::span<const EstimateRow<Estimated>> second_order_rows() {
  return pair_rows;
}

Array<double> array_of(const DesignRow& row) {
  return array_over(
      row, arrays::quantity.group,
      {.over = Over::designs, .then = {&arrays::quantity}, .source = Source::axes, .about = About::design});
}

Array<double> array_of(const EffectRow& row) {
  return array_over(row, arrays::quantity.group,
                    {.over = Over::designs,
                     .then = {&arrays::quantity, &arrays::parameter},
                     .source = Source::axes,
                     .about = About::design});
}

Array<double> array_of(const EstimateRow<Estimated>& row) {
  return array_over(row, arrays::quantity.group,
                    {.over = Over::designs,
                     .then = {&arrays::quantity, &arrays::parameter_pair},
                     .source = Source::axes,
                     .about = About::second_order});
}

}  // namespace firesweep
