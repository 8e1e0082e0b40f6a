#include "axis_decoder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/model/danger_level.hpp"

#include "ground_values.hpp"
#include "stopping_keys.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

std::string first_at(const Location& where) {
  return where.line > 0 ? fmt::format(" (first at {}:{})", where.line, where.column) : "";
}

/// Notes values that were there before.
template <typename Value>
class Distinct {
 public:
  Distinct(std::string what, ValueDecoder& decode) : what_(std::move(what)), decode_(decode) {}

  void add(Value value, const SourceNode& node) {
    const auto [first, is_new] = first_.emplace(value, node.where);
    if (!is_new)
      decode_.problem(node.where,
                      fmt::format("{} {} is listed twice{}", what_, value, first_at(first->second)));
  }

 private:
  std::string what_;
  ValueDecoder& decode_;
  std::unordered_map<Value, Location> first_;
};

bool is_filled_list(const SourceNode& node, std::string_view what, std::string_view alternative,
                    ValueDecoder& decode) {
  if (node.kind == Kind::sequence && !node.items.empty()) return true;
  if (node.kind == Kind::sequence)
    decode.problem(node.where, fmt::format("{} has no values (an axis needs at least one)", what));
  else
    decode.problem(node.where,
                   fmt::format("{} must be a list{}, not {}{}", what, alternative, description(node),
                               node.kind == Kind::scalar ? fmt::format("; write [{}]", node.text) : ""));
  return false;
}

double without_rounding_noise(double value, double scale) {
  constexpr int digits = 12;
  const int decimals = digits - static_cast<int>(std::ceil(std::log10(scale)));
  constexpr int most_decimals = 300;
  if (decimals < 0 || decimals > most_decimals) return value;
  const double rounded = *parse_number<double>(fmt::format("{:.{}f}", value, decimals)) + 0.0;
  const double noise = 4.0 * std::numeric_limits<double>::epsilon() * scale;
  return std::abs(rounded - value) <= noise ? rounded : value;
}

std::vector<double> range_values(double from, double to, std::uint64_t count) {
  std::vector<double> values;
  const double scale = std::max(std::abs(from), std::abs(to));
  for (std::uint64_t i = 0; i + 1 < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    values.push_back(i == 0 ? from : without_rounding_noise(from + (to - from) * share, scale));
  }
  values.push_back(to);
  return values;
}

// The number that is there, if there is one; for what was probably meant.
std::optional<double> number_at(const SourceNode& map, std::string_view key) {
  const SourceEntry* entry = map.find(key);
  if (!entry || entry->value.kind != Kind::scalar) return std::nullopt;
  return parse_finite(entry->value.text);
}

// Of {from: 40, to: 80, step: 5}: "; write {from: 40, to: 80, count: 9}". The last value is the last that the
// step reaches, as with a range of a programming language that includes its end. "" if it makes no sense.
std::string count_for_step(const SourceNode& node) {
  const auto from = number_at(node, "from");
  const auto to = number_at(node, "to");
  const auto step = number_at(node, "step");
  if (!from || !to || !step) return "";
  constexpr double rounding = 1e-9;
  const double steps = std::floor((*to - *from) / *step + rounding);
  if (!(steps >= 1.0 && steps < static_cast<double>(max_scenarios))) return "";
  const double scale = std::max(std::abs(*from), std::abs(*to));
  const double last = without_rounding_noise(*from + steps * *step, scale);
  return fmt::format("; write {{from: {}, to: {}, count: {:.0f}}}", *from, last, steps + 1.0);
}

std::optional<std::vector<double>> decode_range(const SourceNode& node, const std::string& what,
                                                const Parameter& parameter, ValueDecoder& decode) {
  constexpr std::array<std::string_view, 3> keys = {"from", "to", "count"};
  const std::size_t before = decode.problems();
  if (const SourceEntry* step = node.find("step"); step && !node.find("count")) {
    decode.problem(step->where, fmt::format("{} has a step (a range says how many values there are){}", what,
                                            count_for_step(node)));
    return std::nullopt;
  }
  decode.section(node, what, keys);
  std::array<std::optional<double>, 2> ends;
  std::optional<std::uint64_t> count;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const SourceEntry* entry = node.find(keys[i]);
    const std::string key = fmt::format("{}.{}", what, keys[i]);
    if (!entry)
      decode.problem(node.where,
                     fmt::format("{} is missing (a range is {{from: 40, to: 80, count: 9}})", key));
    else if (i == 2)
      count = decode.whole_number(entry->value, key, 1, max_scenarios);
    else
      ends[i] = decode.parameter(entry->value, key, parameter);
  }
  if (decode.problems() > before) return std::nullopt;
  const auto [from, to] = ends;
  if (*count == 1 && *from != *to) {
    decode.problem(
        node.where,
        fmt::format("{} has one value but two ends (with count 1, from and to must be equal)", what));
    return std::nullopt;
  }
  std::vector<double> values = range_values(*from, *to, *count);
  if (std::adjacent_find(values.begin(), values.end()) == values.end()) return values;
  decode.problem(node.where,
                 fmt::format("{} gives the same value twice ({} values do not fit between {} and {})", what,
                             *count, *from, *to));
  return std::nullopt;
}

constexpr std::uint64_t last_seed = std::numeric_limits<std::uint64_t>::max();

// Of {from: 1, to: 1000}: "; write {first: 1, count: 1000}"; or "".
std::string count_for_end(const SourceEntry& from, const SourceEntry* to) {
  const auto first = parse_number<std::uint64_t>(from.value.text);
  const auto last = to ? parse_number<std::uint64_t>(to->value.text) : std::nullopt;
  if (!first || !last || *last < *first || *last - *first >= max_seeds) return "; write {first, count}";
  return fmt::format("; write {{first: {}, count: {}}}", *first, *last - *first + 1);
}

std::optional<SeedChoice> decode_seed_range(const SourceNode& node, const std::vector<Assets>& assets,
                                            ValueDecoder& decode) {
  constexpr std::string_view what = "matrix.seed";
  constexpr std::array<std::string_view, 4> keys = {"first", "count", "until", "most"};
  if (const SourceEntry* from = node.find("from")) {
    decode.problem(from->where, fmt::format("{} has no from and to (seeds are counted from the first){}",
                                            what, count_for_end(*from, node.find("to"))));
    return std::nullopt;
  }
  const std::size_t before = decode.problems();
  decode.section(node, what, keys);
  const SourceEntry* first_entry = node.find("first");
  const SourceEntry* count_entry = node.find("count");
  const std::optional<std::uint64_t> first =
      first_entry ? decode.whole_number(first_entry->value, "matrix.seed.first", 0, last_seed) : 1;
  const std::optional<std::uint64_t> count =
      count_entry ? decode.whole_number(count_entry->value, "matrix.seed.count", 1, max_seeds) : 1000;
  std::optional<StoppingRule> until;
  if (const SourceEntry* entry = node.find("until")) {
    until = decode_stopping_rule(entry->value, node.find("most"), count.value_or(1), assets, decode);
  } else if (const SourceEntry* most = node.find("most")) {
    decode.problem(most->where, fmt::format("{}.most has no meaning without until (seeds grow only to reach "
                                            "something); give until, or leave it out",
                                            what));
  }
  const std::optional<std::uint64_t> last = until ? until->most : count;
  if (first && last && *first > last_seed - (*last - 1))
    decode.problem(node.where, fmt::format("{} runs past the largest seed {} (first {}, count {})", what,
                                           last_seed, *first, *last));
  if (decode.problems() > before) return std::nullopt;
  return SeedChoice{Seeds(Seed{*first}, *count), until};
}

}  // namespace

std::optional<DangerLevelAxis> decode_danger_levels(const SourceNode& node, ValueDecoder& decode) {
  constexpr std::string_view what = "matrix.danger_level";
  if (!is_filled_list(node, what, "", decode)) return std::nullopt;
  std::vector<std::string_view> names;
  for (const DangerLevel level : all_danger_levels) names.push_back(name(level));

  const std::size_t before = decode.problems();
  DangerLevelAxis axis;
  Distinct<std::string_view> distinct("danger level", decode);
  for (const SourceNode& item : node.items) {
    const auto i = decode.choice(item, "a danger level", names);
    if (!i) continue;
    distinct.add(names[*i], item);
    axis.levels.push_back(all_danger_levels[*i]);
  }
  if (decode.problems() > before) return std::nullopt;
  return axis;
}

std::optional<LandscapeAxis> decode_landscapes(const SourceNode& node, ValueDecoder& decode) {
  constexpr std::string_view what = "matrix.landscape";
  if (node.kind != Kind::map || node.entries.empty()) {
    decode.problem(
        node.where,
        fmt::format("{} must be a map of names to rasters, not {}; write for example {{today: {{fuel: "
                    "fuel.tif}}, treated: {{fuel: treated.tif}}}}",
                    what, node.kind == Kind::map ? "an empty one" : description(node)));
    return std::nullopt;
  }
  constexpr std::array<std::string_view, 4> keys = {"fuel", "elevation", "fuel_classes",
                                                    "vegetation_density"};
  const std::size_t before = decode.problems();
  LandscapeAxis axis;
  for (const SourceEntry& entry : node.entries) {
    const std::string own = fmt::format("{}.{}", what, entry.key);
    NamedLandscape& named = axis.landscapes.emplace_back(NamedLandscape{entry.key, {}});
    decode.section(entry.value, own, keys);
    for (const auto& [key, layer] :
         {std::pair(keys[0], &LandscapeInput::fuel), std::pair(keys[1], &LandscapeInput::elevation)})
      if (const SourceEntry* given = entry.value.find(key))
        named.input.*layer =
            LayerValue{}.decode(given->value, fmt::format("{}.{}", own, key), decode).value_or(LayerFile{});
    if (const SourceEntry* given = entry.value.find(keys[2]))
      if (auto classes =
              FuelClassesValue{}.decode(given->value, fmt::format("{}.{}", own, keys[2]), decode)) {
        named.input.fuel_table = std::move(classes->table);
        named.input.fuel_classes = std::move(classes->classes);
      }
    if (const SourceEntry* given = entry.value.find(keys[3]))
      named.input.vegetation_density =
          decode.parameter(given->value, fmt::format("{}.{}", own, keys[3]), *find_parameter(keys[3]));
    if (decode.problems() == before && !named.input.says_anything())
      decode.problem(entry.where,
                     fmt::format("{} says nothing (it would be the same as landscape); give fuel, elevation, "
                                 "fuel_classes or vegetation_density, or leave it out",
                                 own));
  }
  return decode.problems() > before ? std::nullopt : std::optional(std::move(axis));
}

std::optional<ParameterAxis> decode_parameter_axis(const SourceNode& node, const Parameter& parameter,
                                                   ValueDecoder& decode) {
  const std::string what = fmt::format("matrix.{}", parameter.name);
  if (node.kind == Kind::map) {
    std::optional<std::vector<double>> values = decode_range(node, what, parameter, decode);
    if (!values) return std::nullopt;
    return ParameterAxis{&parameter, std::move(*values)};
  }
  if (!is_filled_list(node, what, " or a range {from, to, count}", decode)) return std::nullopt;

  const std::size_t before = decode.problems();
  ParameterAxis axis{&parameter, {}};
  Distinct<double> distinct(fmt::format("{}: the value", what), decode);
  for (const SourceNode& item : node.items) {
    const auto value = decode.parameter(item, what, parameter);
    if (!value) continue;
    distinct.add(*value, item);
    axis.values.push_back(*value);
  }
  if (decode.problems() > before) return std::nullopt;
  return axis;
}

std::optional<SeedChoice> decode_seeds(const SourceNode& node, const std::vector<Assets>& assets,
                                       ValueDecoder& decode) {
  constexpr std::string_view what = "matrix.seed";
  if (node.kind == Kind::map) return decode_seed_range(node, assets, decode);
  if (const auto number = node.kind == Kind::scalar ? parse_number<std::uint64_t>(node.text) : std::nullopt) {
    decode.problem(node.where,
                   fmt::format("{} must be a list or {{first, count}}, not {}; write {}[{}] for this one",
                               what, description(node),
                               *number > 1 && *number <= max_seeds
                                   ? fmt::format("{{count: {}}} for so many seeds, or ", *number)
                                   : "",
                               *number));
    return std::nullopt;
  }
  if (!is_filled_list(node, what, " or {first, count}", decode)) return std::nullopt;
  const std::size_t before = decode.problems();
  Distinct<std::uint64_t> distinct("seed", decode);
  std::vector<Seed> seeds;
  for (const SourceNode& item : node.items) {
    const auto seed = decode.whole_number(item, "a seed", 0, last_seed);
    if (!seed) continue;
    distinct.add(*seed, item);
    seeds.push_back(Seed{*seed});
  }
  if (decode.problems() > before) return std::nullopt;
  return SeedChoice{Seeds(std::move(seeds)), std::nullopt};
}

}  // namespace firesweep
