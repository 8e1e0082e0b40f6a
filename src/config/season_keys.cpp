#include "season_keys.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/suggestion.hpp"

#include "key_values.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

constexpr double most_fires_per_day = 1e6;
constexpr double longest_return_period = 1e9;  // [year]

std::vector<std::string> labels_of(const Axis& axis) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < size(axis); ++i) labels.push_back(label(axis, i));
  return labels;
}

bool is_weather(const Axis& axis) {
  return std::holds_alternative<DangerLevelAxis>(axis) || std::holds_alternative<WeatherAxis>(axis);
}

std::string axis_text(const Axis& axis, const std::function<double(std::size_t)>& number) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < size(axis); ++i)
    texts.push_back(fmt::format("{}: {}", yaml_scalar(label(axis, i)), number(i)));
  return fmt::format("{{{}}}", fmt::join(texts, ", "));
}

class SeasonDecoder {
 public:
  SeasonDecoder(const Experiment& experiment, ValueDecoder& decode)
      : axes_(experiment.axes), decode_(decode) {}

  std::optional<Season> decode(const SourceNode& node) {
    constexpr std::array<std::string_view, 4> keys = {"days_per_year", "fires_per_day", "share",
                                                      "return_periods"};
    const std::size_t before = decode_.problems();
    if (!decode_.section(node, "season", keys)) return std::nullopt;
    Season season;
    if (find_weather(node, season)) read_days(node, season);
    if (const SourceEntry* share = node.find("share")) read_shares(share->value, season);
    if (const SourceEntry* periods = node.find("return_periods")) read_periods(periods->value, season);
    return decode_.problems() > before ? std::nullopt : std::optional(std::move(season));
  }

 private:
  bool find_weather(const SourceNode& node, Season& season) {
    const auto found = std::ranges::find_if(axes_, is_weather);
    season.weather_axis = static_cast<std::size_t>(found - axes_.begin());
    if (found != axes_.end()) return true;
    decode_.problem(node.where,
                    "a season counts days of each weather, and the matrix has none; give "
                    "matrix.danger_level, or matrix.weather");
    return false;
  }

  const Axis& weather(const Season& season) const { return axes_[season.weather_axis]; }

  void read_days(const SourceNode& node, Season& season) {
    season.days.resize(size(weather(season)));
    const SourceEntry* days = node.find("days_per_year");
    const SourceEntry* fires = node.find("fires_per_day");
    for (const auto& [entry, name] : {std::pair(days, "days_per_year"), std::pair(fires, "fires_per_day")})
      if (!entry) decode_.problem(node.where, fmt::format("season.{} is missing", name));
    if (days)
      read_each(days->value, "season.days_per_year", weather(season), Season::longest_year,
                [&](std::size_t i, double value) { season.days[i].days_per_year = value; });
    if (fires) read_fires(fires->value, season);
    double year = 0.0;
    for (const Season::Days& of : season.days) year += of.days_per_year;
    if (days && year > Season::longest_year)
      decode_.problem(days->where,
                      fmt::format("season.days_per_year adds up to {} days, more than a year has; "
                                  "give days of one year",
                                  year));
  }

  void read_fires(const SourceNode& node, Season& season) {
    constexpr std::string_view what = "season.fires_per_day";
    if (node.kind == Kind::map)
      return read_each(node, what, weather(season), most_fires_per_day,
                       [&](std::size_t i, double value) { season.days[i].fires_per_day = value; });
    if (const auto value = number(node, what, most_fires_per_day))
      for (Season::Days& of : season.days) of.fires_per_day = *value;
  }

  void read_shares(const SourceNode& node, Season& season) {
    if (node.kind != Kind::map) {
      decode_.problem(node.where, fmt::format("season.share must be a map of axes, not {}; write for example "
                                              "{{ignition_set: {{ridge: 0.7, lightning: 0.3}}}}",
                                              description(node)));
      return;
    }
    for (const SourceEntry& entry : node.entries) read_share(entry, season);
  }

  void read_share(const SourceEntry& entry, Season& season) {
    std::vector<std::string_view> names;
    for (const Axis& axis : axes_)
      if (!is_weather(axis)) names.push_back(name(axis));
    const auto axis = std::ranges::find_if(
        axes_, [&](const Axis& one) { return !is_weather(one) && name(one) == entry.key; });
    if (axis == axes_.end()) {
      decode_.problem(entry.where,
                      fmt::format("season.share names no axis of the matrix that mixes: '{}' (there "
                                  "are {}){}",
                                  entry.key, listing(names), suggestion(entry.key, names)));
      return;
    }
    const std::size_t before = decode_.problems();
    Season::Mixture mixture{static_cast<std::size_t>(axis - axes_.begin()), {}};
    mixture.shares.resize(size(*axis));
    double sum = 0.0;
    read_each(entry.value, fmt::format("season.share.{}", entry.key), *axis, 1.0,
              [&](std::size_t i, double value) { sum += mixture.shares[i] = value; });
    constexpr double rounding = 1e-9;
    if (decode_.problems() == before && std::abs(sum - 1.0) > rounding)
      decode_.problem(entry.where, fmt::format("season.share.{} adds up to {}, not to 1", entry.key, sum));
    season.mixtures.push_back(std::move(mixture));
  }

  void read_periods(const SourceNode& node, Season& season) {
    constexpr std::string_view what = "season.return_periods";
    if (node.kind != Kind::sequence) {
      decode_.problem(node.where,
                      fmt::format("{} must be a list of years, not {}; write for example [10, 100]", what,
                                  description(node)));
      return;
    }
    season.return_periods.clear();
    for (const SourceNode& item : node.items) {
      const auto years = number(item, what, longest_return_period);
      if (!years) continue;
      if (*years == 0.0 || (!season.return_periods.empty() && *years <= season.return_periods.back()))
        decode_.problem(item.where, fmt::format("{} must increase from above 0, and {} does not", what,
                                                description(item)));
      season.return_periods.push_back(*years);
    }
  }

  /// Reads a map that gives every value of an axis a number from 0 to `most`.
  void read_each(const SourceNode& node, std::string_view what, const Axis& axis, double most,
                 const std::function<void(std::size_t, double)>& set) {
    const std::vector<std::string> labels = labels_of(axis);
    if (node.kind != Kind::map) {
      decode_.problem(node.where, fmt::format("{} must be a map with a number for each of {}, not {}", what,
                                              fmt::join(labels, ", "), description(node)));
      return;
    }
    std::vector<bool> given(labels.size(), false);
    for (const SourceEntry& entry : node.entries) {
      const auto found = std::ranges::find(labels, entry.key);
      if (found == labels.end()) {
        decode_.problem(entry.where, fmt::format("{} has '{}', which is not on the axis {}{}", what,
                                                 entry.key, name(axis), suggestion(entry.key, labels)));
        continue;
      }
      const auto i = static_cast<std::size_t>(found - labels.begin());
      given[i] = true;
      if (const auto value = number(entry.value, fmt::format("{}.{}", what, entry.key), most)) set(i, *value);
    }
    std::vector<std::string_view> missing;
    for (std::size_t i = 0; i < labels.size(); ++i)
      if (!given[i]) missing.push_back(labels[i]);
    if (!missing.empty())
      decode_.problem(node.where, fmt::format("{} says nothing of {}; give 0 for what never comes", what,
                                              listing(missing)));
  }

  std::optional<double> number(const SourceNode& node, std::string_view what, double most) {
    const auto value = decode_.number(node, what);
    if (!value || (*value >= 0.0 && *value <= most)) return value;
    decode_.problem(node.where,
                    fmt::format("{} must be a number from 0 to {}, not {}", what, most, description(node)));
    return std::nullopt;
  }

  const std::vector<Axis>& axes_;
  ValueDecoder& decode_;
};

using SeasonText = std::string (*)(const Season&, const std::vector<Axis>&);

ExperimentKey season_key(std::string_view name, Json form, std::string meaning, SeasonText text) {
  ExperimentKey key{"season", name, std::move(meaning), ExperimentKey::Role::judgement, std::move(form),
                    {},       {}};
  key.text = [text](const Experiment& experiment) -> std::optional<std::string> {
    if (!experiment.season) return std::nullopt;
    std::string value = text(*experiment.season, experiment.axes);
    return value.empty() ? std::nullopt : std::optional(std::move(value));
  };
  return key;
}

Json numbers_form(double most) {
  return {{"type", "object"},
          {"minProperties", 1},
          {"additionalProperties", {{"type", "number"}, {"minimum", 0}, {"maximum", most}}}};
}

std::string days_text(const Season& season, const std::vector<Axis>& axes) {
  return axis_text(axes[season.weather_axis], [&](std::size_t i) { return season.days[i].days_per_year; });
}

std::string fires_text(const Season& season, const std::vector<Axis>& axes) {
  return axis_text(axes[season.weather_axis], [&](std::size_t i) { return season.days[i].fires_per_day; });
}

std::string shares_text(const Season& season, const std::vector<Axis>& axes) {
  std::vector<std::string> texts;
  for (const Season::Mixture& mixture : season.mixtures)
    texts.push_back(
        fmt::format("{}: {}", name(axes[mixture.axis]),
                    axis_text(axes[mixture.axis], [&](std::size_t i) { return mixture.shares[i]; })));
  return texts.empty() ? "" : fmt::format("{{{}}}", fmt::join(texts, ", "));
}

std::string periods_text(const Season& season, const std::vector<Axis>&) {
  return yaml_list(season.return_periods);
}

}  // namespace

void add_season_keys(ExperimentKeys& keys) {
  keys.push_back(season_key("days_per_year", numbers_form(Season::longest_year),
                            "Days of each danger level or weather in a year; at most 366 together.",
                            days_text));
  Json one = {{"type", "number"}, {"minimum", 0}, {"maximum", most_fires_per_day}};
  keys.push_back(season_key("fires_per_day",
                            {{"oneOf", Json::array({one, numbers_form(most_fires_per_day)})}},
                            "Ignitions on a day, as the experiment makes them: one number, or one for each "
                            "danger level or weather.",
                            fires_text));
  keys.push_back(
      season_key("share", {{"type", "object"}, {"additionalProperties", numbers_form(1.0)}},
                 "Axes whose values mix, and the share of each; a year is estimated for each value of "
                 "the others.",
                 shares_text));
  Json periods = list_form({{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", longest_return_period}});
  periods["default"] = Season{}.return_periods;
  keys.push_back(season_key("return_periods", std::move(periods),
                            "Years, increasing; the size that is exceeded once in so many is estimated.",
                            periods_text));
}

std::optional<Season> decode_season(const SourceNode& node, const Experiment& experiment,
                                    ValueDecoder& decode) {
  return SeasonDecoder(experiment, decode).decode(node);
}

}  // namespace firesweep
