#include "value_decoder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <system_error>

#include <fmt/format.h>

#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"

#include "experiment_keys.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view without_plus(std::string_view text) {
  return text.size() > 1 && text.front() == '+' && text[1] != '-' ? text.substr(1) : text;
}

std::string_view without_sign(std::string_view text) {
  return !text.empty() && (text.front() == '+' || text.front() == '-') ? text.substr(1) : text;
}

// "; write 1000" for a whole number from `least` to `most` in another notation, such as 1e3, 1000.0 or 1_000;
// or
// "".
std::string whole_number_meant(std::string_view text, double least, double most) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != '_' && c != ' '; });
  const std::optional<double> value = parse_number<double>(without_plus(digits));
  constexpr double exact_below = 9007199254740992.0;  // 2^53: whole numbers that a double tells apart
  if (!value || std::abs(*value) >= exact_below || *value != std::floor(*value)) return "";
  return *value < least || *value > most ? "" : fmt::format("; write {:.0f}", *value + 0.0);
}

}  // namespace

std::string description(const SourceNode& node) {
  constexpr std::size_t longest = 40;
  switch (node.kind) {
    case Kind::null:
      return "empty";
    case Kind::sequence:
      return "a list";
    case Kind::map:
      return "a map";
    case Kind::scalar:
      break;
  }
  const std::string text = node.text.size() > longest ? node.text.substr(0, longest) + "..." : node.text;
  return node.quoted ? fmt::format("the text \"{}\"", text) : fmt::format("'{}'", text);
}

std::string listing(std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

void ValueDecoder::note(const InputError& error, const Location& where) {
  for (const Problem& found : error.problems()) {
    const std::string source = to_string(found.where);
    problem(where, source.empty() ? found.message : fmt::format("{}: {}", source, found.message));
  }
}

bool ValueDecoder::is_plain(const SourceNode& node, std::string_view what, std::string_view wanted) {
  if (node.kind == Kind::scalar && !node.quoted) return true;
  const bool looks_right = node.kind == Kind::scalar && (parse_number<double>(without_plus(node.text)) ||
                                                         node.text == "true" || node.text == "false");
  problem(node.where, fmt::format("{} must be {}, not {}{}", what, wanted, description(node),
                                  looks_right ? "; remove the quotes" : ""));
  return false;
}

bool ValueDecoder::has_leading_zero(const SourceNode& node, std::string_view what) {
  std::string_view digits = without_sign(node.text);
  if (digits.size() < 2 || digits[0] != '0' || !is_digit(digits[1])) return false;
  std::uint64_t octal = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), octal, 8);
  const bool is_octal = error == std::errc{} && end == digits.data() + digits.size();
  const std::string why = is_octal ? fmt::format("YAML reads it as the octal number {}", octal)
                                   : std::string("YAML takes a leading zero for an octal number");
  while (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) digits.remove_prefix(1);
  const std::string_view sign = node.text[0] == '-' ? "-" : "";
  problem(node.where, fmt::format("{} has a leading zero: {} ({}); write {}{}", what, description(node), why,
                                  sign, digits));
  return true;
}

std::optional<double> ValueDecoder::number(const SourceNode& node, std::string_view what) {
  if (!is_plain(node, what, "a number") || has_leading_zero(node, what)) return std::nullopt;
  const std::string_view digits = without_sign(node.text);
  const bool starts_well =
      !digits.empty() &&
      (is_digit(digits[0]) || (digits[0] == '.' && digits.size() > 1 && is_digit(digits[1])));
  const std::optional<double> value =
      starts_well ? parse_number<double>(without_plus(node.text)) : std::optional<double>{};
  if (value && std::isfinite(*value)) return *value + 0.0;  // never -0, which has another label than 0

  constexpr std::array<std::string_view, 10> not_finite = {".inf", ".Inf", ".INF", ".nan", ".NaN",
                                                           ".NAN", "inf",  "Inf",  "nan",  "NaN"};
  const bool is_not_finite = std::find(not_finite.begin(), not_finite.end(), digits) != not_finite.end();
  const bool has_unit = !share_suggestion(node.text).empty() && node.text.ends_with('%');
  problem(node.where, fmt::format("{} must be a {}number, not {}{}", what, is_not_finite ? "finite " : "",
                                  description(node), has_unit ? "; leave out the %" : ""));
  return std::nullopt;
}

std::optional<double> ValueDecoder::share(const SourceNode& node, std::string_view what) {
  if (node.kind != Kind::scalar || !node.text.ends_with('%')) return number(node, what);
  problem(node.where, fmt::format("{} must be a share (1 is all), not {}{}", what, description(node),
                                  share_suggestion(node.text)));
  return std::nullopt;
}

std::optional<double> ValueDecoder::parameter(const SourceNode& node, std::string_view what,
                                              const Parameter& parameter) {
  const bool is_share = parameter.unit == "1" && parameter.upper == 1.0;
  const std::optional<double> value = is_share ? share(node, what) : number(node, what);
  if (!value) return std::nullopt;
  const auto wrong = objection(parameter, *value);
  if (!wrong) return value;
  problem(node.where, fmt::format("{} {}, not {}{}", what, *wrong, description(node),
                                  is_share ? share_suggestion(node.text) : ""));
  return std::nullopt;
}

std::optional<std::uint64_t> ValueDecoder::whole_number(const SourceNode& node, std::string_view what,
                                                        std::uint64_t least, std::uint64_t most) {
  const std::string wanted = fmt::format("a whole number from {} to {}", least, most);
  if (!is_plain(node, what, wanted) || has_leading_zero(node, what)) return std::nullopt;
  const std::optional<std::uint64_t> value = parse_number<std::uint64_t>(without_plus(node.text));
  if (value && *value >= least && *value <= most) return value;
  problem(node.where,
          fmt::format("{} must be {}, not {}{}", what, wanted, description(node),
                      whole_number_meant(node.text, static_cast<double>(least), static_cast<double>(most))));
  return std::nullopt;
}

std::optional<std::int64_t> ValueDecoder::integer(const SourceNode& node, std::string_view what) {
  if (!is_plain(node, what, "a whole number") || has_leading_zero(node, what)) return std::nullopt;
  constexpr double most = std::numeric_limits<double>::max();
  const std::optional<std::int64_t> value = parse_number<std::int64_t>(without_plus(node.text));
  if (!value)
    problem(node.where, fmt::format("{} must be a whole number, not {}{}", what, description(node),
                                    whole_number_meant(node.text, -most, most)));
  return value;
}

std::optional<bool> ValueDecoder::truth(const SourceNode& node, std::string_view what) {
  if (!is_plain(node, what, "true or false")) return std::nullopt;
  if (node.text == "true") return true;
  if (node.text == "false") return false;
  constexpr std::array<std::string_view, 9> meaning_true = {"yes", "Yes",  "YES",  "on", "On",
                                                            "ON",  "True", "TRUE", "y"};
  constexpr std::array<std::string_view, 9> meaning_false = {"no",  "No",    "NO",    "off", "Off",
                                                             "OFF", "False", "FALSE", "n"};
  const auto is_in = [&](const auto& words) {
    return std::find(words.begin(), words.end(), node.text) != words.end();
  };
  const std::string_view hint = is_in(meaning_true)    ? "; did you mean 'true'?"
                                : is_in(meaning_false) ? "; did you mean 'false'?"
                                                       : "";
  problem(node.where, fmt::format("{} must be true or false, not {}{}", what, description(node), hint));
  return std::nullopt;
}

std::optional<std::string> ValueDecoder::text(const SourceNode& node, std::string_view what) {
  if (node.kind == Kind::scalar) return node.text;
  problem(node.where, fmt::format("{} must be a text, not {}", what, description(node)));
  return std::nullopt;
}

std::optional<std::size_t> ValueDecoder::choice(const SourceNode& node, std::string_view what,
                                                std::span<const std::string_view> names) {
  if (node.kind == Kind::scalar) {
    const auto found = std::find(names.begin(), names.end(), node.text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  const std::string hint = node.kind == Kind::scalar ? suggestion(node.text, names) : "";
  problem(node.where,
          fmt::format("{} must be one of {}, not {}{}", what, listing(names), description(node), hint));
  return std::nullopt;
}

bool ValueDecoder::section(const SourceNode& node, std::string_view what,
                           std::span<const std::string_view> keys) {
  if (node.kind == Kind::null) return true;
  if (node.kind != Kind::map) {
    problem(node.where, fmt::format("{} must be a map of keys to values, not {}", what, description(node)));
    return false;
  }
  for (const SourceEntry& entry : node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    const std::string in = what.empty() ? "" : fmt::format(" in {}", what);
    std::string meant = belonging(entry.key);
    if (meant.empty()) meant = suggestion(entry.key, keys);
    if (meant.empty())
      meant = fmt::format("; possible {} {}", keys.size() == 1 ? "is" : "are", listing(keys));
    problem(entry.where, fmt::format("unknown key '{}'{}{}", entry.key, in, meant));
  }
  return true;
}

}  // namespace firesweep
