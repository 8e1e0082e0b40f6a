/// Measures how often intervals of what the parameters of a design do hold the truth: prints one table.
///
/// usage: design_coverage [ENSEMBLES]
///
/// The expected value is Ishigami's function of three parameters, whose indices, elementary effects and regression are
/// known. Seeds add noise of its standard deviation: to each run its own, or along each parameter a slope of the seed, which
/// all samples share, so that only more seeds, not more samples, tell it from the function.

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firesweep/statistics/elementary_effects.hpp"
#include "firesweep/statistics/sample_regression.hpp"
#include "firesweep/statistics/sobol_indices.hpp"

namespace {

using namespace firesweep;

constexpr std::size_t parameters = 3;
constexpr double confidence = 0.95;
constexpr double move = 2.0 / 3.0;

using Point = std::array<double, parameters>;

/// T. Ishigami, T. Homma, ISUMA 1990, with a = 7 and b = 0.1.
double ishigami(const Point& u) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2.0 * u[k] - 1.0); };
  return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

struct Truth {
  std::array<double, parameters> first = {0.3139, 0.4424, 0.0};
  std::array<double, parameters> total = {0.5576, 0.4424, 0.2437};
  std::array<double, parameters> coefficient = {};
  std::array<double, parameters> mean_effect = {};
  std::array<double, parameters> mean_size = {};
  std::array<double, parameters> effect_sd = {};
  double standard_deviation = 0.0;
};

/// Calls `visit` with every point whose parameters are levels.
void for_each_point(const std::vector<double>& levels, const std::function<void(const Point&)>& visit) {
  for (const double a : levels)
    for (const double b : levels)
      for (const double c : levels) visit({a, b, c});
}

Truth truth() {
  Truth found;
  std::vector<double> fine;
  for (int i = 0; i < 120; ++i) fine.push_back((i + 0.5) / 120.0);
  double sum = 0.0;
  double squares = 0.0;
  double points = 0.0;
  for_each_point(fine, [&](const Point& u) {
    const double value = ishigami(u);
    sum += value;
    squares += value * value;
    points += 1.0;
    for (std::size_t k = 0; k < parameters; ++k)
      found.coefficient[k] += value * (u[k] - 0.5) * std::sqrt(12.0);
  });
  found.standard_deviation = std::sqrt(squares / points - std::pow(sum / points, 2));
  for (double& coefficient : found.coefficient) coefficient /= points * found.standard_deviation;
  for (std::size_t k = 0; k < parameters; ++k) {
    double count = 0.0;
    double of_squares = 0.0;
    for_each_point({0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0}, [&](Point u) {
      if (u[k] > 0.5) return;  // which would leave the range
      const double before = ishigami(u);
      u[k] += move;
      const double effect = (ishigami(u) - before) / move;
      found.mean_effect[k] += effect;
      found.mean_size[k] += std::abs(effect);
      of_squares += effect * effect;
      count += 1.0;
    });
    found.mean_effect[k] /= count;
    found.mean_size[k] /= count;
    found.effect_sd[k] = std::sqrt(of_squares / count - std::pow(found.mean_effect[k], 2));
  }
  return found;
}

/// An ensemble: its points at random, and what its seeds do.
class Ensemble {
 public:
  Ensemble(std::uint64_t number, std::size_t seeds, double own, double shared)
      : engine_(number), slopes_(seeds), own_(own), shared_(shared) {
    for (Point& slope : slopes_)
      for (double& along : slope) along = shared_ * normal_(engine_) * std::sqrt(12.0 / parameters);
  }

  double uniform() { return uniform_(engine_); }
  Point point() { return {uniform(), uniform(), uniform()}; }

  void run(const Point& u) {
    const double expected = ishigami(u);
    for (const Point& slope : slopes_) {
      double value = expected + own_ * normal_(engine_);
      for (std::size_t k = 0; k < parameters; ++k) value += slope[k] * (u[k] - 0.5);
      values.push_back(value);
    }
  }

  /// For resampling.
  RandomWords words() {
    return [seed = engine_()](std::uint64_t first, std::span<std::uint64_t> wanted) {
      std::mt19937_64 engine(seed + first);
      for (std::uint64_t& word : wanted) word = engine();
    };
  }

  std::vector<double> values;  // shape (samples, seeds)

 private:
  std::mt19937_64 engine_;
  std::uniform_real_distribution<double> uniform_;
  std::normal_distribution<double> normal_;
  std::vector<Point> slopes_;
  double own_;
  double shared_;
};

/// How often each estimate's interval held the truth.
struct Held {
  std::string name;
  std::array<int, parameters> times = {};
};

void count(Held& held, std::size_t k, const Interval& interval, double true_value) {
  held.times[k] += interval.lower <= true_value && true_value <= interval.upper ? 1 : 0;
}

void of_sobol(Ensemble& ensemble, std::size_t rows, std::size_t seeds, const Truth& known,
              std::vector<Held>& held) {
  for (std::size_t row = 0; row < rows; ++row) {
    const Point a = ensemble.point();
    const Point b = ensemble.point();
    ensemble.run(a);
    ensemble.run(b);
    for (std::size_t k = 0; k < parameters; ++k) {
      Point mixed = a;
      mixed[k] = b[k];
      ensemble.run(mixed);
    }
  }
  const SobolIndices found =
      sobol_indices({ensemble.values, parameters, false, seeds}, confidence, ensemble.words());
  for (std::size_t k = 0; k < parameters; ++k) {
    count(held[0], k, found.parameters[k].first_order.interval, known.first[k]);
    count(held[1], k, found.parameters[k].total.interval, known.total[k]);
  }
}

void of_morris(Ensemble& ensemble, std::size_t rows, std::size_t seeds, const Truth& known,
               std::vector<Held>& held) {
  std::vector<TrajectoryStep> steps;
  for (std::size_t row = 0; row < rows; ++row) {
    Point u;
    for (double& at : u) at = std::floor(4.0 * ensemble.uniform()) / 3.0;
    ensemble.run(u);
    for (std::size_t k = 0; k < parameters; ++k) {
      const double by = u[k] < 0.5 ? move : -move;
      u[k] += by;
      steps.push_back({k, by});
      ensemble.run(u);
    }
  }
  const EffectsOfDesign found =
      elementary_effects(ensemble.values, steps, parameters, seeds, confidence, ensemble.words());
  for (std::size_t k = 0; k < parameters; ++k) {
    count(held[0], k, found.parameters[k].mean.interval, known.mean_effect[k]);
    count(held[1], k, found.parameters[k].mean_absolute.interval, known.mean_size[k]);
    count(held[2], k, found.parameters[k].standard_deviation.interval, known.effect_sd[k]);
  }
}

void of_regression(Ensemble& ensemble, std::size_t rows, std::size_t seeds, const Truth& known,
                   std::vector<Held>& held) {
  std::vector<double> inputs;
  for (std::size_t row = 0; row < rows; ++row) {
    const Point u = ensemble.point();
    inputs.insert(inputs.end(), u.begin(), u.end());
    ensemble.run(u);
  }
  const SampleRegression found =
      sample_regression(inputs, ensemble.values, parameters, seeds, confidence, ensemble.words());
  for (std::size_t k = 0; k < parameters; ++k)
    count(held[0], k, found.parameters[k].coefficient.interval, known.coefficient[k]);
}

struct Method {
  std::vector<std::string> names;
  std::vector<std::size_t> rows;
  void (*estimate)(Ensemble&, std::size_t, std::size_t, const Truth&, std::vector<Held>&);
};

}  // namespace

int main(int count_of_words, char** words) {
  const int ensembles = count_of_words > 1 ? std::atoi(words[1]) : 400;
  const Truth known = truth();
  const std::vector<Method> methods = {{{"first-order index", "total index"}, {64, 512}, of_sobol},
                                       {{"mu", "mu*", "sigma"}, {20, 200}, of_morris},
                                       {{"regression coefficient"}, {100, 1000}, of_regression}};
  fmt::print("coverage of 95 % intervals, {} ensembles each, standard error {:.1f} %\n", ensembles,
             100.0 * std::sqrt(0.05 * 0.95 / ensembles));
  fmt::print("{:24} {:>6} {:>6}   {:^22}   {:^22}\n", "estimate", "rows", "seeds", "noise of each run",
             "slopes of seeds");
  for (const Method& method : methods)
    for (const std::size_t rows : method.rows)
      for (const std::size_t seeds : {3U, 5U, 20U}) {
        std::vector<std::vector<Held>> found;
        for (const bool is_shared : {false, true}) {
          std::vector<Held>& held = found.emplace_back();
          for (const std::string& name : method.names) held.push_back({name});
          const double noise = known.standard_deviation;
          for (int i = 0; i < ensembles; ++i) {
            Ensemble ensemble(static_cast<std::uint64_t>(1 + 2 * i + (is_shared ? 1 : 0)), seeds,
                              is_shared ? 0.0 : noise, is_shared ? noise : 0.0);
            method.estimate(ensemble, rows, seeds, known, held);
          }
        }
        for (std::size_t e = 0; e < method.names.size(); ++e) {
          fmt::print("{:24} {:>6} {:>6}", method.names[e], rows, seeds);
          for (const std::vector<Held>& held : found) {
            fmt::print("  ");
            for (const int times : held[e].times) fmt::print(" {:6.1f}%", 100.0 * times / ensembles);
          }
          fmt::print("\n");
        }
        std::fflush(stdout);
      }
  return 0;
}
