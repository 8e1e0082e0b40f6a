#include "firesweep/experiment/design.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include <boost/random/sobol.hpp>
#include <fmt/format.h>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

/// Where the numbers of a design lie: coordinate k of draw i is number i 2^8 + k, what is drawn once for a parameter
/// begins at the (k + 1)-th multiple of 2^48.
constexpr std::uint64_t coordinates_per_draw = 1U << 8U;
constexpr std::uint64_t of_each_parameter = std::uint64_t{1} << 48U;

/// The 53 high bits of a word as a number in (0, 1).
double unit(std::uint64_t word) {
  return (static_cast<double>(word >> 11U) + 0.5) * 0x1p-53;
}

class Sampler {
 public:
  explicit Sampler(const Design& design)
      : design_(design), parameters_(design.parameters()), units_(design.samples() * parameters_) {
    expects(parameters_ > 0 && 2 * parameters_ < coordinates_per_draw, "a design has parameters");
  }

  std::vector<double> draw() && {
    switch (design_.method) {
      case DesignMethod::latin_hypercube:
        draw_latin_hypercube();
        break;
      case DesignMethod::sobol:
        draw_sobol();
        break;
      case DesignMethod::morris:
        draw_morris();
        break;
      case DesignMethod::random:
        for (std::size_t i = 0; i < units_.size(); ++i)
          units_[i] = unit(coordinate(i / parameters_, i % parameters_));
        break;
      case DesignMethod::cases:
        break_contract("a list is not drawn", __FILE__, __LINE__);
    }
    return std::move(units_);
  }

 private:
  std::uint64_t word(std::uint64_t i) const { return number(design_.seed, Purpose::design, i); }
  std::uint64_t coordinate(std::size_t i, std::size_t k) const { return word(i * coordinates_per_draw + k); }
  double& at(std::size_t sample, std::size_t parameter) { return units_[sample * parameters_ + parameter]; }

  void draw_latin_hypercube() {
    std::vector<std::size_t> strata(design_.rows);
    for (std::size_t k = 0; k < parameters_; ++k) {
      std::iota(strata.begin(), strata.end(), std::size_t{0});
      for (std::size_t i = strata.size(); i > 1; --i)
        std::swap(strata[i - 1],
                  strata[number_below(design_.seed, Purpose::design, of_each_parameter * (k + 1) + i, i)]);
      for (std::size_t i = 0; i < strata.size(); ++i)
        at(i, k) =
            (static_cast<double>(strata[i]) + unit(coordinate(i, k))) / static_cast<double>(strata.size());
    }
  }

  void draw_sobol() {
    const std::size_t dimensions = 2 * parameters_;
    boost::random::sobol sequence(dimensions);
    std::vector<std::uint64_t> shift(dimensions);
    for (std::size_t k = 0; k < dimensions; ++k) shift[k] = word(of_each_parameter * (k + 1));
    std::vector<double> point(dimensions);
    for (std::size_t row = 0; row < design_.rows; ++row) {
      // The sequence begins at the origin, which Boost's leaves out.
      for (std::size_t k = 0; k < dimensions; ++k) point[k] = unit((row == 0 ? 0 : sequence()) ^ shift[k]);
      fill_row(row * design_.samples_per_row(), point);
    }
  }

  /// A, B, A with columns of B, and B with columns of A.
  void fill_row(std::size_t first, const std::vector<double>& point) {
    for (std::size_t i = 0; i < design_.samples_per_row(); ++i)
      for (std::size_t k = 0; k < parameters_; ++k) {
        const bool is_swapped = (i - 2) % parameters_ == k && i >= 2;
        const bool is_b = i == 1 || i >= 2 + parameters_;
        at(first + i, k) = point[is_b != is_swapped ? parameters_ + k : k];
      }
  }

  void draw_morris() {
    const std::vector<MorrisStep> steps = morris_steps(design_);
    for (std::size_t row = 0; row < design_.rows; ++row) {
      const std::size_t start = row * design_.samples_per_row();
      for (std::size_t i = 0; i < parameters_; ++i) {
        const MorrisStep& step = steps[row * parameters_ + i];
        // It starts on one of the two levels from which its step stays in the cube.
        const double low = coordinate(row, step.parameter) >> 63U ? 1.0 : 0.0;
        at(start, step.parameter) = (step.by > 0 ? low : 2.0 + low) / 3.0;
      }
      for (std::size_t i = 0; i < parameters_; ++i) {
        for (std::size_t k = 0; k < parameters_; ++k) at(start + i + 1, k) = at(start + i, k);
        const MorrisStep& step = steps[row * parameters_ + i];
        const double level = std::round(3.0 * at(start + i, step.parameter)) + (step.by > 0 ? 2.0 : -2.0);
        at(start + i + 1, step.parameter) = level / 3.0;
      }
    }
  }

  const Design& design_;
  std::size_t parameters_;
  std::vector<double> units_;  // shape (samples, parameters)
};

}  // namespace

std::string_view name(DesignMethod method) {
  switch (method) {
    case DesignMethod::latin_hypercube:
      return "latin_hypercube";
    case DesignMethod::sobol:
      return "sobol";
    case DesignMethod::morris:
      return "morris";
    case DesignMethod::random:
      return "random";
    case DesignMethod::cases:
      return "cases";
  }
  return "";
}

std::size_t Design::samples_per_row() const {
  if (method == DesignMethod::sobol) return (has_second_order ? 2 : 1) * parameters() + 2;
  return method == DesignMethod::morris ? parameters() + 1 : 1;
}

std::vector<MorrisStep> morris_steps(const Design& design) {
  constexpr double by = 2.0 / 3.0;
  const std::size_t parameters = design.parameters();
  std::vector<MorrisStep> steps(design.rows * parameters);
  for (std::size_t row = 0; row < design.rows; ++row) {
    MorrisStep* const own = &steps[row * parameters];
    const auto word = [&](std::size_t k) {
      return number(design.seed, Purpose::design, row * coordinates_per_draw + k);
    };
    for (std::size_t k = 0; k < parameters; ++k) own[k] = {k, word(k) >> 62U & 1U ? by : -by};
    for (std::size_t k = parameters; k > 1; --k)
      std::swap(
          own[k - 1],
          own[number_below(design.seed, Purpose::design, row * coordinates_per_draw + parameters + k, k)]);
  }
  return steps;
}

std::vector<std::string> parts_of(const Design& design) {
  std::vector<std::string> parts(design.samples());
  const std::size_t parameters = design.parameters();
  const std::size_t per_row = design.samples_per_row();
  const auto parameter = [&](std::size_t k) { return design.columns[k].parameter->name; };
  if (design.method == DesignMethod::sobol) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::size_t place = i % per_row;
      const std::size_t swapped = place - 2;
      parts[i] = place < 2 ? (place == 0 ? "A" : "B")
                           : fmt::format("{} {}", swapped < parameters ? "A_B" : "B_A",
                                         parameter(swapped % parameters));
    }
  } else if (design.method == DesignMethod::morris) {
    const std::vector<MorrisStep> steps = morris_steps(design);
    for (std::size_t i = 0; i < parts.size(); ++i)
      parts[i] =
          i % per_row == 0 ? "start" : parameter(steps[i / per_row * parameters + i % per_row - 1].parameter);
  }
  return parts;
}

std::vector<double> unit_samples(const Design& design) {
  return Sampler(design).draw();
}

std::vector<double> draw_samples(const Design& design) {
  std::vector<double> values = unit_samples(design);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Design::Column& column = design.columns[i % design.parameters()];
    values[i] = column.distribution.quantile(values[i]);
    if (column.parameter->is_whole) values[i] = std::round(values[i]);
  }
  return values;
}

}  // namespace firesweep
