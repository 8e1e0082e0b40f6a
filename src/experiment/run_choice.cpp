#include "firesweep/experiment/run_choice.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"

namespace firesweep {
namespace {

constexpr std::string_view seed_axis = "seed";

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Abridged if there are many.
std::string list(const std::vector<std::string>& values) {
  constexpr std::size_t most = 20;
  if (values.size() <= most) return fmt::format("{}", fmt::join(values, ", "));
  return fmt::format("{}, ... {}", fmt::join(values.begin(), values.begin() + most, ", "), values.back());
}

std::string list(const Seeds& seeds) {
  const auto number_of = [](Seed seed) { return static_cast<std::uint64_t>(seed); };
  if (seeds.size() == 1) return fmt::format("{}", number_of(seeds.front()));
  return fmt::format("{} seeds from {} to {}", seeds.size(), number_of(seeds.front()),
                     number_of(seeds.back()));
}

// One axis and what was chosen on it.
struct Dimension {
  std::string name;
  std::vector<std::string> values;
  bool is_number = false;
  std::optional<std::size_t> chosen;

  std::optional<std::size_t> find(std::string_view value) const {
    const auto asked = is_number ? parse_number<double>(value) : std::nullopt;
    const auto is_it = [&](const std::string& one) {
      return one == value || (asked && parse_number<double>(one) == asked);  // 15.0 is 15
    };
    const auto found = std::ranges::find_if(values, is_it);
    return found == values.end() ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(found - values.begin()));
  }
};

// Takes coordinates one by one, and remembers what is wrong with them.
class Chooser {
 public:
  Chooser(const Plan& plan, std::string (*name_of)(std::string_view axis)) : plan_(plan), name_of_(name_of) {
    for (const Axis& axis : plan.experiment().axes) {
      Dimension& dimension = dimensions_.emplace_back();
      dimension.name = name(axis);
      dimension.is_number = std::holds_alternative<ParameterAxis>(axis);
      for (std::size_t i = 0; i < size(axis); ++i) dimension.values.push_back(label(axis, i));
      if (dimension.values.size() == 1) dimension.chosen = 0;
    }
    if (seeds().size() == 1) seed_ = 0;
  }

  void take(const GivenCoordinate& given) {
    if (!given_.insert(given.axis).second)
      complain(given.source, fmt::format("{} is given twice", given.axis));
    else if (given.axis == seed_axis)
      take_seed(given);
    else
      take_value(given);
  }

  // Throws InputError unless what was given leads to one run.
  RunChoice outcome() {
    RunChoice choice{.scenario = 0, .seed = seed_.value_or(0)};
    for (const Dimension& dimension : dimensions_) {
      choice.scenario = choice.scenario * dimension.values.size() + dimension.chosen.value_or(0);
      if (!dimension.chosen) miss(dimension.name, list(dimension.values));
    }
    if (!seed_) miss(std::string(seed_axis), list(seeds()));
    if (!problems_.empty()) throw InputError(std::move(problems_));
    return choice;
  }

 private:
  const Seeds& seeds() const { return plan_.experiment().seeds; }

  void take_value(const GivenCoordinate& given) {
    const auto dimension = std::ranges::find(dimensions_, given.axis, &Dimension::name);
    if (dimension == dimensions_.end()) {
      std::vector<std::string> names;
      for (const Dimension& one : dimensions_) names.push_back(one.name);
      complain(given.source, fmt::format("'{}' is no axis of the file, which has {}{}", given.axis,
                                         list(names), suggestion(given.axis, names)));
    } else if (const auto value = dimension->find(given.value)) {
      dimension->chosen = value;
    } else {
      complain(given.source,
               fmt::format("the file has no {} '{}', but {}{}", given.axis, given.value,
                           list(dimension->values), suggestion(given.value, dimension->values)));
    }
  }

  void take_seed(const GivenCoordinate& given) {
    const auto value = parse_number<std::uint64_t>(given.value);
    const auto found = value ? seeds().find(Seed{*value}) : std::nullopt;
    if (!found)
      complain(given.source, fmt::format("the file has no seed '{}', but {}", given.value, list(seeds())));
    else
      seed_ = found;
  }

  // Something was not given, unless it was and is complained of already.
  void miss(const std::string& axis, const std::string& values) {
    if (!given_.contains(axis)) complain(name_of_(axis), "is needed; the file has " + values);
  }

  void complain(const std::string& source, std::string message) {
    problems_.push_back({{source}, std::move(message)});
  }

  const Plan& plan_;
  std::string (*name_of_)(std::string_view axis);
  std::vector<Dimension> dimensions_;
  std::optional<std::size_t> seed_;
  std::set<std::string> given_;  // axes
  std::vector<Problem> problems_;
};

// Between commas, but those in quotes, which begin a value.
std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  bool is_quoted = false;
  std::size_t closed = text.size();  // where the last quoted piece ended: two quotes in a row are one
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i > 0 && (text[i - 1] == '=' || i == closed + 1);
    if (text[i] == '"' && (is_quoted || begins)) {
      is_quoted = !is_quoted;
      if (!is_quoted) closed = i;
    }
    const bool is_end = text[i] == ',' && !is_quoted;
    if (parts.empty() || is_end) parts.emplace_back();
    if (!is_end) parts.back() += text[i];
  }
  return parts;
}

// As CSV has it: "a ""b"", c" is a "b", c.
std::string unquoted(const std::string& value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return value;
  std::string text = value.substr(1, value.size() - 2);
  for (std::size_t at = 0; (at = text.find("\"\"", at)) != std::string::npos; ++at) text.erase(at, 1);
  return text;
}

}  // namespace

std::vector<GivenCoordinate> parse_coordinates(const std::string& text) {
  std::vector<GivenCoordinate> coordinates;
  for (const std::string& part : parts_of(text)) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos && !coordinates.empty()) {
      coordinates.back().value += "," + part;  // names may hold commas
      continue;
    }
    if (equals == std::string::npos)
      throw InputError(fmt::format("--scenario {}: '{}' is not AXIS=VALUE, e.g. danger_level=extreme", text,
                                   trimmed(part)));
    coordinates.push_back({trimmed(part.substr(0, equals)), part.substr(equals + 1), "--scenario"});
  }
  if (coordinates.empty()) throw InputError("--scenario: nothing is given, e.g. danger_level=extreme");
  for (GivenCoordinate& coordinate : coordinates) coordinate.value = unquoted(trimmed(coordinate.value));
  return coordinates;
}

std::string option_of(std::string_view axis) {
  std::string option = fmt::format("--{}", axis);
  std::ranges::replace(option, '_', '-');
  return option;
}

RunChoice choose_run(const Plan& plan, const std::vector<GivenCoordinate>& given,
                     std::string (*name_of)(std::string_view axis)) {
  Chooser choice(plan, name_of);
  for (const GivenCoordinate& coordinate : given) choice.take(coordinate);
  const RunChoice run = choice.outcome();
  if (plan.is_excluded(run.scenario))
    throw InputError(fmt::format("{}: the experiment excludes this scenario, so it has no runs",
                                 plan.scenario_name(run.scenario)));
  return run;
}

}  // namespace firesweep
