#include <algorithm>
#include <cmath>
#include <numeric>

#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/statistics/nan.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Exact sums over the runs of a scenario for every step of the file's step dimension; shorter curves stay as
/// they ended.
struct StepSums {
  std::vector<std::uint64_t> burning;
  std::vector<UInt128> burning_squares;
  std::vector<std::uint64_t> burnt;
  std::vector<UInt128> burnt_squares;
};

StepSums step_sums(const CurveTally& tally, std::size_t length) {
  StepSums sums{tally.burning, tally.burning_squares, tally.burnt_growth, tally.burnt_square_growth};
  sums.burning.resize(length, 0);
  sums.burning_squares.resize(length, 0);
  sums.burnt.resize(length, 0);
  sums.burnt_squares.resize(length, 0);
  std::partial_sum(sums.burnt.begin(), sums.burnt.end(), sums.burnt.begin());
  std::partial_sum(sums.burnt_squares.begin(), sums.burnt_squares.end(), sums.burnt_squares.begin());
  return sums;
}

double mean(std::uint64_t runs, std::uint64_t sum) {
  if (runs == 0) return nan;
  return static_cast<double>(sum) / static_cast<double>(runs);
}

/// Sample standard deviation, from integers up to the last division: no cancellation.
double standard_deviation(std::uint64_t runs, std::uint64_t sum, UInt128 squares) {
  if (runs < 2) return nan;
  const UInt128 numerator = runs * squares - UInt128{sum} * sum;
  return std::sqrt(static_cast<double>(numerator) /
                   (static_cast<double>(runs) * static_cast<double>(runs - 1)));
}

/// Writes value(runs, sums, step) for every scenario and step, over all runs and over those that started: a
/// fire that did not start adds nothing to the sums.
template <class Value>
void write_curve(const ResultsContent& content, const Array<double>& array, const Value& value) {
  const auto write = [&](const Variable& variable, std::size_t Summary::*runs) {
    content.write(array, variable, [&](std::size_t s, std::span<double> curve) {
      const StepSums sums = step_sums(content.results().curves(s), curve.size());
      for (std::size_t step = 0; step < curve.size(); ++step)
        curve[step] = value(content.summary(s).*runs, sums, step);
    });
  };
  write(array, &Summary::runs_ok);
  write(given_start_of(array), &Summary::runs_started);
}

void write_squares(const ResultsContent& content, const Array<std::uint64_t>& array,
                   std::vector<UInt128> StepSums::*squares) {
  content.write(array, [&](std::size_t s, std::span<std::uint64_t> words) {
    const StepSums sums = step_sums(content.results().curves(s), words.size() / 2);
    for (std::size_t step = 0; step < words.size() / 2; ++step) {
      words[2 * step] = static_cast<std::uint64_t>((sums.*squares)[step]);
      words[2 * step + 1] = static_cast<std::uint64_t>((sums.*squares)[step] >> 64);
    }
  });
}

/// Writes the quantiles of every scenario, shape (quantiles, steps), which stay as they are from its last
/// step on.
void write_band(const ResultsContent& content, const Array<double>& array,
                std::vector<double> CurveBands::*band) {
  content.write(array, [&](std::size_t s, std::span<double> out) {
    const CurveBands& bands = content.estimates().bands[s];
    const std::size_t steps = content.root().length(std::string(arrays::step.name));
    std::ranges::fill(out, nan);
    for (std::size_t i = 0; bands.steps > 0 && i < out.size(); ++i)
      out[i] = (bands.*band)[i / steps * bands.steps + std::min(i % steps, bands.steps - 1)];
  });
}

/// Writes curve(curves, seed) of every run, and `after` its end. Seed by seed: together they may be larger than all else.
template <class T, class Curve, class After>
void write_run_curve(const ResultsContent& content, const Array<T>& array, const Curve& curve_of,
                     const After& after) {
  if (!content.has(content.root(), array)) return;
  DatasetStream stream = content.root().stream<T>(array, content.dimensions(array));
  const std::size_t length = content.root().length(std::string(arrays::step.name));
  std::vector<T> row;
  for (std::size_t s = 0; s < content.scenarios(); ++s) {
    for (std::size_t seed = 0; seed < content.plan().seeds(); ++seed) {
      const auto curve = curve_of(content.results().run_curves(s), seed);
      row.assign(curve.begin(), curve.end());
      row.resize(length, curve.empty() ? -1 : after(row.back()));
      stream.append(std::span<const T>(row));
    }
  }
  stream.finish();
}

}  // namespace

void write_curve_sums(const ResultsContent& content) {
  Variable burning = arrays::burning_cells_sum;
  if (content.experiment().has_residence()) burning.long_name = "sum over runs of the cells burning";
  content.write(arrays::burning_cells_sum, burning, [&](std::size_t s, std::span<std::int64_t> sums) {
    std::ranges::copy(content.results().curves(s).burning, sums.begin());
  });
  content.write(arrays::burnt_cells_sum, [&](std::size_t s, std::span<std::int64_t> sums) {
    std::ranges::copy(step_sums(content.results().curves(s), sums.size()).burnt, sums.begin());
  });
  write_squares(content, arrays::burning_cells_square_sum, &StepSums::burning_squares);
  write_squares(content, arrays::burnt_cells_square_sum, &StepSums::burnt_squares);
}

void write_curves(const ResultsContent& content) {
  const auto cells = static_cast<double>(content.experiment().burnable_cells());
  write_curve(content, arrays::burning_cells_mean,
              [](std::uint64_t runs, const StepSums& sums, std::size_t step) {
                return mean(runs, sums.burning[step]);
              });
  write_curve(content, arrays::burning_cells_sd,
              [](std::uint64_t runs, const StepSums& sums, std::size_t step) {
                return standard_deviation(runs, sums.burning[step], sums.burning_squares[step]);
              });
  write_curve(content, arrays::burnt_fraction_mean,
              [cells](std::uint64_t runs, const StepSums& sums, std::size_t step) {
                return mean(runs, sums.burnt[step]) / cells;
              });
  write_curve(content, arrays::burnt_fraction_sd,
              [cells](std::uint64_t runs, const StepSums& sums, std::size_t step) {
                return standard_deviation(runs, sums.burnt[step], sums.burnt_squares[step]) / cells;
              });
}

void write_run_curves(const ResultsContent& content) {
  write_run_curve(
      content, arrays::run_burning_cells,
      [](const RunCurves& curves, std::size_t seed) { return curves[seed]; }, [](std::int32_t) { return 0; });
  write_run_curve(
      content, arrays::run_burnt_cells,
      [](const RunCurves& curves, std::size_t seed) { return curves.burnt(seed); },
      [](std::int64_t last) { return last; });
}

void write_bands(const ResultsContent& content) {
  write_band(content, arrays::burning_cells_quantile, &CurveBands::burning_cells);
  write_band(content, arrays::burnt_fraction_quantile, &CurveBands::burnt_fraction);
}

}  // namespace firesweep
