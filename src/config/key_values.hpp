#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "firesweep/experiment/experiment.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// JSON whose keys stay in their order.
using Json = nlohmann::ordered_json;

/// What an experiment is without any key: the defaults that the schema names.
Experiment default_experiment();

/// The form of a list of distinct items, as JSON Schema says it.
Json list_form(Json items);

/// Kinds of values of the experiment file. Each reads one from a node, or notes a problem and returns nothing
/// (`what` names it in messages); writes one as YAML and as JSON; and says as JSON Schema what it may be.

struct WholeNumber {
  std::uint32_t least;
  std::uint32_t most;

  Json schema() const { return {{"type", "integer"}, {"minimum", least}, {"maximum", most}}; }
  Json json(std::uint32_t value) const { return value; }
  std::string text(std::uint32_t value) const { return fmt::format("{}", value); }
  std::optional<std::uint32_t> decode(const SourceNode& node, std::string_view what,
                                      ValueDecoder& decode) const;
};

struct Switch {
  Json schema() const { return {{"type", "boolean"}}; }
  Json json(bool value) const { return value; }
  std::string text(bool value) const { return value ? "true" : "false"; }
  std::optional<bool> decode(const SourceNode& node, std::string_view what, ValueDecoder& decode) const {
    return decode.truth(node, what);
  }
};

/// One of an enumeration, by its names.
template <class Enumerator>
struct OneOf {
  std::span<const Enumerator> all;

  std::vector<std::string_view> names() const {
    std::vector<std::string_view> names;
    for (const Enumerator one : all) names.push_back(name(one));
    return names;
  }
  Json schema() const { return {{"enum", names()}}; }
  Json json(Enumerator value) const { return name(value); }
  std::string text(Enumerator value) const { return std::string(name(value)); }
  std::optional<Enumerator> decode(const SourceNode& node, std::string_view what,
                                   ValueDecoder& decode) const {
    const auto found = decode.choice(node, what, names());
    return found ? std::optional(all[*found]) : std::nullopt;
  }
};

/// A share, where 1 is all.
struct Share {
  enum class Limits : std::uint8_t {
    inside,   ///< above 0 and below 1
    below_1,  ///< at least 0 and below 1
  };
  static constexpr Limits inside = Limits::inside;
  static constexpr Limits below_1 = Limits::below_1;

  Limits limits;
  std::string_view wanted;  ///< the limits in words

  bool allows(double value) const { return (limits == inside ? value > 0.0 : value >= 0.0) && value < 1.0; }
  Json schema() const;
  Json json(double value) const { return value; }
  std::string text(double value) const { return fmt::format("{}", value); }
  std::optional<double> decode(const SourceNode& node, std::string_view what, ValueDecoder& decode) const;
};

/// Shares that increase.
struct ShareList {
  Share::Limits limits;
  std::string_view wanted;

  Json schema() const { return list_form(Share{limits, wanted}.schema()); }
  Json json(const std::vector<double>& values) const { return values; }
  std::string text(const std::vector<double>& values) const;
  std::optional<std::vector<double>> decode(const SourceNode& node, std::string_view what,
                                            ValueDecoder& decode) const;
};

/// Names of axes of the matrix, which are looked up once it is known.
struct AxisNames {
  Json schema() const;
  bool is_set(const std::vector<std::string>& names) const { return !names.empty(); }
  std::string text(const std::vector<std::string>& names) const;
  std::optional<std::vector<std::string>> decode(const SourceNode& node, std::string_view what,
                                                 ValueDecoder& decode) const;
};

/// How many runs may fail.
struct Allowance {
  Json schema() const { return {{"type", "number"}, {"minimum", 0}}; }
  Json json(const FailureAllowance& value) const;
  std::string text(const FailureAllowance& value) const;
  std::optional<FailureAllowance> decode(const SourceNode& node, std::string_view what,
                                         ValueDecoder& decode) const;
};

/// What files can be called.
struct Name {
  static constexpr std::size_t longest = 200;

  Json schema() const {
    return {{"type", "string"}, {"pattern", "^[A-Za-z0-9_][A-Za-z0-9_.-]*$"}, {"maxLength", longest}};
  }
  Json json(const std::string& value) const { return value; }
  std::string text(const std::string& value) const;
  std::optional<std::string> decode(const SourceNode& node, std::string_view what,
                                    ValueDecoder& decode) const;
};

}  // namespace firesweep
